#!/usr/bin/env bash
# The log for auditors: it says who did what; it opens to an auditor, and nothing else does; what is exported can be checked alone.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
why='Seen together with the supervisor and the social worker.'
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
both officer supervisor scan phone/backup --case real --lines phone/lines.csv --reason "$why"

as auditor case log real
expect 0 'collection: scan-done exhibit=1' 'the log'
grep -q '^ *1  .* UTC.*  alteration: case-made  by officer, key [0-9a-f]\{16\}$' out || fail "the first entry: $(cat out)"
as analyst case log real
[ "$code" = 3 ] || fail "an analyst read the log: $(cat out)"
as officer case log real
expect 0 'consultation: log  by auditor' 'that it was looked at'
for what in 'records real' 'view real' 'case show real' 'case scope real --from 2025-03-01 --reason x' 'case new other --form form.yaml' \
	'case task real' 'case notice real'; do
	as auditor $what --reason "$why"
	[ "$code" = 2 ] && as auditor $what
	[ "$code" = 3 ] || fail "an auditor may '$what': exit $code: $(cat out)"
done
as auditor case log real --json
jq -se 'map(.seq) == [range(1; length + 1)] and all(.name == "officer" or .name == "auditor") and
	any(.act == "collection" and .what == "scan-done" and .counts.exhibit == 1) and (.[0].sha256 | length) == 64' out >/dev/null ||
	fail "case log --json: $(cat out)"

# nothing of the phone or the form is in it
as auditor case export-log real --file log.jsonl --recipient 'PSD, Example Police' --reason "$why"
expect 0 'log.jsonl' 'export'
for word in 447700 07700 Example Jo Deano P-100 MC/25 2011 'social worker'; do
	sed -E 's/[0-9a-f]{16,}//g' log.jsonl | grep -qF -- "$word" && fail "'$word' is in the exported log"
done
as auditor case export-log real --file log.jsonl --recipient PSD --reason "$why"
expect 2 'there already' 'an export over a file'

# the chain holds without the case, and the head is in it
jq -r 'select(.entry) | .entry | tostring' log.jsonl >/dev/null || fail "the export is not JSON"
head -1 log.jsonl | jq -e '.format == "linecheck-log-1" and (.signers | map(.name) | sort) == ["auditor", "officer", "supervisor"]' >/dev/null ||
	fail "the first line: $(head -1 log.jsonl)"
prev=$(printf '0%.0s' {1..64})
while read -r line; do
	entry=${line#'{"entry":'}
	entry=${entry%',"sha256":'*}
	sum=$(printf %s "$entry" | sha256sum | cut -d' ' -f1)
	grep -qF "\"prev\":\"$prev\"" <<<"$entry" || fail "an entry does not follow the one before it: $entry"
	grep -qF ",\"sha256\":\"$sum\",\"signature\":\"" <<<"$line" || fail "an entry has not its hash: $line"
	prev=$sum
done < <(tail -n +2 log.jsonl)
"$LINECHECK" verify real --head "$prev" >out 2>&1 || fail "the exported head is not the case's: $(cat out)"
"$LINECHECK" scan phone/backup --training --case practice >/dev/null 2>&1 || true
"$LINECHECK" case log practice >out 2>&1 || fail "the log of a training case: $(cat out)"
grep -qF 'scan-done' out || fail "the log of a training case: $(cat out)"
finish "the log holds"
