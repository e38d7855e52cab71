#!/usr/bin/env bash
# A case matched again with another list is what a scan with that list would have been; what it was before is kept.
. "$(dirname "$0")/lib.bash"
cd "$work"
for platform in ios android; do
	"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform "$platform" --out "$platform" >/dev/null
	src=$platform/backup
	[ -e "$src" ] || src=$(find "$platform" -maxdepth 1 -mindepth 1 -type d | head -1)
	{
		head -1 "$platform/lines.csv"
		sed -n '2s/active/closed/p' "$platform/lines.csv"
		echo 'Zed,07700 900999,,,,'
	} >old.csv
	scan_done "$platform-fresh" "$src" --lines "$platform/lines.csv"
	scan_done "$platform-again" "$src" --lines old.csv
	scan_done "$platform-none" "$src"
	for case in again none; do
		cp "$platform-$case.json" first.json
		code=0
		"$LINECHECK" rescan "$platform-$case" --lines "$platform/lines.csv" >out 2>&1 || code=$?
		[ "$code" = 10 ] || fail "$platform-$case: rescan ends with $code: $(cat out)"
		scan_done "$platform-$case" "$src" --lines "$platform/lines.csv"
		cmp -s <(jq 'del(.run,.rescans)' "$platform-fresh.json") <(jq 'del(.run,.rescans)' "$platform-$case.json") ||
			fail "$platform-$case: another result than a scan: $(diff <(jq 'del(.run,.rescans)' "$platform-fresh.json") \
				<(jq 'del(.run,.rescans)' "$platform-$case.json") | head -20)"
		cmp -s <(sqlite3 "$platform-$case/case.db" 'SELECT result FROM rescan' | jq .) <(jq . first.json) ||
			fail "$platform-$case: what was found first is not kept word for word"
		[ "$(jq '.rescans | length' "$platform-$case.json")" = 1 ] || fail "$platform-$case: the re-scan is not named"
		"$LINECHECK" verify "$platform-$case" >out 2>&1 || fail "$platform-$case: verify: $(cat out)"
		grep -q 'Matched again without the phone' "$platform-$case/view.html" || fail "$platform-$case: the page does not say it"
	done
	jq -e '.rescans[0].changes | map(.kind) | index("new") and index("changed")' "$platform-again.json" >/dev/null ||
		fail "$platform: what is new and what changed: $(jq .rescans "$platform-again.json")"
done
# Back again: what was new no longer holds.
code=0
"$LINECHECK" rescan ios-again --lines old.csv >out 2>&1 || code=$?
grep -q '^No longer holds:' out || fail "what no longer holds: $(cat out)"
code=0
"$LINECHECK" rescan ios-again --lines old.csv >out 2>&1 || code=$?
[ "$code" = 1 ] || fail "the same list again: $(cat out)"
code=0
"$LINECHECK" rescan ios-again >out 2>&1 || code=$?
[ "$code" = 1 ] || fail "a training case without a list: $(cat out)"
finish 'a re-scan is a scan'
