#!/usr/bin/env bash
# The replay of a report on an encrypted backup: with its password the same annexes, also where TMPDIR is set; without it, never.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --backup-password 'a locked door' --rounds 1000 --out phone >/dev/null
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
both officer supervisor scan phone/backup --case real --lines phone/lines.csv --reason 'The unit has no pack issued yet, list by hand.' \
	--password-fd 5 5<<<'a locked door'
expect 10 'read to its end' 'the scan'
# what was decided is told in words, with the name of who did
as officer case show real
expect 0 'How long the case is kept: decision' 'decisions in words'
grep -q ', by officer (key [0-9a-f]\{16\})$' out || fail "case show does not name the person: $(cat out)"
grep -q '[{}]' out && fail "case show prints what programs read: $(cat out)"
as officer case sign-off real --all --reason 'Looked at each of them on the page.'
as officer report evidential real --out report
expect 0 'report/report.pdf' 'the report'
mkdir scratch
replay() {
	code=0
	TMPDIR=$work "$LINECHECK" replay report phone/backup --lines phone/lines.csv --work scratch "$@" >out 2>&1 </dev/null || code=$?
}
replay --password-fd 3 3<<<'a locked door'
expect 0 'The same: ' 'with the password'
replay
expect 1 'NOT THE SAME: annex/records.csv' 'without it'
replay --password-fd 3 3<<<'an open door'
expect 1 'does not open the encrypted backup' 'with a wrong one'
replay --password-fd three
expect 2 'the number of a descriptor' 'a descriptor that is none'
[ -z "$(ls scratch)" ] || fail "left behind: $(ls scratch)"
finish "an encrypted backup is replayed with its password"
