# A stand-in iPhone for the black-box tests: after lib.bash.
#   peer [OPTION...]   start it (again); unpeer: end it, with the number of its points in $points, of usbmuxd's answers in $answers
#   $udid; $live: the words that scan it; $phone: what sample_phone made, with phone/backup in it
gen=$BUILD_DIR/tests/gen/sample_phone
udid=00008030-00112233445566AA
phone=$work/phone
socket=$work/mux
peerpid=
export USBMUXD_SOCKET_ADDRESS=UNIX:$socket LINECHECK_DEVICE_SECONDS=${LINECHECK_DEVICE_SECONDS:-20}
"$gen" --out "$phone" --wal
cat >"$work/make.sh" <<EOF
rm -rf "\$OUT" && "$gen" --out "\$OUT" --wal --backup-password "\$PW" --rounds 1000
EOF

unpeer() {
	[ -n "$peerpid" ] || return 0
	kill "$peerpid" 2>/dev/null || true
	wait "$peerpid" 2>/dev/null || true
	peerpid=
	read -r points answers < <(cat "$work/points" 2>/dev/null || echo 0 0)
}

peer() {
	unpeer
	rm -f "$socket" "$work/points"
	ASAN_OPTIONS=detect_leaks=0 "$BUILD_DIR/tests/peers/peer_phone" --socket "$socket" --state "$work/state" --backup "$phone/backup" \
		--udid $udid --make "sh '$work/make.sh'" --count "$work/points" --log "$work/peer.log" "$@" 2>"$work/peer.err" &
	peerpid=$!
	for _ in $(seq 100); do
		[ -S "$socket" ] && return
		sleep 0.1
	done
	fail "the stand-in does not start: $(cat "$work/peer.err")"
}
trap 'unpeer; rm -rf "$work"' EXIT

# live CASE [OPTION...]: the stand-in is scanned; as scan()
live() {
	local to=$1
	shift
	code=0
	timeout "${limit:-120}" "$LINECHECK" scan --training --json --case "$to" --device $udid "$@" >"$to.json" 2>"$to.err" </dev/null || code=$?
}

# Once the stand-in has the temporary password, its cable is pulled; until what runs in the background has ended.
pull_once_set() {
	for _ in $(seq 400); do
		[ -e "$work/state/password" ] && break
		sleep 0.05
	done
	sleep 0.5
	kill -USR1 "$peerpid"
	wait "$1" || true
}

# The records without where they lie and the account that only says what the phone is called.
records() { "$LINECHECK" records "$1" 2>/dev/null | grep -v '"file":"Info.plist"' | sed 's/"id":"EX1[^"]*"//' | sort; }
must_say() { grep -qF -e "$2" "$1" || fail "$1 does not say '$2': $(head -c 600 "$1")"; }
must_not_say() { ! grep -qF -e "$2" "$1" || fail "$1 says '$2'"; }
