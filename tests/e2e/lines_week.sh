#!/usr/bin/env bash
# A unit's working week through the commands: what was imported, corrected, approved, issued, installed, met, taken back.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
db=$work/unit.db
why='from the unit list of Monday'
# Two analysts: a second key in the same role.
"$BUILD_DIR/tests/gen/test_key" "$work/amy.key" amy "$words"
"$LINECHECK" trust add "$LINECHECK_TRUST" --role analyst --name amy --public "$(public_of "$work/amy.key")" \
	--from 2020-01-01 --key "$work/force.key" --passphrase-fd 3 3<<<"$words" >/dev/null

# --- Monday: a messy list
as officer lines create "$db"
expect 3 'analyst' 'an officer makes no database'
as analyst lines create "$db"
expect 0 'Made' 'an analyst makes one'
as analyst lines create "$db"
expect 1 'there already' 'it is not made twice'
cat >"$work/messy.csv" <<-END
	Line,Identifier,From,To,Status,Grade,Unit,Contact,Reference,Conditions,Role
	Deano,07700 900123,2024-01-15,,active,1AP,Line Desk,020 7946 0001,INT/1,,
	DEANO ,+44 7700 900124,2023-06-01,2023-12-31,closed,B24,,,INT/2,,
	Deano,07700 900123,2024-01-15,,active,1AP,,,,,
	Ricky,07700 90012,2024-02-01,,active,2B,,,,,
	Ricky,"deano_deals",2024-02-01,,suspected,2CC,,,,ask the desk first,
	Frank,07700 900125,2024-05-01,2024-04-01,active,1A,,,,,
	Frank,07700 900126,,,seized,1AP,,,,,
	Jay,07700 900127,2024-02-30,,active,2B,,,,,
	Jay,07700 900128,,,active,Z9,,,,,
	Jay,07700 900123,2024-03-01,,active,2B,,,,,
	Jay,07700 900129,,,active,2B,,,,,customer
END
as analyst lines import "$db" "$work/messy.csv"
expect 1 'row 4  bad  it says the same as row 2' 'a row twice'
expect 1 "row 5  bad" 'a short number'
expect 1 "row 7  bad  the date in 'to' (2024-04-01) is before" 'dates the wrong way round'
expect 1 "row 9  bad  '2024-02-30'" 'no such day'
expect 1 "row 10  bad  the grade 'Z9'" 'a wrong grade'
expect 1 "row 12  bad  'customer' in the column 'role'" 'a customer is not kept'
expect 1 '5 new identifiers, 4 new lines, 0 changed, 0 as they are, 0 to look at, 6 bad rows.' 'the count'
expect 1 'Nothing was kept' 'a dry run'
as analyst lines import "$db" "$work/messy.csv" --apply --reason "$why"
expect 1 '6 rows of' 'bad rows stop it'
sed -i -e 4d -e 's/07700 90012,/07700 900130,/' -e 's/2024-05-01,2024-04-01/2024-04-01,2024-05-01/' -e s/2024-02-30/2024-02-28/ -e s/Z9/3D/ -e '/customer/d' "$work/messy.csv"
as analyst lines import "$db" "$work/messy.csv" --apply --reason "$why"
expect 0 '9 new identifiers, 4 new lines, 0 changed, 0 as they are, 0 to look at, 0 bad rows.' 'corrected'
expect 0 'Proposal 1.' 'a proposal'
as analyst lines search "$db" 07700900123 --reason 'case 12 of this week'
expect 0 'Nothing.' 'it does not count yet'
as analyst lines approve "$db" 1 --reason "$why"
expect 3 'Nobody approves what they proposed' 'four eyes'
as officer lines approve "$db" 1 --reason "$why"
expect 3 '' 'an officer approves nothing'
as amy lines approve "$db" 1 --reason 'checked against the list'
expect 0 'counts now' 'approved'
as amy lines approve "$db" 1 --reason 'checked against the list'
expect 1 'approved already' 'not twice'
as analyst lines search "$db" '+44 7700 900123' --reason 'case 12 of this week'
expect 0 '2024-01-15' 'found'
expect 0 'Jay' 'the same number on another line'
as amy lines show "$db" deano --reason 'looking before the meeting'
expect 0 '2023-06-01 to 2023-12-31' 'the dates'
expect 0 '1CC (was B24)' 'the 5x5x5 original is kept'
expect 0 "by analyst and amy: $why" 'who and why'
as amy lines import "$db" "$work/messy.csv"
expect 0 '0 new identifiers, 0 new lines, 0 changed, 9 as they are' 'the same list again changes nothing'

# --- Tuesday: a number is swapped, a grade corrected, a line taken over
cat >"$work/tuesday.csv" <<-END
	line,identifier,from,to,status,grade
	Deano,07700 900123,2024-01-15,2024-06-30,closed,
	Deano,07700 900131,2024-07-01,,active,2B
END
as analyst lines import "$db" "$work/tuesday.csv"
expect 0 '~  Deano: 07700 900123: to (open) -> 2024-06-30; status active -> closed' 'old and new'
as analyst lines import "$db" "$work/tuesday.csv" --apply --reason 'new number seen on Tuesday'
expect 0 'Proposal 2.' 'the second'
as amy lines amend "$db" Frank --contact '020 7946 0002' --warning yes --fact 'Seen at the station' \
	--assessment 'May move on' --brand 'Frankie' --reason 'from the meeting on Tuesday'
expect 0 'Proposal 3.' 'the third'
as amy lines approve "$db" 2 --reason 'seen the phone record'
expect 0 'counts' 'approved'
as analyst lines approve "$db" 3 --reason 'was at the meeting'
expect 0 'counts' 'approved'
as amy lines show "$db" frankie --reason 'looking before the meeting'
expect 0 'WARNING: risk to life' 'the warning'
expect 0 'fact: Seen at the station' 'a fact'
as analyst lines amend "$db" Ricky --takeover Jay --status taken-over --reason 'Jay answers its number'
as amy lines approve "$db" 4 --reason 'heard it too, twice'
expect 0 'counts' 'approved'
as amy lines show "$db" jay --reason 'looking before the meeting'
expect 0 'took over Ricky' 'takeover'

# Two proposals to change the same thing: the second no longer fits.
as analyst lines amend "$db" 1 --grade 1BP --reason 'graded again by the desk'
as analyst lines amend "$db" 1 --grade 2BP --reason 'graded again by the desk'
as amy lines approve "$db" 5 --reason 'agreed at the desk'
expect 0 'counts' 'the first'
as amy lines approve "$db" 6 --reason 'agreed at the desk'
expect 1 'was changed by somebody else since' 'the second does not fit'
as amy lines refuse "$db" 6 --reason 'it no longer fits'
expect 0 'refused' 'refused'

# A child's own number: a supervisor approves.
as analyst lines add "$db" Jay 07700900140 --role victim --grade 2BP --reason 'the phone of a child in a case'
expect 0 'Proposal 7.' 'a child'
as amy lines approve "$db" 7 --reason 'agreed at the desk'
expect 3 'only a supervisor' 'not by an analyst'
as supervisor lines approve "$db" 7 --reason 'agreed, marked as a child'
expect 0 'counts' 'by a supervisor'

# A wrong import is taken back.
printf 'line,identifier\nWrong,07700900150\nDeano,07700900151\n' >"$work/wrong.csv"
as analyst lines import "$db" "$work/wrong.csv" --apply --reason 'the wrong file by mistake'
as amy lines approve "$db" 8 --reason 'did not look closely'
as analyst lines undo "$db" 8 --reason 'it was the wrong file'
expect 0 'Proposal 9.' 'undo is a proposal'
as amy lines approve "$db" 9 --reason 'yes, the wrong file'
expect 0 'counts' 'undone'
as amy lines search "$db" 07700900150 --reason 'is it really gone'
expect 0 'Nothing.' 'gone'
as analyst lines undo "$db" 1 --reason 'would take back too much'
expect 1 'was changed again after proposal 1' 'what was changed since is not undone'
as analyst lines log "$db" --check
expect 0 'Sound: ' 'the log is sound'
expect 0 "'07700900150'  - is it really gone" 'searches are logged with their reason'
# Anything changed by other means is seen.
cp "$db" "$work/forged.db"
sqlite3 "$work/forged.db" "UPDATE assertion SET grade='1AP' WHERE id=1 AND current"
as analyst lines log "$work/forged.db" --check
expect 1 'changed by other means' 'a changed row'
cp "$db" "$work/forged.db"
sqlite3 "$work/forged.db" "UPDATE assertion SET current=1-current WHERE id=1 AND v<3"
as analyst lines log "$work/forged.db" --check
expect 1 'changed by other means' 'a changed mark'
cp "$db" "$work/forged.db"
sqlite3 "$work/forged.db" "DELETE FROM log WHERE seq=5"
as analyst lines log "$work/forged.db" --check
expect 1 'Entry 5 of the log' 'a missing entry'
# --- Wednesday: packs, and two machines; one misses pack 2
unitpack() { # FILE WORDS...
	local file=$1
	shift
	code=0
	"$LINECHECK" lines pack "$db" --out "$file" --unit-key "$work/unit.key" --unit-passphrase-fd 4 --key "$work/analyst.key" \
		--passphrase-fd 3 --reason 'the weekly issue of the desk' "$@" 3<<<"$words" 4<<<"$words" >"$work/out" 2>&1 </dev/null || code=$?
}
on() { # MACHINE: what follows is done there
	export LINECHECK_LINES=$work/machine-$1
}
day() { date -u -d "$1 days ago" +%Y-%m-%d; }
unitpack "$work/1.pack" --full --issued "$(day 9)"
expect 0 'Pack 1, full: 10 identifiers of 4 lines' 'the first pack'
for secret in seized INT/1 'Seen at' 'May move' 07700900140 'police'; do
	grep -qaF -- "$secret" "$work/1.pack" && fail "the pack says '$secret'"
done
as amy lines add "$db" Deano 07700900132 --from 2024-08-01 --grade 2BC --conditions 'only with the desk' --reason 'second new number'
as analyst lines approve "$db" 10 --reason 'seen the phone record'
unitpack "$work/2.pack" --issued "$(day 2)"
expect 0 'Pack 2, standing on pack 1: 11 identifiers' 'a delta'
as amy lines amend "$db" 1 --to 2024-06-15 --reason 'the last call was earlier'
as analyst lines approve "$db" 11 --reason 'seen the phone record'
unitpack "$work/3.pack"
expect 0 'Pack 3, standing on pack 2: 11 identifiers' 'another'
unitpack "$work/3b.pack" --full
expect 0 'Pack 4, full' 'a full one'
on A
"$LINECHECK" lines status >"$work/out" 2>&1 && code=0 || code=$?
expect 1 'No pack of lines is installed' 'nothing yet'
as analyst lines install "$work/1.pack"
expect 3 '' 'an analyst is no officer'
as officer lines install "$work/1.pack"
expect 0 'It is more than 7 days old' 'installed, and its age'
as officer lines install "$work/1.pack"
expect 0 'installed already' 'twice is nothing'
as officer lines install "$work/2.pack"
expect 0 'Pack 2 of' 'the delta'
as officer lines install "$work/3.pack"
expect 0 'Pack 3 of' 'and the next'
as officer lines install "$work/2.pack"
expect 3 'is older than pack 3' 'not back'
on B
as officer lines install "$work/1.pack"
as officer lines install "$work/3.pack"
expect 1 'stands on pack 2, but pack 1 is installed' 'a gap'
as officer lines install "$work/3b.pack"
expect 0 'Pack 4 of' 'a full one closes it'
as officer lines install "$work/1.pack" --second "$work/supervisor.key" --second-passphrase-fd 3 --reason 'pack 4 has a mistake in it'
expect 1 'passphrase' 'the second passphrase is asked for'
both officer supervisor lines install "$work/1.pack" --reason 'pack 4 has a mistake in it'
expect 0 'Pack 1 of' 'a supervisor goes back'
# Two ways, one list: byte for byte but for the statement.
on C
as officer lines install "$work/3b.pack"
on A
as officer lines install "$work/3b.pack"
cmp "$work/machine-A/lines" "$work/machine-C/lines" || fail 'two machines with one pack have different lists'
# Any bit, a cut, another key.
size=$(stat -c %s "$work/3b.pack")
for at in 0 9 40 200 $((size / 2)) $((size - 1)); do
	cp "$work/3b.pack" "$work/bent.pack"
	printf '\x5a' | dd of="$work/bent.pack" bs=1 seek="$at" conv=notrunc status=none
	cmp -s "$work/3b.pack" "$work/bent.pack" && continue
	as officer lines install "$work/bent.pack"
	case $code in 1 | 3) ;; *) fail "a changed byte at $at: $code" ;; esac
done
head -c $((size - 1)) "$work/3b.pack" >"$work/bent.pack"
as officer lines install "$work/bent.pack"
expect 1 '' 'a cut pack'
# A list changed on the machine's disk.
printf '\x5a' | dd of="$work/machine-C/lines" bs=1 seek=$(($(stat -c %s "$work/machine-C/lines") - 3)) conv=notrunc status=none
on C
"$LINECHECK" lines status >"$work/out" 2>&1 && code=0 || code=$?
expect 1 'not the one that the unit signed' 'a list changed on disk'

# --- Thursday: a phone, read with the pack of this machine
unset SOURCE_DATE_EPOCH
cd "$work"
sms() { # NUMBER TYPE DAY TEXT: type 1 received, 2 sent
	echo "<sms address=\"$1\" date=\"$(date -u -d "$3" +%s)000\" type=\"$2\" body=\"$4\" read=\"1\"/>"
}
phone() { # FILE: what follows on standard input
	{ echo '<?xml version="1.0" encoding="UTF-8"?><smses count="20">'; cat; echo '</smses>'; } >"$1"
}
{
	for d in 1 4 7 10 13; do sms 07700900131 1 "2025-3-$d 12:00" "where are you"; sms 07700900131 2 "2025-03-$d 12:05" "coming"; done
	for d in 2 5 8 11 12; do sms 07700900130 1 "2025-3-$d 13:00" "you there"; sms 07700900130 2 "2025-03-$d 13:05" "yes"; done
	for d in 2 5 8; do sms 07700900132 1 "2025-3-$d 14:00" "call me"; sms 07700900132 2 "2025-03-$d 14:05" "ok"; done
	for d in 3 6 9; do sms 07700900124 1 "2025-3-$d 15:00" "see you at training"; sms 07700900124 2 "2025-03-$d 15:05" "ok mate"; done
	for d in 3 6; do sms 07700900126 1 "2025-3-$d 16:00" "hello"; done
	for d in 2 6 9 12; do sms 07700900160 1 "2025-3-$d 17:00" "best of both on now 2 for 15 about till 10"; done
} | phone one.xml
real() { # CASE
	form >form.yaml
	as officer case new "$1" --form form.yaml
	as officer case confirm "$1" --how written --copy given
	both officer supervisor case stage "$1" 3 --reason 'All texts are needed: the threat was in a text.'
}
on D
as officer lines install "$work/1.pack"
real case1
printf 'line,identifier\nDeano,07700900131\n' >raw.csv
as officer scan one.xml --case case1 --lines raw.csv
expect 3 "a supervisor's decision" 'a raw list on a real case'
as officer scan one.xml --case case1
expect 10 'Pack 1 of lines, 9 days old, 10 identifiers. It is more than 7 days old' 'the pack and its age'
expect 10 'which was 9 days old' 'a match says its pack'
expect 10 'graded 2B' 'and its grade'
as officer scan one.xml --case case1 --json
python3 - "$work/out" <<-'END' || fail 'what a match rests on'
	import json, sys
	text = open(sys.argv[1]).read()
	d = json.loads(text[text.index('{'):text.rindex('}') + 1])
	by = {l['identifier']: l for l in d['lines']}
	l = by['+447700900131']
	assert l['pack_number'] == 1 and l['pack_age_days'] == 9 and l['assertion'] > 0 and l['grade'] == '2B', l
	assert l['from'].startswith('2024-07-01') and l['until'] is None and l['status'] == 'current', l
	assert {l['status'] for l in d['lines']} <= {'contact the unit first', 'current', 'past'}, d['lines']
	assert by['+447700900126']['status'] == 'contact the unit first', by['+447700900126']
	assert '+447700900132' not in by and '+447700900160' not in by
	line = {f['line']: f for f in d['findings'] if f['rule'] == 'line'}
	assert line['Deano']['points'] > 0
END
# A number that changed hands: next to nothing, with its reason.
{ for d in 3 6 9; do sms 07700900124 1 "2025-3-$d 15:00" "see you at training"; sms 07700900124 2 "2025-03-$d 15:05" "ok mate"; done; } |
	phone reissued.xml
real case2
as officer scan reissued.xml --case case2 --json
python3 - "$work/out" <<-'END' || fail 'a number that was given to somebody else'
	import json, sys
	text = open(sys.argv[1]).read()
	d = json.loads(text[text.index('{'):text.rindex('}') + 1])
	f = [f for f in d['findings'] if f['rule'] == 'line']
	assert len(f) == 1 and f[0]['points'] <= 2, f
	assert 'may well have had another user' in f[0]['reason'], f[0]
END
# A pack of another week: one new, one that no longer holds, one overdue.
as analyst lines show "$db" Frank --reason 'looking before the change'
frank=$(sed -n 's/^  \([0-9]*\)  07700 900126.*/\1/p' "$work/out")
as analyst lines show "$db" Ricky --reason 'looking before the change'
ricky=$(sed -n 's/^  \([0-9]*\)  07700 900130.*/\1/p' "$work/out")
as analyst lines amend "$db" "$frank" --grade 3E --reason 'it was never theirs'
expect 0 'Proposal 12.' 'a doubt'
as amy lines approve "$db" 12 --reason 'the desk agrees with it'
as analyst lines amend "$db" "$ricky" --review-by "$(day 1)" --reason 'nobody has looked for long'
as amy lines approve "$db" 13 --reason 'that is how it is'
unitpack "$work/5.pack"
expect 0 'Pack 5, standing on pack 4: 10 identifiers' 'the doubtful one goes out no more'
on D
as officer lines install "$work/3b.pack"
as officer lines install "$work/5.pack"
expect 0 'Pack 5 of' 'on the full one, the delta'
cp one.xml other.xml
sed -i 's/hello/hallo/' other.xml
as officer scan other.xml --case case1
expect 1 "'linecheck rescan' matches what the case holds" 'one case, one list'
mv one.xml gone.xml
as officer rescan case1
expect 10 'Matched again, list 1 -> 5.' 'without the phone'
sed -n '/^New:/,/^[NC]/p' "$work/out" | grep -qF 'Deano  +447700900132' || fail "the new number: $(cat "$work/out")"
sed -n '/^No longer holds:/,/^C/p' "$work/out" | grep -qF 'Frank  +447700900126' || fail "what no longer holds: $(cat "$work/out")"
expect 10 'review overdue' 'what is overdue now'
mv gone.xml one.xml
as officer scan one.xml --case case1 --json
python3 - "$work/out" <<-'END' || fail 'what is overdue counts for less'
	import json, sys
	text = open(sys.argv[1]).read()
	d = json.loads(text[text.index('{'):text.rindex('}') + 1])
	f = {f['line']: f for f in d['findings'] if f['rule'] == 'line'}
	assert 'has not reviewed it in time, so it counts less' in f['Ricky']['reason'], f['Ricky']
	r = d['rescans'][0]
	assert r['was'] == '1' and r['now'] == '5' and [c for c in r['changes'] if c['kind'] == 'new'], r
END
[ "$(sqlite3 case1/case.db "SELECT json_extract(result,'$.packs[#-1].version') FROM rescan")" = 1 ] || fail 'the first result is kept'
as officer rescan case1
expect 1 'against this list already' 'the same list again'
"$LINECHECK" verify case1 >"$work/out" 2>&1 || fail "verify: $(cat "$work/out")"

# --- Friday: what the phones showed goes back
why='Sent offers on several days, nobody knows the number.'
real case3
{ for d in 3 7 10; do sms 07700900160 1 "2025-3-$d 18:00" "best of both on now 2 for 15 about till 10"; done; } | phone three.xml
as officer scan three.xml --case case3
as officer lines candidates case3 --out case3.csv --reason "$why"
expect 0 '1 unknown number' 'a candidate'
grep -q "^\"\",'+447700900160,2025-03-03,2025-03-10,,,'\?[0-9a-f]*,\"sent offers as lines do; on 3 days\"" case3.csv || fail "what is handed over: $(cat case3.csv)"
grep -qi 'both\|MC/25\|P-100\|case3' case3.csv && fail 'what is handed over names the case or a text'
as officer lines candidates case1 --out case1.csv --reason "$why"
expect 0 '1 unknown number' 'the other phone'
as analyst lines candidates case3 --out x.csv --reason "$why"
expect 3 '' 'an analyst opens no case'
"$LINECHECK" scan three.xml --training --case practice >/dev/null 2>&1 || true
as officer lines candidates practice --out practice.csv --reason "$why"
expect 3 'training' 'training never goes to the unit'
as analyst lines import "$db" case3.csv --apply --reason 'from an officer of the north'
expect 0 'seen on 1 phone' 'the first'
as amy lines approve "$db" 14 --reason 'read, and nothing but a number'
as analyst lines import "$db" case3.csv
expect 0 '0 changed, 1 as they are' 'the same case counts once'
as analyst lines import "$db" case1.csv --apply --reason 'from an officer of the south'
expect 0 '+447700900160: seen on 2 phones' 'the second phone'
as amy lines approve "$db" 15 --reason 'read, and nothing but a number'
as amy lines review "$db"
expect 0 '+447700900160  seen on 2 phones' 'counted'
expect 0 'Stale' 'what is overdue'
sed 's/,,,/,active,1AP,/' case3.csv >graded.csv
as analyst lines import "$db" graded.csv
expect 1 'stay empty' 'an officer does not grade'
unitpack "$work/6.pack" --candidates 2 --contact 'Line Desk 020 7946 0001'
expect 0 'Pack 6' 'with candidates'
as officer lines install "$work/6.pack"
real case4
as officer scan three.xml --case case4
expect 10 'nobody has graded it. Ring' 'all that is said'
expect 10 'Line Desk 020 7946 0001' 'and whom to ring'

# Keyed identifiers: nothing without the key; ages; expiry
"$LINECHECK" lines new-key line.key >"$work/out" 2>&1 || fail "a key of packs: $(cat "$work/out")"
unitpack "$work/7.pack" --full --lines-key line.key --days 3
expect 0 'Pack 7, full' 'a keyed one'
on K
as officer lines install "$work/7.pack"
expect 0 ', keyed.' 'says that it is keyed'
real case5
as officer scan one.xml --case case5
expect 1 'no key was given' 'keyed, and no key'
as officer scan one.xml --case case5 --lines-key line.key
expect 10 'Pack 7 of lines' 'with its key'
expect 10 '+447700900131' 'the number of the phone is shown'
unitpack "$work/x.pack" --lines-key line.key
expect 0 'standing on pack 7' 'a delta under the same key'
unitpack "$work/x2.pack"
expect 1 'under another key, or clear' 'never a delta from keyed to clear'
on O
unitpack "$work/9.pack" --full --days 1 --no-names
expect 0 'Pack 9, full' 'one day'
grep -qa Deano "$work/9.pack" && fail 'a pack without names has names'
as officer lines install "$work/9.pack"
expect 0 'Installed.' 'a day old at most'

# Suggestions, links
as analyst lines add "$db" Deeno 07700900170 --from 2025-01-01 --grade 3D --reason 'heard at a school'
as amy lines approve "$db" 16 --reason 'weak, but let us keep it'
as analyst lines amend "$db" Deeno --template 'yo its the d line on now best of both 2 for 15' --reason 'text from a phone'
as amy lines approve "$db" 17 --reason 'seen on the phone'
as analyst lines amend "$db" Frank --template 'yo its the d line on now best of both 3 for 20' --reason 'text from a phone'
as amy lines approve "$db" 18 --reason 'seen on the phone'
as analyst lines suggest "$db"
expect 0 'Deano and Deeno: the names differ only in spelling' 'a near-duplicate'
expect 0 'per mille of a text of one is in a text of the other' 'the same template'
expect 0 'is on Deano (2024-01-15 to 2024-06-15) and on Jay' 'one number on two lines'
expect 0 'ended 2024-06-15, 07700 900131 began 2024-07-01' 'a new number'
swap=$(sed -n 's/^  \(swap:[0-9:]*\)  Deano: 07700 900123 ended.*900131 began.*/\1/p' "$work/out")
same=$(sed -n 's/^  \(same:[0-9:]*\) .*/\1/p' "$work/out")
as analyst lines suggest "$db" --accept "$swap" --reason 'same texts a week later'
expect 0 'Proposal 19.' 'accepted'
as amy lines approve "$db" 19 --reason 'the phone record agrees'
as analyst lines suggest "$db" --refuse "$same" --reason 'two different people'
expect 0 'not suggested again' 'refused'
as amy lines suggest "$db"
grep -qF "$same" "$work/out" && fail 'a refused suggestion comes back'
grep -qF "$swap" "$work/out" && fail 'an accepted suggestion comes back'
as analyst lines suggest "$db" --refuse "$same" --reason 'two different people'
expect 1 'is not suggested now' 'refused twice'
as analyst lines link "$db" Deeno Frank --kind takeover --reason 'Frank sends the text of Deeno'
as amy lines approve "$db" 21 --reason 'both texts were compared'
expect 0 'counts' 'a link by hand'
as analyst lines log "$db" --check
expect 0 'Sound: ' 'the log of the week is sound'

# CSV both ways
printf "line,identifier,from,unit,reference\n\"'=cmd|x\",07700900171,2025-02-01,'+Desk,'-7\n" >formula.csv
as analyst lines import "$db" formula.csv --apply --reason 'a name that begins as a formula'
as amy lines approve "$db" 22 --reason 'it is really called so'
as analyst lines export "$db" --out out1.csv --reason 'for the exchange with a neighbour'
expect 0 'rows: out1.csv' 'an export'
grep -q '^[^"]*[=+@-]cmd' out1.csv && ! grep -q "'=cmd" out1.csv && fail 'a formula goes out unguarded'
grep -qE '(^|,)"?[=+@-]' out1.csv && fail "a cell begins as a formula: $(grep -E '(^|,)"?[=+@-]' out1.csv)"
as analyst lines create "$work/second.db"
as analyst lines import "$work/second.db" out1.csv --apply --reason 'from the neighbour unit'
expect 0 '0 changed, 0 as they are, ' 'all of it is new'
as supervisor lines approve "$work/second.db" 1 --reason 'the neighbour unit is known'
expect 0 'counts' 'with a number of a child: a supervisor'
as analyst lines export "$work/second.db" --out out2.csv --reason 'for the exchange back'
cmp out1.csv out2.csv || fail 'a round trip changes something'
as analyst lines export "$db" --six --out six.csv --reason 'for the exchange with a neighbour'
# A month old: it still opens, and says so.
(
	db=$work/second.db
	unitpack "$work/old.pack" --full --issued "$(day 31)" --days 32
	expect 0 'Pack 1, full' 'of a month ago'
	unitpack "$work/short.pack" --full --issued "$(day 20)" --days 10
	expect 0 'Pack 2, full' 'for ten days only'
	on W
	as officer lines install "$work/old.pack"
	expect 0 'It is more than 30 days old' 'and says so'
	as officer lines install "$work/short.pack"
	expect 3 'expired' 'an expired one is not installed'
	"$LINECHECK" lines status >"$work/out" 2>&1 && code=0 || code=$?
	expect 0 '31 days old' 'the age is printed'
	exit $bad
) || bad=1
"$LINECHECK" lines check six.csv >"$work/out" 2>&1 || fail "the six columns: $(cat "$work/out")"
grep -q 900140 six.csv && fail "a child's number in the six columns"
finish 'a working week'
