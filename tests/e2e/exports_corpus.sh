#!/usr/bin/env bash
# Exports that chat-miner publishes, against what its own tests expect of them: time, author, text.
. "$(dirname "$0")/lib.bash"
corpus=${LINECHECK_CORPUS:-}/joweich+chat-miner
if [ ! -d "$corpus" ]; then
	echo "skipped: LINECHECK_CORPUS has no joweich+chat-miner"
	exit 77
fi
# Its texts have no line ends; "." is how a disappearing message was exported, which it leaves out.
facts='{timestamp: (.time_shown // (.time | .[0:19])), author: (.from.name // .from.raw), message: (.text // "" | gsub("\\s+"; " "))}'

same() { # NAME, FILE, TARGET, JQ of the target
	scan_done "$work/$1" "$corpus/$2"
	"$LINECHECK" records "$work/$1" | jq -c "select(.kind == \"message\" and .text != \".\") | $facts" | LC_ALL=C sort >"$work/$1.got"
	jq -c "$4" "$corpus/$3" | LC_ALL=C sort >"$work/$1.want"
	[ -s "$work/$1.want" ] && diff "$work/$1.want" "$work/$1.got" >"$work/$1.diff" || fail "$1: $(cat "$work/$1.diff")"
}

for layout in '[mmddyy]_24hrs' ddmmyy_24hrs mmddyy_24hrs mmddyyyy_12hrs yyyymmdd_24hrs; do
	same "whatsapp-$layout" "test/whatsapp/test_$layout.txt" test/whatsapp/target.json \
		'.[] | .message |= gsub("\\s+"; " ")'
done
same signal test/signal/test_export.txt test/signal/target.json '.[] | .timestamp |= .[0:19]'
same instagram test/instagram/test_export.json test/instagram/target.json '.[]'
same telegram-one test/telegram/test_single_export.json test/telegram/target.json '.[]'
same telegram-all test/telegram/test_batch_export.json test/telegram/target.json '.[]'
same facebook history/test/facebookMessenger/testlog.json history/test/facebookMessenger/target.json \
	'.[] | {timestamp: (.datetime / 1000 | floor | todate | .[0:19]), author, message}'

# CSV targets begin "YYYY-MM-DD hh:mm:ss,AUTHOR,": no author of theirs has a comma.
for n in 1 2 3 5 6; do
	scan_done "$work/format$n" "$corpus/history/test/whatsapp/test_dateformat$n.txt"
	"$LINECHECK" records "$work/format$n" |
		jq -r '[(.time_shown | sub("T"; " ")), (if .kind == "system" then "System" else .from.name // .from.raw end)] | join(",")' |
		LC_ALL=C sort >"$work/format$n.got"
	grep -oE '^[0-9]{4}-[0-9: -]+,[^,]+' "$corpus/history/test/whatsapp/test_dateformat${n}_target.csv" |
		LC_ALL=C sort >"$work/format$n.want"
	diff "$work/format$n.want" "$work/format$n.got" >"$work/format$n.diff" || fail "format$n: $(cat "$work/format$n.diff")"
done
# Nothing in these two says which is the day: the message stands, its day does not.
for name in dateformat4 unicode; do
	scan_done "$work/$name" "$corpus/history/test/whatsapp/test_$name.txt"
	[ "$("$LINECHECK" records "$work/$name" | jq -c '[.time, .time_shown]' | sort -u)" = '[null,null]' ] ||
		fail "$name: a day was guessed"
	[ "$(jq '.counts.message == .counts.warning' "$work/$name.json")" = true ] || fail "$name: a loss that is not counted"
done
finish "what chat-miner's tests expect of its exports"
