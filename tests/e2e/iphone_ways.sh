#!/usr/bin/env bash
# Other phones than ours: each way of saying the same that is as right gives the same records, and each trouble its own words.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/phone.bash"
sms=3d0d7e5fb2ce288813306e4d4636395e047a3d28
scan_done "$work/folder" "$phone/backup"
records "$work/folder" >"$work/want"
[ -s "$work/want" ] || fail "the backup gives nothing"

# same NAME [OPTION...]: the same records and files; a stand-in with these options
same() {
	local to=$work/case
	rm -rf "$to" "$to".*
	peer --folders 3 "${@:2}"
	live "$to"
	case $code in 0 | 4 | 10) ;; *) fail "$1: exit $code: $(cat "$to.err")" && return ;; esac
	records "$to" | cmp -s "$work/want" - || fail "$1: other records than from the backup"
	jq -e '[.warnings[] | select(.loss)] == []' "$to.json" >/dev/null || fail "$1: a loss: $(jq -c '[.warnings[] | select(.loss)]' "$to.json")"
}

same plain
for way in swapped lists-first parts=1000 empty-parts end=remote end=new each long-names,slash,lower no-total wants-info looks link=100,protocol=2.0 \
	plain-services plain-session tls1.0 asks-host few-values,says-no,number wifi pages copies=$sms without=notification_proxy+afc+springboardservices \
	lists-first,each,end=remote,parts=4096,swapped; do
	same "$way" --like "$way"
done
for way in '' old-words replace old-words,replace,lists-first,each; do
	same "built in a folder of its own, $way" --snapshot --purge --like "$way"
done
same "without TLS" --no-tls
same "in the middle it is silent for longer than it may be asked" --like pause=3

# The lists of iOS 5 to 9 and of 10, and payloads without folders; then encrypted by their owner
for generation in 9 10.0 10.2; do
	rm -rf "$work/old" "$work/closed" "$work/state"
	"$gen" --out "$work/old" --wal --generation $generation
	scan_done "$work/old-folder" "$work/old/backup"
	records "$work/old-folder" >"$work/old-want"
	peer --backup "$work/old/backup" --snapshot
	rm -rf "$work/case"
	live "$work/case"
	records "$work/case" | cmp -s "$work/old-want" - || fail "iOS of generation $generation: other records: $(cat "$work/case.err")"
	"$gen" --out "$work/closed" --wal --generation $generation --backup-password 'her own word' --rounds 1000
	mkdir -p "$work/state"
	printf %s 'her own word' >"$work/state/password"
	peer --make "ln -sfn '$work/closed' \"\$OUT\"" --like replace --snapshot
	rm -rf "$work/case"
	live "$work/case" --password-fd 9 9<<<'her own word'
	records "$work/case" | cmp -s "$work/old-want" - || fail "encrypted, generation $generation: other records: $(cat "$work/case.err")"
	rm -rf "$work/state" "$work/old-folder"
done

# A phone that knows of its new password a little later than it says so
rm -rf "$work/case" "$work/state"
peer --like late=1500
live "$work/case" --temporary-password --reason "agreed with the owner and her mother"
records "$work/case" | cmp -s "$work/want" - || fail "late: other records: $(cat "$work/case.err")"
must_say "$work/case.err" "off the phone again"
[ ! -e "$work/state/password" ] || fail "late: the password still stands"
[ ! -e "$work/case/backup-password.recovery" ] || fail "late: the record is still here"
rm -rf "$work/state"

# told NAME EXIT WORDS [OPTION...]: what a trouble is called; nothing is left in the case
told() {
	local to=$work/case
	rm -rf "$to" "$to".*
	peer --folders 3 "${@:4}"
	live "$to"
	[ $code = "$2" ] || fail "$1: exit $code, not $2: $(cat "$to.err")"
	must_say "$to.err" "$3"
	[ "$(sqlite3 "$to/case.db" "SELECT count(*) FROM record" 2>/dev/null || echo 0)" = 0 ] || fail "$1: records"
	"$LINECHECK" verify "$to" >"$work/out" 2>&1 || fail "$1: not verified: $(cat "$work/out")"
}
told "it ends the conversation" 1 "ended the backup before it was complete" --like disconnects
told "no version in common" 1 "Make a backup with iTunes or Finder" --like no-version
told "the service is refused as locked" 1 "passcode entered" --like refuse=PasswordProtected
told "the service is not there" 1 "refused" --like refuse=InvalidService
told "it will not say whether it has a backup password" 1 "passcode entered" --like keeps=PasswordProtected
told "an error that nobody knows" 1 "MBErrorDomain/4711" --error 4711

# A file that the phone cannot read whole, however it says so: the rest is there, and this is said.
for way in lost=$sms lost=$sms,local-error lost=$sms,long-error; do
	rm -rf "$work/case"
	peer --like "$way"
	live "$work/case"
	case $code in 0 | 4 | 10) ;; *) fail "$way: exit $code: $(cat "$work/case.err")" ;; esac
	jq -e '[.warnings[] | select(.loss and (.detail | contains("could not read this file whole") and contains("the file is protected")))] | length == 1' \
		"$work/case.json" >/dev/null || fail "$way: not said"
done
# Something that nobody knows is declined, and said; applications that cannot be listed, too
rm -rf "$work/case"
peer --like unknown,without=installation_proxy
live "$work/case"
records "$work/case" | cmp -s "$work/want" - || fail "unknown: other records"
must_say "$work/case.json" "asked 1 times for something that is not known"
must_say "$work/case.json" "the list of installed applications could not be had"

# Debian's own program is asked for room and to move what it got. It does not know DLMessagePurgeDiskSpace, and never answers that.
if command -v idevicebackup2 >/dev/null; then
	for way in plain replace lists-first,end=remote parts=4096,each; do
		rm -rf "$work/state" "$work/stock" "$work/peer.log"
		mkdir "$work/stock"
		peer --folders 256 --snapshot --like "$way"
		timeout 60 idevicebackup2 -u $udid backup --full "$work/stock" >"$work/out" 2>&1 || fail "idevicebackup2, $way: $(tail -3 "$work/out")"
		sums() { (cd "$1" && find . -type f ! -name Info.plist ! -name Status.plist -exec sha256sum {} + | sort); }
		[ "$(sums "$phone/backup")" = "$(sums "$work/stock/$udid")" ] || fail "idevicebackup2, $way: other bytes"
		grep -qE 'the host says 0, [0-9]{6,}' "$work/peer.log" || fail "idevicebackup2, $way: it was not asked for room"
	done
fi
finish "other ways of a phone"
