#!/usr/bin/env bash
# The same source gives the same JSON and the same page: twice, in other places, with JIT on and off, on one core and two.
. "$(dirname "$0")/lib.bash"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --out "$work/phone" >/dev/null

one() { # NAME WRAPPER... -- OPTION...
	local name=$1
	shift
	local wrap=()
	while [ "$1" != -- ]; do
		wrap+=("$1")
		shift
	done
	shift
	mkdir -p "$work/$name"
	(cd "$work/$name" && "${wrap[@]}" "$LINECHECK" scan --training --json --lines "$work/phone/lines.csv" \
		--case "$work/$name/case" "$@" "$work/phone/backup" >"$work/$name/out.json" 2>/dev/null) || true
	[ -s "$work/$name/out.json" ] || fail "$name: no result"
}
one first env -- --
one second env TZ=Pacific/Auckland LANG=de_DE.UTF-8 -- --
one nojit env -- --no-jit
one onecore taskset -c 0 -- --
for other in second nojit onecore; do
	cmp "$work/first/out.json" "$work/$other/out.json" || fail "JSON differs: $other"
	cmp "$work/first/case/view.html" "$work/$other/case/view.html" || fail "page differs: $other"
done
finish "the same bytes four times"
