#!/usr/bin/env bash
# Killed at any moment, the case opens again, says what is whole, and the same command finishes the work.
. "$(dirname "$0")/lib.bash"
"$BUILD_DIR/tests/gen/sample_phone" --mode bulk --messages 4000 --out "$work/phone" --archive zip >/dev/null
for source in "$work/phone/backup" "$work/phone/backup.zip"; do
	name=$(basename "$source")
	scan_done "$work/$name-whole" "$source" --lines "$work/phone/lines.csv"
	expected=$code
	for ms in 5 20 40 60 90 130 180 250 350 500 800 1200; do
		to=$work/$name-$ms
		"$LINECHECK" scan --training --json --case "$to" --lines "$work/phone/lines.csv" "$source" >/dev/null 2>&1 &
		pid=$!
		sleep "$(printf '0.%03d' $((ms % 1000)))"
		[ "$ms" -ge 1000 ] && sleep 1
		kill -9 $pid 2>/dev/null || true
		wait $pid 2>/dev/null || true
		if [ -e "$to/case.db" ] && [ -s "$to/case.db" ]; then
			"$LINECHECK" case show "$to" >"$to.show" 2>&1 || true
			grep -qE 'EX1  (whole|not whole)|nothing has been read' "$to.show" || fail "$to: says: $(cat "$to.show")"
		fi
		scan "$to" "$source" --lines "$work/phone/lines.csv"
		[ "$code" = "$expected" ] || fail "$to: second run ends with $code: $(cat "$to.err")"
		# The case remembers each run: the one named place for times of running.
		cmp <(jq 'del(.run)' "$work/$name-whole.json") <(jq 'del(.run)' "$to.json") ||
			fail "$to: another result after a kill"
	done
done
finish "24 kills, nothing lost"
