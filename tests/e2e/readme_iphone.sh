#!/usr/bin/env bash
# README's "An iPhone on a cable", typed as it stands there against the stand-in: each command works, and what it promises is said.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/phone.bash"
. "$(dirname "$0")/trust.bash"
cd "$work"
awk '/^### An iPhone on a cable/ { on = 1; next } /^##/ { on = 0 } on' "$SOURCE_DIR/README.md" | tr '\n' ' ' >section
# typed WORDS: the command that README shows beginning so, with its placeholders filled in; no pack of lines is installed here
typed() {
	grep -oE '`[^`]+`' section | tr -d '\`' | grep -F -m1 -e "$1" >typed || {
		fail "README does not show '$1'"
		return
	}
	sed -i "s/UDID/$udid/; s/CASE/case/; s/FILE/officer.key/; s/\"[.][.][.]\"/'agreed with the owner and her mother'/; s/^linecheck //" typed
}
# run_as_typed [WORD...]: what is in the file typed, and these words
run_as_typed() {
	local words_typed
	eval "words_typed=($(cat typed))"
	code=0
	"$LINECHECK" "${words_typed[@]}" "$@" 3<<<"$words" >out 2>&1 </dev/null || code=$?
}

# 1. what is missing is said
"$LINECHECK" devices >out 2>&1 && fail "devices without usbmuxd"
must_say out "sudo apt install usbmuxd"
must_say section "sudo apt install usbmuxd"
peer --trust ask --asks 1 --passcode 300
typed 'linecheck devices'
run_as_typed
expect 0 "$udid" "devices"
must_say out "Trust This Computer?"

# 2. and 3. the scan, in a case that its authority allows; what to do on the phone is said
form >form.yaml
as officer case new case --form form.yaml
expect 0 "case/notice-1.txt" "case new"
as officer case confirm case --how written --copy given
expect 0 "Recorded" "confirm"
typed 'linecheck scan --device'
run_as_typed --passphrase-fd 3 --no-lines --reason "no pack of lines has been issued yet"
case $code in 0 | 4 | 10) ;; *) fail "the scan: exit $code: $(cat out)" ;; esac
for promised in "tap Trust and enter" "within three minutes" "will come through the cable" "linecheck takes that back at the end"; do
	must_say out "$promised"
done
[ ! -e state/host ] || fail "the trust was not taken back"
[ "$(sqlite3 case/case.db "SELECT count(*) FROM exhibit WHERE state = 'whole'")" = 1 ] || fail "no exhibit: $(cat out)"

# 4. with a temporary password; 5. the cable is pulled, and recover takes it away
typed 'temporary-password'
temporary=$(cat typed)
rm -rf state
peer --big 400000000
typed 'linecheck scan --device'
echo "$(cat typed) $temporary" >typed
sed -i 's/ case / case2 /' typed
form >form.yaml
as officer case new case2 --form form.yaml
as officer case confirm case2 --how written --copy given
(LINECHECK_DEVICE_SECONDS=2 run_as_typed --passphrase-fd 3 --no-lines && echo "$code" >ended; cp out left) &
pull_once_set $!
must_say left "Write it down until then"
must_say left "LEFT SET"
must_say case2/view.html "LEFT SET"
kill -USR1 $peerpid
typed 'linecheck recover'
sed -i 's/ case/ case2/' typed
run_as_typed --key officer.key --passphrase-fd 3
expect 0 "the password is gone" "recover"
[ ! -e state/password ] || fail "the password still stands"
finish "README's iPhone on a cable"
