#!/usr/bin/env bash
# Real phone files that other projects publish: totals as their README gives them.
set -eu
corpus=${LINECHECK_CORPUS:-}
if [ ! -d "$corpus" ]; then
	echo "skipped: LINECHECK_CORPUS is not set to a folder"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LINECHECK_RULES=${LINECHECK_RULES:-$SOURCE_DIR/rules/packs} SOURCE_DATE_EPOCH=1700000000
bad=0

# scan NAME SOURCE: the JSON to $work/NAME.json; a folder of the corpus is copied, so that a -wal stays as it is
scan() {
	local code=0
	"$LINECHECK" scan --training --json --case "$work/case-$1" "$2" >"$work/$1.json" 2>"$work/$1.err" || code=$?
	case $code in 0 | 4 | 10) ;; *)
		echo "FAIL $1: exit $code: $(cat "$work/$1.err")"
		bad=1
		;;
	esac
}

# expect NAME JQ-EXPRESSION VALUE
expect() {
	local got
	got=$(jq -c "$2" "$work/$1.json" 2>&1) || true
	if [ "$got" != "$3" ]; then
		echo "FAIL $1: $2 gives $got, not $3"
		bad=1
	fi
}
conversation='(.counts.message // 0) + (.counts.reaction // 0) + (.counts.system // 0)'

scan mvt "$corpus/mvt-project+mvt/tests/artifacts/ios_backup"
expect mvt "$conversation" 4
expect mvt '[.coverage[] | select(.parser // "" | startswith("whatsapp")) | [.parser, .state]]' \
	'[["whatsapp-ios-lid","read"],["whatsapp-ios-contacts","read"],["whatsapp-ios","read"],["whatsapp-ios-calls","absent"],["whatsapp-ios-account","absent"]]'
expect mvt '[.coverage[] | select(.parser == "ios-sms") | .state]' '["read"]'
expect mvt '[.apps[] | select(.name == "WhatsApp") | .read] | unique' '[true]'

scan chatdb "$corpus/log2timeline+plaso/test_data/sqlite/imessage_chat.db"
expect chatdb "$conversation" 10
scan modern "$corpus/novkostya+ios-backup-parser/messages/testdata/messages.1.sms.db"
expect modern "$conversation" 10
expect modern '.counts.reaction' 1
expect modern '[.warnings[] | select(.kind == "text-lost") | .row]' '["9"]'

addressbook=$(find "$corpus/abrignoni+iLEAPP" -name '*addressBook*josh_ios15_ffs.zip' | head -1)
scan addressbook "$addressbook"
expect addressbook .counts.contact 9
scan contacts "$(find "$corpus/novkostya+ios-backup-parser" -name 'contacts.1.AddressBook.sqlitedb')"
expect contacts .counts.contact 4
scan calls "$(find "$corpus/novkostya+ios-backup-parser" -name 'calls.1.CallHistory.storedata')"
expect calls .counts.call 5

# Signal's own test cases: the account's archive, open and as an export; its encrypted form is named, not read.
signal=$corpus/signalapp+libsignal/rust/message-backup/tests/res
for file in canonical-backup.binproto canonical-backup.takeout-export.expected.jsonl; do
	scan "$file" "$signal/$file"
	expect "$file" '[.coverage[] | [.parser, .state]]' '[["signal-backup","read"]]'
	expect "$file" '[.counts.account, .counts.message, .counts.warning]' '[1,0,0]'
done
for file in legacy-account new-account; do
	scan "$file" "$signal/test-cases/valid-encrypted/$file.binproto.encrypted"
	expect "$file" '[.level_code, (.coverage[] | .state)]' '[null,"present-not-read"]'
	expect "$file" '.coverage[0].detail | test("^Signal .*encrypted")' true
done

scan mmssms "$corpus/log2timeline+plaso/test_data/android/mmssms.db"
expect mmssms "$conversation" 9
scan contacts2 "$corpus/log2timeline+plaso/test_data/android/contacts2.db"
expect contacts2 .counts.call 3
scan calllog "$corpus/den4uk+andriller/tests/data/data/com.android.providers.contacts/db/calllog.db"
expect calllog .counts.call 1

xml() {
	scan "$1" "$(find "$corpus/devadvance+sms-backup-reader-2" -name "$1.xml")"
	expect "$1" "$conversation" "$2"
}
for pair in sms_small:12 sms_and_mms:50 sample_small:7 sample_mms:4 corrupt_attachments:2; do
	name=$(basename "$(find "$corpus/devadvance+sms-backup-reader-2" -name "*${pair%:*}*.xml" | head -1)" .xml)
	xml "$name" "${pair#*:}"
done

# ---- WhatsApp ----
scan whatsapp "$(find "$corpus/abrignoni+iLEAPP" -name '*whatsAppMessages*josh_ios15_ffs.zip' | head -1)"
expect whatsapp "$conversation" 32
expect whatsapp .counts.system 11
expect whatsapp '[.coverage[] | select(.parser == "whatsapp-ios" and .side_of == null) | .state]' '["read"]'

# The plain database, its backups of two kinds with the key file, and the one of crypt15 with 64 digits: the same records.
crypt=$corpus/ElDavoo+wa-crypt-tools/tests/res
tail -c +28 "$crypt/encrypted_backup.key" | od -An -tx1 >"$work/digits.txt"
open() { # NAME FILE KEY
	mkdir "$work/in-$1"
	cp "$crypt/$2" "$work/in-$1/"
	"$LINECHECK" scan --training --json --case "$work/case-$1" ${3:+--whatsapp-key "$3"} "$work/in-$1/$2" \
		>"$work/$1.json" 2>"$work/$1.err" || true
	expect "$1" "$conversation" 10
	"$LINECHECK" records "$work/case-$1" | jq -c 'del(.origin.file, .origin.sha256)' >"$work/$1.records"
	cmp "$work/plain.records" "$work/$1.records" || bad=1
}
open plain msgstore.db ''
open crypt14 msgstore.db.crypt14 "$crypt/key"
open noexpiry msgstore-noexpiry.db.crypt14 "$crypt/key"
open crypt15 msgstore.db.crypt15 "$crypt/encrypted_backup.key"
open digits msgstore.db.crypt15 "$work/digits.txt"
inner=$(sha256sum <"$crypt/msgstore.db" | cut -c1-64)
for name in crypt14 noexpiry crypt15 digits; do
	# What was opened is in the vault, and is named there with the hash of the plain database.
	"$LINECHECK" verify "$work/case-$name" >"$work/verify" 2>&1 || { cat "$work/verify"; bad=1; }
	expect $name '[.coverage[] | select(.side_of) | [.path, .sha256]]' \
		"[[\"$(jq -r '.coverage[0].path' "$work/$name.json") (opened)\",\"$inner\"]]"
done

[ $bad = 0 ] && echo "all totals are as published"
exit $bad
