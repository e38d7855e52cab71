#!/usr/bin/env bash
# README's "A real phone", typed in its order by a stranger: every command works, with the form and with the questions.
. "$(dirname "$0")/lib.bash"
unset SOURCE_DATE_EPOCH
export HOME=$work/home
mkdir -p "$HOME" "$work/unit"
cd "$work/unit"
words='correct horse battery'
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out story >/dev/null
cp -r story/backup story/lines.csv .

# The program as it is typed, with the passphrases that a person would type. Keys at the price of tests: their making is keys.sh's.
linecheck() {
	printf '%s\n' "$*" >>../typed
	[[ "$*" != 'case new '*form.yaml ]] || fill
	case "$1 $2" in
	'key new') "$BUILD_DIR/tests/gen/test_key" "$3" "$5" "$words" ;;
	'key show' | 'case form') "$LINECHECK" "$@" ;;
	*)
		[[ " $* " = *' --second '* ]] && set -- "$@" --second-passphrase-fd 4
		code=0
		"$LINECHECK" "$@" --passphrase-fd 3 3<<<"$words" 4<<<"$words" >../out 2>&1 </dev/null || code=$?
		case "$1 $code" in
		scan\ 0 | scan\ 4 | scan\ 10) ;;
		*) [ $code = 0 ] || fail "linecheck $*: exit $code: $(cat ../out)" ;;
		esac
		;;
	esac
}

# What an officer writes into the form that 'case form' prints: answers, in the order of the questions.
answers() {
	cat <<-'END'
		basis|parent
		reference|MC/25/001
		person|P-100
		born|2011-05-06
		category|potential-victim
		episode|returned
		missing_from|2025-03-10
		found_on|2025-03-17
		purposes|protect
		relevance|Calls at night from a number that nobody in the family knows.
		agreed_age|41
		agreed_by|Jo Example, mother
		agreed_handles|+447700900411
		views|recorded
		views_text|Wants it looked at, afraid of who will know.
		views_help|none
		necessity|Four episodes in two months, each after calls from unknown numbers on this phone.
		proportionality|Only the days around the last episode, numbers and times before any text.
		alternatives|Asking was tried twice and the school knows nothing; there is no other record.
		collateral|Friends will be seen as numbers only and are not kept if they meet nothing.
		confidential_risk|A youth worker and helplines are likely; helplines are sealed by the program.
		officer_role|PC 1234
		schedule3|1
		training_reference|MPE-77, until 2027-01
		exhibit|JE/1
		condition|On, unlocked, screen cracked
		isolation|aeroplane-mode
		isolated_at|2025-03-17 20:00
		isolated_by|PC 1234
		kinds|
		from|
		to|
		with|
		review_by|2099-01-01
		retention|MoPI-2
		investigation|no
	END
}
fill() {
	local id text
	while IFS='|' read -r id text; do
		[ -n "$text" ] || continue
		grep -q "^$id:\$" form.yaml || fail "the form does not ask '$id'"
		awk -v id="$id:" -v text="$text" '$0 == id { print id " \"" text "\""; next } { print }' form.yaml >filled
		mv filled form.yaml
	done < <(answers)
}

awk '/^## A real phone/ { on = 1 } /^## Using it/ { on = 0 } on && /^```sh$/ { sh = 1; next } /^```$/ { sh = 0 } on && sh' \
	"$SOURCE_DIR/README.md" >../commands
[ "$(grep -c '^linecheck' ../commands)" -gt 20 ] || fail "README has no section 'A real phone'"
# shellcheck source=/dev/null
. ../commands
[ -s case1.erased.txt ] && [ ! -e case1 ] || fail "the case did not come to its end: $(ls)"
grep -q '^Finished' case1.erased.txt || fail "the certificate is not finished"
for word in 'case sign-off' 'case outcome' 'case seal' 'case open' 'case close' 'check 0' 'case type'; do
	grep -q "^$word" ../typed || fail "README does not show '$word'"
done

# the questions, one at a time: a wrong answer is asked again; what the law refuses ends it with the reason, and no case is made
ask() { code=0; "$LINECHECK" case new "$1" --passphrase-fd 3 3<<<"$words" >../out 2>&1 || code=$?; }
ask case2 < <(answers | cut -d'|' -f2- | sed 's/^2011-05-06$/6.5.2011\n2011-05-06/; s/^potential-victim$/child\npotential-victim/')
[ "$code" = 0 ] && [ -s case2/notice-1.txt ] || fail "the questions: exit $code: $(tail -5 ../out)"
[ "$(grep -c 'Their date of birth?' ../out)" = 2 ] || fail "a wrong answer is not asked again"
[ "$(grep -c '^> ' ../out)" -ge 36 ] || fail "not one question at a time: $(cat ../out)"
ask case3 < <(answers | cut -d'|' -f2- | sed 's/^41$/17/')
[ "$code" = 3 ] && [ ! -e case3 ] && tail -3 ../out | grep -q 'nobody under 18 can agree' || fail "an agreement at 17: $code: $(tail -3 ../out)"
grep -q 'Who agreed, and what' ../out && fail "it goes on asking after a refusal"
ask case3 < <(answers | cut -d'|' -f2- | head -10)
[ "$code" = 1 ] && [ ! -e case3 ] || fail "half of the answers made a case: $code"
diff <(sqlite3 case2/case.db "SELECT field FROM decision_text WHERE decision=1 ORDER BY 1") <(printf '%s\n' agreed_by agreed_handles alternatives \
	born collateral condition confidential_risk necessity person proportionality relevance views_text) || fail "texts that can be erased"
finish "a stranger gets through"
