#!/usr/bin/env bash
# Every document that the program makes, by other people's programs: PDFBox's preflight must call it valid PDF/A-1b, and two text
# extractors (poppler, PDFBox) must give the texts of the records.
. "$(dirname "$0")/../e2e/lib.bash"
. "$(dirname "$0")/../e2e/trust.bash"
jars=/usr/share/java
path=$jars/preflight.jar:$jars/pdfbox2.jar:$jars/pdfbox2-tools.jar:$jars/xmpbox.jar:$jars/fontbox2.jar:$jars/commons-logging.jar
path=$path:$jars/javax.activation.jar:$jars/jaxb-api.jar:$jars/bcprov.jar
if ! command -v java >/dev/null || ! command -v pdftotext >/dev/null || [ ! -e $jars/preflight.jar ]; then
	echo "skipped: needs java, poppler-utils and libpdfbox2-java"
	exit 77
fi
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
reason='The unit has no pack issued yet, list by hand.'
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
both officer supervisor case stage real 3 --reason 'All texts are needed: the threat was in a text.'
both officer supervisor scan phone/backup --case real --lines phone/lines.csv --reason "$reason"
as officer case sign-off real --all --reason 'Looked at each of them on the page.'
as officer records real
cp out records.jsonl
threads=$(jq -r .thread_id records.jsonl | grep -v null | sort -un | paste -sd,)
as officer report evidential real --out evidential --threads "$threads"
expect 0 report.pdf evidential
as officer report safeguarding real --out safeguarding
expect 0 summary.pdf safeguarding
LINECHECK_KEEP_PDF=$work/scripts.pdf "$BUILD_DIR/tests/pdf_test" >/dev/null 2>&1 || fail "twenty scripts and emoji"

for pdf in evidential/report.pdf safeguarding/summary.pdf scripts.pdf; do
	java -cp "$path" org.apache.pdfbox.preflight.Validator_A1b "$pdf" >preflight 2>&1
	grep -q 'is a valid PDF/A-1b file' preflight || fail "$pdf: $(head -5 preflight)"
done

# Normalised as the report says: plain ASCII texts that need no token, white space aside.
pdftotext -layout evidential/report.pdf - | tr -d ' \n\f' >one.txt
java -cp "$path" org.apache.pdfbox.tools.ExtractText -console evidential/report.pdf 2>/dev/null | tr -d ' \n\r\f' >two.txt
jq -r 'select(.kind == "message" and .text != null and (.text | test("^[ -~]+$")) and (.text | length) < 60) | .text' records.jsonl >texts
[ "$(wc -l <texts)" -gt 50 ] || fail "too few texts to compare: $(wc -l <texts)"
while read -r text; do
	plain=${text// /}
	grep -qF -- "$plain" one.txt || echo "poppler lacks: $text"
	grep -qF -- "$plain" two.txt || echo "PDFBox lacks: $text"
done <texts >lacks
[ -s lacks ] && fail "$(wc -l <lacks) texts: $(head -3 lacks)"
finish "the documents hold"
