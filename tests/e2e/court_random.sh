#!/usr/bin/env bash
# Random cases with hostile text: nothing leaves before sign-off; no field, text, name, number, line, grade or status leaves to a recipient whose
# profile does not have it; tokens stay who they are when more is read; pages, sheets and JSON keep their form. COURT_ROUNDS: how many.
. "$(dirname "$0")/lib.bash"
cd "$work"
seed=${COURT_SEED:-2718}
# Each sets $it: in a subshell the next number would be lost.
roll() { seed=$(((seed * 1103515245 + 12345) & 0x7fffffff)) it=$((seed / 256 % $1)); }
pick() { local -n from=$1; roll ${#from[@]}; it=${from[$it]}; }
mark() { roll 1000000; it=$(printf 'Q%s%06d' "$1" "$it"); } # t: a text, n: a name, l: a line
person() { echo $((100 + $1 * 7)); }                      # +447700900100 ...
spell() {
	local n
	n=$(person "$1")
	roll 5
	case $it in 0) it="+447700900$n" ;; 1) it="07700900$n" ;; 2) it="07700 900 $n" ;; 3) it="00447700900$n" ;; 4) it="+44 (0)7700-900$n" ;; esac
}
hostile=('</td></tr></table><script>document.title=1</script>' '=cmd|'"'"'/c calc'"'"'!A1' '@SUM(1+1)' '-2+3+cmd' '+1' '<img src=x onerror=alert(1)>'
	'"];alert(1);["' ']]><!-- --' '\u0000\"}' '&#60;script&#62;' '{"@id":"kb:account-1"}' '../../../etc/passwd' '%s%n%s' 'javascript:alert(1)' "';DROP TABLE record;--"
	$'tab\tand\nline\r\nends' $'\xe2\x80\xaeright to left\xe2\x80\xac' $'\xd8\xa7\xd9\x84\xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a\xd8\xa9' $'\xf0\x9f\x94\x8c\xf0\x9f\x94\x91' $'\xef\xbc\x9dSUM(1)' $'"\n=1+1' ',,,"' '' 'owe me 400 quid friday or else' 'i know where ur mum lives' 'bell this num for b and w')
statuses=(ddtro taken-over police-operated)
grades=(1AP 2BC 3EC 2DP 1CC '')
attribute() { printf '%s' "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/"/\&quot;/g; s/\t/\&#9;/g; s/\r/\&#13;/g' | sed ':a;N;$!ba;s/\n/\&#10;/g'; }

# phone FILE FIRST LAST NAMED: texts with the people FIRST..LAST, that name people NAMED..30
phone() {
	local i body who name
	echo '<?xml version="1.0" encoding="UTF-8"?><smses count="24">' >"$1"
	for i in $(seq 24); do
		pick hostile; body=$it; mark t; body+=" $it "
		roll 2; [ "$it" = 0 ] || { roll $((31 - $4)); spell $(($4 + it)); body+=$it; }
		roll $(($3 - $2 + 1)); spell $(($2 + it)); who=$it
		pick hostile; name=$it; mark n; name="$it $name"
		roll 9000000; roll $((2 + it % 7))
		printf '<sms protocol="0" address="%s" date="%s" type="%s" read="1" contact_name="%s" body="%s"/>\n' "$who" $((1741600000000 + seed % 9000000)) \
			$((1 + i % 2)) "$(attribute "$name")" "$(attribute "$body")" >>"$1"
	done
	echo '</smses>' >>"$1"
}
lines() { # FILE PERSON...
	local i file=$1 row
	shift
	echo line,identifier,from,to,status,grade >"$file"
	for i in "$@"; do
		mark l; row=$it; spell "$i"; row+=",$it,2024-01-01,,"; pick statuses; row+="$it,"; pick grades; echo "$row$it" >>"$file"
	done
}
fields() { tr '\n' ' ' <"$SOURCE_DIR/triage/export/profiles.list" | grep -o "X($1, [^)]*)" | grep -oE '"[^"]*"' | tail -n +2 | tr -d '"' | tr ' ' '\n' | grep .; }
profiles='council school health other-force cps defence court'
give() { # PROFILE OUT HANDLING
	local conditions=() to for
	pick hostile; to="$it x"; pick hostile; for="$it y"
	[ "$3" = C ] && conditions=(--conditions 'Ask first.')
	[ -z "$threads" ] || conditions+=(--threads "$threads")
	code=0
	"$LINECHECK" export "$1" "$dir" --out "$2" --recipient "$to" --purpose "$for" --handling "$3" "${conditions[@]}" \
		>out 2>&1 </dev/null || code=$?
}
content() { find "$1" -type f ! -name check.sh ! -name checking.html ! -name 'MANIFEST*' ! -name SIGNED.txt -exec cat {} + | tr -d '\000'; }
none() { # WHAT PATTERN
	grep -aoE -- "$2" all | sort -u | head -3 >found
	[ ! -s found ] || fail "round $round: $who ($handling) has $1: $(tr '\n' ' ' <found)"
}

looked() { # PROFILE FOLDER HANDLING: only what the profile has is there
	local who=$1 handling=$3
	fields "$who" >allowed
	content "$2" >all
	grep -qx record.text allowed || none 'a text' 'Qt[0-9]{6}'
	grep -qx record.name allowed || none 'a name' 'Qn[0-9]{6}'
	grep -qx match.line allowed || none 'the name of a line' 'Ql[0-9]{6}'
	case $who in
	council | school | health | defence)
		tr -d ' ()\n.-' <all >close && mv close all
		none "a third party's number" "7700900($people)"
		content "$2" >all
		;;&
	council | school | health | defence | court) none 'a status' 'ddtro|taken-over|police-operated' && none 'a grade' '"[123][A-E][PC]"' ;;
	*) [ "$handling" = C ] || none 'a grade with conditions' '"[123][A-E]C"' ;;
	esac
	jq -r '[paths | map(select(type == "string")) | .[]] | unique | .[]' "$2/export.json" >keys || fail "round $round: $who: export.json is no JSON"
	grep -vxFf allowed keys | grep -vxE 'schema|training|profile|recipient|purpose|handling|conditions|signed_off|findings|matches|(recipient|purpose)_hex' &&
		fail "round $round: $who: keys outside the profile"
	for csv in "$2"/*.csv; do
		[ -e "$csv" ] || continue
		[ "${csv##*/}" != records.csv ] || ! head -1 "$csv" | tr -d '\r"' | tr ',' '\n' | sed 's/^/record./' | grep -vxFf allowed || fail "round $round: $who: columns"
		[ "$(tr -d '\n' <"$csv" | tr '\r' '\n' | grep -cvE '^("([^"]|"")*")(,"([^"]|"")*")*$')" = 0 ] || fail "round $round: ${csv##*/} of $who has lost its form"
		tr -d '\n' <"$csv" | tr '\r' '\n' | grep -aE '(^|,)"[=+@-]' && fail "round $round: a field of ${csv##*/} of $who begins like a formula"
	done
	[ ! -e "$2/case.jsonld" ] || jq -e '([.["@graph"][]["@id"]]) as $ids | ($ids | length == (unique | length)) and
		([.["@graph"][] | .. | objects | select(keys == ["@id"])."@id"] | all(. as $i | $ids | index($i) != null)) and
		([.["@graph"][]."@id" | select(startswith("kb:account"))] - [.. | objects | select(keys == ["@id"])."@id"] == [])' "$2/case.jsonld" >/dev/null ||
		fail "round $round: $who: an account of nobody, or a reference to nothing"
	pages "$2"
	find "$2" -mindepth 1 -name '*[!A-Za-z0-9._-]*' | grep . && fail "round $round: $who: a name that no list can hold"
	"$LINECHECK" verify "$2" >out 2>&1 || fail "round $round: verify $who: $(cat out)"
	# who is who, by records: 'id token', 'id number'
	if [ -e "$2/records.csv" ] && [ "$who" != other-force ] && [ "$who" != cps ] && [ "$who" != court ]; then
		tr -d '\n' <"$2/records.csv" | tr '\r' '\n' | sed -nE 'h; s/^"([^"]*)","[^"]*","[^"]*","[^"]*","(T[0-9]+|owner|not known)".*/\1 \2/p
			g; s/^"([^"]*)".*Qt[0-9]{6} (T[0-9]+).*/\1-text \2/p' >>tokens.all
	fi
}
pages() { # FOLDER: no element that a text made
	local page
	for page in "$1"/*.html; do
		[ -e "$page" ] || continue
		[ "${page##*/}" = checking.html ] && continue
		grep -qiE '<(script|img|iframe|object|embed|form|input|svg|base)|javascript:[^<]*"|<[a-z]+[^>]* on[a-z]+=|http-equiv="refresh' "$page" &&
			fail "round $round: ${page##*/} of $1: markup of a text"
		[ "$(grep -o '<table' "$page" | wc -l)" = "$(grep -o '</table>' "$page" | wc -l)" ] || fail "round $round: ${page##*/}: tables"
	done
}
names() { # who is behind each record, of `records`
	"$LINECHECK" records "$dir" >records.jsonl
	jq -r 'select(.from != null) | "\(.id) \(if .from.role == "owner" then "owner" else (.from["e164"] // .from.raw // "not known") end)"' records.jsonl >>numbers.all
	threads=$(jq -r '.thread_id // empty' records.jsonl | sort -un | awk 'NR % 4' | paste -sd,)
	jq -r 'select((.mentions | length) == 1) | "\(.id)-text \(.mentions[0]["e164"])"' records.jsonl >>numbers.all
}

dir= it= round= threads= source=
for round in $(seq "${COURT_ROUNDS:-3}"); do
	dir=case$round threads= source="./Chat with +447700900$(person 12) <b onx=1>sms$round.xml"
	people=
	for i in $(seq 0 30); do people+=${people:+|}$(person $i); done
	: >tokens.all
	: >numbers.all
	phone "$source" 10 16 17
	roll 7; a=$it; roll 7; lines lines.csv $((10 + a)) $((10 + it)) 17 22 40
	code=0
	"$LINECHECK" scan --training --case "$dir" --lines lines.csv "$source" >out 2>&1 || code=$?
	case $code in 0 | 4 | 10) ;; *) fail "round $round: scan: exit $code: $(cat out)" ;; esac
	for who in $profiles; do
		give "$who" early P
		[ "$code" = 3 ] || fail "round $round: $who before sign-off: exit $code: $(cat out)"
	done
	for what in safeguarding evidential; do
		code=0
		"$LINECHECK" report $what "$dir" --out early >out 2>&1 || code=$?
		[ "$code" = 3 ] || fail "round $round: $what before sign-off: exit $code: $(cat out)"
	done
	[ -e early ] || [ -e early.part ] && fail "round $round: something left before sign-off"
	"$LINECHECK" case sign-off "$dir" --all --reason 'Looked at each of them on the page.' >out 2>&1 || fail "round $round: sign-off: $(cat out)"
	names
	for who in $profiles; do
		handling=P
		roll 2; [ "$it" = 0 ] || handling=C
		give "$who" "$who$round" $handling
		[ "$code" = 0 ] || fail "round $round: $who: exit $code: $(cat out)"
		looked "$who" "$who$round" $handling
	done
	# more is read, of other people, before those of the first: what was signed is signed no more, and who was T01 stays it
	phone "more$round.xml" 0 16 0
	code=0
	"$LINECHECK" scan --training --case "$dir" --lines lines.csv "more$round.xml" >out 2>&1 || code=$?
	case $code in 0 | 4 | 10) ;; *) fail "round $round: second scan: exit $code: $(cat out)" ;; esac
	give defence late P
	if [ "$code" = 3 ]; then
		"$LINECHECK" case sign-off "$dir" --all --reason 'Looked at each of them again.' >out 2>&1 || fail "round $round: sign-off again: $(cat out)"
	elif [ "$code" = 0 ]; then
		rm -r late
	fi
	names
	for who in defence council; do
		give "$who" "$who$round-2" P
		[ "$code" = 0 ] || fail "round $round: $who again: exit $code: $(cat out)"
		looked "$who" "$who$round-2" P
	done
	sort -u tokens.all | sort -k1,1 >a
	sort -u numbers.all | sort -k1,1 >b
	join a b | sed -E 's/^[^ ]+ //' | sort -u >pairs
	[ "$(wc -l <pairs)" -ge 5 ] || fail "round $round: hardly a token: $(cat pairs)"
	[ -z "$(grep '^T' pairs | cut -d' ' -f1 | sort | uniq -d)" ] || fail "round $round: a token of two people: $(cat pairs)"
	[ -z "$(grep '^T' pairs | cut -d' ' -f2 | sort | uniq -d)" ] || fail "round $round: somebody with two tokens: $(cat pairs)"
	for what in safeguarding; do
		"$LINECHECK" report $what "$dir" --out "$what$round" >out 2>&1 || fail "round $round: $what: $(cat out)"
		pages "$what$round"
	done
	"$LINECHECK" report daily "$dir" --out "daily$round" >out 2>&1 || fail "round $round: daily: $(cat out)"
	pages "daily$round"
	content "daily$round" >all
	who=daily handling=-
	none 'text of a phone' 'Q[tnl][0-9]{6}'
	grep -aqE "7700 ?900" "daily$round"/daily.* && fail "round $round: the morning list has a number"
	[ $bad = 0 ] || break
done
[ "$(cat cps*/records.csv | grep -acE 'Qt[0-9]{6}')" -gt 10 ] || fail "too few texts left to anybody: what is looked for is hardly there"
cat cps*/export.json | grep -aqE 'Ql[0-9]{6}' || fail "no line left to anybody"
cat cps*/export.json other-force*/export.json | grep -aqE 'ddtro|taken-over|police-operated' || fail "no status left to anybody"
finish "${COURT_ROUNDS:-3} random cases keep what is not to leave"
