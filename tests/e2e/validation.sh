#!/usr/bin/env bash
# The validation pack says what the tests said, and nothing else: passed, skipped, not run, failed. Its lists name tests that exist.
. "$(dirname "$0")/lib.bash"
command -v perl >/dev/null && perl -MPOSIX -e 1 2>/dev/null || { echo "skipped: needs perl"; exit 77; }
[ -x "$BUILD_DIR/tests/parsers/parser_table" ] || { echo "skipped: parser_table is not built"; exit 77; }
cd "$work"
make() { code=0; perl "$SOURCE_DIR/tests/validation/make" "$BUILD_DIR" results.xml "$1" >out 2>&1 || code=$?; }
results() { # NAME STATUS...: as ctest writes them
	echo '<?xml version="1.0"?><testsuite>'
	while [ $# -gt 0 ]; do
		case $2 in
		skip) echo "<testcase name=\"$1\" classname=\"$1\" time=\"1\" status=\"notrun\"><skipped message=\"SKIP_RETURN_CODE=77\"/></testcase>" ;;
		*) echo "<testcase name=\"$1\" classname=\"$1\" time=\"1\" status=\"$2\"><system-out>&lt;testcase name=\"x\"</system-out></testcase>" ;;
		esac
		shift 2
	done
	echo '</testsuite>'
}
verdict() { grep "^\"$2\"," "$1/01-requirements.csv" | tr -d '\r' | sed 's/","/\n/g' | sed -n 4p; }
results unit.vfs run unit.source run e2e.hostile_case run e2e.court_report run e2e.court_tricks skip >results.xml
make one
[ "$code" = 0 ] || fail "the pack: exit $code: $(cat out)"
[ "$(verdict one V4)" = shown ] || fail "V4, whose tests all passed: $(verdict one V4)"
[ "$(verdict one V15)" = 'not shown' ] || fail "V15, of whose tests one was skipped: $(verdict one V15)"
[ "$(verdict one V1)" = 'not shown' ] || fail "V1, whose tests were not run: $(verdict one V1)"
[ "$(grep -c '^"R[0-9]*",' one/01-requirements.csv)" = 20 ] || fail "the requirements of the law are not all there"
results unit.vfs fail unit.source run e2e.hostile_case run >results.xml
make two
[ "$code" = 1 ] || fail "a failed test: exit $code"
[ "$(verdict two V4)" = FAILED ] || fail "V4, of whose tests one failed: $(verdict two V4)"
grep -q '1 tests FAILED' two/index.html || fail "the first page does not say that a test failed"
grep -q '^"V4",.*"NO"' two/04-acceptance.csv || fail "the acceptance criterion counts as met"
(cd one && sha256sum --quiet -c MANIFEST.sha256) || fail "the list of the pack"
for file in 02-specification 03-risks 05-test-set 07-limits 08-change-impact 09-nist-cftt 10-weaknesses 11-statement; do
	[ -s "one/$file.html" ] && grep -q "href=\"$file.html\"" one/index.html || fail "no $file"
done
grep -q '^"CA-09",.*"no by design"' one/09-nist-cftt.csv || fail "the CFTT table"
grep -q '^"tests/parsers/ios_sms/expect.txt","truth",' one/05-test-set.csv || fail "the truth is not listed"
grep -q '^"ios_sms",' one/10-weaknesses-by-reader.csv || fail "no weaknesses by reader"
# no result stands in the lists
grep -rniE '\b(passed|failed)\b' "$SOURCE_DIR"/tests/validation/*.csv && fail "a result written by hand"
make one
[ "$code" != 0 ] || fail "a pack is written over"
finish "the validation pack says what the tests said"
