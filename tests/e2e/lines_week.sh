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
finish 'a working week'
