#!/bin/sh
# corpus_data.sh DUMP WORK: address books, calls, Android messages and exports that other projects
# publish, read with parser_dump. What comes out is compared with what SQL, or the lines of an XML
# export, say of the same file: nothing of the files is written here. Exit 77, saying so, where
# LINECHECK_CORPUS is not a folder.
set -u
dump=$1 work=$2 corpus=${LINECHECK_CORPUS:-}
if ! [ -d "$corpus" ]; then
	echo "skipped: LINECHECK_CORPUS names no folder"
	exit 77
fi
rm -rf "$work"
mkdir -p "$work"
failed=0

fail() {
	echo "FAILED: $*"
	failed=1
}

is() { # what it is, got, want
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

copy() { # name, file: with its -wal
	cp "$2" "$work/$1.db" || fail "$1: no such file"
	chmod u+w "$work/$1.db"
	[ -s "$2-wal" ] && cp "$2-wal" "$work/$1.db-wal"
	return 0
}

same() { # name: $work/name.sql and $work/name.facts, not empty
	[ -s "$work/$1.sql" ] || fail "$1: nothing to compare"
	diff "$work/$1.sql" "$work/$1.facts" >"$work/$1.diff" || fail "$1: $(cat "$work/$1.diff")"
}

read_with() { # name, parser, records, losses
	"$dump" "$2" "$work/$1.db" >"$work/$1.txt" || fail "$1: the dump ended badly"
	is "$1: records" "$(sed -nE 's/^end ([0-9]+) records.*/\1/p' "$work/$1.txt")" "$3"
	is "$1: losses" "$(grep '^warning' "$work/$1.txt" | grep -vc '^warning note')" "$4"
	grep -q '^failed' "$work/$1.txt" && fail "$1 was not read to its end"
}

# ---- address books: "row|name" and each "row|identifier" ----

people() { # name
	sed -nE 's/^contact ABPerson:([0-9]+) .* name="([^"]*)".*/\1|\2/p' "$work/$1.txt" >"$work/$1.facts"
	grep '^contact ABPerson' "$work/$1.txt" | while read -r _ row rest; do
		echo "$rest" | grep -oE ' id="[^"]*"' | sed "s/^ id=\"\(.*\)\"/${row#ABPerson:}|\1/"
	done >>"$work/$1.facts"
	sqlite3 "$work/$1.db" "SELECT ROWID, COALESCE(NULLIF(trim(replace(COALESCE(First,'')||' '||COALESCE(Middle,'')
	 ||' '||COALESCE(Last,''),'  ',' ')),''), Organization) FROM ABPerson ORDER BY ROWID;
	 SELECT record_id, value FROM ABMultiValue WHERE property IN (3,4) AND value<>''
	 ORDER BY record_id, property, UID" >"$work/$1.sql"
	same "$1"
}

zip=$(find "$corpus/abrignoni+iLEAPP" -name '*addressBook*josh_ios15_ffs.zip' | head -1)
mkdir "$work/zip"
unzip -q "$zip" -d "$work/zip" || fail "unzip"
copy ios15 "$(find "$work/zip" -name AddressBook.sqlitedb)"
[ -s "$work/ios15.db-wal" ] || fail "ios15: its -wal was not copied"
read_with ios15 ios-contacts 9 0
people ios15
is "ios15: labels" "$(grep -o 'label="[A-Za-z]*"' "$work/ios15.txt" | sort | uniq -c | tr -s ' \n' ' ')" \
	' 3 label="Home" 1 label="Main" 5 label="Mobile" 1 label="TextNow" '
copy contacts "$(find "$corpus/novkostya+ios-backup-parser" -name contacts.1.AddressBook.sqlitedb)"
# the label of one value is not in the table of labels
read_with contacts ios-contacts 4 1
people contacts

# ---- calls: "row|direction|time|ms|handle" ----

calls() { # name, table, SQL of the same
	sed -E 's/ (unix-ms|cocoa):"[^"]*"//; s/"\("[^"]*"\)/"/g' "$work/$1.txt" |
		sed -nE "s/^call $2:([0-9]+) ([^ ]+) (in|out|unknown) from=[a-z]+(\"([^\"]*)\")? to=\[(owner|person)(\"([^\"]*)\")?.* duration=([0-9]+)ms.*/\1|\3|\2|\9|\5\8/p" \
			>"$work/$1.facts"
	sqlite3 "$work/$1.db" "$3" >"$work/$1.sql"
	same "$1"
}

copy ioscalls "$(find "$corpus/novkostya+ios-backup-parser" -name calls.1.CallHistory.storedata)"
read_with ioscalls ios-calls 5 1
calls ioscalls ZCALLRECORD "SELECT c.Z_PK, CASE ZORIGINATED WHEN 1 THEN 'out' ELSE 'in' END,
 strftime('%Y-%m-%dT%H:%M:%fZ', ZDATE+978307200, 'unixepoch'), CAST(ZDURATION*1000 AS INTEGER),
 COALESCE(ZADDRESS, (SELECT ZVALUE FROM ZHANDLE ORDER BY Z_PK LIMIT 1)) FROM ZCALLRECORD c ORDER BY c.Z_PK"
is "ioscalls: the loss" "$(grep '^warning field' "$work/ioscalls.txt")" \
	"warning field-unknown ZCALLRECORD:4 a participant of the call is not in ZHANDLE"
is "ioscalls: FaceTime among several" \
	"$(grep -cE '^call ZCALLRECORD:3 .* to=\[person"[^"]+", person"[^"]+"\] service="FaceTime" .* state=video,group$' "$work/ioscalls.txt")" 1
is "ioscalls: missed" "$(sed -nE 's/^call ZCALLRECORD:([0-9]+) .* state=missed$/\1/p' "$work/ioscalls.txt")" 2

android_sql="SELECT _id, CASE type WHEN 2 THEN 'out' ELSE 'in' END,
 strftime('%Y-%m-%dT%H:%M:', date/1000, 'unixepoch') || printf('%02d.%03dZ', date/1000%60, date%1000),
 duration*1000, number FROM calls ORDER BY _id"
copy contacts2 "$corpus/log2timeline+plaso/test_data/android/contacts2.db"
read_with contacts2 android-contacts 3 0
calls contacts2 calls "$android_sql"
is "contacts2: missed" "$(sed -nE 's/^call calls:([0-9]+) .* state=missed$/\1/p' "$work/contacts2.txt")" 714
is "contacts2: another parser's" "$("$dump" android-calls "$work/contacts2.db" | cut -c1-14)" "refused format"
copy calllog "$corpus/den4uk+andriller/tests/data/data/com.android.providers.contacts/db/calllog.db"
read_with calllog android-calls 1 0
calls calllog calls "$android_sql"

# ---- Android messages: "row|direction|time|handle|thread|text" ----

copy mmssms "$corpus/log2timeline+plaso/test_data/android/mmssms.db"
read_with mmssms android-sms 9 0
sed -nE 's/^message sms:([0-9]+) ([^ ]+) unix-ms:"[0-9]+" (in|out) from=(owner|person"([^"]*)") to=\[(owner|person"([^"]*)")\] thread="([^"]*)" service="SMS" text="(.*)"( read=no)?$/\1|\3|\2|\5\7|\8|\9/p' \
	"$work/mmssms.txt" >"$work/mmssms.facts"
sqlite3 "$work/mmssms.db" "SELECT _id, CASE type WHEN 2 THEN 'out' ELSE 'in' END,
 strftime('%Y-%m-%dT%H:%M:', date/1000, 'unixepoch') || printf('%02d.%03dZ', date/1000%60, date%1000),
 address, thread_id, body FROM sms ORDER BY _id" >"$work/mmssms.sql"
same mmssms

# ---- exports: each <sms> stands on a line of its own ----

xml() { # name, records, losses
	file=$(find "$corpus/devadvance+sms-backup-reader-2" -name "$1.xml" | head -1)
	"$dump" sms-backup-xml "$file" >"$work/$1.txt" || fail "$1: the dump ended badly"
	is "$1: records" "$(sed -nE 's/^end ([0-9]+) records.*/\1/p' "$work/$1.txt")" "$2"
	is "$1: losses" "$(grep '^warning' "$work/$1.txt" | grep -vc '^warning note')" "$3"
	sed -nE 's/^ *<sms .*address="([^"]*)" date="([0-9]+)" type="([12])".* body="([^"]*)".*/\3|\2|\1|\4/p' "$file" |
		sed 's/&#10;/\\n/g; s/^1/in/; s/^2/out/' | cat -n | sed -E 's/^ *([0-9]+)\t/\1|/' >"$work/$1.sql"
	sed -nE 's/^message sms:([0-9]+) [^ ]+ unix-ms:"([0-9]+)" (in|out) .* text="(.*)"( read=(yes|no))?$/\1|\3|\2|\4/p' "$work/$1.txt" >"$work/$1.texts"
	cut -d'|' -f1-3,5- "$work/$1.sql" >"$work/$1.want"
	diff "$work/$1.want" "$work/$1.texts" >/dev/null || fail "$1: texts: $(diff "$work/$1.want" "$work/$1.texts")"
	sed -nE 's/^message sms:([0-9]+) .* (from=person|to=\[person)"([^"]*)".*/\1|\3/p' "$work/$1.txt" >"$work/$1.handles"
	cut -d'|' -f1,4 "$work/$1.sql" >"$work/$1.want"
	diff "$work/$1.want" "$work/$1.handles" >/dev/null || fail "$1: handles: $(diff "$work/$1.want" "$work/$1.handles")"
	# No attachment's bytes, as base64 or decoded.
	grep -qE 'iVBORw0KGgo|AAAAHGZ0eXB|not-valid-base64|JVBERi0' "$work/$1.txt" && fail "$1: bytes of an attachment"
}

xml sms_small 12 0
xml sms_and_mms 50 2
xml sample_small 7 1
xml sample_mms 4 0
xml corrupt_attachments 2 0
xml empty 0 0
is "sms_and_mms: the count" "$(grep '^warning row-lost -' "$work/sms_and_mms.txt")" \
	"warning row-lost -:0 the file's header says 58 entries, the file holds 50: entries are missing"
is "sms_and_mms: it breaks off" "$(grep -cE '^(warning limit mms:9|failed format)' "$work/sms_and_mms.txt")" 2
is "sms_and_mms: mms" "$(grep -oE '^message mms:[0-9]+ .* (in|out) from=(owner|person|unknown)' "$work/sms_and_mms.txt" |
	sed -E 's/^message mms:([0-9]+) .* (in|out) from=([a-z]+)/\1 \2 \3/' | tr '\n' ',')" \
	"1 in person,2 out owner,3 in person,4 out owner,5 in person,6 in person,7 in person,8 in person,9 out owner,"
is "sms_and_mms: one number is the phone's" \
	"$(grep -oE 'owner"[^"]+"' "$work/sms_and_mms.txt" | sort -u | wc -l)" 1
is "sample_mms: attachments" "$(grep -oE 'attachment name="[a-z.0-9]+" type="[a-z0-9/]+"' "$work/sample_mms.txt" | tr '\n' ',')" \
	'attachment name="image.png" type="image/png",attachment name="video.mp4" type="video/mp4",attachment name="audio.mp3" type="audio/mp3",attachment name="document.pdf" type="application/pdf",'

# ---- the backup's Info.plist, and property lists that broke other readers ----

"$dump" ios-info "$corpus/mvt-project+mvt/tests/artifacts/ios_backup/Info.plist" >"$work/info.txt"
is "info" "$(grep -oE 'label="[A-Za-z]+"' "$work/info.txt" | tr '\n' ' ')" 'label="IMEI" label="ICCID" label="serial" label="UDID" '
n=0
for file in "$corpus"/debian-src-libplist-2.2.0/test/data/* "$corpus"/debian-src-libplist-2.2.0/fuzz/*/*; do
	cp "$file" "$work/Info.plist"
	timeout 20 "$dump" ios-info "$work/Info.plist" >"$work/plist.txt" 2>&1 || fail "plist: $file"
	timeout 20 "$dump" ios-commcenter "$work/Info.plist" >"$work/plist.txt" 2>&1 || fail "plist: $file"
	n=$((n + 1))
done
[ "$n" -ge 80 ] || fail "plist: only $n files"

# ---- WhatsApp: "row|kind|direction|time|sender|recipient|text" of the messages between two, against SQL ----

mkdir -p "$work/wa"
unzip -q -j -o "$(find "$corpus/abrignoni+iLEAPP" -name '*whatsAppMessages*josh_ios15_ffs.zip' | head -1)" -d "$work/wa"
"$dump" whatsapp-ios "$work/wa/ChatStorage.sqlite" >"$work/wa.txt" || fail "whatsapp: the dump ended badly"
is "whatsapp: rows" "$(grep -cE '^(message|system) ZWAMESSAGE:' "$work/wa.txt")" 32
is "whatsapp: events" "$(grep -c '^system ' "$work/wa.txt")" 11
is "whatsapp: losses" "$(grep '^warning' "$work/wa.txt" | grep -vc '^warning note' || :)" 0
is "whatsapp: places" "$(grep -c ' attachment type="location"' "$work/wa.txt")" 4
is "whatsapp: no group sends" "$(grep -cE '(from|to)=[^ ]*person"[^"]*@g\.us"' "$work/wa.txt")" 0
is "whatsapp: the answer is not its sender's text" \
	"$(grep -E '^message ZWAMESSAGE:16 ' "$work/wa.txt" | sed -nE 's/.* quoted="(.*)"$/\1/p')" \
	"$(sqlite3 "$work/wa/ChatStorage.sqlite" 'SELECT ZTEXT FROM ZWAMESSAGE WHERE Z_PK=15')"
sed -nE 's/^message ZWAMESSAGE:([0-9]+) ([^ ]+) cocoa:"[^"]*" (in|out) from=(owner|person"([^"]*)"[^ ]*)( \([^)]*\))?.*/\1|\3|\2|\5/p' "$work/wa.txt" >"$work/wa.facts"
sqlite3 "$work/wa/ChatStorage.sqlite" "SELECT Z_PK, CASE ZISFROMME WHEN 1 THEN 'out' ELSE 'in' END,
 strftime('%Y-%m-%dT%H:%M:', CAST(floor(ms/1000) AS INTEGER), 'unixepoch') || printf('%02d.%03dZ', ms/1000%60, ms%1000),
 CASE ZISFROMME WHEN 0 THEN ZFROMJID ELSE '' END
 FROM (SELECT *, CAST(round((ZMESSAGEDATE+978307200)*1000) AS INTEGER) AS ms FROM ZWAMESSAGE) WHERE ZMESSAGETYPE NOT IN (6,10) ORDER BY Z_PK" >"$work/wa.sql"
same wa
backup="$corpus/mvt-project+mvt/tests/artifacts/ios_backup"
for file in 7c/7c7fba66680ef796b916b067077cc246adacf01d:whatsapp-ios:3 b8/b8548dc30aa1030df0ce18ef08b882cf7ab5212f:whatsapp-ios-contacts:2 \
	e7/e794f6ffcc3c222535f47684a63d5178da3c4500:whatsapp-ios-lid:0; do
	cp "$backup/${file%%:*}" "$work/lid.db"
	parser=${file#*:}
	"$dump" "${parser%:*}" "$work/lid.db" >"$work/lid.txt"
	is "mvt: ${parser%:*}" "$(sed -nE 's/^end ([0-9]+) records.*/\1/p' "$work/lid.txt")" "${parser#*:}"
done
is "mvt: the pair" "$(grep '^link' "$work/lid.txt")" \
	'link ZWAPHONENUMBERLIDPAIR:1 map="100000000000001@lid" is="14155550100@s.whatsapp.net"'
cp "$corpus/ElDavoo+wa-crypt-tools/tests/res/msgstore.db" "$work/msgstore.db"
"$dump" whatsapp-android "$work/msgstore.db" >"$work/msgstore.txt"
is "msgstore: rows of both tables" "$(sed -nE 's/^end ([0-9]+) records.*/\1/p' "$work/msgstore.txt")" \
	"$(sqlite3 "$work/msgstore.db" "SELECT count(*) FROM (SELECT _id,key_id FROM messages UNION SELECT _id,key_id FROM message)")"
is "msgstore: the status list is nobody" "$(grep -c 'person"status@broadcast"' "$work/msgstore.txt")" 0

exit $failed
