#!/usr/bin/env bash
# A chat whose clock names no zone, in a case with a window: what is in it wherever the clock was is read, what may not be is counted.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
cat >chat.txt <<'END'
01/02/2025, 10:00 - Amelia: before the window
24/02/2025, 09:00 - Bea: a day that may begin before it
27/02/2025, 10:00 - Amelia: in it
10/03/2025, 23:59 - +44 7700 900123: in it
17/03/2025, 09:00 - Amelia: an hour that may be after the phone was isolated
20/03/2025, 10:00 - Bea: after it was isolated
END
form >form.yaml
as officer case new case --form form.yaml
expect 0 'The case stands' 'case new'
grep -qF '24 Feb 2025 until 28 Mar 2025' case/notice-1.txt || fail "another window than this test is about"
as officer case confirm case --how written --copy given
expect 0 Recorded confirm
check() {
	as officer records case
	[ "$(jq -c '[.time, .time_shown]' out | tr '\n' ' ')" = '[null,"2025-02-27T10:00:00"] [null,"2025-03-10T23:59:00"] ' ] ||
		fail "$1: what was read: $(cat out)"
}
as officer scan chat.txt --case case
case $code in 0 | 4 | 10) ;; *) fail "scan: exit $code: $(cat out)" ;; esac
check 'first reading'
[ "$(sqlite3 case/case.db 'SELECT reason,rows FROM outside ORDER BY reason' | tr '\n' ' ')" = 'after-isolation|1 before|1 no-time|2 ' ] ||
	fail "what was left out: $(sqlite3 case/case.db 'SELECT * FROM outside')"
both officer supervisor case stage case 3 --reason 'All texts are needed: the threat was in a text.'
expect 0 'stage 3' 'stage 3'
as officer scan chat.txt --case case
check 'second reading'
finish "a clock without a zone in a window"
