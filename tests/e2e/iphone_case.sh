#!/usr/bin/env bash
# An iPhone over its cable in a real case: only under its authority and scope, the recovery record sealed to people, no socket but Unix ones.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/phone.bash"
. "$(dirname "$0")/trust.bash"
cd "$work"
reason="agreed with the owner and her mother"
peer
as officer acquire --device $udid --case real
expect 3 "only under a recorded authority" "without a case"
form >form.yaml
as officer case new real --form form.yaml
expect 0 "real/notice-1.txt" "case new"
as officer acquire --device $udid --case real
expect 3 "has not confirmed" "before the notice is confirmed"
grep -q 'lockdownd' peer.log && fail "the phone was spoken to before the case allows it"
as officer case confirm real --how written --copy given
expect 0 "Recorded" "confirm"
as officer acquire --device $udid --case real --no-lines --reason "no pack of lines has been issued yet" --temporary-password
expect 0 "are in scope and kept" "acquire"
grep -q "off the phone again" out || fail "acquire: $(cat out)"
[ ! -e state/password ] || fail "the password still stands"
[ ! -e real/backup-password.recovery ] || fail "the record is still here"
as officer verify real
expect 0 "internally consistent" "verify"

# Left: the record does not show the password, another officer cannot open it, the one who scanned can.
peer --big 400000000 --passcode 3000
(
	exec 3<<<"$words"
	LINECHECK_DEVICE_SECONDS=2 exec "$LINECHECK" acquire --device $udid --case real --no-lines --reason "$reason" --temporary-password \
		--key officer.key --passphrase-fd 3 >left 2>&1 </dev/null
) &
pull_once_set $!
must_say left "LEFT SET"
[ -e state/password ] || fail "no password was set: $(cat left)"
grep -qF "$(cat state/password)" real/backup-password.recovery && fail "the record shows the password"
kill -USR1 $peerpid
as other recover real
expect 1 "not sealed to your key" "recover by another"
as officer recover real
expect 0 "the password is gone" "recover"
[ ! -e state/password ] || fail "the password still stands after recover"

# Only Unix sockets, also while a phone is looked for and read
if command -v strace >/dev/null; then
	peer
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=socket,connect -o trace "$LINECHECK" scan --training --case "$work/traced" --device $udid \
		>/dev/null 2>&1 </dev/null || true
	grep -q 'AF_UNIX' trace || fail "nothing was traced"
	grep -q 'AF_INET' trace && fail "a network socket: $(grep -m1 AF_INET trace)"
fi
finish "an iPhone in a real case"
