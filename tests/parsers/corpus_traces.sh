#!/bin/sh
# corpus_traces.sh DUMP WORK: traces in databases that other projects publish, read with parser_dump. How many there are is what
# those projects' own tests assert of rows that are traces. (plaso gives nine events for NoteStore.sqlite, which holds eight notes:
# it tells one of them twice.) Exit 77, saying so, where LINECHECK_CORPUS is not a folder.
set -u
dump=$1 work=$2 corpus=${LINECHECK_CORPUS:-}
if ! [ -d "$corpus" ]; then
	echo "skipped: LINECHECK_CORPUS names no folder"
	exit 77
fi
rm -rf "$work"
mkdir -p "$work"
failed=0
plaso=$corpus/log2timeline+plaso/test_data backup=$corpus/mvt-project+mvt/tests/artifacts/ios_backup

reads() { # PARSER RECORDS FILE
	cp "$3" "$work/$1.db" || failed=1
	chmod u+w "$work/$1.db"
	rm -f "$work/$1.db-wal"
	if [ -s "$3-wal" ]; then
		cp "$3-wal" "$work/$1.db-wal"
	fi
	got=$("$dump" "$1" "$work/$1.db" | tail -1 | sed -nE 's/^end ([0-9]+) records.*/\1/p')
	if [ "$got" != "$2" ]; then
		echo "FAILED: $1 on $3: $got, not $2"
		failed=1
	fi
}

of_backup() { # PARSER RECORDS NAME: a file of the backup, under its number
	reads "$1" "$2" "$(find "$backup" -name "$3*" -type f)"
}

of_backup ios_interactions 3 1f5a5212
of_backup ios_permissions 11 64d0019c
of_backup ios_calendar 1 2041457d
reads ios_permissions 21 "$plaso/macos/TCC-test.db"
reads ios_notes 8 "$plaso/ios/NoteStore.sqlite"
reads ios_notes 6 "$corpus/novkostya+ios-backup-parser/notes/testdata/notes.1.NoteStore.sqlite"
reads ios_calendar 5 "$(find "$corpus/novkostya+ios-backup-parser/calendar" -name 'calendar.1.*' | head -1)"
unzip -q "$(find "$corpus/abrignoni+iLEAPP" -name 'testdata.notes.notes.josh*.zip' | head -1)" -d "$work/notes"
reads ios_notes 14 "$(find "$work/notes" -name NoteStore.sqlite)"
exit $failed
