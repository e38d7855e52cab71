#!/usr/bin/env bash
# What somebody could try to get round a gate: each way is closed, and says why.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
why='Seen together with the supervisor and the social worker.'
sql() { sqlite3 "$1/case.db" "$2"; }
alone() { code=0; "$LINECHECK" "$@" >out 2>&1 </dev/null || code=$?; }
form >form.yaml
as officer case new made --form form.yaml
as officer case confirm made --how written --copy given
expect 0 'Recorded' confirm
as officer scan phone/backup --case made
case $code in 0 | 4 | 10) ;; *) fail "scan: exit $code: $(cat out)" ;; esac
fresh() { chmod -R u+w real 2>/dev/null || true; rm -rf real; cp -a made real; }

# a real case made training by an editor, so that it opens without a key
fresh
sql real "UPDATE meta SET value='1' WHERE key='training'"
alone records real
expect 3 'was altered' 'records of a case made training'
alone scan phone/backup --training --case real
expect 3 'was altered' 'a training scan into it'
chmod a-w real real/case.db
alone records real
[ "$code" = 3 ] || [ "$(id -u)" = 0 ] || fail "records from a folder that cannot be written: $(cat out)"
fresh
sql real "UPDATE meta SET value='1' WHERE key='training'; UPDATE meta SET value='training' WHERE key='case'"
alone records real
expect 3 'was altered' 'the same with its name'
sql real "UPDATE log SET signature=NULL"
alone verify real
[ "$code" = 1 ] || fail "verify passes a case made training: $(cat out)"
# ... and a training case made real
"$LINECHECK" scan phone/backup --training --case practice >/dev/null 2>&1 || true
sql practice "UPDATE meta SET value='0' WHERE key='training'"
as officer records practice
expect 3 'was altered' 'a training case made real'

# a link in the place of the case's database
fresh
mv real/case.db elsewhere.db && ln -s ../elsewhere.db real/case.db
as officer records real
[ "$code" = 1 ] || fail "a case.db that is a link was opened: $(cat out)"

# one person as two: the same key, the same name
as officer case new one --form form.yaml
both supervisor supervisor case stage made 3 --reason "$why"
expect 3 'both keys are the same' 'one key as two'
cp supervisor.key copy.key
code=0
"$LINECHECK" case stage made 3 --reason "$why" --key supervisor.key --passphrase-fd 3 --second copy.key --second-passphrase-fd 4 \
	3<<<"$words" 4<<<"$words" >out 2>&1 || code=$?
expect 3 'both keys are the same' 'a copy of a key as two'
"$BUILD_DIR/tests/gen/test_key" twin.key 'Supervisor' "$words"
code=0
"$LINECHECK" trust add "$LINECHECK_TRUST" --role supervisor --name 'Supervisor' --public "$(public_of twin.key)" --from 2020-01-01 \
	--key force.key --passphrase-fd 3 3<<<"$words" >out 2>&1 || code=$?
[ "$code" != 0 ] || fail "one name has two keys in the policy"

# a form that answers a question twice, or is a list of documents
{ form; echo 'basis: training'; } >twice.yaml
as officer case new never --form twice.yaml
[ "$code" = 1 ] || fail "a form with two bases: exit $code: $(cat out)"
{ form; echo '---'; form basis=training; } >twice.yaml
as officer case new never --form twice.yaml
[ "$code" = 1 ] || fail "a form of two documents: exit $code: $(cat out)"
for pair in 'agreed_age="17.9"' 'agreed_age="-41"' 'agreed_age="0x29"' 'born="2011-02-30"' 'born="06/05/2001"' 'basis="Parent"' \
	'basis="parent "x'; do
	form "$pair" >odd.yaml
	as officer case new never --form odd.yaml
	[ "$code" = 1 ] || fail "$pair: exit $code: $(cat out)"
done
esc='"a\e[31mb"'
for pair in "reference=$esc" 'exhibit="a\u202eb"' 'condition="on\u0085off"' 'with=any' 'agreed_age="121"' 'purposes=[]' 'kinds=everything'; do
	form "$pair" >odd.yaml
	as officer case new never --form odd.yaml
	[ "$code" = 1 ] || fail "$pair: exit $code: $(cat out)"
done
{ form necessity= proportionality=; echo 'necessity: &a "Four episodes in two months, each after calls from unknown numbers."'
	echo 'proportionality: *a'; } >odd.yaml
as officer case new never --form odd.yaml
expect 1 'an anchor' 'one text for two by an alias'
for pair in 'isolated_at="2099-01-01 00:00"' 'from=2026-01-01' 'missing_from=2099-01-01' \
	'proportionality="Four episodes in two months, each after calls from unknown numbers on this phone. "'; do
	form "$pair" >odd.yaml
	as officer case new never --form odd.yaml
	[ "$code" = 3 ] || fail "$pair: exit $code: $(cat out)"
done
form missing_from=2020-01-01 >odd.yaml
as officer case new never --form odd.yaml
expect 3 'more than 90 days' 'an episode of years'
form 'reference="<script>alert(1)</script>"' >odd.yaml
as officer case new markup --form odd.yaml
expect 0 'The case stands' 'a reference with markup'
grep -q '<script>alert' markup/notice-1.html && fail "markup of the form is in the notice"
{ printf '\357\273\277'; form | sed 's/$/\r/'; } >odd.yaml
as officer case new saved --form odd.yaml
expect 0 'The case stands' 'a form as some editors save it'
printf 'basis: training\nreference: T\n' >odd.yaml
as officer case amend made --form odd.yaml
expect 3 'never become' 'a real case amended to training'
[ -e never ] && fail "a case was made from a bad form"

# a new authority or a wider scope after the notice
fresh
as officer case scope real --from 2025-02-20 --reason "$why"
expect 0 'new notice' 'a wider scope'
as officer scan phone/backup --case real
expect 3 'More is asked for' 'a scan after it was widened'
as officer case notice real
as officer scan phone/backup --case real
expect 3 'has not confirmed' 'a notice that was not confirmed'
as officer case confirm real --how written --copy given
as officer scan phone/backup --case real
[ "$code" != 3 ] || fail "a new notice does not open it: $(cat out)"
as officer case scope real --from 2025-03-01 --reason "$why"
as officer scan phone/backup --case real
[ "$code" != 3 ] || fail "a narrower scope asks for a notice: $(cat out)"
fresh
as officer case amend real --form form.yaml
as officer scan phone/backup --case real
[ "$code" = 3 ] || fail "a new authority goes with the old notice: $(cat out)"

# the clock: SOURCE_DATE_EPOCH says nothing in a real case; set back, nothing is decided
fresh
SOURCE_DATE_EPOCH=0 as officer case task real
as officer case log real --json
jq -se 'all(.at > 1700000000000)' out >/dev/null || fail "SOURCE_DATE_EPOCH set the clock of a real case"

# decisions altered by an editor: nothing is read or shown on them, and deciding anew does not launder them
altered() { # WHAT SQL
	fresh
	sql real "$2"
	for command in 'records real' 'view real' 'scan phone/backup --case real' 'case stage real 1' 'case show real'; do
		as officer $command $([ "$command" = 'case stage real 1' ] && echo --reason=x || true)
		[ "$command" = 'case stage real 1' ] && as officer $command --reason "$why"
		expect 3 'was altered' "$command after $1"
	done
	as officer case hold real on --reason "$why"
	[ "$code" = 0 ] || fail "what was altered cannot be held: $(cat out)"
}
choices() { echo "UPDATE decision SET body=json_set(body,'\$.choices.$2',$3) WHERE kind='$1'"; }
altered 'a stage raised' "$(choices stage stage 3)"
altered 'a scope widened' "$(choices scope from "'2020-01-01'")"
altered 'an age changed' "$(choices authority agreed_age "'55'")"
altered 'a decision removed' "DELETE FROM decision WHERE kind='notice'"
altered 'a decision put in' "INSERT INTO decision SELECT 99,kind,at,by,body,signature,second,second_signature,NULL FROM decision WHERE kind='stage'"
altered 'a text changed' "UPDATE decision_text SET text='Everything that is on it is needed for this.' WHERE field='necessity'"
altered 'a signer swapped' "UPDATE signer SET public=randomblob(32)"
altered 'another case' "UPDATE meta SET value='00112233445566778899aabbccddeeff' WHERE key='case'"
altered 'the log cut' "DELETE FROM log WHERE seq=(SELECT max(seq) FROM log)"

# a policy of one's own, with a supervisor of one's own: what she signs counts for nothing under the force's
mkdir own
"$BUILD_DIR/tests/gen/test_key" own.key own "$words"
"$BUILD_DIR/tests/gen/test_key" friend.key friend "$words"
force=$LINECHECK_TRUST
export LINECHECK_TRUST=$work/own/trust
"$LINECHECK" trust create own/trust --force 'Example Police' --key own.key --passphrase-fd 3 3<<<"$words" >/dev/null
for who in officer:officer friend:supervisor; do
	"$LINECHECK" trust add own/trust --role "${who#*:}" --name "${who%:*}" --public "$(public_of "${who%:*}.key")" --from 2020-01-01 \
		--key own.key --passphrase-fd 3 3<<<"$words" >/dev/null
done
for command in 'stage real 3' 'scope real --from 2020-01-01' 'unseal real 08001111'; do
	LINECHECK_TRUST=$work/own/trust
	fresh
	both officer friend case $command --reason "$why"
	expect 0 'Recorded' "a friend as supervisor: $command"
	LINECHECK_TRUST=$force
	for next in 'scan phone/backup --case real' 'records real'; do
		as officer $next
		expect 3 'does not count' "$next after a friend's $command"
	done
done
# ... and deciding anew, rightly, opens it again
LINECHECK_TRUST=$work/own/trust
fresh
both officer friend case stage real 3 --reason "$why"
LINECHECK_TRUST=$force
as officer case stage real 1 --reason "$why"
expect 0 'Recorded' 'a right decision after a wrong one'
as officer records real
[ "$code" = 0 ] || fail "a right decision does not open the case again: $(cat out)"

# a key that was revoked
fresh
both officer supervisor case stage real 3 --reason "$why"
"$LINECHECK" trust revoke "$LINECHECK_TRUST" "$("$LINECHECK" key show supervisor.key | awk '$1 == "id" { print $2 }')" --key force.key --passphrase-fd 3 \
	3<<<"$words" >out 2>&1 || fail "trust revoke: $(cat out)"
as officer scan phone/backup --case real
expect 3 'does not count' 'a stage that a revoked key let in'

# two scans at once: one of them works, the other says so
fresh
rm -rf two && cp -a made two
both officer supervisor case stage two 3 --reason "$why"
for i in 1 2 3; do
	{
		code=0
		"$LINECHECK" scan phone/backup --case two --key officer.key --passphrase-fd 3 3<<<"$words" >"out$i" 2>&1 </dev/null || code=$?
		echo $code >"code$i"
	} &
done
for i in 4 5 6 7; do
	"$LINECHECK" case show two --key officer.key --passphrase-fd 3 3<<<"$words" >"out$i" 2>&1 </dev/null &
done
wait
grep -l 'was altered' out[1-7] && fail "who looks while another works sees half: $(grep -h 'was altered' out[1-7])"
for i in 1 2 3; do
	case $(cat "code$i") in 0 | 4 | 10) ;; 1) grep -qE 'Another linecheck' "out$i" || fail "racing scan $i: $(cat "out$i")" ;;
	*) fail "racing scan $i: exit $(cat "code$i"): $(cat "out$i")" ;; esac
done
[ "$(sql two 'SELECT count(*), min(state) FROM exhibit')" = '1|whole' ] || fail "racing scans: $(sql two 'SELECT * FROM exhibit')"
alone verify two
expect 0 'Head now' 'verify after racing scans'

# somebody else's policy in the environment
mkdir mine
"$BUILD_DIR/tests/gen/test_key" mine.key mine "$words"
"$LINECHECK" trust create mine/trust --force 'My Police' --key mine.key --training allowed --passphrase-fd 3 3<<<"$words" >/dev/null
code=0
LINECHECK_TRUST=$work/mine/trust "$LINECHECK" records made --key officer.key --passphrase-fd 3 3<<<"$words" >out 2>&1 || code=$?
expect 3 'No person in policy' "an officer under another's policy"
code=0
"$LINECHECK" records made --key officer.key --passphrase-fd 3 3<<<"$words" >/dev/null 2>out || code=$?
expect 0 'Self-made trust' 'that the policy was not installed'
finish "no way round"
