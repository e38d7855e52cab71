#!/usr/bin/env bash
# An Android phone over ADB, from end to end: README's steps in a real case, what each kind of phone gives and refuses, a phone that
# lies or goes, backups on its shared storage. What it answers: tests/peers/adbd.h; every fault at every packet: device/android_faults.sh.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/adb.bash"
. "$(dirname "$0")/trust.bash"
cd "$work"
is() { [ "$2" = "$3" ] || fail "$1: '$2', not '$3'"; }
state() { jq -r '.coverage[] | select(.path | endswith("'"$2"'")) | .state' "$1.json"; }
detail() { jq -r '.coverage[] | select(.path | endswith("'"$2"'")) | .detail' "$1.json"; }
printf 'line,identifier,from,to,status,grade\nMarlo,07700 900142,,,active,1AP\n' >lines.csv
make_phone phone.db
reason='The unit has no signed pack yet; this list was checked by hand.'

# ---- README: "An Android phone on a cable", by its address, in a real case ----
grep -q '^### An Android phone on a cable' "$SOURCE_DIR/README.md" && grep -q -- '--device adb:192.0.2.7:5555' "$SOURCE_DIR/README.md" ||
	fail "README does not say how"
peer --owner allows
as officer scan --device "$at" --case real --lines lines.csv --reason "$reason"
expect 3 "only under a recorded authority" "without a case"
form >form.yaml
as officer case new real --form form.yaml
expect 0 "real/notice-1.txt" "case new"
as officer scan --device "$at" --case real --lines lines.csv --reason "$reason"
expect 3 "has not confirmed" "before the notice is confirmed"
[ ! -e packets ] || fail "the phone was spoken to before the case allows it"
as officer case confirm real --how written --copy given
both officer supervisor scan --device "$at" --case real --lines lines.csv --reason "$reason"
expect 10 "Marlo" "scan"
for line in "Allow USB debugging?" "fingerprint of this computer's key" "settings are as they were at the beginning" \
	"Revoke USB debugging authorisations"; do
	grep -qF "$line" out || fail "scan does not say '$line': $(cat out)"
done
is 'in this order' "$(grep -noE 'Allow USB debugging\?|settings are as they were|Revoke USB' out | sed 's/^[0-9]*://' | tr '\n' '|')" \
	'Allow USB debugging?|settings are as they were|Revoke USB|'
as officer records real
cp out real.records
is 'stage 1: no texts' "$(<real.records jq -r 'select(.text != null) | .text')" ''
is 'messages and calls of the days' "$(<real.records jq -r .kind | sort | uniq -c | awk '{ printf "%s %s,", $2, $1 }')" \
	'account 4,call 2,contact 1,message 7,'
is 'its own numbers' "$(<real.records jq -r 'select(.kind == "account") | [.identifiers[] | .kind + " " + .raw] | join("|")' | sort | tr '\n' ';')" \
	'ALPHA WhatsApp;EMAIL kid@example.com;GB_MOBILE +447700900411|ICCID 8944100000000000000;IMEI 490154203237518|RAW STANDIN01;'
as officer records real --kind trace
[ ! -s out ] || fail "traces that nobody asked for"
grep -oE '"what":"phone-[a-z-]*"' <(sqlite3 real/case.db 'SELECT * FROM log') | tr '\n' ' ' >log.out
is 'the log' "$(cat log.out)" '"what":"phone-allowed-key" "what":"phone-as-it-was" '
unpeer
both officer supervisor case stage real 3 --reason 'A threat may stand in any text of these days.'
as officer scan --case real --lines lines.csv
expect 10 "read again from the vault" "the phone has gone home"
as officer records real
is 'a text that names another sender' "$(<out jq -c 'select(.text // "" | startswith("see u later")) | [.direction, .from.raw, .to[0].role]')" \
	'["in","+447700900142","owner"]'
as officer verify real
expect 0 "internally consistent" "verify"

# ---- four kinds of phone: the same rows; what each refuses is said ----
kinds=account,contact,call,message,trace-apps,trace-usage,trace-notifications
for flavour in aosp8 pixel13 samsung11 old6; do
	peer --flavour $flavour
	live $flavour --lines lines.csv
	[ $code = 10 ] || fail "$flavour: exit $code: $(cat $flavour.err)"
	said $flavour >$flavour.said
	is "$flavour: traces" "$(state $flavour adb/usage.db) $(state $flavour adb/apps.db) $(state $flavour adb/notifications.db)" \
		'out-of-scope out-of-scope out-of-scope'
	"$LINECHECK" case scope $flavour --kinds $kinds --reason 'What was used, and what stood on its screen.' >/dev/null || fail "$flavour: scope"
	live $flavour --lines lines.csv
	is "$flavour: one exhibit" "$(jq '.exhibits | length' $flavour.json)" 1
	"$LINECHECK" records $flavour --kind trace | jq -c '[.kind, .name, .service, .time, .text]' >$flavour.traces
	must_say $flavour.traces '["trace-usage","com.whatsapp","app: opened","2025-03-13T12:00:00.000Z",null]'
	must_say $flavour.traces '["trace-apps","org.thoughtcrime.securesms","app: changed","2025-03-13T11:06:40.000Z",null]'
	must_say $flavour.traces '["trace-notifications","com.whatsapp","notification: shown","2025-03-13T12:00:00.000Z","Marlo\nu about? :)"]'
	must_not_say $flavour.traces '"Mum'
	must_not_say $flavour.traces 'com.forged"'
	is "$flavour: notifications" "$(grep -c trace-notifications $flavour.traces)" 5
	is "$flavour: media" "$(jq -r '.warnings[].detail | select(test("shared storage: 1 pictures, 1 videos, 0 sound"))' $flavour.json | wc -l)" 1
	"$LINECHECK" verify $flavour >verify.out 2>&1 || fail "$flavour: verify: $(cat verify.out)"
done
for flavour in pixel13 old6; do
	cmp -s aosp8.said $flavour.said || fail "$flavour says something else: $(diff aosp8.said $flavour.said)"
done
is 'aosp8: rows' "$(wc -l <aosp8.said)" 10
diff <(grep -v '^\["call"' aosp8.said) samsung11.said >/dev/null || fail "samsung11: more than its calls is missing"
is 'samsung11: calls' "$(state samsung11 calllog.db)" unreadable
detail samsung11 calllog.db | grep -q 'in its words: Permission Denial.*READ_CALL_LOG' || fail "samsung11: $(detail samsung11 calllog.db)"
for flavour in pixel13 samsung11; do
	is "$flavour: SIM history" "$(state $flavour telephony.db)" unreadable
	jq -r '.warnings[].detail' $flavour.json | grep -q 'does not tell its IMEI' || fail "$flavour: that there is no IMEI is not said"
	must_say $flavour.traces '"Deano\ntwo\nlines )\n🍋"'
done
# without lengths a text of several lines is a loss, never a part
must_not_say aosp8.traces '"Deano\ntwo'
jq -r '.warnings[] | select(.loss) | .detail' aosp8.json | grep -q 'could not be told from what stands around it' || fail "aosp8: a lost text is not said"
must_say aosp8.traces '["trace-apps","com.example.app","app: first put on","2025-03-13T10:00:00.000Z",null]'

# ---- a phone that lies, forgets, changes, goes ----
peer --miscounts
live miscounts --lines lines.csv
said miscounts | cmp -s - aosp8.said || fail "a page that lacks a row: $(said miscounts | diff aosp8.said -)"
peer --lies
live lies --lines lines.csv
is 'a row twice: none of that store' "$(state lies mmssms.db) $(state lies calllog.db) $(jq -c '[.counts.message, .counts.call, .counts.contact]' lies.json)" \
	'read unreadable [1,0,1]'
jq -r '.warnings[] | select(.loss) | .detail' lies.json | grep -q 'does not give sms (content://sms): what it prints for it is not what an Android phone prints' ||
	fail "lies: $(jq -c .warnings lies.json)"
peer --vanish 2
live vanish --lines lines.csv
is 'a text that went' "$(said vanish | grep -c '"sms"') $(said vanish | grep -c 'who dis')" '6 0'
jq -r '.warnings[] | select(.loss) | .detail' vanish.json | grep -q '1 texts were gone' || fail "that a text went is not said"
peer --toggles
live toggles --lines lines.csv
[ $code = 1 ] || fail "a setting that changed: exit $code"
must_say toggles.err "linecheck did not change it"
peer --owner silent
LINECHECK_DEVICE_SECONDS=1 live silent
[ $code = 1 ] || [ $code = 3 ] || fail "nobody allowed it: exit $code"
must_say silent.err "Nobody allowed debugging on the phone in time"
# in the middle of a row of texts: nothing of it, and then all of it into the same case
peer
live whole
unpeer
for where in 3 2; do
	peer --fault truncate@$((packets * 2 / where / 2))
	live gone --lines lines.csv
	[ $code = 1 ] || fail "the cable was pulled: exit $code: $(cat gone.err)"
	is 'half a phone' "$("$LINECHECK" records gone | wc -l)" 0
	"$LINECHECK" verify gone >verify.out 2>&1 || fail "gone: verify: $(cat verify.out)"
	grep -qE 'connection|gone' gone.err || fail "gone: it does not say what happened: $(cat gone.err)"
done
peer
live gone --lines lines.csv
said gone | cmp -s - aosp8.said || fail "read again: $(said gone | diff aosp8.said -)"

# ---- the provider refuses: a backup that the phone makes ----
sms=$work/made/apps/com.android.providers.telephony/d_f
mkdir -p "$sms"
perl -MCompress::Zlib -0777 -ne 'print compress($_)' "$SOURCE_DIR/tests/parsers/android_telephony_backup/input.json" >"$sms/000000_sms_backup"
{
	printf 'ANDROID BACKUP\n5\n0\nnone\n'
	tar --format=ustar --blocking-factor=2 -C made -c apps
} >backup.ab
peer --refuses
live refused
is 'no backup' "$(state refused mmssms.db) $code" 'unreadable 4'
detail refused mmssms.db | grep -q "did not agree on the phone" || fail "no backup: $(detail refused mmssms.db)"
sqlite3 phone.db "CREATE TABLE backup(data BLOB); INSERT INTO backup VALUES(readfile('backup.ab'))"
peer --refuses
live backup --lines lines.csv
must_say backup.err "Back up my data"
is 'from a backup' "$(jq -r .counts.message backup.json) $(state backup 000000_sms_backup)" '8 read'
detail backup mmssms.db | grep -q 'read from a backup that the phone made' || fail "from a backup: $(detail backup mmssms.db)"
sqlite3 phone.db "UPDATE backup SET data=substr(data,1,length(data)-700)"
peer --refuses
live cut
jq -r '.warnings[] | select(.loss) | .detail' cut.json | grep -qE 'end mark|damaged|cut' || fail "a backup that ends too early is not said"
peer --refuses --flavour pixel13
live newer
must_not_say newer.err "Back up my data"
detail newer mmssms.db | grep -q 'from Android 12 on' || fail "Android 13: $(detail newer mmssms.db)"

# ---- backups on shared storage: taken, hashed, opened with their key ----
is 'WhatsApp' "$(state aosp8 msgstore.db.crypt14) $(jq -r '.coverage[] | select(.path | endswith("crypt14")) | .sha256' aosp8.json)" \
	"encrypted $(head -c 70000 /dev/zero | sha256sum | cut -d' ' -f1)"
sqlite3 -bail made.db <"$SOURCE_DIR/tests/parsers/signal_android/input.sql"
digits=123456789012345678901234567890
"$BUILD_DIR/tests/gen/signal_tool" make made.db signal.backup $digits || fail "no backup of Signal"
sqlite3 phone.db "INSERT INTO files VALUES('/sdcard/Signal/signal-2025-03-13-12-00-00.backup',33200,readfile('signal.backup'))"
peer
live closed
is 'Signal, closed' "$(state closed 00.backup)" encrypted
exec 5< <(echo $digits)
live opened --password-fd 5
is 'Signal, opened' "$(state opened 00.backup) $(jq -r .counts.message opened.json)" 'read 15'
is 'its hash' "$(jq -r '.coverage[] | select(.path | endswith("00.backup")) | .sha256' opened.json)" "$(sha256sum <signal.backup | cut -d' ' -f1)"
crypt=${LINECHECK_CORPUS:-}/ElDavoo+wa-crypt-tools/tests/res
if [ -f "$crypt/msgstore.db.crypt14" ]; then
	sqlite3 phone.db "UPDATE files SET data=readfile('$crypt/msgstore.db.crypt14') WHERE path LIKE '%.crypt14'"
	peer
	live whatsapp --whatsapp-key "$crypt/key"
	is 'WhatsApp, opened' "$(state whatsapp msgstore.db.crypt14)" read
fi
finish 'an Android phone gives what it has, says what it refuses, and is left as it was'
