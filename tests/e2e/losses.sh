#!/usr/bin/env bash
# What was given and not read is said in words, under "Not seen", and ends with 4; what is whole ends with 0.
. "$(dirname "$0")/lib.bash"
gen=$BUILD_DIR/tests/gen/sample_phone
"$gen" --mode clean --platform both --out "$work/phone" >/dev/null
"$gen" --mode clean --platform both --archive zip --out "$work/packed" >/dev/null

# says NAME SOURCE CODE LINE...: the scan ends with CODE and its summary has each LINE
says() {
	local name=$1 source=$2 want=$3 code=0 line
	shift 3
	rm -rf "$work/case"
	"$LINECHECK" scan --training --case "$work/case" "$source" >"$work/out" 2>"$work/err" || code=$?
	[ "$code" = "$want" ] || fail "$name: exit $code, not $want: $(cat "$work/err" "$work/out")"
	for line; do
		grep -qF -- "$line" "$work/out" || fail "$name: '$line' is not said: $(sed -n '/^Looked/,$p' "$work/out")"
	done
	if [ "$want" = 4 ] && grep -q 'Every file in scope was read' "$work/out"; then
		fail "$name: says that all was read"
	fi
}
# loses NAME SOURCE LINE...: "whole" would be a lie
loses() {
	says "$1" "$2" 4 "${@:3}" "read in part, what was not is listed"
	grep -q 'read to its end' "$work/out" && fail "$1: says that it was read to its end"
	return 0
}

mkdir "$work/nothing"
says "an empty folder" "$work/nothing" 4 "the folder is empty" "nothing in it: nothing"
: >"$work/zero"
says "an empty file" "$work/zero" 4 "Could not be read: zero" "The file is empty (0 bytes)." "EX1 is one file: nothing else of its phone was given."
printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >"$work/empty.zip"
says "an empty zip" "$work/empty.zip" 4 "the archive is empty" "nothing in it: empty.zip"
printf 'PK' >"$work/backup.zip"
says "a zip of two bytes" "$work/backup.zip" 4 "Could not be read: backup.zip" "It is named as an archive, but is none that linecheck can open"
mkdir "$work/words"
echo words >"$work/words/words.txt"
loses "no phone" "$work/words" "none of its files is of a kind that linecheck reads"

# A zip without its end: everything up to the cut, and that it is cut.
size=$(stat -c %s "$work/packed/backup.zip")
for cut in 10 200; do
	head -c $((size - cut)) "$work/packed/backup.zip" >"$work/cut.zip"
	loses "a zip cut by $cut" "$work/cut.zip" "the archive is cut short"
done

# Links and archives in a folder and in a tar of it.
tree=$work/phone/android
sms=data/data/com.android.providers.telephony/databases/mmssms.db
# a tree without the app that cannot be read
rm -rf "$tree/data/data/org.thoughtcrime.securesms"
says "the tree" "$tree" 0 "Every file in scope was read." "read to its end"
ln -s data/data "$tree/data-again"
ln -s "/$sms" "$tree/mmssms.db"
says "links within" "$tree" 0 "Every file in scope was read." "read to its end"
cp -a "$tree" "$work/linked"
ln -s ../elsewhere "$work/linked/out"
echo 'not looked into' >"$work/linked/old-backup.zip"
tar -C "$work" -cf "$work/linked.tar" linked
ln "$work/linked/$sms" "$work/linked/hard.db"
tar -C "$work" -cf "$work/hard.tar" linked
for source in linked linked.tar hard.tar; do
	loses "$source" "$work/$source" "a link to something that the source does not have: not followed" \
		"an archive within the source: not opened"
done

# One file of a phone.
cp "$tree/$sms" "$work/mmssms.db"
says "one file" "$work/mmssms.db" 0 "single file, nothing else of its phone" "EX1 is one file: nothing else of its phone was given."

# The table that says who a message is with: emptied, gone, a view.
ios=$work/phone/backup/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28
for change in 'DELETE FROM handle' 'DROP TABLE handle' 'ALTER TABLE handle RENAME TO h; CREATE VIEW handle AS SELECT * FROM h'; do
	cp "$ios" "$work/sms.db"
	sqlite3 "$work/sms.db" "SELECT name FROM sqlite_schema WHERE type='trigger'" | while read -r trigger; do
		sqlite3 "$work/sms.db" "DROP TRIGGER $trigger"
	done
	sqlite3 "$work/sms.db" "$change"
	says "$change" "$work/sms.db" 4 "the person it is with is not in the table handle"
done

# The same app on two phones stands there once.
"$gen" --mode clean --platform both --out "$work/two" >/dev/null
rm -rf "$work/case"
"$LINECHECK" scan --training --case "$work/case" "$work/two/android" "$work/two/backup" >"$work/out" 2>&1 || true
apps=$(grep 'Apps on the phone' "$work/out") || fail "no unread app is named: $(cat "$work/out")"
[ "$(grep -o Signal <<<"$apps" | wc -l)" = 1 ] || fail "an app is named twice: $apps"

# Calls of a phone since Android 7 are not in the address book, and coverage does not say so.
kinds() { sqlite3 "$work/case/case.db" "SELECT kinds & 4 FROM evidence_file WHERE path LIKE '%$1'"; }
[ "$(kinds contacts2.db)" = 0 ] || fail "contacts2.db is said to give calls"
[ "$(kinds calllog.db)" = 4 ] || fail "calllog.db is not said to give calls"
finish "every loss has its words"
