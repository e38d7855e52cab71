#!/bin/sh
# corpus.sh DUMP WORK: Messages databases that other projects publish, read with parser_dump.
# Sender, direction, kind and time of each row are compared with what SQL says of the same file.
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

fail() {
	echo "FAILED: $*"
	failed=1
}

is() { # what it is, got, want
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

# "row|kind|direction|time|role|handle" of each record of the table message
facts() {
	sed -nE 's/^(message|reaction|system) message:(-?[0-9]+) ([^ ]+)( cocoa:"[^"]*")? (in|out|unknown) from=([a-z]+)("([^"]*)")?.*/\2|\1|\5|\3|\6|\8/p' "$1"
}

# The same from SQL; $2 is the column that says the owner, or NULL.
sql_facts() {
	sqlite3 "$1" "
	SELECT m.ROWID,
	 CASE WHEN m.item_type<>0 THEN 'system' WHEN $3>=1000 THEN 'reaction' ELSE 'message' END,
	 CASE m.is_from_me WHEN 1 THEN 'out' ELSE 'in' END,
	 strftime('%Y-%m-%dT%H:%M:', s, 'unixepoch') ||
	  printf('%02d.%03dZ', s % 60, CASE WHEN m.date>1e11 THEN m.date/1000000%1000 ELSE 0 END),
	 CASE WHEN m.is_from_me=1 THEN 'owner' WHEN h.id IS NULL THEN 'unknown' ELSE 'person' END,
	 CASE WHEN m.is_from_me=1 THEN substr($2,3) ELSE h.id END
	FROM (SELECT *, CASE WHEN date>1e11 THEN date/1000000000 ELSE date END + 978307200 AS s
	 FROM message) m LEFT JOIN handle h ON h.ROWID=m.handle_id ORDER BY m.ROWID"
}

read_file() { # name, path in the corpus, owner column, associated_message_type column
	name=$1
	cp "$corpus/$2" "$work/$name.db" || return 1
	for side in -wal -journal; do
		[ -f "$corpus/$2$side" ] && cp "$corpus/$2$side" "$work/$name.db$side"
	done
	"$dump" ios-sms "$work/$name.db" >"$work/$name.txt" || fail "$name: the dump ended badly"
	facts "$work/$name.txt" >"$work/$name.facts"
	sql_facts "$work/$name.db" "$3" "$4" >"$work/$name.sql"
	diff "$work/$name.sql" "$work/$name.facts" >"$work/$name.diff" ||
		fail "$name: $(cat "$work/$name.diff")"
	grep -q '^failed' "$work/$name.txt" && fail "$name was not read to its end"
}

row() { # name, row: its line
	grep -E "^(message|reaction|system) message:$2 " "$work/$1.txt"
}

text_sum() { # name, row
	row "$1" "$2" | sed -nE 's/.* text="(.*)"( read=| state=|$).*/\1/p' | sha256sum | cut -c1-16
}

losses() {
	grep '^warning' "$work/$1.txt" | grep -vc '^warning note' || :
}

read_file mvt \
	mvt-project+mvt/tests/artifacts/ios_backup/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28 NULL 0
is "mvt: rows" "$(wc -l <"$work/mvt.facts")" 1
is "mvt: losses" "$(losses mvt)" 0
is "mvt: text" "$(text_sum mvt 3)" "$(sqlite3 "$work/mvt.db" 'SELECT text FROM message' | sha256sum | cut -c1-16)"

read_file plaso log2timeline+plaso/test_data/sqlite/imessage_chat.db m.account 0
is "plaso: rows" "$(wc -l <"$work/plaso.facts")" 10
is "plaso: losses" "$(losses plaso)" 0
is "plaso: row 8" "$(grep -c '^8|message|in|2015-11-30T10:48:40.000Z|person|' "$work/plaso.facts")" 1
is "plaso: row 8 was read" "$(row plaso 8 | grep -c ' read=yes')" 1
is "plaso: row 8 went to the account" \
	"$(row plaso 8 | grep -cF "to=[owner\"$(sqlite3 "$work/plaso.db" 'SELECT substr(account,3) FROM message WHERE ROWID=8')\"]")" 1
is "plaso: out to its thread's member" \
	"$(row plaso 9 | grep -cF "to=[person\"$(sqlite3 "$work/plaso.db" 'SELECT id FROM handle WHERE ROWID=2')\"]")" 1

read_file novkostya novkostya+ios-backup-parser/messages/testdata/messages.1.sms.db NULL m.associated_message_type
is "novkostya: rows" "$(wc -l <"$work/novkostya.facts")" 10
is "novkostya: losses" "$(grep '^warning' "$work/novkostya.txt" | grep -v '^warning note')" \
	"warning field-unknown message:8 the person it is with is not in the table handle
warning text-lost message:9 its archived text is cut off"
is "novkostya: row 7 is a tapback" "$(grep -c '^7|reaction|in|' "$work/novkostya.facts")" 1
is "novkostya: row 8 has no sender" "$(grep -c '^8|message|in|.*|unknown|$' "$work/novkostya.facts")" 1
is "novkostya: texts from archives" \
	"$(for row in 2 3 4 5; do text_sum novkostya $row; done | tr '\n' ' ')" \
	"5d7f0460f683df9d 811e5178b09d83d4 ac170a739985b29b ae88816dfe9c6431 "
is "novkostya: the group" \
	"$(grep -c "thread_name=\"$(sqlite3 "$work/novkostya.db" 'SELECT display_name FROM chat WHERE style=43')\".* state=group" "$work/novkostya.txt")" 3
is "novkostya: attachments" "$(grep -cE 'attachment name="[a-z]+.jpg" type="image/jpeg"' "$work/novkostya.txt")" 2

# Archived texts: bytes of each, and the one that claims more than it has.
archives=$corpus/ReagentX+imessage-exporter/imessage-database/test_data/streamtyped
{
	echo "CREATE TABLE message(ROWID INTEGER PRIMARY KEY,name,text,date,handle_id,is_from_me,attributedBody);"
	for file in AttributedBodyTextOnly AttributedBodyTextOnly2 Blank ExtraData MultiPart URL WeirdText; do
		echo "INSERT INTO message(name,attributedBody) VALUES('$file',readfile('$archives/$file'));"
	done
} | sqlite3 "$work/archives.db"
"$dump" ios-sms "$work/archives.db" >"$work/archives.txt"
is "archives" "$(for row in 1 2 3 4 5 6 7; do
	row archives $row | sed -nE 's/.* text="(.*)"$/\1/p' | tr -d '\n' | wc -c
done | tr '\n' ' ')" "10 6 0 0 28 34 41 "
is "archives: losses" "$(grep '^warning text-lost' "$work/archives.txt")" \
	"warning text-lost message:4 its archived text is cut off"

exit $failed
