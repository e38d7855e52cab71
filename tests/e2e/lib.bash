# Shared by the black-box tests. LINECHECK, SOURCE_DIR and BUILD_DIR are set by ctest.
set -eu
export LINECHECK_RULES=${LINECHECK_RULES:-$SOURCE_DIR/rules/packs} SOURCE_DATE_EPOCH=1700000000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

fail() {
	echo "FAIL $*"
	bad=1
}

# scan CASE SOURCE [OPTION...]: JSON to CASE.json, exit code to $code, messages to CASE.err
scan() {
	local to=$1 from=$2
	shift 2
	code=0
	"$LINECHECK" scan --training --json --case "$to" "$@" "$from" >"$to.json" 2>"$to.err" || code=$?
}

# A scan that must end in one of the ways that mean "done"
scan_done() {
	scan "$@"
	case $code in 0 | 4 | 10) ;; *) fail "$1: exit $code: $(cat "$1.err")" ;; esac
}

finish() {
	[ $bad = 0 ] && echo "$1"
	exit $bad
}
