#!/usr/bin/env bash
# The phone has gone home: what the vault keeps is read again under other decisions, and gives what the source would. A folder that
# is the exhibit is hashed again. A source whose scope was widened is the same exhibit and counts once.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
cd "$work"
why='this is a test of a training case'
ask() { sqlite3 "$1/case.db" "$2"; }
is() { [ "$2" = "$3" ] || fail "$1: '$2', not '$3'"; }

# again CASE [OPTION...]: scan without a source; JSON to CASE.json
again() {
	local to=$1
	shift
	code=0
	"$LINECHECK" scan --training --json --case "$to" "$@" >"$to.json" 2>"$to.err" || code=$?
	case $code in 0 | 4 | 10) ;; *) fail "$to without a source: exit $code: $(cat "$to.err")" ;; esac
}
stage() { "$LINECHECK" case stage "$@" --reason "$why" >/dev/null || fail "case stage $*"; }

# ---- down to stage 1 and up to stage 3 again, without the source: every word as it was ----
for platform in ios android; do
	"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform $platform --out $platform --archive tar.gz >/dev/null
	source=$(ls $platform/*.tar.gz)
	lines=(--lines $platform/lines.csv)
	scan_done $platform-case "$source" "${lines[@]}"
	mv $platform-case.json $platform-first.json
	"$LINECHECK" records $platform-case >$platform-first.records
	mv "$source" $platform/elsewhere
	again $platform-case "${lines[@]}"
	grep -q 'nothing in it is new' $platform-case.err || fail "$platform: read again without need"
	stage $platform-case 1
	again $platform-case "${lines[@]}"
	"$LINECHECK" records $platform-case >$platform-one.records
	grep -q '"text":"' $platform-one.records && fail "$platform: text at stage 1"
	is "$platform: rows at stage 1" "$(wc -l <$platform-one.records)" "$(wc -l <$platform-first.records)"
	stage $platform-case 3
	again $platform-case "${lines[@]}"
	grep -q 'read again from the vault' $platform-case.err || fail "$platform: $(cat $platform-case.err)"
	"$LINECHECK" records $platform-case >$platform-three.records
	cmp $platform-first.records $platform-three.records || fail "$platform: other records from the vault"
	cmp <(jq 'del(.run)' $platform-first.json) <(jq 'del(.run)' $platform-case.json) || fail "$platform: another result from the vault"
	"$LINECHECK" verify $platform-case >out || fail "$platform: verify: $(cat out)"
	# the source itself, should it come back, is nothing new
	mv $platform/elsewhere "$source"
	scan_done $platform-case "$source" "${lines[@]}"
	is "$platform: exhibits" "$(ask $platform-case 'SELECT count(*) FROM exhibit')" 1
done

# ---- a WhatsApp backup that was opened: the database in it is read, and the key is not needed again ----
mkdir -p wa/data/data/com.whatsapp/databases
sqlite3 wa/data/data/com.whatsapp/databases/msgstore.db <"$SOURCE_DIR/tests/parsers/whatsapp_android/input.sql"
(cd wa && tar czf ../wa.tgz .)
scan_done wa-case wa.tgz
"$LINECHECK" records wa-case >wa-first
stage wa-case 1
again wa-case
stage wa-case 3
again wa-case
cmp wa-first <("$LINECHECK" records wa-case) || fail "WhatsApp: other records from the vault"

# ---- an encrypted backup: what was decrypted is in the vault, and the password is not needed again ----
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out secret --wal --backup-password "a sesame" --rounds 3000 --archive zip >/dev/null
scan_done secret-case secret/backup.zip --lines ios/lines.csv --password-fd 9 9<<<'a sesame'
mv secret-case.json secret-first
stage secret-case 1
again secret-case --lines ios/lines.csv
stage secret-case 3
again secret-case --lines ios/lines.csv
cmp <(jq 'del(.run)' secret-first) <(jq 'del(.run)' secret-case.json) || fail "encrypted backup: another result from the vault"
# and a folder of it, hashed again: decrypted, as it was read
scan_done secret-place secret/backup --password-fd 9 9<<<'a sesame'

# ---- kinds: what was not taken is asked for; what was taken stays in the vault; each row counts once ----
scope() { "$LINECHECK" case scope "$@" --reason "$why" >/dev/null || fail "case scope $*"; }
"$LINECHECK" case new kinds --training >out || fail "case new --training: $(cat out)"
scope kinds --kinds message
scan_done kinds ios/backup.tar.gz
is 'no calls, no contacts' "$(ask kinds 'SELECT count(*) FROM record WHERE kind IN (0,1,2)')" 0
few=$(ask kinds "SELECT count(*) FROM record WHERE kind=3")
scope kinds --kinds message,call,contact,account
again kinds
is 'not taken' "$(ask kinds "SELECT state FROM evidence_file WHERE path LIKE '%CallHistory.storedata'")" absent
scan_done kinds ios/backup.tar.gz
is 'one exhibit' "$(ask kinds 'SELECT count(*) FROM exhibit')" 1
is 'each message once' "$(ask kinds "SELECT count(*) FROM record WHERE kind=3")" "$few"
is 'all of it' "$(ask kinds "SELECT count(*) FROM record")" "$(wc -l <ios-first.records)"
scope kinds --kinds call
again kinds
is 'only calls' "$(ask kinds 'SELECT group_concat(DISTINCT kind) FROM record')" 2
scope kinds --kinds message,call,contact,account
again kinds
is 'all of it again' "$(ask kinds "SELECT count(*) FROM record")" "$(wc -l <ios-first.records)"
"$LINECHECK" verify kinds >out || fail "verify after other kinds: $(cat out)"
# a folder read in place, too
scope kinds --kinds message
scan_done kinds ios/backup
scope kinds --kinds message,call
scan_done kinds ios/backup
is 'two exhibits' "$(ask kinds 'SELECT count(*) FROM exhibit')" 2
again kinds
grep -q "EX2 ('backup') was read in place" kinds.err || fail "in place: $(cat kinds.err)"

# ---- a folder that is the exhibit, hashed again ----
scan_done place ios/backup
code=0
"$LINECHECK" scan --training --case place >out 2>&1 </dev/null || code=$?
expect 1 'say what to look at' 'nothing in the vault'
check() { code=0; "$LINECHECK" verify "$@" >out 2>&1 || code=$?; }
check place --source ios/backup
expect 0 '0 changed, 0 are missing, 0 are new' 'unchanged'
sms=ios/backup/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28
[ -e $sms ] || fail "where is sms.db?"
cp -p $sms sms
printf x | dd of=$sms bs=1 seek=5000 conv=notrunc status=none
check place --source ios/backup
expect 1 'changed: HomeDomain/Library/SMS/sms.db' 'one byte'
expect 1 '1 changed, 0 are missing, 0 are new' 'one byte, counted'
rm $sms
check place --source ios/backup
expect 1 '0 changed, 1 are missing' 'gone'
cp -p sms $sms
cp sms ios/backup/sms.db
check place --source ios/backup
expect 1 'new, or out of scope when it was read: sms.db' 'a file more'
check place --source ios/backup.tar.gz
expect 1 'is an archive' 'an archive'
check place --source nowhere
expect 1 "There is nothing at 'nowhere'" 'no source'
check secret-place --source secret/backup --password-fd 9 9<<<'a sesame'
expect 0 '0 changed, 0 are missing, 0 are new' 'an encrypted backup'
check secret-place --source secret/backup
expect 1 'an encrypted backup needs its password' 'an encrypted backup without its password'
check ios-case --source ios/backup
expect 1 'was read in place' 'all in the vault'

# ---- a real case: its vault opens for who began it, for the force, and for whom it is shared with ----
unset SOURCE_DATE_EPOCH
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
as officer scan --case real
expect 1 'say what to look at' 'nothing was read yet'
as officer scan ios/backup.tar.gz --case real
case $code in 0 | 4) ;; *) fail "scan: exit $code: $(cat out)" ;; esac
is 'officer and force' "$(ask real 'SELECT group_concat(name) FROM (SELECT name FROM vault_key ORDER BY name)')" 'Example Police,officer'
as force verify real
expect 0 'files of the vault are, byte for byte' 'the force opens the vault'
as supervisor case stage real 2 --reason "$why"
as supervisor scan --case real
expect 1 "case share" 'not for the supervisor yet'
as supervisor case share real supervisor
expect 1 'not sealed to your key' 'nobody lets himself in'
as officer case share real analyst
expect 3 'needs supervisor' 'not for an analyst'
as officer case share real nobody
[ "$code" = 1 ] || fail "shared with nobody: $(cat out)"
as officer case share real supervisor
expect 0 'of supervisor, too' 'shared'
as supervisor scan --case real
case $code in 0 | 4) ;; *) fail "the supervisor goes on: exit $code: $(cat out)" ;; esac
grep -qF 'EX1 was read again from the vault' out || fail "the supervisor goes on: $(cat out)"
as force case share real other
expect 0 'of other, too' 'the force lets a colleague in'
as other verify real
expect 0 'files of the vault are, byte for byte' 'the colleague opens the vault'
finish "what the vault keeps is what the source gave"
