#!/usr/bin/env bash
# Numbers read off a handset: `check` answers and keeps nothing of them; `case type` records what was seen, under the same scope, stage
# and seals as a scan, marked as typed.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
cat >lines.csv <<-END
	line,identifier,from,to,status,grade
	Deano,07700 900123,2025-01-15,2025-03-31,active,1AP
	Deano,+447700900124,,,dormant,
	Kez,07700 900130,2024-01-01,2024-02-01,closed,3E
END
why='Read off a basic handset at the front desk, screens were photographed.'
seen=(--seen-by 'PC 1234' --photo 3)

# a case that may be read
form >form.yaml
as officer case new real --form form.yaml
expect 0 'The case stands' 'case new'
as officer check 07700900123 --case real --lines lines.csv --reason "$why"
expect 3 'has not confirmed' 'check before the notice is confirmed'
as officer case type real call --number 07700900123 --direction in "${seen[@]}"
expect 3 'has not confirmed' 'type before the notice is confirmed'
as officer case confirm real --how written --copy given
expect 0 'Recorded' confirm

# check: one decision for the list, then each spelling is found
as officer check 07700900123 --case real --lines lines.csv --reason "$why"
expect 3 "supervisor's decision" 'a raw list alone'
both officer supervisor check 07700900123 --case real --lines lines.csv --reason "$why"
expect 0 'ON THE LIST: Deano, from 15 Jan 2025, until 31 Mar 2025; status: active; graded 1AP' check
for spelling in '+44 7700 900123' '0044-7700-900-123' '(07700) 900123' '07700900123'; do
	as officer check "$spelling" --case real --lines lines.csv --reason "$why"
	expect 0 'read as +447700900123' "check $spelling"
	grep -qF 'ON THE LIST: Deano' out || fail "check does not know $spelling: $(cat out)"
done
as officer check 07700900199 '0800 1111' 07700900130 --case real --lines lines.csv --reason "$why"
expect 0 'not on the list' 'a number that is not listed'
grep -qF 'not looked up' out || fail "check looked a helpline up: $(cat out)"
grep -qF 'suspected to be false' out || fail "check does not say the grade: $(cat out)"
as officer check 07700900123 --case real --lines lines.csv --reason short
expect 2 'Say why' 'check without a reason'
as analyst check 07700900123 --case real --lines lines.csv --reason "$why"
[ "$code" = 3 ] || fail "an analyst looked a number up: $(cat out)"
for token in 0900123 900199 900130; do
	grep -qaF "$token" real/case.db && fail "check left '$token' in the case"
done

# ... and does not answer for ever
for i in 1 2 3 4 5 6 7; do
	as officer check 07700900123 07700900124 --case real --lines lines.csv --reason "$why"
done
expect 0 'ON THE LIST' 'the twentieth answer'
as officer check 07700900123 --case real --lines lines.csv --reason "$why"
expect 3 'more than 20' 'the answer after that'
both officer supervisor check 07700900123 --case real --lines lines.csv --reason "$why"
expect 0 'ON THE LIST' 'a supervisor lets it answer'

# typing: in scope, out of scope, sealed, without text
type() { as officer case type real "$@" "${seen[@]}" --lines lines.csv; }
type contact --number '07700 900123' --name 'D tokenname'
expect 0 'Recorded as EX1/C000001, typed by hand' 'a contact'
type call --number '07700 900123' --time '2025-03-12 22:15' --direction in --missed
expect 0 'Recorded as EX1/T000002' 'a call'
type message --number '+447700900123' --time '2025-03-12 22:20' --direction in --text 'tokentext stage one'
expect 0 'text was not kept' 'a text at stage 1'
type message --number 07700900155 --time '2024-03-12 22:20' --direction out --text tokenold
expect 0 'Not kept: it is from before the days in scope' 'a message before the scope'
type call --number 07700900155 --direction out
expect 0 'Not kept: it is without a time' 'a call without a time'
type call --number '0800 1111' --time '2025-03-12 22:20' --direction out --seconds 60
expect 0 'Not kept: it is with a helpline' 'a helpline'
type call --number 07700900155 --time '2025-03-20 12:00' --direction in
expect 0 'phone was cut off' 'a call later than the isolation'
type call --number 07700900156 --time '12 March' --direction in
expect 2 'YYYY-MM-DD' 'a time that is none'
type call --number 07700900156 --direction in --text x
expect 2 'A call has' 'a call with text'
as officer case type real call --number 07700900156 --direction in --photo 3
expect 2 'who saw it' 'nobody saw it'
as officer case type real call --number 07700900156 --direction in --seen-by me
expect 2 '--photo' 'no photo'
for token in tokentext tokenold 900155 900156 '800 1111'; do
	grep -qaF "$token" real/case.db && fail "'$token' is in the case"
done

as officer records real
expect 0 'EX1/C000001' records
jq -se 'length == 3 and all(.origin.table == "typed" and .origin.state == "typed" and .origin.sha256 == null and
	.origin.file == "seen on handset by PC 1234, photo 3") and ([.[].origin.row] == ["1", "2", "3"])' out >/dev/null ||
	fail "origins of typed records: $(cat out)"
jq -se '.[1] | .time == "2025-03-12T22:15:00.000Z" and .time_raw == "2025-03-12 22:15" and .direction == "in" and
	.from["e164"] == "+447700900123" and .to[0].role == "owner" and .state == ["missed"]' out >/dev/null || fail "the call: $(cat out)"
jq -se '.[2] | .text == null and .text_state == "withheld-by-stage"' out >/dev/null || fail "the message: $(cat out)"
as officer view real
expect 0 'view.html' view
grep -qF 'typed by hand' real/view.html || fail "the page does not mark what was typed"
grep -qF 'Deano' real/view.html || fail "what was typed meets no line"

# stage 2 reads the text of a number of the list, and of no other
as officer case stage real 2 --reason 'The text with the listed number is needed.'
expect 0 'stage 2' 'stage 2'
type message --number '+447700900123' --time '2025-03-12 22:21' --direction in --text 'tokentwo'
expect 0 'Recorded' 'a text at stage 2'
grep -qF 'was not kept' out && fail "stage 2 drops the text of a listed number"
type message --number 07700900157 --time '2025-03-12 22:22' --direction in --text 'tokenthree'
expect 0 'text was not kept' 'a text of another number at stage 2'
grep -qaF tokenthree real/case.db && fail "the text of another number is in the case"
"$LINECHECK" verify real >out 2>&1 || fail "verify: $(cat out)"

# typed alone never says "no indicators"
cat >none.csv <<-END
	line,identifier
	Deano,07700900999
END
as officer case new quiet --form form.yaml
as officer case confirm quiet --how written --copy given
both officer supervisor case type quiet call --number 07700900158 --time '2025-03-12 22:15' --direction in "${seen[@]}" \
	--lines none.csv --reason "$why"
expect 0 'Cannot say' 'one harmless call'
finish "typed records and checks hold"
