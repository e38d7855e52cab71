#!/usr/bin/env bash
# The evidential report: who may make it, what is in it and what is not, the same bytes, and that any change is found, with and
# without linecheck.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/stamps.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null

# refused for training, whatever was signed
"$LINECHECK" scan phone/backup --training --case practice --lines phone/lines.csv >/dev/null 2>&1 || true
"$LINECHECK" case sign-off practice --all --reason 'Looked at each of them on the page.' >/dev/null
code=0; "$LINECHECK" report evidential practice --out never >out 2>&1 || code=$?
expect 3 'training case' 'a report of a training case'
[ -e never ] || [ -e never.part ] && fail "a refused report left something"

form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
reason='The unit has no pack issued yet, list by hand.'
both officer supervisor case stage real 3 --reason 'All texts are needed: the threat was in a text.'
both officer supervisor scan phone/backup --case real --lines phone/lines.csv --reason "$reason"
as officer report evidential real --out early
expect 3 'sign-off' 'a report before sign-off'
[ -e early ] || [ -e early.part ] && fail "a refused report left something"
code=0; "$LINECHECK" report evidential real --out early >out 2>&1 </dev/null || code=$?
expect 3 'a person with a key' 'a report without a key'
as officer case sign-off real --all --reason 'Looked at each of them on the page.'
expect 0 'Signed off' 'sign-off'
[ "$code" = 0 ] || finish "sign-off failed"
as officer report evidential real --out one
expect 0 'one/report.pdf' 'the report'
as officer report evidential real --out one
expect 1 'is there already' 'written over'

# the same bytes in another language, time zone, folder
LC_ALL=C.UTF-8 LANG=C.UTF-8 TZ=Pacific/Kiritimati LANGUAGE=ar as officer report evidential real --out "two of them"
expect 0 'report.pdf' 'the report again'
diff -r one "two of them" >diff.out || fail "the same case gave other bytes: $(cat diff.out)"

# what every file is
head -c 8 one/report.pdf | grep -q '^%PDF-1.4' || fail "no PDF 1.4"
[ "$(jq -s length one/annex/records.jsonl)" -gt 100 ] || fail "records.jsonl is not all records"
[ "$(cut -d, -f1 one/annex/searches.csv | sort -u | wc -l)" -gt 20 ] || fail "searches.csv does not list the searches"
grep -q ',"0",' one/annex/searches.csv || fail "no nil results"
jq -r .id one/annex/records.jsonl | while read -r id; do
	grep -qF "\"$id\"" one/annex/records.csv || echo "$id"
done | head -3 | grep . && fail "records.csv lacks records"
cat one/annex/records-*.html | grep -o 'id="EX1/[A-Z][0-9]*"' | sort -u | wc -l | grep -qx "$(jq -s length one/annex/records.jsonl)" ||
	fail "the pages lack records"
grep -rlE '<script|javascript:|http://|https://' one/annex/*.html && fail "a page has a script or a link to the outside"

# no assessment anywhere
for word in 'points' 'Immediate safeguarding' 'Strong indicators' 'consistent with' 'innocent' 'scoring.yaml'; do
	grep -rqi -- "$word" one/annex/*.csv one/annex/*.html && fail "the annexes say '$word'"
	if command -v pdftotext >/dev/null; then
		pdftotext one/report.pdf - | grep -qiF -- "$word" && fail "the report says '$word'"
	fi
done
if command -v pdftotext >/dev/null; then
	pdftotext -layout one/report.pdf text
	for word in '1 *Cover' '2 *Authority' '3 *Exhibit' '4 *Continuity' '5 *Method' '6 *Contemporaneous' '7 *Integrity' '8 *What was' \
		'9 *Records' '10 *Number matches' '11 *Searches' '12 *Limitations' '13 *Unused' '14 *Declarations' '15 *Annexes'; do
		grep -qE "^ *$word" text || fail "the report has no section '$word'"
	done
	pages=$(pdfinfo one/report.pdf | sed -n 's/^Pages: *//p')
	[ "$(grep -c "Page [0-9]* of $pages" text)" = "$pages" ] || fail "not every page says which it is of $pages"
	[ "$(grep -c 'OFFICIAL-SENSITIVE' text)" -ge $((2 * pages)) ] || fail "not every page is marked"
	grep -q 'MC/25/001' text || fail "no case reference"
	grep -q 'EX1/M000' text || fail "no record is cited"
	tr -d ' \n' <text | grep -qF "$(sha256sum <one/ANNEXES.sha256 | cut -c1-64)" || fail "the annexes' hash is not printed"
fi

# what is signed is found changed, byte by byte in small files, here and there in large ones
check() { code=0; "$LINECHECK" verify "$@" >out 2>&1 || code=$?; }
check one
expect 0 'Signed by the key' 'verify'
grep -q 'officer' out || fail "the policy's name is not said: $(cat out)"
key=$(sed -n 's/^  public key //p' out)
list=$(sha256sum <one/MANIFEST.sha256 | cut -c1-64)
check one --signer "$key" --manifest "$list"
expect 0 "$list" 'verify with what is on paper'
check one --signer "${list}"
expect 1 'signed by another key' 'another signer'
check one --manifest "$key"
expect 1 'another than the one given' 'another list'
(cd one && sh check.sh >../out 2>&1) || fail "check.sh: $(cat out)"
grep -q 'All is as it was signed' out && grep -qF "$key" out || fail "check.sh does not say the key: $(cat out)"
flip() { # FILE OFFSET
	printf "\\x$(printf %02x $((0x$(od -An -tx1 -j "$2" -N1 "$1" | tr -d ' ') ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
LINECHECK_TRUST_WAS=$LINECHECK_TRUST
for file in $(cd one && find . -type f ! -name MANIFEST.tsq | sort); do
	size=$(stat -c %s "one/$file")
	for at in 0 $((size / 2)) $((size - 1)); do
		flip "one/$file" "$at"
		check one
		[ "$code" = 1 ] || fail "byte $at of $file was changed and verify said $code"
		case $file in ./SIGNER.pem) ;; *)
			[ "$at" = 0 ] && sh one/check.sh >out 2>&1 && [ "$file" != ./check.sh ] && fail "check.sh did not find byte $at of $file" ;;
		esac
		flip "one/$file" "$at"
	done
done
for at in $(seq 0 7 63); do
	flip one/MANIFEST.sig "$at"
	check one
	[ "$code" = 1 ] || fail "byte $at of the signature was changed and verify said $code"
	flip one/MANIFEST.sig "$at"
done
flip one/MANIFEST.tsq 20; check one; [ "$code" = 1 ] || fail "a changed request was not found"; flip one/MANIFEST.tsq 20
: >one/annex/more.csv; check one; expect 1 'was added' 'an added file'
sh one/check.sh >out 2>&1 && fail "check.sh did not find an added file"
rm one/annex/more.csv
mkdir one/deep && : >"one/deep/$(printf 'x\033[31m\n')"; check one; expect 1 'was added' 'an added folder'
grep -q "$(printf '\033')" out && fail "an escape from a file's name reached the terminal"
rm -r one/deep
mv one/annex/matches.csv keep; check one; expect 1 'not there' 'a removed file'
ln -s ../../keep one/annex/matches.csv; check one; [ "$code" = 1 ] || fail "a link in place of a file"
rm one/annex/matches.csv; mv keep one/annex/matches.csv
printf '%s\n' "$(cat one/MANIFEST.sha256)" >m; sed 's/^/\n/;1!s/^\n//' m >one/MANIFEST.sha256; check one
[ "$code" = 1 ] || fail "a list with an empty line"
cp "two of them/MANIFEST.sha256" one/MANIFEST.sha256
check one
expect 0 'nothing was added' 'verify at the end'
LINECHECK_TRUST=$work/none check one
expect 0 'Nobody here names its holder' 'verify on a machine that knows nobody'

# a machine without openssl: neither right nor wrong
mkdir bare
printf '#!/bin/sh\nexit 127\n' >bare/openssl
chmod +x bare/openssl
code=0
(cd one && PATH="$work/bare:$PATH" sh check.sh) >out 2>&1 || code=$?
[ $code = 2 ] && grep -q 'NOTHING WAS CHECKED' out && ! grep -q 'NOT RIGHT' out || fail "check.sh without openssl ($code): $(cat out)"

# a certificate and a time stamp of somebody else's
certificate cms
as officer report evidential real --out signed --cms-key cms.key --cms-cert cms.pem
expect 0 'report.pdf' 'a report with a certificate'
as officer report evidential real --out signed2 --cms-key cms.key --cms-cert cms.pem
cmp -s signed/MANIFEST.cms signed2/MANIFEST.cms || fail "the CMS signature is not the same bytes"
check signed --cms-ca cms.pem
expect 0 'CN=cms' 'the CMS signature'
(cd signed && sh check.sh >../out 2>&1) || fail "check.sh with CMS: $(cat out)"
size=$(stat -c %s signed/MANIFEST.cms)
for at in 1 40 $((size / 2)) $((size - 1)); do
	flip signed/MANIFEST.cms "$at"; check signed
	[ "$code" = 1 ] || fail "byte $at of the CMS signature was changed and verify said $code"
	flip signed/MANIFEST.cms "$at"
done
printf '\0' >>signed/MANIFEST.cms; check signed
[ "$code" = 1 ] || fail "a byte after the CMS signature was not found"
cp signed2/MANIFEST.cms signed/MANIFEST.cms
stamp signed
check signed --stamp-ca tsa.pem
expect 0 'Time stamp: 20' 'the time stamp'
check signed --stamp-ca cms.pem
expect 1 'does not hold' "another issuer's time stamp"
openssl ts -query -data form.yaml -sha256 -cert -out other.tsq 2>/dev/null
stamp signed other.tsq
check signed
expect 1 'of something else' "another thing's time stamp"

# the same source again
code=0; "$LINECHECK" replay one phone/backup --lines phone/lines.csv >out 2>&1 || code=$?
annexes=$(find one/annex -type f ! -name replay.json | wc -l)
[ "$annexes" -ge 8 ] || fail "only $annexes annexes"
expect 0 "The same: $annexes annexes" 'replay'
head -2 phone/lines.csv >other.csv
code=0; "$LINECHECK" replay one phone/backup --lines other.csv >out 2>&1 || code=$?
expect 3 'are others than' 'replay with another list'
cp -r phone/backup changed
sms=$(find changed -name '3d0d7e5fb2ce288813306e4d4636395e047a3d28')
sqlite3 "$sms" "UPDATE message SET text='something else', attributedBody=NULL WHERE text IS NOT NULL AND ROWID % 3 = 0" || fail "no sms.db"
mkdir scratch
code=0; "$LINECHECK" replay one changed --lines phone/lines.csv --work scratch >out 2>&1 || code=$?
expect 1 'NOT THE SAME: annex/records.csv' 'replay of a changed source'
grep -q 'NOT THE SAME: annex/records-0001.html' out || fail "the pages are not compared: $(cat out)"
grep -qE 'NOT THE SAME: annex/records.jsonl: [0-9]+ lines differ, the first is line [0-9]+; EX1/M[0-9]+ in .*text.* [0-9]+ only in the file that they come from' out || fail "it is not said in what: $(cat out)"
grep -q 'something else' out && fail "a text of the phone is on the terminal"
grep -q 'NOT THE SAME: annex/sources.csv' out || fail "the changed file's digest is not said"
[ -z "$(ls -A scratch)" ] || fail "a replay left something behind"
cp -r one old
sed -i 's/"version":"[^"]*"/"version":"0.0.9"/' old/annex/replay.json
code=0; "$LINECHECK" replay old phone/backup --lines phone/lines.csv >out 2>&1 || code=$?
expect 1 'is not what was signed' 'replay of an altered report'
rm old/MANIFEST.* old/SIGNER.pem
printf 'linecheck-signed-1\n' >old/SIGNED.txt
(cd old && find . -type f | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum >../m && mv ../m MANIFEST.sha256)
code=0; "$LINECHECK" replay old phone/backup --lines phone/lines.csv >out 2>&1 || code=$?
expect 3 'made by linecheck 0.0.9' 'replay of a report by another version'

# the case is as it was, and a changed finding must be signed anew
as officer verify real
check real
expect 0 'as the log says' 'the case after its reports'
finish "the evidential report holds"
