#!/usr/bin/env bash
# The Debian package in a bare root: installed with what it depends on, used, refuses training, removed without a trace. Needs root,
# debootstrap, dpkg-dev and a package source; takes about ten minutes. PACKAGE_MIRROR=URL: the source, if not the machine's own;
# PACKAGE_FILE=linecheck.deb: this package instead of one built here.
set -u
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null || ! command -v dpkg-shlibdeps >/dev/null; then
	echo "skipped: needs root, debootstrap and dpkg-dev"
	exit 77
fi
mirror=${PACKAGE_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
	sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb (\[[^]]*\] )?([a-z+]+:[^ ]+).*/\2/p' | grep -v security | head -1)}
if [ -z "$mirror" ]; then
	echo "skipped: this machine names no package source"
	exit 77
fi
work=$(mktemp -d)
root=$work/root
bad=0
trap 'umount -l "$root/proc" 2>/dev/null; rm -rf --one-file-system "$work"' EXIT
fail() {
	echo "FAIL $*"
	bad=1
}

deb=${PACKAGE_FILE:-}
if [ -z "$deb" ]; then
	command -v ccache >/dev/null && export CMAKE_C_COMPILER_LAUNCHER=ccache
	cmake -S "$SOURCE_DIR" -B "$work/build" -G Ninja -DPRESET=release -DLINECHECK_PACKAGE=ON -DLINECHECK_TESTS=OFF -DCMAKE_INSTALL_PREFIX=/usr \
		>"$work/log" 2>&1 && cmake --build "$work/build" >>"$work/log" 2>&1 && (cd "$work/build" && cpack -G DEB >>"$work/log" 2>&1) || {
		tail -20 "$work/log"
		fail "no package could be built"
		exit 1
	}
	deb=$(echo "$work"/build/linecheck_*.deb)
fi
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out "$work/phone" >/dev/null || fail "no sample phone"

debootstrap --variant=minbase bookworm "$root" "$mirror" >"$work/log" 2>&1 || {
	tail -5 "$work/log"
	echo "skipped: no bare root could be made"
	exit 77
}
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc" 2>/dev/null || true
cp "$deb" "$root/linecheck.deb"
cp -r "$work/phone" "$root/phone"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@" </dev/null; }
files() { (cd "$root" && find etc lib usr ! -type d ! -path 'usr/share/doc/*' | sort); }
inside apt-get update -qq >"$work/log" 2>&1
inside apt-get install -y -qq --no-install-recommends /linecheck.deb >"$work/log" 2>&1 || fail "not installed: $(tail -5 "$work/log")"
for file in usr/bin/linecheck usr/share/man/man1/linecheck.1.gz usr/share/bash-completion/completions/linecheck \
	usr/lib/udev/rules.d/70-linecheck.rules usr/share/linecheck/rules/core.yaml usr/share/linecheck/training-refused; do
	[ -s "$root/$file" ] || fail "the package has no $file"
done
for file in README.md check.sh checking.html validation/README.md validation/requirements.csv validation/cftt.csv; do
	[ -s "$root/usr/share/doc/linecheck/$file" ] || [ -s "$root/usr/share/doc/linecheck/$file.gz" ] || fail "the package's documents have no $file"
done
[ "$(find "$root/lib/udev" "$root/usr/lib/udev" -name '*linecheck*' 2>/dev/null | sort -u | wc -l)" -ge 1 ] || fail "no udev rule"
[ "$(inside dpkg -L linecheck | grep -c 'udev.*rules$')" = 1 ] || fail "not one udev rule: $(inside dpkg -L linecheck | grep udev)"
zcat "$root/usr/share/man/man1/linecheck.1.gz" >"$work/man"
for command in scan report export verify replay; do grep -q "^\.SS $command" "$work/man" || fail "the manual page has no '$command'"; done
completed=$(inside bash -c '. /usr/share/bash-completion/completions/linecheck; COMP_WORDS=(linecheck re); COMP_CWORD=1; _linecheck; echo "${COMPREPLY[@]}"')
grep -q report <<<"$completed" || fail "'linecheck re' is not completed: $completed"
inside linecheck version >"$work/out" 2>&1 || fail "it does not run: $(cat "$work/out")"
inside linecheck rules list >"$work/out" 2>&1 || fail "its rules are not found: $(cat "$work/out")"
inside linecheck scan /phone/backup --training --case /case >"$work/out" 2>&1
[ $? = 3 ] || fail "training is not refused: $(head -3 "$work/out")"
grep -q 'training is refused' "$work/out" || fail "it does not say why: $(head -3 "$work/out")"
# without the file, documents are made: the fonts came with the package
rm "$root/usr/share/linecheck/training-refused"
inside linecheck scan /phone/backup --training --case /case --lines /phone/lines.csv >"$work/out" 2>&1
inside linecheck case sign-off /case --all --reason 'Looked at each of them on the page.' >"$work/out" 2>&1 || fail "sign-off: $(cat "$work/out")"
inside linecheck report safeguarding /case --out /summary >"$work/out" 2>&1 || fail "no summary: $(cat "$work/out")"
[ -s "$root/summary/summary.pdf" ] || fail "no PDF"
inside linecheck verify /summary >"$work/out" 2>&1 || fail "verify: $(cat "$work/out")"
inside dpkg --purge linecheck >"$work/log" 2>&1 || fail "not removed: $(tail -3 "$work/log")"
files | grep linecheck && fail "it left files behind"
[ ! -e "$root/usr/share/doc/linecheck" ] && [ ! -e "$root/usr/share/linecheck" ] || fail "it left a folder behind"
[ $bad = 0 ] && echo "the package is installed and removed cleanly"
exit $bad
