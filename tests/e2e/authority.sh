#!/usr/bin/env bash
# What the law asks before a phone is read, from both sides: what is refused and what is not.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
source=phone/backup
n=0

# refused TEXT [FIELD=VALUE...]: no case is made, and the reason is said
refused() {
	local text=$1
	shift
	n=$((n + 1))
	form "$@" >form.yaml
	as officer case new "no$n" --form form.yaml
	expect 3 "$text" "form $*"
	[ -e "no$n/case.db" ] && fail "form $*: a case was made"
	return 0
}
# allowed [FIELD=VALUE...]
allowed() {
	n=$((n + 1))
	form "$@" >form.yaml
	as officer case new "yes$n" --form form.yaml
	expect 0 "The case stands" "form $*"
}

adult="born=1990-01-01"
refused 'a child cannot agree' basis=user-adult
allowed basis=user-adult $adult agreed_handles=
for basis in parent care-representative; do
	refused 'nobody agrees for an adult' basis=$basis $adult
	allowed basis=$basis
done
refused 'record who agreed for the child instead' basis=without-capacity
allowed basis=without-capacity $adult
refused 'under 18 can agree' 'agreed_age="17"'
allowed 'agreed_age="18"'
more=(basis=responsible-adult 'no_parent="Both parents are abroad and the council has no duty here."')
refused 'cannot be the one who' "${more[@]}" 'agreed_authorised="yes"' inform_by=2099-01-01
refused "must be told afterwards" "${more[@]}" 'agreed_authorised="no"'
refused 'nobody agrees for an adult' "${more[@]}" 'agreed_authorised="no"' inform_by=2098-01-01 $adult
allowed "${more[@]}" 'agreed_authorised="no"' inform_by=2098-01-01
as officer case task "yes$n"
expect 0 '2098-01-01: tell a parent' 'the dated task'
allowed "${more[@]}" 'agreed_authorised="no"' 'inform_not="The parents are thought to be part of what is done."'
refused 'only while they are missing' purposes=locate
allowed purposes=locate episode=missing found_on=
refused 'Part 3' 'schedule3="3"'
refused 'Part 3' 'schedule3="3"' purposes=locate episode=missing found_on=
allowed 'schedule3="3"' purposes=crime
refused 'Criminal Evidence Act' category=suspect
allowed category=witness
none="agreed_age= agreed_by= agreed_handles="
harm='serious_harm="Threats to kill were made on this phone on the day of return."'
why='no_notice="The parent cannot be reached tonight."'
refused 'for children' basis=child-serious-harm $none "$harm" "$why" $adult
allowed basis=child-serious-harm $none "$harm" "$why"
refused 'not missing now' basis=missing-serious-harm $none "$harm" "$why"
allowed basis=missing-serious-harm $none "$harm" "$why" episode=missing found_on=
refused 'a day to come' review_by=2020-01-01
refused 'says the same as' 'proportionality="Four episodes in two months, each after calls from unknown numbers on this phone."'

# what is missing or not sound is said, and is not a refusal of the law
missing() {
	local text=$1
	shift
	form "$@" >form.yaml
	as officer case new never --form form.yaml
	expect 1 "$text" "form $*"
	[ -e never/case.db ] && fail "form $*: a case was made"
	return 0
}
for field in basis person born purposes relevance agreed_age views views_text necessity proportionality alternatives collateral \
	confidential_risk officer_role schedule3 exhibit isolation isolated_at review_by retention investigation; do
	missing "$field" "$field="
done
missing 'say more' necessity=because
missing 'not one of the words' basis=consent
missing 'YYYY-MM-DD' born=6.5.2011
missing 'not a question' hobby=football
missing 'does not apply' 'serious_harm="There is a great risk of serious harm to the child here."'

# a key, a person of the policy, in the right role
form >form.yaml
code=0; "$LINECHECK" case new nokey --form form.yaml >out 2>&1 || code=$?
expect 3 'a person with a key' 'no key'
as analyst case new nokey --form form.yaml
[ "$code" = 3 ] || fail "an analyst made a case: $(cat out)"
"$BUILD_DIR/tests/gen/test_key" stranger.key stranger "$words"
as stranger case new nokey --form form.yaml
[ "$code" = 3 ] || fail "a stranger made a case: $(cat out)"
[ -e nokey/case.db ] && fail "a case was made without a person"

# from the form to the scan: nothing before the notice is confirmed
as officer case new real --form form.yaml
expect 0 'real/notice-1.txt' 'case new'
for text in 'MC/25/001' 'who was called' '24 Feb 2025 until 28 Mar 2025' 'You can refuse' 'does not end only because you refuse' \
	'To protect a child' '1 Jan 2099'; do
	grep -qF "$text" real/notice-1.txt || fail "the notice does not say '$text'"
done
grep -qF 'Jo Example' real/notice-1.txt && fail "the notice names who agreed"
as officer scan "$source" --case real
expect 3 'has not confirmed' 'scan before confirming'
as officer case confirm real --how spoken --copy given
expect 2 'reason' 'spoken without a reason'
as officer case confirm real --how written --copy given
expect 0 'Recorded' confirm
"$LINECHECK" scan "$source" --case real >out 2>&1 </dev/null && fail "scanned without a key"
code=0; "$LINECHECK" scan "$source" --training --case real >out 2>&1 || code=$?
expect 3 'is a real case' 'training into a real case'
as officer scan "$source" --case real --lines phone/lines.csv
expect 3 'signed pack' 'a raw list alone'
both officer other scan "$source" --case real --lines phone/lines.csv --reason 'The unit has no pack issued yet, list by hand.'
[ "$code" = 3 ] || fail "an officer was the second person: $(cat out)"
both officer officer scan "$source" --case real --lines phone/lines.csv --reason 'The unit has no pack issued yet, list by hand.'
[ "$code" = 3 ] || fail "one person was two: $(cat out)"
both officer supervisor scan "$source" --case real --lines phone/lines.csv --reason 'The unit has no pack issued yet, list by hand.'
case $code in 0 | 4 | 10) ;; *) fail "scan: exit $code: $(cat out)" ;; esac
grep -qF 'Before the phone goes back' out || fail "no safety words at the end of a scan"

# stage 1: no text anywhere
as officer records real
grep -q '"text":"' out && fail "stage 1 shows text"
grep -q '"text_state":"withheld-by-stage"' out || fail "stage 1 does not say that text is withheld"
as officer case stage real 3 --reason 'All texts are needed: the threat was in a text.'
expect 3 'second person' 'stage 3 alone'
both officer supervisor case stage real 3 --reason 'All texts are needed: the threat was in a text.'
expect 0 'stage 3' 'stage 3'
ids() { jq -r '[.id,.origin.table,.origin.row]|@tsv' out; }
as officer records real; ids >before
both officer supervisor scan "$source" --case real --lines phone/lines.csv --reason 'The unit has no pack issued yet, list by hand.'
grep -qF 'read again' out || fail "the exhibit was not read again: $(cat out)"
as officer records real
grep -q '"text":"' out || fail "stage 3 shows no text"
ids >after
cmp -s before after || fail "records changed their numbers when they were read again"
as officer verify real
"$LINECHECK" verify real >out 2>&1 || fail "verify: $(cat out)"

# scope: wider than 90 days needs a second person
as officer case scope real --from 2024-10-01 --reason 'Calls began in the winter, says the mother.'
expect 3 'second person' 'a wide scope alone'
as officer case scope real --from 2025-02-15 --to 2025-04-20 --reason 'Calls began in February, says the mother.'
expect 0 'Recorded' 'a narrow scope'

# a training case never becomes real
"$LINECHECK" scan "$source" --training --case practice >/dev/null 2>&1 || true
as officer scan "$source" --case practice
expect 3 'training case' 'a training case read as real'
as officer case new practice --form form.yaml
expect 3 'never become' 'a training case made real'

# a policy can forbid training
"$LINECHECK" trust training "$LINECHECK_TRUST" refused --key force.key --passphrase-fd 3 3<<<"$words" >/dev/null
code=0; "$LINECHECK" scan "$source" --training --case practice2 >out 2>&1 || code=$?
expect 3 'does not allow training' 'training where the policy forbids it'
finish "authority holds"
