#!/usr/bin/env bash
# A legacy backup of Signal: opens with its passphrase, says so without; a damaged one is read as far as it is whole.
. "$(dirname "$0")/lib.bash"
cd "$work"
tool=$BUILD_DIR/tests/gen/signal_tool
pass='12345 67890 12345 67890 12345 67890'
sqlite3 -bail made.db <"$SOURCE_DIR/tests/parsers/signal_android/input.sql"
mkdir phone
name=signal-2026-02-25-12-00-00.backup
"$tool" make made.db phone/$name "${pass// /}" || fail "no backup"
printf 'line,identifier,from,to,status,grade\nDeano line,+447700900123,,,active,1AP\n' >lines.csv
state() { jq -r '.coverage[] | select(.path | endswith("'"$2"'")) | [.state, .parser] | join(" ")' "$1.json"; }
detail() { jq -r '.coverage[] | select(.path | endswith(".backup")) | .detail' "$1.json"; }

# without its passphrase: encrypted, and nothing of it is kept or read
scan plain phone --lines lines.csv </dev/null
[ $code = 4 ] || fail "without a passphrase: exit $code: $(cat plain.err)"
[ "$(state plain $name)" = 'encrypted signal-android' ] || fail "without a passphrase: $(jq -c .coverage plain.json)"
detail plain | grep -q -- '--password-fd' || fail "it does not say how it opens: $(detail plain)"
# with another: the same, and said
exec 5< <(echo '000000000000000000000000000000')
scan wrong phone --lines lines.csv --password-fd 5
[ "$(state wrong $name)" = 'encrypted signal-android' ] || fail "the wrong passphrase: $(state wrong $name), exit $code"
[ "$("$LINECHECK" records wrong | wc -l)" = 0 ] || fail "records without the passphrase"
# with it, blanks or none
for spelling in "$pass" "${pass// /}"; do
	rm -rf opened opened.json
	exec 5< <(echo "$spelling")
	scan_done opened phone --lines lines.csv --password-fd 5
	[ "$(state opened $name)" = 'read signal-android' ] || fail "with its passphrase: $(jq -c .coverage opened.json)"
done
[ "$(jq -r '.coverage[] | select(.path | endswith(".backup")) | .sha256' opened.json)" = "$(sha256sum phone/$name | cut -d' ' -f1)" ] || fail "the hash is not the file's"
detail opened | grep -q 'opened with the passphrase' || fail "that it was opened is not said: $(detail opened)"
[ "$(jq -c '[.counts.contact, .counts.message, .counts.call, .counts.system, .counts.reaction]' opened.json)" = '[3,8,3,2,2]' ] || fail "counts: $(jq -c .counts opened.json)"
[ "$("$LINECHECK" records opened | jq -r 'select(.text == "you about?") | [.direction, .from.raw, .to[0].role, .time, .origin.table, .origin.row] | join(" ")')" = 'in +447700900123 owner 2026-02-25T09:00:00.000Z message 1' ] || fail "the first message"
jq -e '.level_code >= 1' opened.json >/dev/null || fail "the line was not met"
grep -rqa 'not to be kept' opened && fail "keys of the phone are in the case"
"$LINECHECK" verify opened >verify.out 2>&1 || fail "verify: $(cat verify.out)"
# cut short: what is whole is read, and the rest is a loss
mkdir cut
head -c 5000 phone/$name >cut/$name
exec 5< <(echo "$pass")
scan cut-case cut --password-fd 5
[ "$(jq '[.warnings[] | select(.detail | test("cut short"))] | length' cut-case.json)" = 1 ] || fail "a cut backup: $(jq -c .warnings cut-case.json)"
# two of them: the later one
cp phone/$name phone/signal-2026-02-24-12-00-00.backup
exec 5< <(echo "$pass")
scan_done two phone --password-fd 5
[ "$(jq -c '[.coverage[] | select(.side_of == null) | .state] | sort' two.json)" = '["present-not-read","read"]' ] || fail "two backups: $(jq -c .coverage two.json)"
[ "$(jq .counts.message two.json)" = 8 ] || fail "messages of two backups: $(jq .counts.message two.json)"
# under any name, in a zip
cp phone/$name odd.bin
zip -q odd.zip odd.bin
for source in odd.bin odd.zip; do
	exec 5< <(echo "$pass")
	scan_done "$source-case" $source --password-fd 5
	[ "$(jq .counts.message "$source-case.json")" = 8 ] || fail "$source: $(jq -c .coverage "$source-case.json")"
done
# the newer kinds are said to be there
mkdir -p newer/SignalBackups/signal-backup-2026-02-25-12-00-00
head -c 3000 /dev/urandom >newer/SignalBackups/signal-backup-2026-02-25-12-00-00/main
scan newer-case newer
[ "$(jq -r '.coverage[0].state' newer-case.json)" = present-not-read ] || fail "a folder of backups: $(jq -c .coverage newer-case.json)"
# exported chats
mkdir export
cp "$SOURCE_DIR/tests/parsers/signal_backup/input.jsonl" export/main.jsonl
scan_done export-case export
[ "$(jq .counts.message export-case.json)" = 9 ] || fail "exported chats: $(jq -c .counts export-case.json)"
finish "backups of Signal"
