#!/usr/bin/env bash
# Encrypted backups of every generation give what the open ones give, in a folder and in archives, and nothing of the password stays.
. "$(dirname "$0")/lib.bash"
gen=$BUILD_DIR/tests/gen/sample_phone check=$BUILD_DIR/tests/gen/sample_check
password='correct horse £ battery'

# The records without what must differ: the hash is of the decrypted file, the path says where the backup lies in an archive.
records() { "$LINECHECK" records "$1" 2>/dev/null | sed 's/"file":"backup\//"file":"/'; }
with() { # scan, the password on descriptor 9
	local word=$1
	shift
	scan_done "$@" --lines "$lines" --password-fd 9 9<<<"$word"
}
must_say() { grep -qF "$2" "$1" || fail "$1 does not say '$2': $(head -c 400 "$1")"; }

for g in 9 10.0 10.2; do
	phone=$work/$g
	"$gen" --out "$work/open$g" --generation $g --wal
	lines=$work/open$g/lines.csv
	"$gen" --out "$phone" --generation $g --wal --backup-password "$password" --rounds 3000 --archive zip
	"$gen" --out "$work/again" --generation $g --wal --backup-password "$password" --rounds 3000 --archive zip
	diff -r "$phone" "$work/again" >/dev/null || fail "$g: the same words made other bytes"
	rm -r "$work/again"
	tar -C "$phone" -cf "$work/$g.tar" backup
	scan_done "$work/case-open$g" "$work/open$g/backup" --lines "$lines"
	records "$work/case-open$g" >"$work/want"
	[ -s "$work/want" ] || fail "$g: the open backup gave nothing"
	for form in "$phone/backup" "$phone/backup.zip" "$work/$g.tar"; do
		name=$g-${form##*[./]}
		with "$password" "$work/$name" "$form"
		records "$work/$name" >"$work/got"
		cmp -s "$work/want" "$work/got" || fail "$name: other records than from the open backup: $(diff "$work/want" "$work/got" | head -3)"
		"$check" case "$phone/backup.truth.jsonl" "$work/$name" >"$work/out" || fail "$name: $(cat "$work/out")"
		"$LINECHECK" verify "$work/$name" >"$work/out" 2>&1 || fail "$name: not verified: $(cat "$work/out")"
		grep -rqF "correct horse" "$work/$name" "$work/$name.err" "$work/$name.json" && fail "$name: the password is in the case"
		must_say "$work/$name.json" "decrypted with the backup's password"
	done
	# the hash of what is stored is in the coverage
	sms=$(sha256sum <"$(find "$phone/backup" -name 3d0d7e5fb2ce288813306e4d4636395e047a3d28)" | cut -d' ' -f1)
	for name in $g-backup $g-zip $g-tar; do must_say "$work/$name.json" "$sms"; done
	# what an unlocked folder leaves on the disk: case.db and the page, no file of the phone
	[ -z "$(find "$work/$g-backup/vault" -type f)" ] || fail "$g: a folder's files are in the vault"

	# without its password
	scan_done "$work/none$g" "$phone/backup" </dev/null
	[ $code = 4 ] || fail "$g without a password: exit $code"
	must_say "$work/none$g.json" "the backup is encrypted: linecheck cannot read it without its password"
	# with another: an end, and nothing half written
	scan "$work/wrong$g" "$phone/backup" --password-fd 9 9<<<"correct horse"
	[ $code = 1 ] || fail "$g with a wrong password: exit $code"
	must_say "$work/wrong$g.err" "The password that was given does not open the encrypted backup"
	[ "$(sqlite3 "$work/wrong$g/case.db" 'SELECT count(*) FROM exhibit')" = 0 ] || fail "$g with a wrong password: an exhibit"
	# a wrong line and then the right one
	with "$(printf 'no\n%s' "$password")" "$work/second$g" "$phone/backup"
	[ $code = 10 ] || fail "$g with two lines: exit $code"
	# never asked for where it opens nothing
	with "$password" "$work/plain$g" "$work/open$g/backup"
	cmp -s "$work/case-open$g.json" "$work/plain$g.json" || fail "$g: a password changes what an open backup gives"
done

# Two backups with one password: it is given once.
scan_done "$work/two" "$work/9/backup" "$work/10.2/backup" --password-fd 9 9<<<"$password"
[ "$(sqlite3 "$work/two/case.db" "SELECT count(*) FROM exhibit WHERE state='whole'")" = 2 ] || fail "two backups: not both"

# Damage: each is said, and the rest is read.
broken() { # NAME: a copy to break
	cp -r "$work/10.2/backup" "$work/b-$1"
	payload=$work/b-$1/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28
}
broken cut
size=$(stat -c %s "$payload")
truncate -s $((size - 5000)) "$payload"
with "$password" "$work/cut" "$work/b-cut"
must_say "$work/cut.json" "the backup's list says"
must_say "$work/cut.json" "do not end as encryption leaves them"
broken ragged
truncate -s $((size - 3)) "$payload"
with "$password" "$work/ragged" "$work/b-ragged"
must_say "$work/ragged.json" "do not end as encryption leaves them"
broken list
truncate -s 4096 "$work/b-list/Manifest.db"
with "$password" "$work/list" "$work/b-list"
must_say "$work/list.json" "list of files"
broken nokeys
cat >"$work/b-nokeys/Manifest.plist" <<'EOF'
<?xml version="1.0"?><plist version="1.0"><dict><key>IsEncrypted</key><true/></dict></plist>
EOF
with "$password" "$work/nokeys" "$work/b-nokeys"
must_say "$work/nokeys.json" "it cannot be read even with the password"
broken noplist
rm "$work/b-noplist/Manifest.plist"
with "$password" "$work/noplist" "$work/b-noplist"
must_say "$work/noplist.json" "it cannot be read even with the password"
# an XML Manifest.plist opens too: keys as base64
plist=$work/10.2/backup/Manifest.plist
bag=$(grep -obUaP 'VERS\x00\x00\x00\x04' "$plist" | head -1 | cut -d: -f1)
end=$(grep -obUaP 'WPKY\x00\x00\x00\x28' "$plist" | tail -1 | cut -d: -f1)
key=$(grep -obUaP '\x4f\x10\x2c\x04\x00\x00\x00' "$plist" | head -1 | cut -d: -f1)
bytes() { tail -c +$(($1 + 1)) "$plist" | head -c "$2" | base64; }
broken xml
cat >"$work/b-xml/Manifest.plist" <<EOF
<?xml version="1.0"?><plist version="1.0"><dict><key>BackupKeyBag</key><data>
$(bytes "$bag" $((end + 48 - bag)))
</data><key>IsEncrypted</key><true/><key>ManifestKey</key><data>$(bytes $((key + 3)) 44)</data></dict></plist>
EOF
with "$password" "$work/xml" "$work/b-xml"
records "$work/xml" >"$work/got"
records "$work/case-open10.2" | cmp -s - "$work/got" || fail "an XML Manifest.plist: other records"

# Words of the command line
scan "$work/word" "$work/9/backup" --password-fd nine
[ $code = 2 ] || fail "a descriptor that is no number: exit $code"
scan "$work/word" "$work/9/backup" --password-fd 77
[ $code = 1 ] || fail "a descriptor that is not open: exit $code"
finish "encrypted backups of three generations"
