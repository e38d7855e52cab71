#!/usr/bin/env bash
# The fictional phones are sound and the same words make the same bytes.
. "$(dirname "$0")/lib.bash"
gen=$BUILD_DIR/tests/gen/sample_phone check=$BUILD_DIR/tests/gen/sample_check

# twice NAME OPTION...: made two times, in folders of other names
twice() {
	local name=$1
	shift
	"$gen" --out "$work/$name" "$@" || fail "$name: not made"
	(cd "$work" && "$gen" --out "./again/of $name" "$@") || fail "$name: not made again"
	diff -r "$work/$name" "$work/again/of $name" >"$work/diff" || fail "$name: other bytes: $(head -3 "$work/diff")"
	"$check" phone "$work/$name" >"$work/out" || fail "$name: $(cat "$work/out")"
}
twice story --platform both
twice clean --mode clean --platform both
twice wal --platform both --wal --archive tar.zst
twice bulk --mode bulk --messages 3000 --lines 600 --rules 120 --platform both --wal --archive zip
twice gz --archive tar.gz
twice none --mode bulk --messages 0 --wal --platform both
twice one-message --mode bulk --messages 1 --wal --platform both

"$gen" --out "$work/other" --seed 2 --mode bulk --messages 500
"$gen" --out "$work/one" --seed 1 --mode bulk --messages 500
diff -rq "$work/other" "$work/one" >/dev/null && fail "another seed, the same phone"

for file in "$work"/wal/android/data/data/*/databases/{mmssms,calllog}.db-wal; do
	[ -s "$file" ] || fail "no rows in $file"
done
# The newest rows are in the -wal alone, and the dead ones in the database alone.
messages=$work/wal/android/data/data/com.android.providers.telephony/databases/mmssms.db
cp "$messages" "$work/main.db"
main=$(sqlite3 "$work/main.db" 'SELECT count(*) FROM sms')
cp "$messages"-wal "$work/main.db-wal"
all=$(sqlite3 "$work/main.db" 'SELECT count(*) FROM sms')
dead=$(grep -c '"absent"' "$work/wal/android.truth.jsonl")
[ "$dead" = 3 ] && [ "$all" -gt "$((main - dead))" ] || fail "-wal: $main rows without it, $all with it, $dead dead"

# No number of a real person, wherever the spelling: all begin as the ranges for drama do.
drama='447700900[0-9]{3}|441632960[0-9]{3}|442079460[0-9]{3}|4411[3-8]4960[0-9]{3}|441[2-6]14960[0-9]{3}'
drama="$drama|441914980[0-9]{3}|442896496[0-9]{3}|442920180[0-9]{3}|448081570[0-9]{3}|443069990[0-9]{3}|120255501[0-9]{2}"
"$gen" --out "$work/lines" --mode bulk --messages 10 --lines 10000
real=$(tail -n +2 "$work/lines/lines.csv" | cut -d, -f2 | grep -v @ |
	sed -E 's/\(0\)//; s/[^0-9]//g; s/^00//; s/^0/44/' | grep -vxE "$drama" | head -3) || true
[ -z "$real" ] || fail "numbers outside the ranges: $real"
[ "$(tail -n +2 "$work/lines/lines.csv" | wc -l)" = 10000 ] || fail "not 10,000 lines"

"$gen" --out "$work/story" >/dev/null 2>&1 && fail "a phone was made over another"
"$gen" --mode poem --out "$work/x" >/dev/null 2>&1 && fail "an unknown mode was taken"
"$gen" --mode bulk --messages -5 --out "$work/y" >/dev/null 2>&1 && fail "a negative number was taken"
finish "sound phones, the same bytes"
