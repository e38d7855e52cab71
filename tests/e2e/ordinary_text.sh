#!/usr/bin/env bash
# Real people's ordinary texts (the public SMS Spam Collection, its ham), as if all came from numbers that nobody saved, five from
# each: the lowest level, and at most one finding in 1,000 messages. While the rules give more, tests/stories/passing records the
# level that must not be passed.
. "$SOURCE_DIR/tests/e2e/lib.bash"
corpus=${LINECHECK_CORPUS:-}
[ -n "$corpus" ] || { echo "LINECHECK_CORPUS is not set"; exit 77; }
list=$(find "$corpus"/hamzaaacodes+* -name SMSSpamCollection -type f 2>/dev/null | head -n 1)
[ -n "$list" ] || { echo "the corpus has no SMS Spam Collection"; exit 77; }

mkdir "$work/phone"
LC_ALL=C awk -F'\t' '
	BEGIN { print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smses>" }
	$1 == "ham" {
		text = substr($0, 5)
		gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); gsub(/"/, "\\&quot;", text)
		printf "<sms address=\"07700 %06d\" date=\"%d000\" type=\"1\" read=\"1\" body=\"%s\"/>\n",
			900000 + int(n / 5), 1650000000 + n * 6600, text
		n++
	}
	END { print "</smses>" }
' "$list" >"$work/phone/sms-20230401.xml"

scan_done "$work/case" "$work/phone"
read -r level messages findings records < <(jq -r '[(.level_code | tostring), .counts.message, (.findings | length),
	([.findings[].origins[].record] | unique | length)] | join(" ")' "$work/case.json")
[ "$messages" -gt 4000 ] || fail "only $messages messages were read"
said="level $level; $messages messages, $findings findings in $records of them"
jq -r '.findings[] | "\(.rule) \(.points) points, \(.origins | length) times"' "$work/case.json"
most=$(sed -n 's/^ordinary-text-level //p' "$SOURCE_DIR/tests/stories/passing")
case $level in [0-3]) ;; *) fail "$said: no level" ;; esac
[ "$level" = 0 ] || echo "MISSED: $said: not the lowest level"
[ "$level" = null ] || [ "$level" -le "$most" ] || fail "$said: it was at most level $most before"
[ "$level" = null ] || [ "$level" -ge "$most" ] || echo "Better than before: write ordinary-text-level $level into tests/stories/passing."
[ $((findings * 1000)) -le "$messages" ] || fail "$said: more than one finding in 1,000 messages"
[ $((records * 1000)) -le "$messages" ] || fail "$said: more than one message in 1,000 is pointed at"
finish "$said"
