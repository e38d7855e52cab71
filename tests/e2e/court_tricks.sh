#!/usr/bin/env bash
# As the other side's expert would: a report is changed in every way that could pass for the one that was signed. `verify` and check.sh, which
# knows only sha256sum and openssl, must both find each.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/stamps.bash"
. "$(dirname "$0")/trust.bash"
cd "$work"
printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Sam\nTEL:07700 900555\nEND:VCARD\n' >phone.vcf
printf 'line,identifier,from,to,status,grade\nMarlo,07700 900555,2024-01-01,,active,2B\n' >lines.csv
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
both officer supervisor scan phone.vcf --case real --lines lines.csv --reason 'The unit has no pack issued yet, list by hand.'
as officer case sign-off real --all --reason 'Looked at each of them on the page.'
certificate cms
certificate theirs
as officer report evidential real --out one --cms-key cms.key --cms-cert cms.pem
expect 0 'report.pdf' 'the report'
as other report evidential real --out theirs --cms-key theirs.key --cms-cert theirs.pem
expect 0 'report.pdf' "another person's report"
stamp one

flip() { # FILE OFFSET
	printf "\\x$(printf %02x $((0x$(od -An -tx1 -j "$2" -N1 "$1" | tr -d ' ') ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
list_again() { find . -type f ! -name 'MANIFEST*' ! -name SIGNER.pem | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum >../m && mv ../m MANIFEST.sha256; }
n=0
# trick WHAT COMMAND: in a copy of the report; what to look for in both outputs is the verdict alone
trick() {
	rm -rf t escaped
	cp -a one t
	(cd t && eval "$2") || fail "the trick itself: $1"
	code=0
	"$LINECHECK" verify t >out 2>&1 </dev/null || code=$?
	[ "$code" = 1 ] || fail "verify ($code) is fooled: $1"
	grep -q "$(printf '\033')" out && fail "verify sends an escape to the terminal: $1"
	code=0
	sh one/check.sh t >out 2>&1 </dev/null || code=$?
	[ "$code" = 1 ] || fail "check.sh ($code) is fooled: $1"
	grep -q 'NOT RIGHT' out || fail "check.sh does not say what: $1"
	grep -q "$(printf '\033')" out && fail "check.sh sends an escape to the terminal: $1"
	n=$((n + 1))
}
"$LINECHECK" verify one >out 2>&1 || fail "the report as it is: $(cat out)"
grep -q 'Time stamp: 20' out || fail "no time stamp is said"
(cd / && sh "$work/one/check.sh") >out 2>&1 || fail "check.sh of the report as it is: $(cat out)"
grep -q 'All is as it was signed' out || fail "check.sh does not say so"
cp -a one -- -one && (sh ./-one/check.sh && cd -- -one && CDPATH=/tmp sh check.sh) >out 2>&1 || fail "check.sh in a folder with an odd name: $(cat out)"

# files
trick 'a file under another name' 'mv annex/matches.csv annex/Matches.csv'
trick 'two files change places' 'mv annex/matches.csv x && mv annex/searches.csv annex/matches.csv && mv x annex/searches.csv'
trick 'a file in the folder above' 'mv annex/replay.json .'
trick 'an empty file' ': >more.txt'
trick 'an empty folder' 'mkdir more'
trick 'a folder in a folder' 'mkdir -p annex/annex'
trick 'a hidden file' ': >annex/.x'
trick 'a name that begins with a dash' ': >--quiet'
trick 'a name with a line end that hides behind known names' ': >"$(printf "SIGNER.pem\nMANIFEST.tsr")"'
trick 'a name with a line end, in a folder' 'mkdir "$(printf "SIGNER.pem\nannex")" && : >"$(printf "SIGNER.pem\nannex/records.csv")"'
trick 'a name with an escape' ': >"$(printf "x\033[2Jy")"'
trick 'a name that is not UTF-8' ': >"$(printf "x\377y")"'
trick 'a name in other letters that look alike' ': >"$(printf "annex/r\320\265cords.csv")"'
trick 'a file that is taken away' 'rm annex/warnings.csv'
trick 'a folder that is taken away' 'rm -r annex'
trick 'a link in place of a file' 'mv report.pdf ../escaped && ln -s ../escaped report.pdf'
trick 'a link in place of a folder' 'mv annex ../escaped && ln -s ../escaped annex'
trick 'a link to nothing' 'ln -s nowhere annex/x'
trick 'a pipe in place of a file' 'rm annex/matches.csv && mkfifo annex/matches.csv'
trick 'a folder in place of a file' 'rm annex/matches.csv && mkdir annex/matches.csv'
trick 'line ends as another system has them' 'sed -i "s/\$/\r/" check.sh'
trick 'a zero byte at the end' 'printf "\0" >>report.pdf'
trick 'one byte less' 'truncate -s -1 report.pdf'
trick 'check.sh that says yes' 'printf "exit 0\n" >check.sh'

# the list
trick 'lines that changed places' '{ sed -n 2p MANIFEST.sha256; sed -n 1p MANIFEST.sha256; sed 1,2d MANIFEST.sha256; } >../m && mv ../m MANIFEST.sha256'
trick 'a line twice' 'sed -i 1p MANIFEST.sha256'
trick 'a name twice, with another hash first' 'sed -i "1{h;s/^./0/;G}" MANIFEST.sha256'
trick 'CR LF in the list' 'sed -i "s/\$/\r/" MANIFEST.sha256'
trick 'capital digits in the list' 'sed -i "s/^[0-9a-f]*/\U&/" MANIFEST.sha256'
trick 'the other spelling of the list' 'sed -i "s/  / */" MANIFEST.sha256'
trick 'an empty line' 'sed -i "1s/^/\n/" MANIFEST.sha256'
trick 'a remark' 'sed -i "1s/^/# nothing\n/" MANIFEST.sha256'
trick 'the last line end' 'truncate -s -1 MANIFEST.sha256'
trick 'a zero byte in the list' 'printf "\0" >>MANIFEST.sha256'
trick 'a file outside' 'cp report.pdf ../escaped && sha256sum ../escaped | sed "s/ escaped/ ..\/escaped/" >>MANIFEST.sha256'
trick 'a name that sha256sum unescapes' 'sed -i "1s/^/\\\\/" MANIFEST.sha256'
trick 'a file and its line are taken away' 'rm annex/warnings.csv && sed -i /warnings.csv/d MANIFEST.sha256'
trick 'a file is changed and listed anew' 'echo x >>annex/warnings.csv && list_again'
trick 'an empty list' ': >MANIFEST.sha256'
trick 'no list' 'rm MANIFEST.sha256 && mkdir MANIFEST.sha256'
trick 'the list is a link' 'mv MANIFEST.sha256 ../escaped && ln -s ../escaped MANIFEST.sha256'

# signatures
trick 'no signature' 'rm MANIFEST.sig SIGNER.pem'
trick 'a signature without its key' 'rm SIGNER.pem'
trick 'a key without its signature' 'rm MANIFEST.sig'
trick "another's signature" 'cp ../theirs/MANIFEST.sig ../theirs/SIGNER.pem .'
trick "another's key" 'cp ../theirs/SIGNER.pem .'
trick 'a byte more at the end of the signature' 'printf "\0" >>MANIFEST.sig'
trick 'the key in another spelling' 'sed -i "s/\$/\r/" SIGNER.pem'
trick 'the key with words before it' 'sed -i "1s/^/PC 1234\n/" SIGNER.pem'
trick 'no certificate' 'rm MANIFEST.cms'
trick "another's certificate over the same list" 'openssl cms -sign -binary -noattr -in MANIFEST.sha256 -signer ../theirs.pem -inkey ../theirs.key -outform DER -out MANIFEST.cms'
trick 'the same certificate with a time added' 'openssl cms -sign -binary -in MANIFEST.sha256 -signer ../theirs.pem -inkey ../theirs.key -outform DER -out MANIFEST.cms'
trick 'a second signer' 'openssl cms -sign -binary -noattr -in MANIFEST.sha256 -signer ../cms.pem -inkey ../cms.key -signer ../theirs.pem -inkey ../theirs.key -outform DER -out MANIFEST.cms'
trick 'a byte after the certificate signature' 'printf x >>MANIFEST.cms'
trick 'a byte after the time stamp' 'printf x >>MANIFEST.tsr'
trick 'the request is gone' 'rm MANIFEST.tsq'
trick "another's request" 'cp ../theirs/MANIFEST.tsq .'
trick 'a file that says less is signed' 'printf "linecheck-signed-1\nMANIFEST.tsq\n" >SIGNED.txt; rm MANIFEST.sig SIGNER.pem MANIFEST.cms'
trick 'a link in place of a signature' 'mv MANIFEST.sig ../escaped && ln -s ../escaped MANIFEST.sig'
trick 'a time stamp of something else' 'openssl ts -reply -config ../tsa.cnf -queryfile ../theirs/MANIFEST.tsq -out MANIFEST.tsr 2>/dev/null'
trick 'a folder by the name of a signature' 'rm MANIFEST.tsr && mkdir MANIFEST.tsr'
for at in $(seq 3 97 "$(stat -c %s one/MANIFEST.tsr)"); do
	cp one/MANIFEST.tsr keep
	flip one/MANIFEST.tsr "$at"
	code=0; "$LINECHECK" verify one >out 2>&1 || code=$?
	[ "$code" = 1 ] || fail "byte $at of the time stamp was changed and verify said $code: $(cmp -l keep one/MANIFEST.tsr) $(openssl asn1parse -inform DER -in one/MANIFEST.tsr | awk -F: "\$1 <= $at" | tail -2)"
	cp keep one/MANIFEST.tsr
done

# made anew as a whole and not signed, or by somebody else: right as a folder, and said to be no one's, or theirs
cp -a one anew
(cd anew && rm MANIFEST.* SIGNER.pem && echo x >>annex/warnings.csv && printf 'linecheck-signed-1\n' >SIGNED.txt && list_again)
key=$("$LINECHECK" verify one | sed -n 's/^  public key //p')
code=0; "$LINECHECK" verify anew >out 2>&1 || code=$?
grep -qi 'not signed: anybody could' out || fail "verify does not say that anybody could have made it: $(cat out)"
code=0; "$LINECHECK" verify anew --signer "$key" >out 2>&1 || code=$?
[ "$code" = 1 ] || fail "verify with the key on paper does not miss the signature"
sh one/check.sh anew >out 2>&1 || fail "check.sh of a folder that was made anew: $(cat out)"
grep -q 'NOT SIGNED: anybody could' out || fail "check.sh does not say that anybody could have made it"
grep -q 'as it was signed' out && fail "check.sh says that it was signed"
code=0; "$LINECHECK" verify theirs --signer "$key" >out 2>&1 || code=$?
expect 1 'signed by another key' "another's whole report"
[ $n -gt 50 ] || fail "only $n tricks"
finish "$n tricks are found"
