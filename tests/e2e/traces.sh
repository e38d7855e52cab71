#!/usr/bin/env bash
# Traces: read only where the scope names their kind, shown apart, never weighed; and who is who.
. "$(dirname "$0")/lib.bash"
cd "$work"
sql() { sqlite3 -bail "$1" <"$SOURCE_DIR/tests/parsers/$2"; }
mkdir phone
sql phone/interactionC.db ios_interactions/input.sql
sql phone/TCC.db ios_permissions/input.sql
sql phone/NoteStore.sqlite ios_notes/input.sql
sqlite3 -bail phone/mmssms.db "CREATE TABLE sms(_id INTEGER PRIMARY KEY,thread_id INTEGER,address TEXT,date INTEGER,type INTEGER,body TEXT,read INTEGER);
INSERT INTO sms VALUES(1,1,'+447700900999',1767225600000,1,'see you at six',1)"
cat >phone/all.vcf <<'END'
BEGIN:VCARD
VERSION:3.0
FN:Deano
TEL;TYPE=CELL:07700 900123
TEL;TYPE=HOME:01632 960123
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Work
TEL;TYPE=CELL:+447700900123
EMAIL:work@example.com
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Mum
TEL;TYPE=CELL:07700 900200
EMAIL:mum@example.com
END:VCARD
END
printf 'line,identifier,from,to,status,grade\nDeano line,+447700900123,,,active,1AP\n' >lines.csv
# no trace is read unasked, and the files that hold them are named as out of scope
scan_done plain phone --lines lines.csv
[ "$("$LINECHECK" records plain --kind trace | wc -l)" = 0 ] || fail "traces without being asked for"
[ "$(jq -c '[.counts | keys[] | select(startswith("trace"))]' plain.json)" = '[]' ] || fail "counts of traces that nobody asked for"
[ "$(jq '[.coverage[] | select(.state == "out-of-scope")] | length' plain.json)" = 3 ] || fail "not out of scope: $(jq -c '[.coverage[] | [.path, .state]]' plain.json)"
# each kind behind its own word
"$LINECHECK" case scope plain --kinds account,contact,call,message,trace-contacts-used,trace-notes-titles \
	--reason 'Who was written to, and the titles of notes.' >/dev/null || fail "case scope"
scan_done plain phone --lines lines.csv
[ "$(jq -c '[.exhibits[].id]' plain.json)" = '["EX1"]' ] || fail "asking for traces made another exhibit: $(jq -c .exhibits plain.json)"
[ "$("$LINECHECK" records plain --kind trace | jq -r .kind | sort | uniq -c | awk '{printf "%s %s ", $2, $1}')" = 'trace-contacts-used 7 trace-notes-titles 4 ' ] ||
	fail "kinds: $("$LINECHECK" records plain --kind trace | jq -r .kind | sort | uniq -c)"
[ "$("$LINECHECK" records plain --kind trace-contacts-used | wc -l)" = 7 ] || fail "one kind alone"
[ "$("$LINECHECK" records plain | jq -r .kind | sort -u | tr '\n' ' ')" = 'contact message ' ] || fail "traces among the records"
[ "$(jq -r '.coverage[] | select(.path | endswith("TCC.db")) | .state' plain.json)" = out-of-scope ] || fail "permissions were not asked for"
# a trace with a number of the list is told, and not weighed
level=$(jq -c '[.level_code, [.findings[].points]]' plain.json)
[ "$(sqlite3 plain/case.db 'SELECT count(*) FROM match m JOIN record r ON r.id=m.record WHERE r.kind>5')" = 3 ] || fail "traces of the line: $(sqlite3 plain/case.db 'SELECT r.row,m.via FROM match m JOIN record r ON r.id=m.record WHERE r.kind>5')"
[ "$(sqlite3 plain/case.db 'SELECT count(*) FROM finding_record f JOIN record r ON r.id=f.record WHERE r.kind>5')" = 0 ] || fail "a finding rests on a trace"
rm phone/interactionC.db
scan_done other phone --lines lines.csv
[ "$(jq -c '[.level_code, [.findings[].points]]' other.json)" = "$level" ] || fail "traces changed the level: $level"
"$LINECHECK" view plain >view.out || fail "view"
grep -q '<h2>Traces</h2>' plain/view.html && grep -q 'on the line list' plain/view.html || fail "the view does not show the traces"
grep -q 'What is read of the apps on this phone' plain/view.html || fail "the view does not say what its readers were tested on"
grep -q '<h2>Traces</h2>' other/view.html && fail "a view of traces that are not there"
[ "$(jq -r '.readers[].parser' plain.json | tr '\n' ' ')" = 'android-sms ios-interactions ios-notes ios-permissions vcard ' ] || fail "readers: $(jq -c .readers plain.json)"
[ "$(jq -r '[.readers[] | select(.tested == null or .tested == "")] | length' plain.json)" = 0 ] || fail "a reader that does not say what it was tested on"
# who is who: an entry joins, a number under two names does not
"$LINECHECK" people plain >people.txt || fail "people"
who() { jq -c "select([.identifiers[][\"e164\"], .identifiers[].spellings[].raw] | index(\"$1\")) | $2" people.txt; }
[ "$(who +447700900200 '[.identifiers[].spellings[0].raw]')" = '["07700 900200","mum@example.com"]' ] || fail "Mum: $(cat people.txt)"
[ "$(who +447700900200 '.links[0].certainty')" = '"contact"' ] || fail "the certainty of a link"
[ "$(who +447700900123 '[(.identifiers | length), .identifiers[0].shared, [.identifiers[0].saved_as[].name]]')" = '[1,true,["Deano","Work"]]' ] || fail "the shared number: $(who +447700900123 .)"
[ "$(who +441632960123 '.shares_with | length')" = 1 ] || fail "Deano's other number: $(who +441632960123 .)"
[ "$(who work@example.com '[.identifiers[]["e164"]]')" = '[null]' ] || fail "Work was joined by a shared number"
[ "$(jq -r .id people.txt | sort | uniq -d | wc -l)" = 0 ] || fail "a person twice"
"$LINECHECK" people plain >again.txt
cmp -s people.txt again.txt || fail "not the same twice"
finish "traces behind their keys, and people with what joins them"
