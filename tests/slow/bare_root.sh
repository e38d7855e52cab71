#!/usr/bin/env bash
# A fresh machine: README's two commands in a bare Debian 12 root, as root without sudo, from another folder, each twice; then the
# quickstart once more as a user who may not write the tree. Needs root, debootstrap and a package source; takes about 15 minutes.
#   BARE_ROOT_MIRROR=URL   the package source, if the machine's own is not to be used
#   BARE_ROOT_KEEP=1       leave the root where it is
#   BARE_ROOT_TESTS=REGEX  of tests/run only the tests whose names match, where all would take too long
set -u
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
	echo "skipped: needs root and debootstrap"
	exit 77
fi
mirror=${BARE_ROOT_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
	sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb (\[[^]]*\] )?([a-z+]+:[^ ]+).*/\2/p' | grep -v security | head -1)}
if [ -z "$mirror" ]; then
	echo "skipped: this machine names no package source"
	exit 77
fi
work=$(mktemp -d)
root=$work/root
bad=0

finish() {
	umount -l "$root/proc" 2>/dev/null
	umount -l "$root/dev" 2>/dev/null
	if [ -n "${BARE_ROOT_KEEP:-}" ]; then
		echo "left in $root"
	else
		rm -rf --one-file-system "$work"
	fi
}
trap finish EXIT

fail() {
	echo "FAIL $*"
	bad=1
}

# in_root NAME USER COMMAND: no terminal, no input, an environment of its own; the output in NAME.log
in_root() {
	local name=$1 user=$2 start=$SECONDS code=0
	shift 2
	chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		HOME="/home-of-${user%%:*}" LANG=C.UTF-8 ${BARE_ROOT_TESTS:+TESTS_ONLY="$BARE_ROOT_TESTS"} bash -c "$*" </dev/null >"$work/$name.log" 2>&1 || code=$?
	echo "$name: exit $code after $((SECONDS - start)) s"
	return $code
}

debootstrap --variant=minbase bookworm "$root" "$mirror" >"$work/debootstrap.log" 2>&1 || {
	tail -5 "$work/debootstrap.log"
	echo "skipped: no bare root could be made"
	exit 77
}
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc" || fail "no /proc"
mkdir -p "$root/home-of-root" "$root/home-of-visitor" "$root/place with spaces/linecheck"
chroot "$root" useradd visitor
chroot "$root" chown visitor /home-of-visitor
(cd "$SOURCE_DIR" && { git ls-files -z 2>/dev/null | grep -q . && git ls-files -z ||
	find . -name .git -prune -o -path './build*' -prune -o -type f -printf '%P\0'; } | tar -c --null -T - -f -) |
	tar -x -C "$root/place with spaces/linecheck"

# The second time nothing is installed, nothing compiled, and the page is there again.
page() {
	local page
	page=$(sed -n 's/^The page to open: //p' "$work/$1.log" | tail -1)
	[ -n "$page" ] && [ -s "$root$page" ] || fail "$1: no page: $(tail -5 "$work/$1.log")"
}
in_root quickstart-1 root:root "cd /tmp && '/place with spaces/linecheck/triage/quickstart'" || fail "$(tail -20 "$work/quickstart-1.log")"
grep -q '^Installing what is missing:' "$work/quickstart-1.log" || fail "it does not say what it installs"
page quickstart-1
start=$SECONDS
in_root quickstart-2 root:root "cd / && '/place with spaces/linecheck/triage/quickstart'" || fail "$(tail -20 "$work/quickstart-2.log")"
grep -q '^Installing' "$work/quickstart-2.log" && fail "the second time something is installed"
[ $((SECONDS - start)) -le 30 ] || fail "the second time takes $((SECONDS - start)) s"
page quickstart-2

in_root quickstart-visitor visitor:visitor "cd /tmp && '/place with spaces/linecheck/triage/quickstart'" ||
	fail "$(tail -20 "$work/quickstart-visitor.log")"
page quickstart-visitor

for n in 1 2; do
	in_root "tests-$n" root:root "cd /var && '/place with spaces/linecheck/tests/run'" || fail "$(tail -40 "$work/tests-$n.log")"
	grep -q '^100% tests passed' "$work/tests-$n.log" || fail "tests-$n: not all tests passed"
	tail -1 "$work/tests-$n.log" | grep -q 'Total Test time\|Skipped\|did not run' || fail "tests-$n does not end as ctest does: $(tail -1 "$work/tests-$n.log")"
	grep '^skipped\|\*\*\*Skipped' "$work/tests-$n.log"
done
[ $bad = 0 ] && echo "a fresh machine is enough"
exit $bad
