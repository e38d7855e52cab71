#!/bin/sh
# golden.sh DUMP PARSER INPUT EXPECT WORK [wal]: what PARSER reads from INPUT is EXPECT, line by line.
# An input.sql is made into a database first; with "wal" all of it is left in a -wal that was never
# written back. A line "-- file: NAME" in it names the database, where the name says something.
# UPDATE=1 writes EXPECT instead: read the difference before it is committed.
set -eu
dump=$1 parser=$2 input=$3 expect=$4 work=$5 mode=${6:-plain}
rm -rf "$work"
mkdir -p "$work"
case $input in
*.sql)
	name=$(sed -n 's/^-- file: //p' "$input")
	file=$work/${name:-input.db}
	mkdir -p "$(dirname "$file")"
	{
		# These two hold only before the first page is written.
		grep -iE '^PRAGMA (encoding|page_size)' "$input" || :
		if [ "$mode" = wal ]; then
			echo '.dbconfig no_ckpt_on_close on'
			echo 'PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;'
		fi
		cat "$input"
	} | sqlite3 -bail "$file" >"$work/made.txt"
	if [ "$mode" = wal ] && ! [ -s "$file-wal" ]; then
		echo "$input left nothing in a -wal"
		exit 1
	fi
	;;
*)
	file=$input
	;;
esac
# Signal's database comes in a backup, encrypted, and is read as what linecheck keeps of one.
if [ "$parser" = signal_android ]; then
	tool=$(dirname "$dump")/../gen/signal_tool pass='00000 11111 22222 33333 44444 55555'
	"$tool" make "$file" "$work/made.backup" "$(echo "$pass" | tr -d ' ')" "$(sed -n 's/^-- version: //p' "$input")"
	file=$work/opened.backup
	"$tool" open "$work/made.backup" "$file" "$pass"
fi
"$dump" "$parser" "$file" >"$work/got.txt"
if [ "${UPDATE:-}" = 1 ]; then
	cp "$work/got.txt" "$expect"
	exit 0
fi
diff -u "$expect" "$work/got.txt"
