#!/bin/sh
# corpus_apps.sh DUMP WORK: databases of messaging apps that other projects publish, read with
# parser_dump. How many records there are is what those projects' own tests assert; row, direction,
# time and sender of each are compared with what SQL says of the same file, where SQL can read it.
# Exit 77, saying so, where LINECHECK_CORPUS is not a folder.
set -u
dump=$1 work=$2 corpus=${LINECHECK_CORPUS:-}
if ! [ -d "$corpus" ]; then
	echo "skipped: LINECHECK_CORPUS names no folder"
	exit 77
fi
rm -rf "$work"
mkdir -p "$work"
failed=0
plaso=$corpus/log2timeline+plaso/test_data

fail() {
	echo "FAILED: $*"
	failed=1
}

is() { # what it is, got, want
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

read_with() { # parser, file: with its -wal, into $work/parser.txt
	cp "$2" "$work/$1.db" || fail "$1: no such file"
	chmod u+w "$work/$1.db"
	if [ -s "$2-wal" ]; then
		cp "$2-wal" "$work/$1.db-wal"
	fi
	"$dump" "$1" "$work/$1.db" >"$work/$1.txt" || fail "$1: the dump ended badly"
	grep -qE '^(failed|refused)' "$work/$1.txt" && fail "$1 was not read to its end"
	grep '^warning' "$work/$1.txt" | grep -qv '^warning note' && fail "$1: $(grep '^warning' "$work/$1.txt")"
}

counts() { # parser: "kind n kind n ..."
	grep -vE '^(warning|end)' "$work/$1.txt" | cut -d' ' -f1 | sort | uniq -c | awk '{printf "%s%s %s", s, $2, $1; s=" "}'
}

# "row|direction|time|sender" of each record of the table, without contacts and accounts
same() { # parser, table, SQL of the same
	sed -nE "s/^(message|reaction|system|call) $2:([0-9]+) ([^ ]+)( [a-z-]+:\"[^\"]*\")? (in|out|unknown) from=([a-z]+)(\"([^\"]*)\")?.*/\2|\5|\3|\6|\8/p" \
		"$work/$1.txt" >"$work/$1.facts"
	sqlite3 "$work/$1.db" "$3" >"$work/$1.sql"
	[ -s "$work/$1.sql" ] || fail "$1: nothing to compare"
	diff "$work/$1.sql" "$work/$1.facts" >"$work/$1.diff" || fail "$1: $(cat "$work/$1.diff")"
}

ms() { # SQL of a time from whole milliseconds since 1970
	echo "strftime('%Y-%m-%dT%H:%M:%S', ($1)/1000, 'unixepoch')||printf('.%03dZ', ($1)%1000)"
}

read_with instagram_ios "$plaso/ios/9368974384.db"
is "Instagram" "$(counts instagram_ios)" "message 49 system 26"
is "Instagram: its first row" "$(sed -n 1p "$work/instagram_ios.txt" | cut -d' ' -f1,3,5)" "system 2020-03-22T19:12:02.808Z out"
is "Instagram: received from a person, sent by the owner" "$(grep -c ' in from=person"' "$work/instagram_ios.txt") $(grep -c ' out from=owner"@' "$work/instagram_ios.txt")" "39 36"

read_with kik_ios "$plaso/ios/kik.sqlite"
is "Kik" "$(counts kik_ios)" "contact 24 message 55 system 5"
same kik_ios ZKIKMESSAGE "SELECT m.Z_PK, CASE m.ZTYPE WHEN 1 THEN 'in' WHEN 2 THEN 'out' ELSE 'unknown' END,
	$(ms 'CAST(round(m.ZTIMESTAMP*1000) AS INT) + 978307200*1000'), CASE m.ZTYPE WHEN 1 THEN 'person' WHEN 2 THEN 'owner' ELSE 'unknown' END,
	CASE m.ZTYPE WHEN 1 THEN '@'||u.ZUSERNAME ELSE '' END
	FROM ZKIKMESSAGE m LEFT JOIN ZKIKUSER u ON u.Z_PK=m.ZUSER ORDER BY m.Z_PK"

read_with imo_ios "$plaso/ios/IMODb2.sqlite"
is "imo" "$(counts imo_ios)" "account 1 contact 4 message 16"
same imo_ios ZIMOCHATMSG "SELECT Z_PK, CASE ZISSENT WHEN 1 THEN 'out' ELSE 'in' END, $(ms 'ZTS/1000000'),
	CASE ZISSENT WHEN 1 THEN 'owner' ELSE 'person' END, 'imo:'||CASE ZISSENT WHEN 1 THEN
	(SELECT ZSTRING_VAL FROM ZIMOKEYVAL WHERE ZKEY='imo_account_uid') ELSE ZA_UID END FROM ZIMOCHATMSG ORDER BY Z_PK"

read_with hangouts_android "$plaso/android/babel.db"
is "Hangouts" "$(counts hangouts_android)" "contact 1 message 14"
same hangouts_android messages "SELECT _id, CASE type WHEN 1 THEN 'out' ELSE 'in' END, $(ms 'timestamp/1000'),
	CASE type WHEN 1 THEN 'owner' ELSE 'person' END, 'google:'||author_gaia_id FROM messages ORDER BY _id"

read_with tango_android "$plaso/tango_android_tc.db"
is "Tango" "$(counts tango_android)" "message 15 reaction 3"
same tango_android messages "SELECT msg_id, CASE direction WHEN 1 THEN 'out' ELSE 'in' END, $(ms create_time),
	CASE direction WHEN 1 THEN 'owner' ELSE 'person' END, CASE direction WHEN 1 THEN '' ELSE 'tango:'||conv_id END
	FROM messages ORDER BY msg_id"

read_with viber_android_calls "$plaso/android/viber_data"
is "Viber" "$(counts viber_android_calls)" "call 4 contact 5"
same viber_android_calls calls "SELECT _id, CASE type WHEN 1 THEN 'in' ELSE 'out' END, $(ms date),
	CASE type WHEN 1 THEN 'person' ELSE 'owner' END, CASE type WHEN 1 THEN canonized_number ELSE '' END FROM calls ORDER BY _id"

read_with burner_android "$plaso/android/burners.sqlite"
is "Burner on Android" "$(counts burner_android)" "account 1 call 2 contact 4 message 14"
same burner_android messages "SELECT m._id, CASE direction WHEN 1 THEN 'in' ELSE 'out' END, $(ms m.date_created),
	CASE direction WHEN 1 THEN 'person' ELSE 'owner' END,
	CASE direction WHEN 1 THEN contact_phone_number ELSE (SELECT phone_number_id FROM burners b WHERE b.burner_id=m.burner_id) END
	FROM messages m ORDER BY m._id"

telegram=$(find "$corpus/sepinf-inc+IPED" -path '*account1/cache4.db')
read_with telegram_android "$telegram"
is "Telegram" "$(counts telegram_android)" ""

# Burner on an iPhone: a database, and answers in files beside it that are not all of messages.
zip=$(find "$corpus/abrignoni+iLEAPP" -name '*burnerCache_messages*.zip' | head -1)
unzip -q "$zip" -d "$work/burner" || fail "unzip"
read_with burner_ios "$(find "$work/burner" -name Cache.db)"
is "Burner on an iPhone" "$(counts burner_ios)" "account 3 call 1 contact 2 message 1"
: >"$work/burner_files.txt"
find "$work/burner" -path '*/fsCachedData/*' -type f | sort | while read -r file; do
	"$dump" burner_ios_file "$file" >>"$work/burner_files.txt"
done
is "Burner's files" "$(grep -cE '^(message|call) ' "$work/burner_files.txt")" "$(grep -cE '^(message|call) .* (in|out) from=' "$work/burner_files.txt")"
is "Burner's files: one list" "$(grep -E '^end' "$work/burner_files.txt" | sort | uniq -c | sed 's/^ *//')" "1 end 17 records, 0 warnings"

# A part of a real Cellebrite report. Its messages quote others: three of its fourteen stand within another.
read_with ufdr "$corpus/sepinf-inc+IPED/iped-engine/src/test/resources/ufed-model-chat.xml"
is "Cellebrite" "$(counts ufdr)" "message 10 system 1"
is "Cellebrite: its first message" "$(sed -n 1p "$work/ufdr.txt")" 'message InstantMessage:1 2024-11-03T19:46:47.000Z text:"2024-11-03T19:46:47.000+00:00" in from=person"5511999997777@s.whatsapp.net"("Bulbasaur") to=[person"5511999996666@s.whatsapp.net"("Blastoise"), owner"5511999998888@s.whatsapp.net"("Clefable")] attachment name="PTT-20241103-WA0101.opus" type="audio/ogg; codecs=opus" thread="5511999996666@s.whatsapp.net" service="WhatsApp" read=yes state=group'
is "Cellebrite: a shared contact" "$(grep -c 'text="Charmeleon 5511999997745@s.whatsapp.net +55 11 [-0-9]*2222"' "$work/ufdr.txt")" 1
is "Cellebrite: a system message, an answer" "$(grep -c '^system .* text="You joined the group via invite link"' "$work/ufdr.txt") $(grep -c ' text="Obrigado" quoted="Lorem ipsum' "$work/ufdr.txt")" "1 1"
is "Cellebrite: attachments by name" "$(grep -c ' attachment name="[^"]*.opus" type="audio/ogg; codecs=opus"' "$work/ufdr.txt")" 5

exit $failed
