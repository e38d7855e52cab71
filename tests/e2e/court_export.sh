#!/usr/bin/env bash
# Exports: no field outside its profile, third parties as stable tokens, grades as the handling code allows, a register.
. "$(dirname "$0")/lib.bash"
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
"$LINECHECK" scan phone/backup --training --case practice --lines phone/lines.csv >/dev/null 2>&1 || true
give() { # PROFILE OUT [OPTION...]
	local who=$1 to=$2
	shift 2
	code=0
	"$LINECHECK" export "$who" practice --out "$to" --recipient 'Jo Example, team 3' --purpose 'to plan for the return' --handling P "$@" \
		>out 2>&1 </dev/null || code=$?
}
give council early
[ "$code" = 3 ] || fail "an export before sign-off: $(cat out)"
[ -e early ] || [ -e early.part ] && fail "a refused export left something"
"$LINECHECK" case sign-off practice --all --reason 'Looked at each of them on the page.' >/dev/null
give nobody x
[ "$code" = 2 ] || fail "an unknown recipient: $(cat out)"
code=0; "$LINECHECK" export council practice --out x --recipient a --purpose b >out 2>&1 || code=$?
[ "$code" = 2 ] || fail "no handling code: exit $code"
give council x --handling C
[ "$code" = 2 ] || fail "handling C without conditions: exit $code"
[ -e x ] && fail "a wrong command line left something"
"$LINECHECK" export list practice | grep -q 'nothing has left' || fail "the register is not empty"

# the profiles are data: what is exported is within them, whatever they are
fields() { tr '\n' ' ' <"$SOURCE_DIR/triage/export/profiles.list" | grep -o "X($1, [^)]*)" | grep -oE '"[^"]*"' | tail -n +2 | tr -d '"' | tr ' ' '\n' | grep .; }
head='schema training profile recipient purpose handling conditions signed_off findings matches'
for who in council school health other-force cps defence court; do
	give "$who" "$who"
	[ "$code" = 0 ] || fail "$who: $(cat out)"
	fields "$who" >allowed
	[ -s allowed ] || fail "$who has no fields"
	jq -r '[paths | map(select(type == "string")) | .[]] | unique | .[]' "$who/export.json" | while read -r key; do
		grep -qxF "$key" allowed || [[ " $head " == *" $key "* ]] || echo "$key"
	done >outside
	[ -s outside ] && fail "$who: fields outside the profile: $(tr '\n' ' ' <outside)"
	if [ -e "$who/records.csv" ]; then
		head -1 "$who/records.csv" | tr -d '\r"' | tr ',' '\n' | sed 's/^/record./' | grep -vxFf allowed && fail "$who: columns outside the profile"
		[ "$(wc -l <"$who/records.csv")" -gt 5 ] || fail "$who: no records"
	else
		grep -q '^record' allowed && fail "$who: no records.csv"
	fi
	"$LINECHECK" verify "$who" >out 2>&1 || fail "verify $who: $(cat out)"
	(cd "$who" && sh check.sh >../out 2>&1) || fail "check.sh of $who: $(cat out)"
	grep -qE '<script|http://|https://' "$who/export.html" && fail "$who: a script or a link on the page"
	case $who in council | school | health | defence)
		grep -rqE '\+?44 ?7700 ?900|07700 ?900' "$who" && fail "$who has a third party's number: $(grep -rE '7700 ?900' "$who" | head -1)"
		grep -rqE '"(1|2|3)[A-E][PC]?"|graded|active|suspected' "$who"/*.json "$who"/*.html "$who"/*.csv 2>/dev/null && fail "$who has a grade or status"
		[ -e "$who/case.jsonld" ] && fail "$who has machine forms" ;;
	esac
	case $who in council | school | health)
		grep -rqF 'i know where ur mum lives' "$who" && fail "$who has a message's text" ;;
	cps | defence | court)
		grep -rqiE 'Immediate safeguarding|threat' "$who"/export.* && fail "$who has an assessment" ;;
	esac
done
grep -q '"T0[0-9]"' council/records.csv || fail "no tokens"
diff <(cut -d, -f1,5 council/records.csv) <(cut -d, -f1,5 defence/records.csv) >out || fail "a token is not the same in two exports: $(head -3 out)"
grep -qF "i know where ur mum lives" defence/records.csv || fail "the defence has no text"
TZ=Asia/Tokyo LC_ALL=C.UTF-8 give defence again
diff -r defence again >out || fail "the same export gave other bytes: $(cat out)"

# grades: to another force, where the list allows it; what has conditions only with conditions
jq -e '[.matches[]."match.grade" // empty] | length > 0' other-force/export.json >/dev/null || fail "another force gets no grade"
jq -e '[.matches[]."match.grade" // empty] | length == 0' court/export.json >/dev/null || fail "a court gets a grade"
sqlite3 practice/case.db "UPDATE line SET grade='1AC'"
give other-force conditions
jq -e '[.matches[] | ."match.grade" // ."match.status" // empty] | length == 0' conditions/export.json >/dev/null || fail "a grade with conditions left without them"
give other-force conditions2 --handling C --conditions 'Not to be acted on without asking first.'
jq -e '[.matches[]."match.grade" // empty] | length > 0' conditions2/export.json >/dev/null || fail "no grade with the conditions"

# CASE/UCO: what it must have to be read by others
jq -e '[.["@graph"][] | .. | objects | select(has("@type")) | select(has("@value") | not) | select(has("@id") | not)] | length == 0' \
	cps/case.jsonld >/dev/null || fail "an object without an @id"
jq -e '[.["@graph"][] | .. | objects | select(has("@type"))."@id" | select(. != null)] | (length == (unique | length)) and length > 50' \
	cps/case.jsonld >/dev/null || fail "an @id twice"
jq -e '([.["@graph"][] | .["@id"]]) as $ids | [.["@graph"][] | .. | objects | select(keys == ["@id"])."@id"] | all(. as $i | $ids | index($i) != null)' \
	cps/case.jsonld >/dev/null || fail "a reference to nothing"
jq -e '[.["@graph"][]."@type"] | contains(["uco-observable:Call", "uco-observable:Message", "uco-observable:PhoneAccount", "case-investigation:ProvenanceRecord", "case-investigation:InvestigativeAction", "uco-tool:AnalyticTool"])' \
	cps/case.jsonld >/dev/null || fail "a type is missing"
jq -r '[.["@graph"][] | .. | objects | keys[] | select(startswith("@") | not) | split(":")[0]] | unique | .[]' cps/case.jsonld | while read -r prefix; do
	jq -e --arg p "$prefix" '.["@context"] | has($p)' cps/case.jsonld >/dev/null || echo "$prefix"
done | grep . && fail "a prefix without a context"
[ "$(head -1 cps/links.csv | tr -d '\r')" = '"from","to","type","startTime","endTime","record"' ] || fail "links.csv: $(head -1 cps/links.csv)"
tail -n +2 cps/links.csv | cut -d, -f1 | sort -u | while read -r name; do grep -qF "$name," cps/entities.csv || echo "$name"; done | grep . && fail "a link from nothing"

# the register
"$LINECHECK" export list practice >out
grep -q 'Jo Example, team 3' out && grep -q 'to plan for the return' out && grep -qF "$(sha256sum <defence/MANIFEST.sha256 | cut -c1-64)" out ||
	fail "the register: $(cat out)"
[ "$(grep -c '  list ' out)" = 10 ] || fail "the register has not all: $(cat out)"

# no formula runs: no field of any CSV begins like one
sqlite3 practice/case.db "UPDATE record SET text=CAST('=cmd|''/c calc''!A1' AS BLOB) WHERE text IS NOT NULL; UPDATE record SET service='@SUM(1)', name='-2+3'"
give cps formula
[ "$code" = 0 ] || fail "formulas: $(cat out)"
grep -nE '(^|,)"[=+@-]' formula/*.csv && fail "a field begins like a formula"
grep -qF "\"'=cmd|" formula/records.csv || fail "the text that looks like a formula is not there"
finish "exports hold"
