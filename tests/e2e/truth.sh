#!/usr/bin/env bash
# What was planted in the sample phones is found, and nothing else: sender, direction, time, text of each row; line hits;
# rule hits; rows of a -wal; from folders and archives.
. "$(dirname "$0")/lib.bash"
gen=$BUILD_DIR/tests/gen/sample_phone check=$BUILD_DIR/tests/gen/sample_check

# holds NAME FOLDER SOURCE [OPTION...]: FOLDER is what sample_phone made, SOURCE in it is scanned
holds() {
	local name=$1 folder=$2 source=$3
	shift 3
	scan_done "$work/$name" "$folder/$source" --lines "$folder/lines.csv" "$@"
	"$check" case "$folder/${source%%.*}.truth.jsonl" "$work/$name" >"$work/$name.check" ||
		fail "$name: $(cat "$work/$name.check")"
}

level() { # NAME JQ-CONDITION
	jq -e "$2" "$work/$1.json" >/dev/null || fail "$1: level $(jq -c '[.level_code, .level]' "$work/$1.json"), wanted $2"
}

"$gen" --out "$work/story" --platform both --wal --archive zip
for source in backup android backup.zip android.zip; do
	holds "story-$source" "$work/story" "$source"
	level "story-$source" '.level_code >= 2'
	[ "$code" = 10 ] || fail "story-$source ends with $code"
done

"$gen" --out "$work/clean" --mode clean --platform both --archive tar.gz
for source in backup android.tar.gz; do
	holds "clean-$source" "$work/clean" "$source"
	level "clean-$source" '.level_code == 0'
done

"$gen" --out "$work/bulk" --mode bulk --messages 5000 --lines 10000 --rules 500 --platform both --records --wal --archive tar.zst
for source in backup android backup.tar.zst android.tar.zst; do
	holds "bulk-$source" "$work/bulk" "$source" --rules "$work/bulk/rules.yaml"
	grep -q 'pack not loaded' "$work/bulk-$source.check" && fail "bulk-$source: the rules were not used"
done

"$gen" --out "$work/tiny" --mode bulk --messages 3 --lines 1 --wal --platform both
holds tiny-backup "$work/tiny" backup
holds tiny-android "$work/tiny" android

# No picture's bytes go anywhere, whatever stood around them.
! grep -rl 'SAMPLE-IMAGE-MARKER' "$work"/*.json "$work"/story-*/case.db "$work"/story-*/view.html ||
	fail "a picture was read"
finish "all that was planted, nothing else"
