#!/usr/bin/env bash
# Each database of the sample phone cut at every page, zeroed as a whole and in parts, a folder instead, 2 GB of zeros, a -wal that is
# none or another's: a recorded loss, the rest is read.
. "$(dirname "$0")/lib.bash"
gen=$BUILD_DIR/tests/gen/sample_phone
"$gen" --mode story --platform android --out "$work/phone" >/dev/null
tree=$work/phone/android
scan_done "$work/good" "$tree"
files=$(jq -r '.coverage[] | select(.state == "read" and .parser) | .path' "$work/good.json")
[ "$(wc -l <<<"$files")" -ge 3 ] || fail "the sample phone has too few databases: $files"
whole=$(jq '.coverage | length' "$work/good.json")

# damaged NAME FILE: the scan ends, FILE is not silently "read in full", the other files are
damaged() {
	local name=$1 file=$2
	rm -rf "$work/case" "$work/case.json"
	scan_done "$work/case" "$work/bad"
	local others
	others=$(jq --arg f "$file" '[.coverage[] | select(.path != $f and .state == "read" and .parser)] | length' "$work/case.json")
	[ "$others" -ge $(($(wc -l <<<"$files") - 1)) ] || fail "$name: only $others other files read"
	jq -e --arg f "$file" 'any(.coverage[]; .path == $f and .state != "read") or any(.warnings[]; .loss) or (all(.coverage[]; .path != $f))' \
		"$work/case.json" >/dev/null || fail "$name: the loss is not said"
}

# zeroed NAME FILE: where fewer or other records come out, a loss is said
zeroed() {
	rm -rf "$work/case" "$work/case.json"
	scan_done "$work/case" "$work/bad"
	local counts
	counts=$(jq -c '.counts | del(.warning, .note)' "$work/case.json")
	if [ "$counts" != "$sound" ]; then
		changed=$((changed + 1))
		jq -e 'any(.coverage[]; .state == "unreadable") or any(.warnings[]; .loss)' "$work/case.json" >/dev/null ||
			fail "$1: $counts, not $sound, and no loss is said"
	fi
}
sound=$(jq -c '.counts | del(.warning, .note)' "$work/good.json")
changed=0

while read -r file; do
	rm -rf "$work/bad"
	cp -a "$tree" "$work/bad"
	at=$work/bad/$file
	size=$(stat -c %s "$at")
	page=$(od -An -tu2 --endian=big -j16 -N2 "$at" | tr -d ' ')
	[ "$page" = 1 ] && page=65536
	# Each page with EVERY_PAGE=1; else a dozen cuts, so that the core tests stay short.
	step=$page
	[ -n "${EVERY_PAGE:-}" ] || [ $((size / page)) -le 12 ] || step=$((page * (size / page / 12)))
	for ((cut = size - page; cut >= 0; cut -= step)); do
		truncate -s "$cut" "$at"
		[ "$cut" -gt 0 ] && damaged "$file cut at $cut" "$file"
	done
	# The second half of a page, and 100 bytes from its third on.
	for ((from = page; from + page <= size; from += 3 * step)); do
		for part in "$((page / 2)) $((page / 2))" "3 100"; do
			cp "$tree/$file" "$at"
			dd if=/dev/zero of="$at" bs=1 seek=$((from + ${part% *})) count="${part#* }" conv=notrunc status=none
			zeroed "$file, zeros at $from+${part% *}"
		done
	done
	cp "$tree/$file" "$at"
	head -c 20000 /dev/urandom >"$at-wal"
	damaged "$file with noise for a -wal" "$file"
	jq -e --arg f "$file" 'any(.coverage[]; .path == $f and .state == "read")' "$work/case.json" >/dev/null ||
		fail "$file with noise for a -wal: not read"
	rm -f "$at-wal"
	head -c "$size" /dev/zero >"$at"
	damaged "$file zeroed" "$file"
	truncate -s 2G "$at"
	damaged "$file 2 GB of zeros" "$file"
	rm -f "$at"
	mkdir "$at"
	damaged "$file a folder" "$file"
done <<<"$files"
[ "$changed" -ge 5 ] || fail "only $changed of the partly zeroed databases gave other records"
[ "$whole" -gt 0 ] || fail "nothing in the good phone"
finish "every database damaged in every way"
