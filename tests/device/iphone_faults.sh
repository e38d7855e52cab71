#!/usr/bin/env bash
# Every kind of fault at points spread over the whole conversation with an iPhone, a temporary password included: never a crash, a hang, a
# half-written case, or a password on the phone without its record and LEFT SET; and then recover takes it away.
# Then the same in what usbmuxd answers, at every point. FAULT_POINTS: how many points for each kind (40). FAULTS="KIND@POINT mux:KIND@POINT ...":
# these and no others.
. "$(dirname "$0")/../e2e/lib.bash"
export LINECHECK_DEVICE_SECONDS=2
. "$(dirname "$0")/../e2e/phone.bash"
each=${FAULT_POINTS:-40}
limit=100 # seconds: several waits of two seconds, and a pairing or a drip of the longest message
reason="agreed with the owner and her mother"
words=(--folders 3 --trust ask --snapshot --purge --passcode 10)
scan_done "$work/folder" "$phone/backup"
records "$work/folder" >"$work/want"

peer "${words[@]}"
live "$work/clean" --temporary-password --reason "$reason"
unpeer
case $code in 0 | 4 | 10) ;; *) fail "without a fault: exit $code: $(cat "$work/clean.err")" ;; esac
[ "$points" -gt 60 ] || fail "only $points points"
all=$points muxed=$answers
[ "$muxed" -gt 10 ] || fail "only $muxed answers of usbmuxd"
echo "$all points, $each of them for each kind of fault; $muxed answers of usbmuxd"

losses() { jq '([.warnings[] | select(.loss)] | length) + ([.coverage[] | select(.state != "read")] | length)' "$1.json"; }
usual=$(losses "$work/clean")

# judge NAME: what must hold whatever happened
judge() {
	local name=$1 to=$work/case left
	case $code in
	0 | 4 | 10)
		# bytes that were altered on the way can only be seen by what they break: then it is said
		records "$to" | cmp -s "$work/want" - || [ "$(losses "$to")" -gt "$usual" ] ||
			fail "$name: it says that it is done, with other records and no word of a loss"
		;;
	1 | 3)
		[ -n "$(cat "$to.err")" ] || fail "$name: exit $code without a word"
		if [ ! -e "$to/backup-password.recovery" ] && [ "$(sqlite3 "$to/case.db" "SELECT count(*) FROM record")" != 0 ]; then
			records "$to" | cmp -s "$work/want" - || fail "$name: half a case"
		fi
		;;
	*) fail "$name: exit $code: $(tail -5 "$to.err")" ;;
	esac
	grep -qE 'Sanitizer|runtime error' "$to.err" && fail "$name: $(grep -E 'Sanitizer|runtime error' "$to.err" | head -1)"
	"$LINECHECK" verify "$to" >"$work/out" 2>&1 || fail "$name: not verified: $(grep 'NOT RIGHT' "$work/out")"
	left=no
	[ ! -e "$work/state/password" ] || left=yes
	if [ $left = yes ]; then
		grep -qF "$(cat "$work/state/password")" "$to/backup-password.recovery" 2>/dev/null ||
			fail "$name: a password is on the phone and its record is not here"
		grep -qF "LEFT SET" "$to.err" || fail "$name: a password is on the phone and nobody says so"
		grep -qF "LEFT SET" "$to/view.html" || fail "$name: page one does not say LEFT SET"
	fi
	if [ -e "$to/backup-password.recovery" ]; then
		recovered=$((recovered + 1))
		peer --trust ask
		"$LINECHECK" recover "$to" >"$work/out" 2>&1 || fail "$name: recover: $(cat "$work/out")"
		[ ! -e "$work/state/password" ] || fail "$name: the password still stands after recover"
	fi
}

# Each kind at points spread over the whole, or what was asked for.
plan() {
	local kind i
	[ -z "${FAULTS:-}" ] || { tr ' ' '\n' <<<"$FAULTS" && return; }
	for kind in close unplug garbage truncate oversize order drip silent; do
		for ((i = 0; i < each; i++)); do
			echo "$kind@$((i * all / each))"
		done
	done
	for kind in close garbage truncate oversize order drip silent; do
		for ((i = 0; i < muxed; i++)); do
			echo "mux:$kind@$i"
		done
	done
}

runs=0 recovered=0 slowest=0
for fault in $(plan); do
	rm -rf "$work/state/pair-$udid" "$work/state/host" "$work/state/password" "$work/case" "$work/case."*
	mkdir -p "$work/state"
	where=--fault
	[ "${fault#mux:}" = "$fault" ] || where=--mux-fault
	peer "${words[@]}" $where "${fault#mux:}"
	start=$SECONDS
	live "$work/case" --temporary-password --reason "$reason"
	[ $((SECONDS - start)) -le $slowest ] || slowest=$((SECONDS - start))
	unpeer
	judge "$fault"
	runs=$((runs + 1))
done
finish "$runs faults, $recovered passwords recovered, the slowest run took $slowest s"
