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
as officer report daily real --out daily
expect 0 daily.html daily
LINECHECK_KEEP_PDF=$work/scripts.pdf "$BUILD_DIR/tests/pdf_test" >/dev/null 2>&1 || fail "twenty scripts and emoji"

# a phone whose texts are in 26 scripts, with emoji and hostile text
{
	echo '<smses>'
	n=0
	while read -r text; do
		n=$((n + 1))
		echo "<sms protocol=\"0\" address=\"+447700900123\" date=\"$((1741600000000 + 60000 * n))\" type=\"1\" body=\"$text\"/>"
	done <"$SOURCE_DIR/tests/court/scripts.txt"
	echo '</smses>'
} >scripts.xml
printf 'line,identifier,from,to,status,grade\nMarlo,07700 900123,2024-01-01,,active,2B\n' >lines.csv
as officer case new many --form form.yaml
as officer case confirm many --how written --copy given
both officer supervisor case stage many 3 --reason 'All texts are needed: the threat was in a text.'
both officer supervisor scan scripts.xml --case many --lines lines.csv --reason "$reason"
as officer case sign-off many --all --reason 'Looked at each of them on the page.'
as officer report evidential many --out many.out
expect 0 report.pdf 'a report in many scripts'
as officer records many
cp out many.jsonl
[ "$(wc -l <many.jsonl)" -ge "$n" ] || fail "not all of the $n texts were read"

extract_one() { pdftotext -raw "$1" "$2"; }
extract_two() { java -cp "$path" org.apache.pdfbox.tools.ExtractText -sort -encoding UTF-8 "$1" "$2" >/dev/null 2>&1; }
for pdf in evidential/report.pdf safeguarding/summary.pdf daily/daily.pdf scripts.pdf many.out/report.pdf; do
	java -cp "$path" org.apache.pdfbox.preflight.Validator_A1b "$pdf" >preflight 2>&1
	grep -q 'is a valid PDF/A-1b file' preflight || fail "$pdf: $(head -5 preflight)"
	for how in one two; do
		extract_$how "$pdf" text && [ -s text ] || fail "$pdf: nothing can be extracted ($how)"
	done
done

# The text of each record that is printed, as two extractors give it, is the record's: texts.pl says how they are made comparable.
extract_one evidential/report.pdf one.txt
extract_two evidential/report.pdf two.txt
extract_one many.out/report.pdf many.one.txt
extract_two many.out/report.pdf many.two.txt
perl "$SOURCE_DIR/tests/court/texts.pl" records.jsonl one.txt >lacks || fail "poppler: $(head -3 lacks)"
[ "$(tail -1 lacks | cut -d' ' -f1)" -gt 50 ] || fail "too few texts to compare: $(tail -1 lacks)"
perl "$SOURCE_DIR/tests/court/texts.pl" records.jsonl two.txt >lacks || fail "PDFBox: $(head -3 lacks)"
[ "$(tail -1 lacks | cut -d' ' -f1)" -gt 50 ] || fail "too few texts to compare: $(tail -1 lacks)"
perl "$SOURCE_DIR/tests/court/texts.pl" many.jsonl many.one.txt mixed >lacks || fail "poppler, many scripts: $(head -8 lacks)"
perl "$SOURCE_DIR/tests/court/texts.pl" many.jsonl many.two.txt mixed no-actual-text >lacks || fail "PDFBox, many scripts: $(head -8 lacks)"
for token in 'U+1F50C ELECTRIC PLUG' 'U+202E' 'U+2744 SNOWFLAKE'; do
	grep -qF "$token" many.one.txt || fail "'$token' is not said"
done
sed 's/"text":"/"text":"x/' many.jsonl >other.jsonl
perl "$SOURCE_DIR/tests/court/texts.pl" other.jsonl many.one.txt mixed >lacks && fail "other texts are taken for the document's"
finish "the documents hold"
