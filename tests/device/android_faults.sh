#!/usr/bin/env bash
# An Android phone that fails at every packet it sends, in every way, over the whole command: `scan --device` ends in words or with every
# record, in time, with a case that verifies and holds nothing or all of it, and never a crash.
# FAULTS_EACH: how many places of each kind are tried, spread over the conversation (every one; of those that wait, every third).
. "$(dirname "$0")/../e2e/lib.bash"
. "$(dirname "$0")/../e2e/adb.bash"
cd "$work"
make_phone phone.db
printf 'line,identifier,from,to,status,grade\nMarlo,07700 900142,,,active,1AP\n' >lines.csv
peer --owner allows
live whole --lines lines.csv
unpeer
[ "$code" = 10 ] || fail "without a fault: exit $code: $(cat whole.err)"
said whole >want
all=$packets each=${FAULTS_EACH:-$packets}
[ "$all" -gt 150 ] || fail "only $all packets"
runs=0 slowest=0
for kind in unplug silent garbage oversize truncate order drip; do
	n=$each
	case $kind in silent | drip | order) [ -n "${FAULTS_EACH:-}" ] || n=$((each / 3)) ;; esac
	for ((i = 0; i < n && bad == 0; i++)); do
		where=$((i * all / n + 1))
		rm -rf case
		peer --owner allows --fault $kind@$where
		start=$SECONDS
		LINECHECK_DEVICE_SECONDS=1 limit=40 live case --lines lines.csv
		[ $((SECONDS - start)) -le $slowest ] || slowest=$((SECONDS - start))
		case $code in
		10) said case | cmp -s - want || fail "$kind at $where: not every record: $(said case | diff want - | head -3)" ;;
		1 | 3)
			grep -q '^linecheck: .' case.err || grep -q 'phone' case.err || fail "$kind at $where: no words: $(cat case.err)"
			if [ -e case/case.db ] && [ "$("$LINECHECK" records case | wc -l)" != 0 ]; then
				said case | cmp -s - want || fail "$kind at $where: half a case"
			fi
			;;
		*) fail "$kind at $where: exit $code: $(tail -5 case.err)" ;;
		esac
		grep -qE 'Sanitizer|runtime error' case.err && fail "$kind at $where: $(grep -E 'Sanitizer|runtime error' case.err | head -1)"
		[ ! -e case/case.db ] || "$LINECHECK" verify case >verify.out 2>&1 || fail "$kind at $where: not verified: $(cat verify.out)"
		runs=$((runs + 1))
	done
done
finish "$runs faults in $all packets, the slowest run took $slowest s"
