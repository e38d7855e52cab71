#!/bin/sh
# Checks every byte of the folder that this file stands in. Needs sha256sum and openssl (3.0 or later), no network
# and nothing of linecheck. Run it as: sh check.sh
# It ends with 0 if all is as the list says, with 1 if anything is not, with 2 if this machine cannot check. Whoever changed
# a file could have changed this one: take check.sh from a folder that you trust if that matters ("sh /elsewhere/check.sh FOLDER").
unset CDPATH
cd -- "${1:-$(dirname -- "$0")}" || exit 1
LC_ALL=C
export LC_ALL
bad=0
say() { printf '%s\n' "$*"; }
wrong() { say "   NOT RIGHT: $*"; bad=1; }
plain() { tr -c '[:print:]\n' '?' | sed 's/^/   /'; } # a file's name cannot steer the terminal
cannot() {
	say "This machine has no $1, and so NOTHING WAS CHECKED: that says neither that the folder is right nor that it is not."
	say "Install it (Debian, Ubuntu: apt install $2), or check the folder on another machine."
	exit 2
}
command -v sha256sum >/dev/null || cannot "program sha256sum" coreutils
openssl pkeyutl -help 2>&1 | grep -q -e -rawin || cannot "openssl of version 3.0 or later" openssl
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

say "1. The list, MANIFEST.sha256: 64 digits, two spaces and a plain name on each line, in order, no name twice:"
if [ -L MANIFEST.sha256 ] || [ ! -f MANIFEST.sha256 ]; then
	wrong "it is not there, or is a link"
	exit 1
fi
name='[A-Za-z0-9_-][A-Za-z0-9._-]*'
grep -v -x -E "[0-9a-f]{64}  $name(/$name)?" MANIFEST.sha256 >"$tmp/odd"
tr -d '\000' <MANIFEST.sha256 | cmp -s - MANIFEST.sha256 || say "a zero byte" >>"$tmp/odd"
cut -c67- MANIFEST.sha256 >"$tmp/listed"
if [ -s "$tmp/odd" ] || [ ! -s MANIFEST.sha256 ] || ! sort -c -u "$tmp/listed" 2>/dev/null || [ -n "$(tail -c 1 MANIFEST.sha256)" ]; then
	wrong "it was changed: linecheck writes no such list"
	say "This is NOT what was signed."
	exit 1
fi
say "   it is"

say "2. Files, folders and links that are not listed:"
if find . ! -type f ! -type d | grep . >"$tmp/odd"; then
	plain <"$tmp/odd"
	wrong "what is named above is a link, a pipe or a device: nothing further was read"
	say "This is NOT what was signed."
	exit 1
fi
{
	printf '%s\n' . MANIFEST.sha256 MANIFEST.sig MANIFEST.cms MANIFEST.tsq MANIFEST.tsr SIGNER.pem
	cat "$tmp/listed"
	sed -n 's|/.*||p' "$tmp/listed"
} | sort -u >"$tmp/known"
{
	find . -name '*[!A-Za-z0-9._-]*' # names that no list can hold, first: they could hold line ends
	find . ! -name '*[!A-Za-z0-9._-]*' | sed 's|^\./||' | sort | comm -13 "$tmp/known" -
	for f in MANIFEST.sig MANIFEST.cms MANIFEST.tsq MANIFEST.tsr SIGNER.pem; do [ ! -d $f ] || say "$f/"; done
} >"$tmp/added"
if [ -s "$tmp/added" ]; then
	plain <"$tmp/added"
	wrong "what is named above was added, or put in the place of a file"
else
	say "   none"
fi

say "3. Every file that is listed, against its SHA-256:"
if sha256sum --check --strict --quiet MANIFEST.sha256 >"$tmp/sums" 2>&1; then
	say "   all $(wc -l <MANIFEST.sha256) files are there and unchanged"
else
	plain <"$tmp/sums"
	wrong "the files named above were changed or are missing"
fi

say "4. The signature (Ed25519) of the list:"
key=
if [ -f MANIFEST.sig ] || [ -f SIGNER.pem ]; then
	{ printf 'linecheck\000report\000'; cat MANIFEST.sha256; } >"$tmp/signed"
	if openssl pkeyutl -verify -pubin -inkey SIGNER.pem -rawin -in "$tmp/signed" -sigfile MANIFEST.sig >/dev/null 2>&1; then
		key=$(openssl pkey -pubin -in SIGNER.pem -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \n')
		say "   it holds. The key that signed, to be compared with the one on the report's last page:"
		say "   $key"
		openssl pkey -pubin -in SIGNER.pem | cmp -s - SIGNER.pem || wrong "SIGNER.pem was written anew"
	else
		wrong "it does not belong to this list and this key"
	fi
else
	say "   there is none"
fi

certificate=
if [ -f MANIFEST.cms ]; then
	say "5. The signature with a certificate (CMS):"
	if openssl cms -verify -binary -inform DER -in MANIFEST.cms -content MANIFEST.sha256 -noverify -signer "$tmp/signer" -out /dev/null 2>/dev/null &&
		[ "$(grep -c 'BEGIN CERTIFICATE' "$tmp/signer")" = 1 ] &&
		openssl cms -cmsout -inform DER -in MANIFEST.cms -outform DER 2>/dev/null | cmp -s - MANIFEST.cms; then
		certificate=$(openssl x509 -in "$tmp/signer" -outform DER | sha256sum | cut -c1-64)
		say "   it holds; who issued the certificate was not checked (openssl cms -verify -CAfile ...). It says it is of:"
		openssl x509 -in "$tmp/signer" -noout -subject -nameopt RFC2253 | plain
	else
		wrong "it does not hold"
	fi
fi

say "6. What SIGNED.txt says stands here, against what does:"
{
	say linecheck-signed-1
	[ -z "$key" ] || say "MANIFEST.sig $key"
	[ -z "$certificate" ] || say "MANIFEST.cms $certificate"
	[ ! -f MANIFEST.tsq ] || say MANIFEST.tsq
} >"$tmp/seals"
if grep -q -x SIGNED.txt "$tmp/listed"; then
	if cmp -s "$tmp/seals" SIGNED.txt; then say "   the same"; else
		wrong "a signature was taken away, added or put in the place of another"
	fi
elif [ -n "$key$certificate" ]; then
	wrong "the list has no SIGNED.txt: somebody signed it later"
else
	say "   the list has no SIGNED.txt"
fi

list=$(sha256sum <MANIFEST.sha256 | cut -c1-64)
if [ -f MANIFEST.tsq ] && ! openssl asn1parse -inform DER -in MANIFEST.tsq 2>/dev/null | grep -q -i "HEX DUMP\]:$list\$"; then
	say "7. The request for a time stamp:"
	wrong "it is of something else"
fi
if [ -f MANIFEST.tsr ]; then
	say "7. The time stamp:"
	if openssl ts -reply -in MANIFEST.tsr -out "$tmp/again" 2>/dev/null && cmp -s "$tmp/again" MANIFEST.tsr &&
		openssl ts -reply -in MANIFEST.tsr -token_out -out "$tmp/token" 2>/dev/null &&
		openssl cms -verify -noverify -inform DER -in "$tmp/token" -out "$tmp/info" 2>/dev/null &&
		openssl asn1parse -inform DER -in "$tmp/info" | grep -q -i "HEX DUMP\]:$list\$"; then
		openssl ts -reply -in MANIFEST.tsr -text 2>/dev/null | grep 'Time stamp:' | plain
		say "   who issued it was not checked (openssl ts -verify -data MANIFEST.sha256 -in MANIFEST.tsr -CAfile ...)"
	else
		wrong "it is of something else, or does not hold"
	fi
fi

say "SHA-256 of the list: $list"
if [ $bad != 0 ]; then
	say "This is NOT what was signed."
elif [ -n "$key$certificate" ]; then
	say "All is as it was signed."
else
	say "All is as it was listed. It is NOT SIGNED: anybody could have made this folder."
fi
exit $bad
