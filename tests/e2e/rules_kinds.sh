#!/usr/bin/env bash
# Each kind of rule and each innocent explanation by itself (tests/rules/stories): -with it the same words weigh nothing, -without
# it they count. All must come out right.
. "$SOURCE_DIR/tests/e2e/lib.bash"
names=()
for story in "$SOURCE_DIR"/tests/rules/stories/*.story; do
	names+=("../rules/stories/$(basename "$story" .story)")
done
[ ${#names[@]} -ge 30 ] || fail "only ${#names[@]} stories were found"
"$SOURCE_DIR/tests/stories/run" --messages 0 --keep "$work/stories" "${names[@]}" >"$work/said" || fail "the stories could not be told"
grep -v ' right$' "$work/said" | sed '/^right:/q'
grep -q "^right: ${#names[@]} of ${#names[@]}$" "$work/said" || fail "$(sed -n 's/^right:/right:/p' "$work/said")"
finish "each kind and each explanation"
