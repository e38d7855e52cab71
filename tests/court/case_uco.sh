#!/usr/bin/env bash
# CASE/UCO exports as others read them: rdflib expands the JSON-LD, every subject has a type, every class and property stands in a namespace of
# CASE or UCO. Where case_validate (of the Python package case-utils, with its SHACL shapes) is installed, it must agree.
. "$(dirname "$0")/../e2e/lib.bash"
if ! /usr/bin/python3 -c 'import rdflib' 2>/dev/null; then
	echo "skipped: needs python3-rdflib"
	exit 77
fi
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
"$LINECHECK" scan phone/backup --training --case practice --lines phone/lines.csv >/dev/null 2>&1 || true
"$LINECHECK" case sign-off practice --all --reason 'Looked at each of them on the page.' >/dev/null
for who in other-force cps court; do
	"$LINECHECK" export $who practice --out $who --recipient 'Jo Example' --purpose 'to plan' --handling P >out 2>&1 || fail "$who: $(cat out)"
	cat >check.py <<-'END'
		import sys
		import rdflib
		g = rdflib.Graph()
		g.parse(sys.argv[1], format="json-ld")
		spaces = ("https://ontology.unifiedcyberontology.org/uco/", "https://ontology.caseontology.org/case/investigation/")
		a = rdflib.RDF.type
		bad = set()
		for s, p, o in g:
		    if p != a and not str(p).startswith(spaces):
		        bad.add("property %s" % p)
		    if p == a and not str(o).startswith(spaces):
		        bad.add("class %s" % o)
		    if (s, a, None) not in g:
		        bad.add("no type: %s" % s)
		    if not isinstance(s, rdflib.URIRef):
		        bad.add("a subject without @id")
		    if isinstance(o, rdflib.URIRef) and p != a and (o, a, None) not in g:
		        bad.add("nothing there: %s" % o)
		    if isinstance(o, rdflib.Literal) and o.datatype and o.value is None:
		        bad.add("no value of its type: %s" % o)
		for line in sorted(bad)[:5]:
		    print(line)
		print(len(g), "statements")
		sys.exit(1 if bad or len(g) < 100 else 0)
	END
	/usr/bin/python3 check.py $who/case.jsonld >out 2>&1 || fail "$who: $(cat out)"
	if command -v case_validate >/dev/null; then
		case_validate --allow-info $who/case.jsonld >out 2>&1 || fail "$who: case_validate: $(tail -5 out)"
	fi
done
if command -v case_validate >/dev/null; then with='rdflib and case_validate'; else with='rdflib; case_validate (SHACL) is not installed and was not asked'; fi
finish "CASE/UCO is read by $with"
