#!/usr/bin/env bash
# What a person reads when something is wrong: exit codes (1: a file, 2: the command line), plain words, what to do next, nothing
# that steers a terminal, and never a hang.
. "$(dirname "$0")/lib.bash"
cd "$work"
mkdir empty
printf 'line,identifier,from,to,status,grade\nDeano,07700 900123,,,,\n' >good.csv
printf 'line,identifier,from,to,status,grade\nDeano,zz zz!!,,,,\nDeano,"0770\033[31m9",,,,\nDeano,07700 900123,,,,\n' >bad.csv
printf 'line,identifier\n' >none.csv
printf 'rules: [\n' >bad.yaml
mkfifo pipe
perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Type => SOCK_STREAM, Local => "socket", Listen => 1) or die' 2>/dev/null ||
	python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")' 2>/dev/null || true
esc=$(printf '\033')
odd=$'od\nd'"$esc"'[31m'

# says CODE PATTERN ARGUMENT...: that exit code, those words on either output, no control byte, within ten seconds
says() {
	local want=$1 words=$2 code=0
	shift 2
	timeout 10 "$LINECHECK" "$@" >out 2>err </dev/null || code=$?
	[ $code = "$want" ] || fail "$(printf '%q ' "$@"): exit $code, not $want: $(cat err)"
	cat out err >both
	grep -qF -- "$words" both || fail "$(printf '%q ' "$@"): does not say '$words': $(cat both)"
	LC_ALL=C grep -q '[[:cntrl:]]' <(tr -d '\n' <both) && fail "$(printf '%q ' "$@"): control bytes in what it says"
	rm -rf linecheck-case*
}

# The command line is wrong: 2, and where to read on
says 2 "There is no option '--nope'" scan empty --training --nope
says 2 "--case needs a name behind it" scan empty --training --case ''
says 2 "--case needs a name behind it" scan empty --training --case=
says 2 "--case needs a name behind it" scan empty --case --training
says 2 "--lines needs a name behind it" scan empty --training --lines
says 2 "--rules needs a name behind it" scan empty --training --rules ''
says 2 "Did you mean --training?" scan empty --tranining
says 2 "Did you mean --lines?" scan empty --training --line=good.csv
says 2 "--lines is given twice" scan empty --training --lines good.csv --lines good.csv
says 2 "--no-lines says to use none" scan empty --training --lines good.csv --no-lines
says 2 "linecheck acquire: There is no option '--nope'" acquire --nope
says 2 "linecheck acquire: Give the phone alone" acquire
says 2 "Did you mean 'linecheck case new'?" case nwe
says 2 "Did you mean 'linecheck lines check'?" lines chek
says 2 "There is no 'case nope'" help case nope
says 2 "linecheck report safeguarding" report
[ -s out ] && fail "a wrong command line writes on standard output: $(cat out)"
says 0 "linecheck report evidential CASE" report evidential --help
says 0 "linecheck report safeguarding CASE" help report safeguarding
says 0 "# Only where basis is not training, and episode is missing, found or returned." case form
grep -q '^# At least 30 letters\.$' out || fail "case form does not say how long a text must be"
grep -q '^# One of these: no, yes or unknown$' out || fail "case form does not name the answers"
says 2 "The name of a source is empty" scan '' --training
says 2 "Say what to look at" scan --training
says 2 "would stand inside the source" scan empty --training --case empty/case
says 2 'linecheck lines check' lines
says 2 'linecheck lines check' lines check ''
says 2 "linecheck case show" case
says 2 "There is no rule 'nope'" rules explain nope
says 2 "It takes no other words" version more
says 2 "To see how it is used: linecheck help scan" scan
says 2 "Did you mean 'linecheck scan'?" scna
says 2 "Did you mean 'linecheck records'?" rec
says 2 "Did you mean 'linecheck lines'?" help linse
says 2 "To see all commands: linecheck help" zzzzzz
says 2 "there is no command '⟦U+001B⟧[31m'" "$esc[31m"

# Something that was named is not there, or is not what it should be: 1, and what to give
for thing in pipe socket /dev/null /dev/zero; do
	[ -e "$thing" ] || continue
	says 1 "neither a folder nor a file: give a phone's backup" scan "$thing" --training
	says 1 "not a file: give the CSV file of the deal lines" scan empty --training --lines "$thing"
	says 1 "not a file: give the CSV file of the deal lines" lines check "$thing"
	says 1 "not a file: give a rule pack" scan empty --training --rules "$thing"
	says 1 "not a file: give a rule pack" rules lint "$thing"
done
says 1 "is no folder, so no case can be kept in it" scan empty --training --case pipe
says 1 "cannot be made: No such file or directory. Give --case a name in a folder" scan empty --training --case no/where
says 1 "'empty' is a folder, not a file" lines check empty
says 1 "There is nothing at 'nowhere'. Check the name" scan nowhere --training
says 1 "There is no file 'nowhere'. Check its name" scan empty --training --lines nowhere
says 1 "There is no file 'nowhere'. Check its name" rules lint nowhere
says 1 "There is no case in 'nowhere'" case show nowhere
says 1 "There is no case in 'nowhere'" view nowhere
says 1 "There is no case in 'nowhere'" verify nowhere
says 1 "There is no case in 'nowhere'" records nowhere
says 1 "holds no deal line" lines check none.csv
says 1 "holds no deal line" scan empty --training --lines none.csv
says 1 "bad.yaml: line 2" scan empty --training --rules bad.yaml
says 1 "bad.yaml: line 2" rules lint bad.yaml
says 1 "There is nothing at 'od⟦U+000A⟧d⟦U+001B⟧[31m'" scan "$odd" --training
says 3 "For fictional or test data give --training" scan empty

# What is in the place of a case that was put away or destroyed
: >away.sealed
: >gone.erased.txt
for command in 'case show' view records verify rescan; do
	# shellcheck disable=SC2086
	says 1 "There is no case in 'away': it is sealed" $command away
done
says 1 "There is no case in 'gone/': it was erased" view gone/
says 3 "There is no case in 'away': it is sealed" scan empty --case away
says 1 "There is a case 'away' already" scan empty --training --case away

# A scan that read nothing because of a wrong name leaves no case behind; two at once take two names
for wrong in 'scan nowhere --training' 'scan empty --training --lines nowhere' 'scan empty --training --lines bad.csv'; do
	# shellcheck disable=SC2086
	"$LINECHECK" $wrong >/dev/null 2>&1 </dev/null || true
	[ -z "$(ls -d linecheck-case* 2>/dev/null)" ] || fail "$wrong left $(ls -d linecheck-case*)"
done
for i in 1 2 3; do
	"$LINECHECK" scan empty --training >"out$i" 2>&1 </dev/null &
done
wait
[ "$(ls -d linecheck-case* | tr '\n' ' ')" = 'linecheck-case linecheck-case-2 linecheck-case-3 ' ] || fail "three at once: $(cat out[123])"
rm -r linecheck-case* out[123]

# Bad rows: each once, then what to do; as they are, but for what steers a terminal
says 1 "2 rows are bad" lines check bad.csv
[ "$(grep -c '^row ' both)" = 2 ] || fail "lines check names the bad rows $(grep -c '^row ' both) times"
grep -qF "row 2: 'zz zz!!' is no number" both || fail "lines check takes zz zz!!"
says 1 "The list 'bad.csv' has 2 bad rows, so nothing was scanned." scan empty --training --lines bad.csv
[ "$(grep -c 'zz zz!!' both)" = 1 ] || fail "scan names a bad row $(grep -c 'zz zz!!' both) times"
grep -qF "bad.csv: row 3: '0770⟦U+001B⟧[31m9'" both || fail "scan does not show what is in the row: $(cat both)"
says 4 "bad.csv: 2 bad rows left out." scan empty --training --lines bad.csv --skip-bad-lines
grep -q '2 bad rows of the line list were left out: nothing was compared with them.' out || fail "the summary hides rows left out"
says 4 "No line list was used: no number was compared with known deal lines." scan empty --training
{
	cat good.csv
	for i in $(seq 30); do echo "Deano,x$i!,,,,"; done
} >many.csv
says 1 "and 10 bad rows more; 'linecheck lines check' names them all." scan empty --training --lines many.csv
says 0 "1 identifier of 1 line." lines check good.csv

# Nothing to read: said, with the next step
says 4 "Nothing was read: no file was found." scan empty --training
grep -q "Every file in scope was read" both && fail "an empty folder was read in full"
grep -q "Give the backup folder itself" both || fail "no next step for an empty folder"
mkdir "$odd"
echo words >"$odd/$odd.txt"
says 4 "EX1 folder of files, read in part, what was not is listed: od⟦U+000A⟧d⟦U+001B⟧[31m" scan "$odd" --training --case "c$odd"
grep -qF "The page to open: cod⟦U+000A⟧d⟦U+001B⟧[31m/view.html" both || fail "the page's path: $(cat both)"
says 0 "EX1  whole: 0 files, 0 records, 1 loss while reading: od⟦U+000A⟧d" case show "c$odd"

# Asking for help: the same words in all ways, on standard output, and the exit codes that are kept
for command in $("$LINECHECK" help | sed -n 's/^  linecheck \([a-z]*\) .*/\1/p'); do
	says 0 "linecheck $command" help "$command"
	cp out help
	grep -q '^Ends with 0' help || fail "help $command does not name its exit codes"
	for way in "$command --help" "$command -h" "--help $command" "$command more words --help"; do
		# shellcheck disable=SC2086
		says 0 "linecheck $command" $way
		cmp -s out help || fail "$way: other words than help $command"
	done
done
for command in case lines report; do
	"$LINECHECK" $command --help | sed -n "s/^  linecheck $command \([a-z-]*\) .*/\1/p" >verbs
	[ "$(wc -l <verbs)" -gt 2 ] || fail "help $command lists no verbs"
	for verb in $(cat verbs); do
		says 0 "linecheck $command $verb" $command $verb --help
		cp out help
		for way in "help $command $verb" "$command $verb folder --reason x -h"; do
			# shellcheck disable=SC2086
			says 0 "linecheck $command $verb" $way
			cmp -s out help || fail "$way: other words than $command $verb --help"
		done
	done
done
[ "$("$LINECHECK" help | grep -c '^  linecheck ')" = "$(grep -c '^C(' "$SOURCE_DIR/triage/commands.list")" ] || fail "help leaves a command out"
says 0 "What to do next:" 
says 0 "linecheck lines check FILE.csv"

# README's table is the same as what the commands keep to
for code in 0 10 4 3 1 2; do
	grep -q "^| $code |" "$SOURCE_DIR/README.md" || fail "README does not explain exit code $code"
done

# README's picture of a result is what a scan of the story prints
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out story >/dev/null
(cd story && "$LINECHECK" scan backup --training --lines lines.csv) >out 2>err || true
awk '/^\$ linecheck scan backup/ { on = 1; next } /^```/ { on = 0 } on && $0 != "  ..."' "$SOURCE_DIR/README.md" >picture
[ "$(wc -l <picture)" -gt 20 ] || fail "README has no picture of a result"
grep -vxFf out picture >other && fail "README's picture of a result is another: $(head -3 other)"

# Plain when piped; on a terminal colour unless NO_COLOR; progress only there
"$BUILD_DIR/tests/gen/sample_phone" --mode bulk --messages 30000 --platform ios --out phone >/dev/null
"$LINECHECK" scan phone/backup --training --lines phone/lines.csv --case piped >out 2>err || true
grep -q "$esc" out err && fail "escapes in a pipe"
[ ! -s err ] || fail "progress in a pipe: $(head -c 200 err)"
# A bare root may have no terminals to give.
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	for no in '' 1; do
		NO_COLOR=$no script -qec "'$LINECHECK' scan phone/backup --training --lines phone/lines.csv --case terminal$no" tty </dev/null >/dev/null || true
		if [ -n "$no" ]; then
			grep -q "$esc\[" tty && fail "colour with NO_COLOR"
		else
			grep -q "$esc\[1m" tty || fail "no colour on a terminal"
		fi
	done
	grep -q 'Reading records ' tty || fail "no progress on a terminal: $(head -c 300 tty)"
else
	echo "not looked at: colour and progress (no terminal can be made here)"
fi
finish "wrong, and says so"
