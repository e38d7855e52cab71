#!/bin/sh
# Checks every byte of the folder that this file stands in. Needs sha256sum and openssl (1.1.1 or later), no network
# and nothing of linecheck. Run it as: sh check.sh
# It ends with 0 if all is as it was signed, with 1 if anything is not.
cd "$(dirname "$0")" || exit 1
bad=0
say() { printf '%s\n' "$*"; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

say "1. Every file that is listed, against its SHA-256:"
if sha256sum --check --strict --quiet MANIFEST.sha256; then
	say "   all $(wc -l <MANIFEST.sha256) files are there and unchanged"
else
	say "   NOT RIGHT: the files named above were changed or are missing"
	bad=1
fi

say "2. Files that are not listed:"
cut -c67- MANIFEST.sha256 | LC_ALL=C sort >"$tmp/listed"
find . ! -type d | sed 's|^\./||' | grep -v -x -E 'MANIFEST\.(sha256|sig|cms|tsq|tsr)|SIGNER\.pem' |
	LC_ALL=C sort >"$tmp/there"
if LC_ALL=C comm -13 "$tmp/listed" "$tmp/there" | grep . ; then
	say "   NOT RIGHT: the files named above were added"
	bad=1
else
	say "   none"
fi

say "3. The signature (Ed25519) of the list:"
if [ -f MANIFEST.sig ]; then
	{ printf 'linecheck\000report\000'; cat MANIFEST.sha256; } >"$tmp/signed"
	if openssl pkeyutl -verify -pubin -inkey SIGNER.pem -rawin -in "$tmp/signed" -sigfile MANIFEST.sig >/dev/null 2>&1; then
		say "   it holds. The key that signed, to be compared with the one on the report's last page:"
		say "   $(openssl pkey -pubin -in SIGNER.pem -outform DER | tail -c 32 | od -An -tx1 | tr -d ' \n')"
	else
		say "   NOT RIGHT: it does not belong to this list and this key"
		bad=1
	fi
else
	say "   there is none"
fi

if [ -f MANIFEST.cms ]; then
	say "4. The signature with a certificate (CMS):"
	if openssl cms -verify -binary -inform DER -in MANIFEST.cms -content MANIFEST.sha256 -noverify -out /dev/null 2>/dev/null; then
		say "   it holds; who issued the certificate was not checked (openssl cms -verify -CAfile ...)"
	else
		say "   NOT RIGHT: it does not hold"
		bad=1
	fi
fi

if [ -f MANIFEST.tsr ]; then
	say "5. The time stamp:"
	openssl ts -reply -in MANIFEST.tsr -text 2>/dev/null | grep -E 'Time stamp|Status:'
	say "   who issued it was not checked (openssl ts -verify -data MANIFEST.sha256 -in MANIFEST.tsr -CAfile ...)"
fi

say "SHA-256 of the list: $(sha256sum <MANIFEST.sha256 | cut -c1-64)"
if [ $bad = 0 ]; then say "All is as it was signed."; else say "This is NOT what was signed."; fi
exit $bad
