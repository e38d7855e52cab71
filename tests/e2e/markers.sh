#!/usr/bin/env bash
# Media never come in: a marker planted in an MMS part, an XML data=, a vCard PHOTO and a contact's photo blob reaches no output.
. "$(dirname "$0")/lib.bash"
marker=QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NzEx
raw=ABCDEFGHIJKLMNOPQRSTUVWXYZ4711
in=$work/in
mkdir -p "$in"

cat >"$in/sms.xml" <<X
<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
<sms protocol="0" address="+447700900111" date="1700000000000" type="1" body="plain text stays" read="1" />
<mms date="1700000100000" msg_box="1" address="+447700900112" m_type="132" read="1">
<parts>
<part seq="0" ct="image/jpeg" name="photo.jpg" cl="photo.jpg" text="null" data="$marker" />
<part seq="1" ct="text/plain" text="words of the picture message" />
</parts>
<addrs><addr address="+447700900112" type="137" charset="106" /></addrs>
</mms>
</smses>
X

cat >"$in/people.vcf" <<X
BEGIN:VCARD
VERSION:3.0
FN:Robin Example
TEL;TYPE=CELL:+447700900113
PHOTO;ENCODING=b;TYPE=JPEG:$marker
 $marker
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Sam Example
TEL:+447700900114
PHOTO:data:image/jpeg;base64,$marker
END:VCARD
X

db=$in/data/data/com.android.providers.telephony/databases/mmssms.db
mkdir -p "$(dirname "$db")" "$in/data/data/com.android.providers.contacts/databases"
sqlite3 "$db" <<X
CREATE TABLE sms(_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, date_sent INTEGER, read INTEGER, type INTEGER, body TEXT);
CREATE TABLE pdu(_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_sent INTEGER, msg_box INTEGER, read INTEGER, m_type INTEGER, sub TEXT);
CREATE TABLE addr(_id INTEGER PRIMARY KEY, msg_id INTEGER, address TEXT, type INTEGER, charset INTEGER);
CREATE TABLE part(_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER, ct TEXT, name TEXT, cl TEXT, _data TEXT, text TEXT);
INSERT INTO sms VALUES(1,1,'+447700900115',1700000000000,0,1,1,'kept words');
INSERT INTO pdu VALUES(1,2,1700000200,0,1,1,132,NULL);
INSERT INTO addr VALUES(1,1,'+447700900116',137,106);
INSERT INTO part VALUES(1,1,0,'image/jpeg','pic.jpg','pic.jpg','/data/app_parts/x','$raw'),(2,1,1,'application/octet-stream','b','b',NULL,x'$(printf %s "$raw" | od -An -tx1 | tr -d ' \n')'),
 (3,1,2,'text/plain','t','t',NULL,'words of the MMS');
X
sqlite3 "$in/data/data/com.android.providers.contacts/databases/contacts2.db" <<X
CREATE TABLE mimetypes(_id INTEGER PRIMARY KEY, mimetype TEXT);
CREATE TABLE raw_contacts(_id INTEGER PRIMARY KEY, account_id INTEGER, contact_id INTEGER, deleted INTEGER, display_name TEXT, starred INTEGER, times_contacted INTEGER, last_time_contacted INTEGER);
CREATE TABLE data(_id INTEGER PRIMARY KEY, mimetype_id INTEGER, raw_contact_id INTEGER, data1 TEXT, data2 TEXT, data3 TEXT, data4 TEXT, data15 BLOB);
INSERT INTO mimetypes VALUES(1,'vnd.android.cursor.item/phone_v2'),(2,'vnd.android.cursor.item/photo'),(3,'vnd.android.cursor.item/name');
INSERT INTO raw_contacts VALUES(1,1,1,0,'Kim Example',0,0,0);
INSERT INTO data VALUES(1,1,1,'+447700900117','2',NULL,NULL,NULL),(2,2,1,NULL,NULL,NULL,NULL,CAST('$raw' AS BLOB)),(3,3,1,'Kim Example','Kim','Example',NULL,NULL);
X

scan_done "$work/case" "$in"
"$LINECHECK" records "$work/case" >"$work/records.jsonl" || fail "records"
for words in 'plain text stays' 'words of the picture message' 'kept words' 'words of the MMS' 'Robin Example' 'Sam Example' 'Kim Example'; do
	grep -q "$words" "$work/records.jsonl" || fail "missing: $words"
done
upper=$(printf %s "$raw" | od -An -tx1 | tr -d ' \n')
if grep -rlE "$marker|$raw|$upper" "$work/case" "$work/case.json" "$work/case.err" "$work/records.jsonl"; then
	fail "a marker came through"
fi
jq -es 'any(.[]; .text == "words of the MMS" and (.attachments | map(.type) | index("image/jpeg") != null))' "$work/records.jsonl" >/dev/null ||
	fail "the picture's name and type are not listed"
finish "no marker came through"
