#!/usr/bin/env bash
# An Android phone on a (mocked) USB cable in a real case: waited for with words, chosen by its serial, the kernel's driver put back. What
# answers is the stand-in of tests/peers/adbd.h; the real adbd on the same cable: device/android.sh.
. "$(dirname "$0")/lib.bash"
[ -x "$BUILD_DIR/tests/peer_cable" ] && command -v umockdev-wrapper >/dev/null || {
	echo "skipped: umockdev is not installed"
	exit 77
}
. "$(dirname "$0")/adb.bash"
. "$(dirname "$0")/trust.bash"
cd "$work"
make_phone phone.db
printf 'line,identifier,from,to,status,grade\nMarlo,07700 900142,,,active,1AP\n' >lines.csv
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
peer --owner allows
# cabled COMMAND...: with the phone on the cable; as `both officer supervisor`
cabled() {
	code=0
	ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0 timeout 100 umockdev-wrapper "$BUILD_DIR/tests/peer_cable" "$(cat port)" "$LINECHECK" "$@" \
		3<<<"$words" 4<<<"$words" >out 2>&1 </dev/null || code=$?
}
cabled devices
expect 0 CABLE01 devices
scan=(scan --case real --lines lines.csv --reason 'The unit has no signed pack yet; checked by hand.' --key officer.key --passphrase-fd 3
	--second supervisor.key --second-passphrase-fd 4)
export LINECHECK_DEVICE_SECONDS=3
cabled "${scan[@]}" --device ANOTHER
expect 1 "No Android phone 'ANOTHER' is on a cable" "another serial"
grep -qF "The phone is not there yet. Connect it by cable" out || fail "it is not waited for: $(cat out)"
export LINECHECK_DEVICE_SECONDS=60
[ ! -s packets ] || fail "the wrong phone was spoken to"
CABLE_LATE=$work/out CABLE_LOG=$work/cable.log cabled "${scan[@]}" --device CABLE01
expect 10 "Marlo" "scan"
for line in "The phone is not there yet" "Allow USB debugging?" "settings are as they were" "Revoke USB debugging"; do
	grep -qF "$line" out || fail "it does not say '$line': $(cat out)"
done
[ "$(tr '\n' ',' <cable.log)" = 'driver off,claimed,released,driver back,' ] || fail "the kernel's driver: $(cat cable.log)"
as officer records real
[ "$(jq -r .kind out | sort | uniq -c | awk '{ printf "%s %s,", $2, $1 }')" = 'account 4,call 2,contact 1,message 7,' ] || fail "records: $(cat out)"
finish 'an Android phone on a cable is waited for, chosen, read and given back'
