#!/usr/bin/env bash
# The end of a real case, as an officer and a supervisor come to it: sealed and opened again, held, reviewed, closed, erased.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
why='the plan of this case asks for it'
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform android --out phone --archive zip >/dev/null
ask() { sqlite3 "$1/case.db" "$2"; }
is() { [ "$2" = "$3" ] || fail "$1: '$2', not '$3'"; }
# new CASE [FIELD=VALUE...]: made, confirmed, read
new() {
	local to=$1
	shift
	form "$@" >form.yaml
	as officer case new "$to" --form form.yaml
	expect 0 'The case stands' "case new $to"
	as officer case confirm "$to" --how written --copy given
	both officer supervisor scan phone/android.zip --case "$to" --lines phone/lines.csv --reason "$why: no pack is issued yet"
	case $code in 4 | 10) ;; *) fail "scan $to: exit $code: $(cat out)" ;; esac
}

# ---- may there be a criminal investigation? yes and unknown are a hold ----
for answer in yes unknown; do
	new held-$answer "investigation=\"$answer\""
	as officer case review held-$answer
	expect 0 'review by 2099-01-01, class MoPI-2; legal hold' "investigation: $answer"
	for verb in close erase; do
		both officer supervisor case $verb held-$answer --reason "$why"
		expect 3 'a legal hold stands' "$verb while the answer is $answer"
	done
done
as officer case hold held-yes off --reason "$why"
expect 3 'needs a second person' 'the hold lifted alone'
both officer officer case hold held-yes off --reason "$why"
expect 3 'both keys are the same' 'the hold lifted by one person twice'
both officer other case hold held-yes off --reason "$why"
expect 3 'this needs supervisor' 'the hold lifted by two officers'
both officer supervisor case hold held-yes off --reason "$why"
expect 0 'is lifted' 'the hold lifted'
as officer case hold held-yes on --reason "$why"
expect 0 'legal hold stands' 'one officer sets a hold'
as analyst case hold held-yes on --reason "$why"
[ "$code" = 3 ] || fail "an analyst set a hold: $(cat out)"

# ---- sealed, and opened again ----
new real
as officer case show real
head=$(sed -n 's/.*\([0-9a-f]\{64\}\).*/\1/p' out | tail -1)
[ -n "$head" ] || { as officer verify real; head=$(sed -n 's/^Head now: //p' out); }
number=$(ask real "SELECT e164 FROM party WHERE e164 IS NOT NULL AND role='person' LIMIT 1")
cp -r real copy
as officer case seal real
expect 0 'the key of officer or the key of Example Police' 'seal: for whom'
expect 0 'A disk without moving parts may keep what was in the folder' 'seal: what is not promised'
[ -e real ] && fail "the folder is still there"
grep -qF -e "$number" -e 'SQLite format' real.sealed && fail "a sealed case can be read"
as officer case review real
expect 0 '2099-01-01' 'a sealed case says when it is due'
code=0; "$LINECHECK" case open real >out 2>&1 </dev/null || code=$?
expect 2 'of officer' 'who can open it'
as other case open real
expect 1 'not sealed to your key' 'another officer'
code=0
"$LINECHECK" case open real --key officer.key --passphrase-fd 3 3<<<'wrong horse battery' >out 2>&1 </dev/null || code=$?
expect 1 'passphrase' 'a wrong passphrase of the key'
as analyst case open real
[ "$code" = 3 ] || fail "an analyst opened a case: $(cat out)"
cp real.sealed whole
size=$(stat -c %s whole)
for cut in 0 7 100 $((size / 2)) $((size - 1)); do
	head -c "$cut" whole >real.sealed
	as officer case open real
	[ "$code" = 1 ] && [ ! -e real ] || fail "cut to $cut: exit $code: $(cat out)"
	grep -qE 'not whole|not a sealed case' out || fail "cut to $cut: $(cat out)"
done
for at in 9 40 700 $((size / 2)) $((size - 1)); do
	cp whole real.sealed
	byte=$(od -An -tu1 -j "$at" -N 1 whole)
	printf "\\x$(printf %02x $((byte ^ 1)))" | dd of=real.sealed bs=1 seek="$at" conv=notrunc status=none
	as officer case open real
	[ "$code" = 1 ] && [ ! -e real ] || fail "byte $at changed: exit $code: $(cat out)"
	[ -e real.opening ] && fail "byte $at changed: the folder that was being opened is left"
done
cp whole real.sealed
as officer case open real
expect 0 'The case is open in real' 'opened'
expect 0 'Who sealed it is not proved' 'what opening does not prove'
[ -e real.sealed ] && fail "the sealed file is still there"
diff -r -x case.db copy real || fail "what was opened is not what was sealed"
as officer verify real
expect 0 'byte for byte' 'verify after opening'
"$LINECHECK" verify real --head "$head" >out 2>&1 || fail "the head from before is not in the log: $(cat out)"
# of another case: neither is overwritten, nor opened over this one
as officer case seal held-unknown
cp held-unknown.sealed real.sealed
as officer case seal real
expect 3 'not an earlier state of this case' 'sealed over another case'
as officer case open real
expect 3 'is another case' 'opened over another case'
as officer verify real
expect 0 'are as the log says' 'nothing happened to it'
rm real.sealed
as supervisor case open held-unknown
expect 1 'not sealed to your key' 'the supervisor was not named'
# sealed to a person of the policy, by name
as officer case seal real --to supervisor --to officer
expect 0 'the key of supervisor or the key of officer' 'sealed to two'
as supervisor case open real
expect 0 'The case is open' 'opened by the supervisor'

# ---- closed: those without a hit are forgotten, those in hits stay, and all is still proved ----
hits='SELECT record FROM match UNION SELECT record FROM finding_record UNION SELECT id FROM record WHERE kind=0'
gone=$(ask real "SELECT group_concat(id) FROM party WHERE id NOT IN (SELECT \"from\" FROM record WHERE \"from\" IS NOT NULL AND id IN ($hits)
 UNION SELECT s.party FROM party_set s JOIN record r ON r.\"to\"=s.id WHERE r.id IN ($hits)
 UNION SELECT party FROM contact_id WHERE record IN ($hits))")
ask real "SELECT DISTINCT e164 FROM party WHERE id IN ($gone) AND e164 IS NOT NULL" >without
ask real "SELECT DISTINCT e164 FROM line WHERE e164 IS NOT NULL" >lines
[ -s without ] && [ -s lines ] || fail "the story has nobody with a hit, or nobody without"
records=$(ask real 'SELECT count(*) FROM record')
as officer case close real --reason "$why"
expect 3 'needs a second person' 'closed alone'
both officer supervisor case close real --reason short
expect 2 'Say why' 'closed without a reason'
both officer supervisor case close real --reason "$why"
expect 0 'The key of the vault was destroyed' close
expect 0 'A disk without moving parts may keep what was erased' 'close: what is not promised'
kept=$(ask real 'SELECT count(*) FROM record')
[ "$kept" -gt 0 ] && [ "$kept" -lt "$records" ] || fail "close kept $kept of $records"
is 'people without a hit' "$(ask real "SELECT count(*) FROM party WHERE id IN ($gone)")" 0
for table in quoted clock mention attachment contact_id; do
	is "$table of nobody" "$(ask real "SELECT count(*) FROM $table WHERE record NOT IN (SELECT id FROM record)")" 0
done
while read -r number; do
	[ "$(ask real "SELECT count(*) FROM party WHERE e164=$number")" -gt 0 ] || fail "$number met a line and is gone"
done <lines
is 'counted as erased' "$(ask real "SELECT sum(rows) FROM outside WHERE reason='erased'")" $((records - kept))
[ -e real/vault ] && fail "the vault is still there"
as officer verify real
expect 0 'are as the log says' 'verify after closing'
"$LINECHECK" verify real --head "$head" >out 2>&1 || fail "the head from before closing is not in the log: $(cat out)"
as officer scan --case real --lines phone/lines.csv
expect 3 'was closed' 'read again after closing'
as officer case seal real
expect 0 'is sealed in' 'a closed case is sealed'
as officer case open real
expect 0 'The case is open' 'and opened'

# ---- erased: a certificate is what is left ----
sums=$(ask real "SELECT sha256 FROM evidence_file WHERE sha256 IS NOT NULL")
as officer case erase real --reason "$why"
expect 3 'needs a second person' 'erased alone'
both officer supervisor case erase real --reason "$why"
expect 0 'Its certificate' erase
[ "$(ls -d real*)" = real.erased.txt ] || fail "erase left: $(ls -d real*)"
for text in 'CERTIFICATE OF ERASURE' "Reason           $why" 'Decided by       officer' 'Second person    supervisor' 'What is claimed' \
	'What is not claimed' 'without moving' 'not touched' Finished; do
	grep -qF -- "$text" real.erased.txt || fail "the certificate does not say '$text': $(cat real.erased.txt)"
done
for sum in $sums; do grep -qF "$sum" real.erased.txt || fail "the certificate does not list $sum"; done
is 'signatures' "$(grep -c '^Signature ' real.erased.txt)" 2
while read -r number; do
	grep -qF "${number#44}" real.erased.txt && fail "the certificate names $number"
done <without
as officer verify real
expect 1 "no case in 'real'" 'nothing to verify'
# the name is free again, and the old certificate is not overwritten
new real
both officer supervisor case erase real --reason "$why"
expect 3 'the certificate of another case' 'a second certificate of that name'
as officer verify real
expect 0 'are as the log says' 'and nothing was destroyed'
finish "a case came to its end"
