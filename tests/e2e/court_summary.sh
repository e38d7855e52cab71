#!/usr/bin/env bash
# The safeguarding summary: marked, signed off first, whole in both its forms, the same bytes; hostile text stays text.
. "$(dirname "$0")/lib.bash"
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
"$LINECHECK" scan phone/backup --training --case practice --lines phone/lines.csv >/dev/null 2>&1 || true

report() { code=0; "$LINECHECK" report safeguarding "$@" >out 2>&1 </dev/null || code=$?; }
says() { # FILE WORDS...
	local file=$1 word
	shift
	for word in "$@"; do
		grep -qF -- "$word" "$file" || fail "$file does not say '$word'"
	done
}
report practice --out early
[ "$code" = 3 ] || fail "a summary before sign-off: $(cat out)"
[ -e early ] || [ -e early.part ] && fail "a refused report left something"
"$LINECHECK" case sign-off practice --all --reason 'Looked at each of them on the page.' >/dev/null
report practice
[ "$code" = 2 ] || fail "no --out: exit $code"
report practice --out one
[ "$code" = 0 ] || fail "the summary: $(cat out)"
TZ=Asia/Tokyo LC_ALL=C.UTF-8 LANGUAGE=he report practice --out two
diff -r one two >out || fail "the same case gave other bytes: $(cat out)"

says one/summary.html 'TRAINING' 'not evidence' 'Immediate safeguarding' 'A person decides' 'Absence of hits' 'What else it could be' \
	'Without it' 'What was read' 'consistent with' 'Against:' 'Words that occurred' 'Prompts for the return-home interview' 'Referral' \
	'Modern Slavery Act' 'What to tell the child' 'What not to do' 'debt' 'can be followed' 'Owner' 'By when' 'What was not seen' \
	'Signal' 'EX1/M000'
grep -qE '<script|javascript:|<img|http://|https://| on[a-z]+=' one/summary.html && fail "the page has a script, picture or link"
for word in dealer runner 'gang member' prostitute absconded offender streetwise; do
	grep -qi -- "$word" one/summary.html && fail "the page says '$word'"
done
# every prompt is open: none can be answered with yes or no, none names a drug, a number or a line
sed -n '/Prompts for the return-home/,/What to tell/p' one/summary.html | grep -o '<li>.*</li>' | sed 's/<[^>]*>//g' >prompts
[ "$(wc -l <prompts)" -ge 8 ] || fail "too few prompts"
grep -vE '^(How|Tell me|What|Who) ' prompts && fail "a prompt that is not open"
grep -wiE 'drugs?|lines?|gangs?|07700|marlo|shank' prompts && fail "a prompt leads"
if command -v pdftotext >/dev/null; then
	pdftotext -layout one/summary.pdf text
	says text 'TRAINING' 'not evidence' 'Immediate safeguarding' 'Referral' 'What not to do'
	pages=$(pdfinfo one/summary.pdf | sed -n 's/^Pages: *//p')
	[ "$(grep -c 'TRAINING' text)" -ge $((2 * pages)) ] || fail "not every page is marked"
	# the referral is one page
	pdftotext -f "$pages" -l "$pages" one/summary.pdf - | grep -q '^Referral' || fail "the referral is not the last page, alone"
fi
"$LINECHECK" verify one >out 2>&1 || fail "verify: $(cat out)"
says out 'It is not signed'
(cd one && sh check.sh >../out 2>&1) || fail "check.sh: $(cat out)"
printf ' ' >>one/summary.html
"$LINECHECK" verify one >out 2>&1 && fail "a longer page was not found"

# the morning list: what nobody has looked at first and without a level, then by level
printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Sam\nTEL:07700 900555\nEND:VCARD\n' >quiet.vcf
"$LINECHECK" scan quiet.vcf --training --case quiet --lines phone/lines.csv >/dev/null 2>&1 || true
"$LINECHECK" case sign-off quiet --all --reason 'Looked at it: there is nothing to see.' >/dev/null 2>&1
"$LINECHECK" scan phone/backup --training --case unseen --lines phone/lines.csv >/dev/null 2>&1 || true
code=0; "$LINECHECK" report daily quiet practice unseen --out morning >out 2>&1 || code=$?
[ "$code" = 0 ] || fail "the morning list: $(cat out)"
tr -d '\r' <morning/daily.csv >daily
[ "$(cut -d, -f2 daily | tr '\n' ' ')" = '"folder" "unseen" "practice" "quiet" ' ] || fail "the order of the morning list: $(cat daily)"
grep -q '"unseen","no","","",""' daily || fail "the morning list gives a level that nobody has looked at: $(cat daily)"
grep -q '"practice","yes","3","Immediate safeguarding"' daily || fail "no level: $(cat daily)"
says morning/daily.html 'TRAINING' 'Nobody has looked yet' 'Immediate safeguarding' 'presumed a victim'
grep -qE '0?7700' morning/daily.html morning/daily.csv && fail "the morning list has a number"
"$LINECHECK" verify morning >out 2>&1 || fail "verify of the morning list: $(cat out)"

# hostile text
sqlite3 practice/case.db "UPDATE record SET text = CAST('=HYPERLINK(\"http://x\")<script>alert(1)</script>' || x'e280ae' || x'ff' || x'1b' || '[31m]]>' AS BLOB) WHERE text IS NOT NULL" 2>/dev/null &&
	sqlite3 practice/case.db "UPDATE finding SET meaning = '<img src=x onerror=alert(1)>', line = '</p><script>'"
report practice --out hostile
[ "$code" = 0 ] || fail "hostile text: $(cat out)"
grep -qE '<script|<img' hostile/summary.html && fail "markup of a message is markup of the page"
grep -q "$(printf '\033')" hostile/summary.html && fail "an escape is on the page"
finish "the summary holds"
