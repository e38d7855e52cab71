#!/usr/bin/env bash
# Seal, open, review, hold, close, erase: through the command line, on a training case made from an archive.
. "$(dirname "$0")/lib.bash"
"$BUILD_DIR/tests/gen/sample_phone" --mode bulk --messages 300 --out "$work/phone" --archive zip >/dev/null
scan_done "$work/case" "$work/phone/backup.zip" --lines "$work/phone/lines.csv"
case=$work/case

# expect CODE WORDS COMMAND...: ends so and says so
expect() {
	local want=$1 words=$2 got=0
	shift 2
	"$LINECHECK" "$@" >"$work/out" 2>&1 || got=$?
	[ "$got" = "$want" ] || fail "$*: exit $got, not $want: $(cat "$work/out")"
	grep -qF -- "$words" "$work/out" || fail "$*: does not say '$words': $(cat "$work/out")"
}
why="this is a test of a training case"

# the vault: encrypted, compared by verify, and the same bytes the second time
expect 0 "files of the vault are, byte for byte" verify "$case"
! grep -qr "SQLite format 3" "$case/vault" || fail "a file of the vault can be read"
scan_done "$work/again" "$work/phone/backup.zip" --lines "$work/phone/lines.csv"
diff -r "$case/vault" "$work/again/vault" || fail "the vault is other bytes the second time"

# seal and open
expect 1 "Say who is to open" case seal "$case"
printf 'correct horse battery\n' >"$work/pass"
printf 'correct horse batterz\n' >"$work/wrong"
cp -r "$case" "$work/before"
expect 0 "is sealed in" case seal "$case" --passphrase --passphrase-fd 9 9<"$work/pass"
[ ! -e "$case" ] && [ -s "$case.sealed" ] || fail "seal left: $(ls "$work")"
expect 2 "its passphrase" case open "$case"
expect 1 "does not open" case open "$case" --passphrase --passphrase-fd 9 9<"$work/wrong"
expect 0 "sealed" case review "$case"
[ "$(ls -d "$case"*)" = "$(printf '%s\n' "$case.err" "$case.json" "$case.sealed")" ] || fail "a failed open left: $(ls -d "$case"*)"
cp "$case.sealed" "$work/whole"
truncate -s -1 "$case.sealed"
expect 1 "is not whole" case open "$case" --passphrase --passphrase-fd 9 9<"$work/pass"
cp "$work/whole" "$case.sealed"
printf '\1' | dd of="$case.sealed" bs=1 seek=100000 conv=notrunc status=none
expect 1 "was altered" case open "$case" --passphrase --passphrase-fd 9 9<"$work/pass"
cp "$work/whole" "$case.sealed"
expect 0 "The case is open in" case open "$case.sealed" --passphrase --passphrase-fd 9 9<"$work/pass"
[ ! -e "$case.sealed" ] || fail "open left the sealed file"
diff -r -x case.db "$work/before" "$case" || fail "what was opened is not what was sealed"
expect 0 "byte for byte" verify "$case"

# to a key
"$LINECHECK" key new "$work/ada.key" --name "Ada Example" --passphrase-fd 9 9<"$work/pass" >"$work/ada"
public=$(awk '$1 == "public" { print $2 }' "$work/ada")
expect 0 "with the key of" case seal "$case" --to "$public"
expect 2 "Give --key FILE" case open "$case"
expect 0 "The case is open in" case open "$case" --key "$work/ada.key" --passphrase-fd 9 9<"$work/pass"

# review, hold, close
expect 0 "no review is recorded" case review "$case"
expect 2 "Say why" case review "$case" --until 2099-03-31
expect 1 "not a day" case review "$case" --until 2099-02-30 --reason "$why"
expect 1 "a day to come" case review "$case" --until 2001-03-31 --reason "$why"
expect 0 "by 2099-03-31" case review "$case" --until 2099-03-31 --reason "$why"
expect 0 "legal hold stands" case hold "$case" on --reason "$why"
expect 0 "review by 2099-03-31; legal hold" case review "$case"
expect 3 "a legal hold stands" case close "$case" --reason "$why"
expect 3 "a legal hold stands" case erase "$case" --reason "$why"
expect 0 "is lifted" case hold "$case" off --reason "$why"
"$LINECHECK" records "$case" 2>/dev/null | wc -l >"$work/records"
expect 0 "The key of the vault was destroyed" case close "$case" --reason "$why"
kept=$("$LINECHECK" records "$case" 2>/dev/null | wc -l)
[ "$kept" -gt 0 ] && [ "$kept" -lt "$(cat "$work/records")" ] || fail "close kept $kept of $(cat "$work/records") records"
[ ! -e "$case/vault" ] || fail "close left the vault"
expect 0 "are as the log says" verify "$case"
expect 3 "is closed already" case close "$case" --reason "$why"
code=0
"$LINECHECK" scan --training --case "$case" "$work/phone/backup.zip" >/dev/null 2>"$work/out" || code=$?
[ "$code" = 3 ] && grep -q "was closed" "$work/out" || fail "a closed case was read into: $code $(cat "$work/out")"
expect 0 "" view "$case"

# erase
expect 0 "Its certificate" case erase "$case" --reason "$why"
[ ! -e "$case" ] || fail "erase left the folder"
hash=$(jq -r '[.coverage[].sha256 | select(.)][0]' "$work/again.json")
grep -q "$hash" "$case.erased.txt" || fail "the certificate does not list $hash"
grep -q "^Finished" "$case.erased.txt" || fail "the certificate is not finished"
[ "$(ls -d "$case".*)" = "$(printf '%s\n' "$case.erased.txt" "$case.err" "$case.json")" ] || fail "erase left: $(ls -d "$case".*)"
finish "sealed, opened, closed, erased"
