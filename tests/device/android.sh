#!/usr/bin/env bash
# The real adbd (Debian 13's package, in a network of its own) gives what its `content` reads: by address, and on a mocked cable; and,
# by sync, what lies on its shared storage.
# ADBD_TREE: a folder with it, made by `debootstrap --variant=minbase --include=adbd trixie FOLDER`; without it one is made, which
# needs root and Debian's mirror. Its authentication is patched off in Debian's build: A_AUTH is proved in unit.adb.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=${ADBD_TREE:-$work/tree}
adbd=usr/lib/android-sdk/platform-tools/adbd
if ! [ -e "$tree/$adbd" ]; then
	command -v debootstrap >/dev/null && [ "$(id -u)" = 0 ] || {
		echo "skipped: no adbd; say ADBD_TREE=FOLDER, or be root and have debootstrap"
		exit 77
	}
	debootstrap --variant=minbase --include=adbd trixie "$tree" >"$work/debootstrap.log" 2>&1 || {
		echo "skipped: adbd could not be fetched"
		exit 77
	}
fi
for name in content getprop settings pm dumpsys service bu; do
	mkdir -p "$work/bin"
	cp "$BUILD_DIR/tests/peer_android" "$work/bin/$name"
done
export LINECHECK_RULES=${LINECHECK_RULES:-$SOURCE_DIR/rules/packs} LINECHECK_ADB_DB=$work/phone.db PATH=$work/bin:$PATH ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
# Shared storage: a root of its own, with /sdcard in it.
mkdir -p "$work/root" "$work/card/DCIM" "$work/card/WhatsApp/Databases"
printf x >"$work/card/DCIM/a.jpg"
head -c 3000000 /dev/urandom >"$work/card/WhatsApp/Databases/msgstore.db.crypt14"
cat >"$work/outside" <<EOF
set -e
mount -t tmpfs none "$work/root"
for d in /*; do
	[ ! -L "\$d" ] || { cp -P "\$d" "$work/root/"; continue; }
	[ -d "\$d" ] && [ "\$d" != /sdcard ] && mkdir "$work/root\$d" && mount --rbind "\$d" "$work/root\$d"
done
mkdir "$work/root/sdcard"
mount --bind "$work/card" "$work/root/sdcard"
exec chroot "$work/root" bash "$work/inside"
EOF
cat >"$work/inside" <<EOF
cd /
ip link set lo up
libs=\$(find "$tree/usr/lib" -maxdepth 1 -name '*-linux-gnu')
ADBD_PORT=7555 "\$(find "$tree/usr" -name 'ld-linux-*.so.2' | head -1)" --library-path "\$libs:\$libs/android" "$tree/$adbd" >"$work/adbd.log" 2>&1 &
adbd=\$!
for i in \$(seq 100); do
	(: </dev/tcp/127.0.0.1/7555) 2>/dev/null && break
	sleep 0.1
done
code=0
LINECHECK_ADB_PHONE=adb:127.0.0.1:7555 "$BUILD_DIR/tests/adb_test" || code=1
if [ -x "$BUILD_DIR/tests/peer_cable" ] && command -v umockdev-wrapper >/dev/null; then
	LINECHECK_ADB_PHONE=CABLE01 umockdev-wrapper "$BUILD_DIR/tests/peer_cable" 7555 "$BUILD_DIR/tests/adb_test" || code=1
else
	echo "the cable: skipped, umockdev is not installed"
fi
"$LINECHECK" scan --training --json --case "$work/case" --device adb:127.0.0.1:7555 >"$work/scan.json" 2>"$work/scan.err" || [ \$? = 4 ] || [ \$? = 10 ] || code=1
kill \$adbd
exit \$code
EOF
unshare -Urmn bash "$work/outside" || {
	tail -5 "$work/adbd.log"
	echo "FAIL the real adbd"
	exit 1
}
want="encrypted $(sha256sum <"$work/card/WhatsApp/Databases/msgstore.db.crypt14" | cut -d' ' -f1)"
got=$(jq -r '.coverage[] | select(.path | endswith("crypt14")) | .state + " " + .sha256' "$work/scan.json")
[ "$got" = "$want" ] || {
	echo "FAIL a backup on shared storage: '$got', not '$want': $(cat "$work/scan.err")"
	exit 1
}
jq -r '.warnings[].detail' "$work/scan.json" | grep -q 'shared storage: 1 pictures, 0 videos' || {
	echo "FAIL what is on shared storage is not counted: $(jq -c .warnings "$work/scan.json")"
	exit 1
}
echo "the real adbd gives every row, by address and by cable"
