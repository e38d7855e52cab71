#!/usr/bin/env bash
# The one list of Debian 12 packages, and how they are installed.
#   . tests/setup.sh; need build|test|court  installs what is missing of that group; says what

packages_build="gcc cmake ninja-build pkg-config libsqlite3-dev libpcre2-dev libarchive-dev libplist-dev libimobiledevice-dev libusb-1.0-0-dev libcyaml-dev libyaml-dev
	libutf8proc-dev libexpat1-dev libjansson-dev libssl-dev libsodium-dev libcsv-dev zlib1g-dev"
# documents: what draws them, and their fonts
packages_build="$packages_build libpango1.0-dev libqpdf-dev liblcms2-dev fonts-noto-core fonts-wqy-zenhei"
packages_test="$packages_build git openssl sqlite3 jq zip unzip xz-utils zstd libcmocka-dev clang-14 libclang-rt-14-dev clang-format-14
	clang-tidy-14 cppcheck strace procps libimobiledevice-utils libumockdev-dev umockdev debootstrap dpkg-dev"

packages_court="$packages_test perl poppler-utils libpdfbox2-java libactivation-java libjaxb-api-java libbcprov-java
	default-jre-headless chromium libreoffice-calc-nogui python3-rdflib"

missing() {
	local p
	for p in $1; do
		dpkg-query -W -f '${db:Status-Status}\n' "$p" 2>/dev/null | grep -qx installed || echo "$p"
	done
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "These packages are needed, and only root can install them. As root, run:" >&2
		echo "  $*" >&2
		exit 1
	fi
}

need() {
	local group lacking
	case $1 in
	build) group=$packages_build ;;
	test) group=$packages_test ;;
	court) group=$packages_court ;;
	esac
	command -v dpkg-query >/dev/null || {
		echo "This is not a Debian system; linecheck is built and tested on Debian 12." >&2
		exit 1
	}
	lacking=$(missing "$group" | tr '\n' ' ')
	[ -z "${lacking// /}" ] && return 0
	echo "Installing what is missing: $lacking"
	export DEBIAN_FRONTEND=noninteractive
	as_root apt-get update -qq </dev/null || echo "The list of packages could not be renewed; going on with the old one."
	# shellcheck disable=SC2086
	as_root apt-get install -y -qq --no-install-recommends $lacking </dev/null >/dev/null || {
		echo "The packages could not be installed. Check the connection to the package source, then run this again." >&2
		exit 1
	}
}
