#!/usr/bin/env bash
# Each requirement R1-R20 names the tests that prove it, and those and the ones on misuse exist.
. "$(dirname "$0")/lib.bash"
cd "$SOURCE_DIR"
for n in $(seq 20); do
	row=$(grep -c "^| R$n |" triage/README.md) || true
	[ "$row" = 1 ] || fail "R$n stands $row times in triage/README.md"
	grep "^| R$n |" triage/README.md | grep -qE '\| [a-z0-9., _]*(e2e|unit|slow)\.[a-z0-9_]+[a-z0-9., _]* \|$' || fail "R$n names no test"
done
named=$(grep -ohE '\b(e2e|unit|slow)\.[a-z0-9_]+' triage/README.md .github/SECURITY.md | sort -u)
[ "$(wc -l <<<"$named")" -gt 20 ] || fail "few tests are named: $named"
for test in $named; do
	name=${test#*.}
	case $test in
	e2e.*) [ -e "tests/e2e/$name.sh" ] ;;
	unit.*) [ -e "tests/unit/${name}_test.c" ] ;;
	slow.*) [ -e "tests/slow/$name.sh" ] || grep -q 'getenv("LINECHECK_LONG")' "tests/unit/${name}_test.c" ;;
	esac || fail "there is no test $test"
done
finish "every requirement has its tests"
