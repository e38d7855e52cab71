# Keys and a policy for tests of real cases: officer.key, supervisor.key, other.key (an officer), analyst.key, auditor.key, unit.key under $work,
# all with the passphrase $words; LINECHECK_TRUST is set. Sourced after lib.bash.
words='correct horse battery'
export HOME=$work/home LINECHECK_TRUST=$work/trust
mkdir -p "$HOME"
public_of() { "$LINECHECK" key show "$1" | sed -n 's/^  public  //p'; }
for who in force officer supervisor other analyst auditor unit; do
	"$BUILD_DIR/tests/gen/test_key" "$work/$who.key" "$who" "$words"
done
"$LINECHECK" trust create "$LINECHECK_TRUST" --force 'Example Police' --key "$work/force.key" --training allowed \
	--passphrase-fd 3 3<<<"$words" >/dev/null
for who in officer:officer supervisor:supervisor other:officer analyst:analyst auditor:auditor unit:unit; do
	"$LINECHECK" trust add "$LINECHECK_TRUST" --role "${who#*:}" --name "${who%:*}" --public "$(public_of "$work/${who%:*}.key")" \
		--from 2020-01-01 --key "$work/force.key" --passphrase-fd 3 3<<<"$words" >/dev/null
done

# as PERSON COMMAND...: output in $work/out, exit code in $code. That the policy is a self-made one is said each time, and left out.
as() {
	local who=$1
	shift
	code=0
	"$LINECHECK" "$@" --key "$work/$who.key" --passphrase-fd 3 3<<<"$words" >"$work/out" 2>&1 </dev/null || code=$?
	sed -i '/Self-made trust: /d' "$work/out"
}
# both PERSON SECOND COMMAND...
both() {
	local who=$1 second=$2
	shift 2
	code=0
	"$LINECHECK" "$@" --key "$work/$who.key" --passphrase-fd 3 --second "$work/$second.key" --second-passphrase-fd 4 \
		3<<<"$words" 4<<<"$words" >"$work/out" 2>&1 </dev/null || code=$?
	sed -i '/Self-made trust: /d' "$work/out"
}
# expect CODE TEXT WHAT
expect() {
	[ "$code" = "$1" ] || fail "$3: exit $code, not $1: $(cat "$work/out")"
	grep -qF -- "$2" "$work/out" || fail "$3: does not say '$2': $(cat "$work/out")"
}

# form [FIELD=VALUE ...] >FILE: the answers of a case that may be read, with these changed; FIELD= leaves it out
form() {
	local pair line
	cat >"$work/base.yaml" <<-END
		basis: parent
		reference: MC/25/001
		person: P-100
		born: 2011-05-06
		category: potential-victim
		episode: returned
		missing_from: 2025-03-10
		found_on: 2025-03-14
		purposes: protect
		relevance: "Calls at night from a number that nobody in the family knows, before each time away."
		agreed_age: "41"
		agreed_by: "Jo Example, mother"
		agreed_handles: "+447700900411"
		views: recorded
		views_text: "Wants it looked at, afraid of who will know."
		views_help: none
		necessity: "Four episodes in two months, each after calls from unknown numbers on this phone."
		proportionality: "Only the days around the last episode, numbers and times before any text."
		alternatives: "Asking was tried twice and the school knows nothing; no other record of the calls exists."
		collateral: "Friends' numbers will be seen as numbers only and are not kept if they meet nothing."
		confidential_risk: "A youth worker and helplines are likely; helplines are sealed by the program itself."
		officer_role: "PC 1234"
		schedule3: "1"
		training_reference: "MPE-77, until 2027-01"
		exhibit: JE/1
		condition: "On, unlocked, screen cracked"
		isolation: aeroplane-mode
		isolated_at: "2025-03-17 10:00"
		isolated_by: "PC 1234"
		review_by: 2099-01-01
		retention: MoPI-2
		investigation: "no"
	END
	for pair in "$@"; do
		line=${pair%%=*}
		sed -i "/^$line:/d" "$work/base.yaml"
		[ -n "${pair#*=}" ] && echo "$line: ${pair#*=}" >>"$work/base.yaml"
	done
	cat "$work/base.yaml"
}
