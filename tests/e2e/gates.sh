#!/usr/bin/env bash
# Each gate of a case from both sides: what is refused, with a plain sentence and exit code 3, and what stands right next to it and is
# allowed. The first questions (who may agree, to what, as whom) are in authority.sh; ways round the gates in tricks.sh.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
why='Seen together with the supervisor and the social worker.'
ms() { echo $(($(date -u -d "$1" +%s) * 1000)); }
sms() { # NUMBER TIME in|out READ TEXT
	echo "<sms address=\"$1\" date=\"$([ "$2" = never ] && echo 0 || ms "$2")\" type=\"$([ "$3" = in ] && echo 1 || echo 2)\" read=\"$4\" body=\"$5\"/>"
}
phone() { # FOLDER, with rows of sms on standard input
	mkdir -p "$1"
	{ echo '<smses count="0">'; cat; echo '</smses>'; } >"$1/sms.xml"
}
vcard() { printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nTEL:%s\r\nEND:VCARD\r\n' "$1" "$2"; }
ready() { # CASE [FIELD=VALUE...]: a case that may be read
	local case=$1
	shift
	form "$@" >form.yaml
	as officer case new "$case" --form form.yaml
	expect 0 'The case stands' "case $case"
	as officer case confirm "$case" --how written --copy given
	expect 0 'Recorded' "confirm $case"
}
lines='line,identifier,from,to,status,grade\nDeano,07700900123,,,active,1AP\n'
printf "$lines" >lines.csv
read_all() { both officer supervisor scan "$2" --case "$1" --lines "${3:-lines.csv}" --reason "$why"; }
done_with() { case $code in 0 | 4 | 10) ;; *) fail "$1: exit $code: $(cat out)" ;; esac; }
stops() { # CASE TEXT: shows no reasons, makes no page, prints no records and no notice
	grep -qF "STOP. $2" out || fail "no stop in $1: $(cat out)"
	grep -qF 'Before the phone goes back' out || fail "no word on the child's safety in a stopped case"
	grep -qF 'Deano' out && fail "a stopped scan shows its reasons: $(cat out)"
	[ ! -e "$1/view.html" ] || fail "the page stands in a stopped case"
	for command in 'records' 'view' 'case notice' 'case notice --form easy-read'; do
		as officer $command "$1"
		expect 3 "STOP. $2" "$command of a stopped case"
	done
	as officer case sign-off "$1" --all --reason "$why"
	expect 3 "STOP. $2" 'sign-off of a stopped case'
	as officer case go-on "$1" --reason "$why"
	expect 3 'second person' 'an officer lifts a stop alone'
	both officer other case go-on "$1" --reason "$why"
	[ "$code" = 3 ] || fail "two officers lift a stop: $(cat out)"
	both officer supervisor case go-on "$1" --reason "$why"
	expect 0 'Recorded' 'a supervisor lifts a stop'
	as officer records "$1"
	[ "$code" = 0 ] || fail "the stop was not lifted: $(cat out)"
	read_all "$1" "$1.phone"
	grep -q 'STOP' out && fail "the same stop again: $(cat out)"
	[ -e "$1/view.html" ] || fail "no page after the stop was lifted"
	return 0
}
goes_on() { done_with "$1"; grep -q STOP out && fail "$1 stopped: $(cat out)"; return 0; }

# the child's safety: before the phone is cut off, before a paper leaves, before the phone goes back; in a stopped case, too
"$LINECHECK" case form | grep -qF 'why are you offline' || fail "nothing is said before the phone is cut off"
form >form.yaml
as officer case new safe --form form.yaml
expect 0 'Ask the child where it is safe' 'a notice to hand over'
as officer case notice safe
expect 0 'Ask the child where it is safe' 'another notice'
as officer case confirm safe --how written --copy given
sms 07700900123 '2025-03-12 22:00' in 1 hi | phone safe.phone
read_all safe safe.phone
expect 10 'Before the phone goes back to the child' 'the end of a scan'
grep -qF 'Absence of hits is not absence of risk' out || fail "a summary does not say what it cannot say"
grep -qF 'Absence of hits is not absence of risk' safe/view.html || fail "the page does not say what it cannot say"

# the one who agreed is in a finding: in any spelling; her number elsewhere on the phone is no reason
printf "${lines}Kez,+447700900411,,,active,\n" >hers.csv
{ sms 07700900123 '2025-03-12 22:00' in 1 hi; sms '+44 7700 900411' '2025-03-12 22:01' in 1 'where are you'; } | phone agreed.phone
ready beside
read_all beside agreed.phone
goes_on 'her number, in no finding'
cp hers.csv lines.csv
ready agreed
read_all agreed agreed.phone
stops agreed 'A number or address of the person who agreed is in a finding'
printf "$lines" >lines.csv

# so is somebody whom the child has saved as a parent or carer
{ sms 07700900123 '2025-03-12 22:00' in 1 hi; } | phone carer.phone
{ vcard 'My Mum' '+447700900123'; vcard 'Fatherless Films' '+447700900777'; } >carer.phone/contacts.vcf
ready carer
read_all carer carer.phone
stops carer 'Somebody whom the child has saved as a parent or carer is in a finding'
{ sms 07700900123 '2025-03-12 22:00' in 1 hi; } | phone friend.phone
vcard 'Mumtaz' '+447700900123' >friend.phone/contacts.vcf
ready friend
read_all friend friend.phone
goes_on 'a friend with such a name'
as officer records friend
[ "$code" = 0 ] || fail "records of a case that did not stop: $(cat out)"

# more than 20 lines; 20 are none too many
many() { # N: that many lines and messages with each
	printf 'line,identifier\n' >many.csv
	for i in $(seq "$1"); do
		printf 'Line%d,07700900%d\n' "$i" $((500 + i)) >>many.csv
		sms "07700900$((500 + i))" '2025-03-12 22:00' in 1 hi
	done
}
many 20 | phone twenty.phone
ready twenty
read_all twenty twenty.phone many.csv
goes_on 'twenty lines'
many 21 | phone more.phone
cp many.csv more.csv
ready more
read_all more more.phone more.csv
grep -qF 'STOP. This phone meets more deal lines than a child' out || fail "21 lines go on: $(cat out)"
grep -qF 'Line21' out && fail "a phone made to ask the list gets an answer: $(cat out)"
as officer check 07700900501 --case more --lines more.csv --reason "$why"
[ "$code" = 3 ] || fail "a stopped case still asks the list: $(cat out)"
both officer supervisor case go-on more --reason "$why"
expect 0 'Recorded' 'a supervisor lets it go on'

# widening: up to 90 days one person; more, or all text, two; a training case is no measure
ready wide
as officer case scope wide --from 2025-01-01 --to 2025-04-01 --reason "$why"
expect 0 'Recorded' '90 days'
for days in '--from 2025-01-01 --to 2025-04-02' '--from any' '--to any'; do
	as officer case scope wide $days --reason "$why"
	expect 3 'second person' "one person: $days"
	both officer other case scope wide $days --reason "$why"
	expect 3 'supervisor' "two officers: $days"
	both officer supervisor case scope wide $days --reason "$why"
	expect 0 'Recorded' "with a supervisor: $days"
	as officer case scope wide --from 2025-02-24 --to 2025-03-28 --reason "$why"
	expect 0 'Recorded' 'back to few days'
done
both supervisor supervisor case scope wide --from any --reason "$why"
expect 3 'both keys are the same' 'a supervisor approves herself'
for stage in 1 2; do
	as officer case stage wide $stage --reason "$why"
	expect 0 "stage $stage" "stage $stage alone"
done
as officer case stage wide 3 --reason "$why"
expect 3 'second person' 'stage 3 alone'
both supervisor officer case stage wide 3 --reason "$why"
[ "$code" = 3 ] || fail "an officer approves a supervisor's stage 3: $(cat out)"
both officer supervisor case stage wide 3 --reason "$why"
expect 0 'stage 3' 'stage 3 with a supervisor'
form from=2024-11-01 >form.yaml
as officer case new long --form form.yaml
expect 3 'more than 90 days' 'a wide form, alone'
[ ! -e long/case.db ] || fail "a case was made with a scope that one person does not decide"
both officer supervisor case new long --form form.yaml
expect 0 'The case stands' 'a wide form, with a supervisor'
as officer case confirm long --how written --copy given
as officer records long
[ "$code" = 0 ] || fail "a wide scope that two decided does not count: $(cat out)"
form episode=missing found_on= purposes=locate >form.yaml
as officer case new still --form form.yaml
expect 0 'The case stands' 'still missing: the days around the episode, without an end'

# what has no time, or nobody, is outside a scope that asks for it
{
	sms 07700900123 '2025-03-12 22:00' in 1 inside
	sms 07700900123 never in 1 timeless
	sms 07700900150 '2025-03-12 22:02' in 1 stranger
	echo '<sms date="1741816800000" type="1" read="1" body="nobody"/>'
} | phone outside.phone
ready outside 'with="07700 900123"'
both officer supervisor case stage outside 3 --reason "$why"
read_all outside outside.phone
done_with outside
as officer records outside
[ "$(jq -r .text out)" = inside ] || fail "what is in scope: $(cat out)"
[ "$(sqlite3 outside/case.db 'SELECT reason, rows FROM outside ORDER BY 1' | tr '\n' ' ')" = 'no-time|1 other-people|1 unknown-people|1 ' ] ||
	fail "what was left out: $(sqlite3 outside/case.db 'SELECT * FROM outside')"
"$LINECHECK" scan outside.phone --training --case all >out 2>&1 || true
[ "$("$LINECHECK" records all | wc -l)" = 4 ] || fail "without a scope, something is left out: $("$LINECHECK" records all)"

# what came after the phone was cut off is put aside; unread stays unread, and the phone is not changed
{
	sms 07700900123 '2025-03-17 09:59' in 0 'before the cut'
	sms 07700900123 '2025-03-17 10:01' in 0 'after the cut'
} | phone cut.phone
find cut.phone -type f -exec sha256sum {} + >before
ready cut 'isolated_at="2025-03-17 10:00"'
both officer supervisor case stage cut 3 --reason "$why"
read_all cut cut.phone
done_with cut
grep -qF 'tell a supervisor' out || fail "nothing is said of what came later: $(cat out)"
as officer records cut
jq -se 'length == 1 and .[0].text == "before the cut" and .[0].read == false' out >/dev/null || fail "what came later: $(cat out)"
grep -qr 'after the cut' cut && fail "what came after the cut is in the case"
find cut.phone -type f -exec sha256sum {} + | cmp -s - before || fail "the phone was changed"
ready open isolation=not-isolated isolated_at= isolated_by= 'not_isolated="The phone was dead when it came in, says the officer."'
both officer supervisor case stage open 3 --reason "$why"
read_all open cut.phone
as officer records open
[ "$(wc -l <out)" = 2 ] || fail "without isolation something is put aside: $(cat out)"

# pictures, videos and sound are not taken and not opened, out of an archive either
{ sms 07700900123 '2025-03-12 22:00' in 1 hi; } | phone photos
mkdir -p photos/DCIM && printf '\377\330\377\340tokenpicture' >photos/DCIM/IMG_1.jpg && printf 'tokenvideo' >photos/DCIM/VID_1.mp4
tar cf photos.tar photos
ready pictures
both officer supervisor case stage pictures 3 --reason "$why"
read_all pictures photos.tar
done_with pictures
grep -qF 'Pictures, videos, sound: never opened.' out || fail "it is not said that pictures are not opened"
[ "$(sqlite3 pictures/case.db "SELECT count(*) FROM evidence_file WHERE path LIKE '%DCIM%'")" = 0 ] || fail "a picture is in the case"
[ "$(find pictures/vault -type f | wc -l)" = 1 ] || fail "a picture is in the vault: $(find pictures/vault)"

# a helpline is counted, at each stage and in training, until a supervisor opens that one number
sms 0800555111 '2025-03-12 22:00' out 1 'can i talk' | phone help.phone
ready help
both officer supervisor case stage help 3 --reason "$why"
read_all help help.phone
as officer records help
[ ! -s out ] || fail "a helpline's message is a record: $(cat out)"
grep -qra 'can i talk' help && fail "a helpline's message is in the case"
[ "$(sqlite3 help/case.db "SELECT rows FROM outside WHERE reason='sealed'")" = 1 ] || fail "it is not counted"
as officer case unseal help '0800 555 111' --reason "$why"
expect 3 'second person' 'one person unseals'
both officer supervisor case unseal help '0800 555 111' --reason "$why"
read_all help help.phone
as officer records help
[ "$(jq -r .text out)" = 'can i talk' ] || fail "what two unsealed is not read: $(cat out)"

# the force's own list lies beside the policy: nobody can leave it out
sed -n '1p' "$SOURCE_DIR/triage/scope/confidential.csv" >"$LINECHECK_TRUST/confidential.csv"
echo '07700900188,A solicitor,example' >>"$LINECHECK_TRUST/confidential.csv"
{ sms 07700900188 '2025-03-12 22:00' in 1 tokenlawyer; sms 07700900123 '2025-03-12 22:00' in 1 tokenother; } | phone lawyer.phone
ready lawyer
both officer supervisor case stage lawyer 3 --reason "$why"
read_all lawyer lawyer.phone
as officer records lawyer
[ "$(jq -r .text out)" = tokenother ] || fail "the force's own list: $(cat out)"
grep -qra tokenlawyer lawyer && fail "a solicitor's message is in the case"
as officer check 07700900188 --case lawyer --lines lines.csv --reason "$why"
expect 0 'not looked up' 'check of a number on the own list'
as officer case type lawyer call --number 07700900188 --time '2025-03-12 22:15' --direction in --seen-by me --photo 1 --lines lines.csv
expect 0 'Not kept: it is with a helpline or another confidential number' 'a typed call of one on the own list'
cp "$LINECHECK_TRUST/confidential.csv" mine.csv
as officer scan lawyer.phone --case lawyer --confidential mine.csv --lines lines.csv
expect 1 'it always counts' 'another list instead'
rm "$LINECHECK_TRUST/confidential.csv"

# one thread that was chosen is read, and no other
{ sms 07700900151 '2025-03-12 22:00' in 1 tokenone; sms 07700900152 '2025-03-12 22:00' in 1 tokentwo; } | phone chosen.phone
ready chosen
read_all chosen chosen.phone
as officer records chosen
thread=$(jq -r 'select(.from["e164"] == "+447700900151") | .thread_id' out)
as officer case stage chosen 2 "$thread" --reason "$why"
expect 0 'stage 2' 'a chosen thread'
as officer case stage chosen 2 999 --reason "$why"
expect 1 'no thread 999' 'a thread that is not there'
read_all chosen chosen.phone
as officer records chosen
[ "$(jq -r 'select(.text) | .text' out)" = tokenone ] || fail "which texts are read: $(cat out)"
grep -qra tokentwo chosen && fail "the text of another thread is in the case"

# training is no back door
"$LINECHECK" scan help.phone --training --case school >out 2>&1 || true
[ -z "$("$LINECHECK" records school)" ] || fail "training reads a helpline"
"$LINECHECK" case unseal school '0800 555 111' --reason "$why" >out 2>&1 && fail "training unseals"
printf 'basis: training\nreference: T\nkinds: message\nfrom: 2025-03-01\nto: 2025-03-12\n' >training.yaml
{ sms 07700900123 '2025-03-12 22:00' in 1 tokenwithheld; sms 07700900123 '2025-03-13 22:00' in 1 later; } | phone some.phone
"$LINECHECK" case new small --training --form training.yaml >out 2>&1 || fail "a training case with a scope: $(cat out)"
"$LINECHECK" scan some.phone --training --case small --lines lines.csv >out 2>&1 || true
[ "$("$LINECHECK" records small | jq -c '[.text, .text_state]')" = '[null,"withheld-by-stage"]' ] ||
	fail "training ignores scope or stage: $("$LINECHECK" records small)"
grep -qF 'tokenwithheld' small/view.html && fail "training shows a text that the stage withholds"
"$LINECHECK" scan some.phone --training --case marked --lines lines.csv --json >out 2>/dev/null || true
jq -e .training out >/dev/null || fail "a training result is not marked"
head -c 100000 marked/view.html | grep -qi 'training' || fail "a training page is not marked"
"$LINECHECK" case show marked >out 2>&1; grep -qi training out || fail "case show does not mark training: $(cat out)"
for into in marked school; do
	as officer scan some.phone --case $into
	expect 3 'never becomes a real one' "a real scan into training case $into"
	form >form.yaml
	as officer case amend $into --form form.yaml
	expect 3 'never become' "an authority for training case $into"
done
"$LINECHECK" scan some.phone --training --case agreed >out 2>&1 && fail "training went into a real case"
as officer scan some.phone
expect 3 'only under a recorded authority' 'a scan without a case'
"$LINECHECK" trust training "$LINECHECK_TRUST" refused --key force.key --passphrase-fd 3 3<<<"$words" >/dev/null
code=0
"$LINECHECK" scan some.phone --training --case forbidden >out 2>&1 || code=$?
expect 3 'does not allow training' 'training where the policy refuses it'
code=0
"$LINECHECK" case new forbidden --training --form training.yaml >out 2>&1 || code=$?
expect 3 'does not allow training' 'a training case where the policy refuses it'
[ ! -e forbidden ] || fail "a training case was made where the policy refuses it"
finish "the gates hold, on both sides"
