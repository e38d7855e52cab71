#!/usr/bin/env bash
# An iPhone over its cable, against the stand-in: the same records as its backup gives, nothing kept that is not in scope, trust and
# backup password as they were before. The long variants are in tests/device/.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/phone.bash"
scan_done "$work/folder" "$phone/backup" --lines "$phone/lines.csv"
records "$work/folder" >"$work/want"
[ -s "$work/want" ] || fail "the backup gives nothing"

# What is connected
peer
"$LINECHECK" devices --json >"$work/devices.json"
jq -e --arg id $udid '.devices[0] | .id == $id and .state == "ready" and .version == "16.1" and .model == "iPhone 11" and .trusted and
	(.imei | map(.check_digit)) == [true, false] and .backup_encrypted == false and .number == ["+44 7700 900101"]' \
	"$work/devices.json" >/dev/null || fail "devices: $(cat "$work/devices.json")"
"$LINECHECK" devices >"$work/devices"
must_say "$work/devices" "iPhone 11, iOS 16.1: ready"
must_say "$work/devices" "check digit is wrong"
must_say "$work/devices" "linecheck scan --device $udid"

# A phone that trusts this computer already
peer --snapshot --purge --passcode 1500
live "$work/plain" --lines "$phone/lines.csv"
[ $code = 10 ] || fail "plain: exit $code: $(cat "$work/plain.err")"
records "$work/plain" | cmp -s "$work/want" - || fail "plain: other records than from the backup"
"$LINECHECK" verify "$work/plain" >"$work/out" 2>&1 || fail "plain: not verified: $(cat "$work/out")"
must_say "$work/plain.err" "it asks for its passcode now"
must_say "$work/plain.json" "asked 1 times to make room: declined"
must_say "$work/plain.json" "ran through and was never stored"
must_say "$work/plain.json" "its zone is Europe/London"
[ -e "$work/state/host" ] || fail "plain: the trust that was there before is gone"
# Bytes kept are the phone's: each kept file has the hash of the file in the backup.
sms=$(sha256sum <"$phone/backup/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28" | cut -d' ' -f1)
must_say "$work/plain.json" "$sms"
# Known again, and acquired without a word of what was found
live "$work/plain" --lines "$phone/lines.csv"
must_say "$work/plain.err" "nothing in it is new"
code=0
"$LINECHECK" acquire --training --case "$work/taken" --device $udid >"$work/taken.out" 2>"$work/taken.err" || code=$?
[ $code = 0 ] || fail "acquire: exit $code: $(cat "$work/taken.err")"
must_say "$work/taken.out" "are in scope and kept"
must_not_say "$work/taken.out" "safeguarding"

# Its own clock, an hour and a half ahead
peer --clock $(($(date +%s) + 5400))
live "$work/clock"
grep -qE 'its clock was (539[0-9]|540[01]) seconds ahead of' "$work/clock.json" || fail "clock: $(grep -o 'its clock[^"]*' "$work/clock.json")"

# One that asks first; a password for call history; both taken away
rm -rf "$work/state"
peer --trust ask --asks 1 --locked 1
live "$work/asked" --lines "$phone/lines.csv" --temporary-password --reason "agreed with the owner and her mother"
[ $code = 10 ] || fail "asked: exit $code: $(cat "$work/asked.err")"
records "$work/asked" | cmp -s "$work/want" - || fail "asked: other records than from the backup"
for words in "tap Trust and enter" "The phone trusts this computer now" "The phone is locked" "Write it down until then" "off the phone again"; do
	must_say "$work/asked.err" "$words"
done
[ ! -e "$work/state/host" ] || fail "asked: the phone still trusts this computer"
ls "$work/state"/pair-* 2>/dev/null && fail "asked: the pairing record is still here"
[ ! -e "$work/state/password" ] || fail "asked: the password still stands"
[ ! -e "$work/asked/backup-password.recovery" ] || fail "asked: the recovery record is still here"
must_not_say "$work/asked.json" "LEFT SET"
secret=$(grep -oE '[a-z2-9]{5}(-[a-z2-9]{5}){3}' "$work/asked.err" | head -1)
[ -n "$secret" ] || fail "asked: the password was not shown"
grep -rqF "$secret" "$work/asked" "$work/asked.json" && fail "asked: the password is in the case"
for what in device-paired device-unpaired password-intended password-set password-gone; do
	sqlite3 "$work/asked/case.db" "SELECT entry FROM log" | grep -qF "\"$what\"" || fail "asked: the log does not say $what"
done
"$LINECHECK" verify "$work/asked" >"$work/out" 2>&1 || fail "asked: not verified: $(cat "$work/out")"

# Encrypted by its owner: with the password, without, with another
printf %s 'her own £ word' >"$work/state/password"
peer
live "$work/owned" --password-fd 9 --lines "$phone/lines.csv" 9<<<'her own £ word'
records "$work/owned" | cmp -s "$work/want" - || fail "owned: other records than from the backup: $(cat "$work/owned.err")"
[ -e "$work/state/password" ] || fail "owned: her own password is gone"
live "$work/none"
[ $code = 1 ] || fail "none: exit $code"
must_say "$work/none.err" "no password was given"
grep -q 'backup: DLMessageProcessMessage Backup' <(tail -3 "$work/peer.log") && fail "none: a backup was begun for nothing"
live "$work/wrong" --password-fd 9 9<<<'not that'
[ $code = 1 ] || fail "wrong: exit $code"
must_say "$work/wrong.err" "does not open"
rm "$work/state/password"

# It ends with an error; its owner says no; nobody enters the passcode; nothing is there
peer --error 105
live "$work/full"
[ $code = 1 ] || fail "full: exit $code"
must_say "$work/full.err" "MBErrorDomain/105"
peer --passcode never --passcode-limit 300
live "$work/late"
must_say "$work/late.err" "MBErrorDomain/208"
must_say "$work/late.err" "within its three minutes"
rm -rf "$work/state"
peer --trust deny
live "$work/denied"
[ $code = 3 ] || fail "denied: exit $code: $(cat "$work/denied.err")"
must_say "$work/denied.err" "Don't Trust"
"$LINECHECK" devices >"$work/devices"
must_say "$work/devices" "no trust yet"
unpeer
rm -f "$socket"
live "$work/nothing"
must_say "$work/nothing.err" "usbmuxd"
"$LINECHECK" devices >"$work/devices" 2>&1 && fail "devices without usbmuxd: no failure"
must_say "$work/devices" "sudo systemctl start usbmuxd"
for name in full late denied nothing none wrong; do
	[ "$(sqlite3 "$work/$name/case.db" "SELECT count(*) FROM record" 2>/dev/null || echo 0)" = 0 ] || fail "$name: records"
	"$LINECHECK" verify "$work/$name" >"$work/out" 2>&1 || fail "$name: not verified: $(cat "$work/out")"
done

# The machine's own cable is not for training, and no network is.
code=0
env -u USBMUXD_SOCKET_ADDRESS "$LINECHECK" scan --training --case "$work/own" --device $udid >/dev/null 2>"$work/own.err" || code=$?
[ $code = 3 ] || fail "the machine's own cable for training: exit $code"
code=0
USBMUXD_SOCKET_ADDRESS=127.0.0.1:27015 "$LINECHECK" devices >/dev/null 2>"$work/own.err" || code=$?
must_say "$work/own.err" "never read over a network"

# The cable is pulled while the password stands: page one says so until it is gone.
rm -rf "$work/state"
peer --big 400000000 --passcode 1500
limit=60 LINECHECK_DEVICE_SECONDS=2 live "$work/left" --temporary-password --reason "agreed with the owner and her mother" &
for _ in $(seq 200); do
	[ -e "$work/state/password" ] && break
	sleep 0.05
done
sleep 0.5
kill -USR1 $peerpid
wait $! || true
must_say "$work/left.err" "LEFT SET"
must_say "$work/left/view.html" "LEFT SET"
[ "$(stat -c %a "$work/left/backup-password.recovery")" = 600 ] || fail "left: the record's mode"
"$LINECHECK" recover "$work/left" >"$work/out" 2>&1 && fail "recover without the phone: done"
must_say "$work/out" "$udid"
code=0
"$LINECHECK" scan --training --case "$work/left" --device $udid >/dev/null 2>"$work/out" || code=$?
must_say "$work/out" "linecheck recover"
"$LINECHECK" case erase "$work/left" --reason "a training case that is done with" >"$work/out" 2>&1 && fail "erased with the only record in it"
kill -USR1 $peerpid
"$LINECHECK" recover "$work/left" >"$work/out" 2>&1 || fail "recover: $(cat "$work/out")"
[ ! -e "$work/state/password" ] || fail "recover: the password still stands"
[ ! -e "$work/left/backup-password.recovery" ] || fail "recover: the record is still here"
must_not_say "$work/left/view.html" "LEFT SET"
"$LINECHECK" verify "$work/left" >"$work/out" 2>&1 || fail "left: not verified: $(cat "$work/out")"

# Stopped by hand while the password stands: it is taken away before the program ends.
rm -rf "$work/state"
peer --big 4000000000 --passcode 300
"$LINECHECK" scan --training --case "$work/stopped" --device $udid --temporary-password \
	--reason "agreed with the owner and her mother" >"$work/out" 2>"$work/stopped.err" &
for _ in $(seq 200); do
	grep -q 'Up to' "$work/stopped.err" && break
	sleep 0.05
done
sleep 1
kill -TERM $!
code=0
wait $! || code=$?
[ $code = 1 ] || fail "stopped: exit $code"
must_say "$work/stopped.err" "off the phone again"
must_say "$work/stopped.err" "Stopped"
[ ! -e "$work/state/password" ] || fail "stopped: the password still stands"
[ "$(sqlite3 "$work/stopped/case.db" "SELECT count(*) FROM evidence_file")" = 0 ] || fail "stopped: files of half a backup"

# Debian's own program works with the same stand-in.
if command -v idevicebackup2 >/dev/null; then
	rm -rf "$work/state"
	mkdir "$work/stock"
	peer --folders 256
	timeout 60 idevicebackup2 -u $udid backup --full "$work/stock" >"$work/out" 2>&1 || fail "idevicebackup2: $(tail -3 "$work/out")"
	sums() { (cd "$1" && find . -type f ! -name Info.plist ! -name Status.plist -exec sha256sum {} + | sort); }
	[ "$(sums "$phone/backup")" = "$(sums "$work/stock/$udid")" ] || fail "idevicebackup2 got other bytes"
fi
finish "an iPhone over its cable"
