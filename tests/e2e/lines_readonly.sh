#!/usr/bin/env bash
# On a disk that cannot be written the line database and the installed list say so, and stay as they are.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
disk=$work/disk
mkdir "$disk"
export LINECHECK_LINES=$disk/machine
why='for a test of a disk that is read-only'
printf 'line,identifier,from\nDeano,07700 900123,2024-01-15\n' >list.csv
issue() { # FILE
	code=0
	"$LINECHECK" lines pack disk/unit.db --out "$1" --full --unit-key unit.key --unit-passphrase-fd 4 --key analyst.key \
		--passphrase-fd 3 --reason "$why" 3<<<"$words" 4<<<"$words" >out 2>&1 </dev/null || code=$?
}
as analyst lines create disk/unit.db
as analyst lines import disk/unit.db list.csv --apply --reason "$why"
as supervisor lines approve disk/unit.db 1 --reason "$why"
expect 0 'counts now' 'a database'
issue 1.pack
issue 2.pack
as officer lines install 1.pack
expect 0 'Installed' 'a list'

# Run again in a mount namespace in which the disk is read-only; or without the right to write it.
sums() { find "$disk" -type f -exec sha256sum {} + | sort; }
sums >before
check() {
	as analyst lines add disk/unit.db Deano 07700900124 --reason "$why"
	expect 1 'cannot be written' 'a change'
	as analyst lines import disk/unit.db list.csv --apply --reason "$why"
	expect 1 'cannot be written' 'an import'
	as analyst lines search disk/unit.db 07700900123 --reason "$why"
	expect 1 'what is looked up is logged' 'a search that cannot be logged'
	grep -q 2024-01-15 out && fail 'a search that was not logged gave an answer'
	issue 3.pack
	[ "$code" = 1 ] || fail "a pack from a database that cannot be written: $(cat out)"
	[ -e 3.pack ] && fail 'a pack that is in no database'
	as analyst lines create disk/other.db
	expect 1 'cannot be made' 'a new database'
	as analyst lines log disk/unit.db --check
	expect 0 'Sound: ' 'the log can be checked'
	as officer lines install 2.pack
	[ "$code" = 1 ] || fail "an install on a disk that cannot be written: $(cat out)"
	"$LINECHECK" lines status >out 2>&1 && code=0 || code=$?
	expect 0 'Pack 1 of' 'the list that was there counts'
	return $bad
}
if unshare -m true 2>/dev/null; then
	export -f as expect fail issue check
	export work words why disk bad LINECHECK
	unshare -m bash -c 'set -eu; mount --bind "$disk" "$disk"; mount -o remount,ro,bind "$disk"; check' || bad=1
elif [ "$(id -u)" != 0 ]; then
	chmod -R a-w "$disk"
	check || bad=1
	chmod -R u+w "$disk"
else
	echo 'no way to make a disk read-only here'
	exit 77
fi
sums >after
cmp -s before after || fail "something changed: $(diff before after)"
finish 'nothing changes on a disk that cannot be written'
