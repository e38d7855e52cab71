#!/usr/bin/env bash
# A person signs findings off and says later what became of them: kept by what a finding rests on, not by its number.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
why='Seen together with the supervisor and the social worker.'
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
expect 0 'Before a paper or file leaves' 'safety words with a copy'
as officer case sign-off real --finding F1 --reason "$why"
expect 1 "no finding 'F1'" 'sign-off of nothing'
scan_real() { both officer supervisor scan phone/backup --case real --lines phone/lines.csv --reason "$why" "$@"; }
scan_real
case $code in 0 | 4 | 10) ;; *) fail "scan: exit $code: $(cat out)" ;; esac

as officer case sign-off real --reason "$why"
expect 2 '--finding F1,F3 or --all' 'sign-off of nothing named'
as officer case sign-off real --all --finding F1 --reason "$why"
expect 2 '--finding F1,F3 or --all' 'sign-off of both'
as officer case sign-off real --finding F1 --reason 'too short'
expect 2 'Say why' 'sign-off without a reason'
as officer case sign-off real --finding F1,F999 --reason "$why"
expect 1 "no finding 'F999'" 'sign-off of a finding that is not there'
as auditor case sign-off real --all --reason "$why"
[ "$code" = 3 ] || fail "an auditor signed off: $(cat out)"
as officer case sign-off real --finding F1 --reason "$why"
expect 0 'The program made no decision' 'sign-off'
as officer case show real
rule=$(sed -n 's/^  F1, \(.*\): signed off$/\1/p' out)
[ -n "$rule" ] || fail "the sign-off is not shown: $(cat out)"
grep -q '^  F2, ' out && fail "F2 is shown as signed"
grep -q '^  not signed off as they are now: F2' out || fail "what is not signed is not listed: $(cat out)"
as officer case go-on real --reason "$why"
expect 1 'No stop stands in this case' 'lifting no stop'
as officer case share real 'PC Nobody'
expect 1 'neither a person or key id of the policy' 'sharing with nobody'
as officer case hold real on
expect 2 'linecheck help case hold' "a verb's own help"
as officer case outcome real F1 sometimes --reason "$why"
expect 2 'useful' 'an outcome that is none'
as officer case outcome real F1 false --reason 'The number had changed hands before.'
expect 0 'false one' outcome
as officer case outcome real F1 useful --reason 'The first word on it was a mistake, it held.'
expect 0 'useful' 'a second outcome'
as officer case show real
grep -qF "F1, $rule: signed off, was useful" out || fail "outcome is not shown: $(cat out)"

# the same finding keeps both under another number; one that rests on more must be signed again
ids() { as officer case show real; sed -n 's/^  F[0-9]*, \(.*\)$/\1/p' out; }
both officer supervisor case stage real 3 --reason 'All texts are needed: the threat was in a text.'
scan_real
as officer case show real
grep -qF "$rule" out || fail "the outcome was lost when the case was read again: $(cat out)"
grep -q ": signed off, was useful\|: was useful" out || fail "the outcome was lost: $(cat out)"
as officer case sign-off real --all --reason "$why"
expect 0 'Signed off' 'sign-off of all'
as officer case show real
[ "$(grep -c ': signed off' out)" -gt 5 ] || fail "not all are signed: $(cat out)"
"$LINECHECK" verify real >out 2>&1 || fail "verify: $(cat out)"
finish "sign-off and outcomes hold"
