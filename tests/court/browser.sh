#!/usr/bin/env bash
# Every page that leaves a case, in a browser, and every sheet in a spreadsheet, with hostile text everywhere: nothing of it becomes an element,
# runs, is a formula or breaks the layout; each page can be used by keyboard, in black and white, in large print, on a narrow screen and from
# right to left, and opens in under a second.
. "$(dirname "$0")/../e2e/lib.bash"
browser=$(command -v chromium || command -v chromium-browser || true)
office=$(command -v soffice || true)
if [ -z "$browser" ] || [ -z "$office" ]; then
	echo "skipped: needs chromium and libreoffice-calc-nogui"
	exit 77
fi
cd "$work"
export HOME=$work/home
mkdir -p home
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
"$LINECHECK" scan phone/backup --training --case practice --lines phone/lines.csv >/dev/null 2>&1 || true
"$LINECHECK" case sign-off practice --all --reason 'Looked at each of them on the page.' >/dev/null
cat >hostile.sql <<-'END'
	UPDATE record SET text = CAST('</td></tr></table></main><script>document.title="RAN"</script><img src=x onerror="document.title=''RAN''">' AS BLOB) WHERE text IS NOT NULL AND id % 6 = 0;
	UPDATE record SET text = CAST('=HYPERLINK("http://127.0.0.1:9/x";"click")' AS BLOB) WHERE text IS NOT NULL AND id % 6 = 1;
	UPDATE record SET text = CAST('مرحبا كيف حالك <b onclick=alert(1)>' AS BLOB) WHERE text IS NOT NULL AND id % 6 = 2;
	UPDATE record SET text = CAST(replace(hex(zeroblob(400)), '00', 'W') AS BLOB) WHERE text IS NOT NULL AND id % 6 = 3;
	UPDATE record SET text = CAST('@SUM(1+1)*cmd|''/c calc''!A0' || char(10) || '-2+3' || char(8238) || 'desrever' AS BLOB) WHERE text IS NOT NULL AND id % 6 = 4;
	UPDATE record SET service = '+1+cmd|x!A1', name = '"><svg onload=alert(1)>';
	UPDATE finding SET meaning = '</p><script>document.title="RAN"</script>', line = '<img src=x onerror=alert(1)>';
	UPDATE evidence_file SET path = '"><iframe src="javascript:alert(1)">' || id;
	UPDATE party SET name = '=1+1', raw = CASE WHEN id % 3 = 0 THEN '=cmd|''/c calc''!A1' || id ELSE raw END WHERE role <> 'owner';
END
sqlite3 practice/case.db <hostile.sql || fail "the case takes no hostile text"
threads=$(sqlite3 practice/case.db 'SELECT group_concat(id) FROM thread')
"$LINECHECK" report safeguarding practice --out safeguarding >out 2>&1 || fail "summary: $(cat out)"
"$LINECHECK" report daily practice --out daily >out 2>&1 || fail "daily: $(cat out)"
for who in council health cps defence; do
	"$LINECHECK" export $who practice --out $who --recipient '<script>document.title="RAN"</script>' --purpose '=1+1' --handling P --threads "$threads" >out 2>&1 ||
		fail "$who: $(cat out)"
done
# a report with its annexes needs a case that is not for training; this one has enough records for several pages, and keys
. "$(dirname "$0")/../e2e/trust.bash"
cd "$work"
unset SOURCE_DATE_EPOCH
{
	echo '<smses>'
	for n in $(seq 1400); do
		case $((n % 4)) in
		0) text='&lt;script&gt;document.title=&quot;RAN&quot;&lt;/script&gt;' ;; 1) text='=HYPERLINK(&quot;http://x&quot;)' ;; 2) text='مرحبا كيف حالك' ;;
		3) text="$(printf 'W%.0s' $(seq 300)) &lt;img src=x onerror=alert(1)&gt;" ;;
		esac
		echo "<sms protocol=\"0\" address=\"+447700900$((100 + n % 800))\" date=\"$((1741600000000 + 1000 * n))\" type=\"$((1 + n % 2))\" contact_name=\"=1+1\" body=\"$text\"/>"
	done
	echo '</smses>'
} >many.xml
printf 'line,identifier,from,to,status,grade\n=cmd,07700 900105,2024-01-01,,active,2B\n' >lines.csv
form >form.yaml
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
both officer supervisor case stage real 3 --reason 'All texts are needed: the threat was in a text.'
both officer supervisor scan many.xml --case real --lines lines.csv --reason 'The unit has no pack issued yet, list by hand.'
as officer case sign-off real --all --reason 'Looked at each of them on the page.'
as officer report evidential real --out evidential
expect 0 report.pdf 'the report'
[ -e evidential/annex/records-0002.html ] || fail "the annex has one page alone: $(sqlite3 -readonly real/case.db 'SELECT count(*) FROM record') records"

open_page() { # FILE OPTION...
	local page=$1
	shift
	timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
		--disable-sync --hide-scrollbars --user-data-dir="$work/profile" --enable-logging=stderr "$@" "file://$page" 2>browser.log
}
slowest=0 busiest=0 n=0
for page in safeguarding/*.html daily/*.html {council,health,cps,defence}/*.html evidential/*.html evidential/annex/records.html evidential/annex/records-0001.html; do
	n=$((n + 1))
	# as it is
	title=$(sed -n 's/.*<title>\([^<]*\)<.*/\1/p' "$page" | head -1)
	open_page "$work/$page" --dump-dom >dom.html || fail "$page does not open"
	grep -qF "<title>$title</title>" dom.html || fail "$page: the title changed: something ran"
	grep -Eio '<(script|img|iframe|object|embed|svg|form|input|b onclick)' dom.html | head -1 | grep . && fail "$page: text became an element"
	grep -F 'CONSOLE' browser.log | head -2 | grep . && fail "$page: the browser complains"
	# and measured
	sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//; s|</body>|<script src="layout.js"></script></body>|' "$page" >measured.html
	cp "$SOURCE_DIR/tests/court/layout.js" layout.js
	for width in 1100 500; do
		for _ in 1 2 3 4; do
			open_page "$work/measured.html" --window-size=$width,900 --dump-dom >dom.html || fail "$page does not open at $width"
			sed -n '/<pre id="layout">/,/<\/pre>/p' dom.html | sed 's/.*<pre id="layout">//; s/<[^>]*>//g' >said
			ms=$(sed -n 's/^opened in \([0-9]*\) ms$/\1/p' said)
			# as many programs as wait for the processors share them
			share=$(awk -v ms="${ms:-99999}" -v cores="$(nproc)" '{ print int($1 > cores ? ms * cores / $1 : ms) }' /proc/loadavg)
			[ "$share" -ge 1000 ] || break
		done
		[ "$share" -le "$busiest" ] || busiest=$share
		[ -n "$ms" ] || fail "$page: nothing was measured"
		[ "${ms:-0}" -le "$slowest" ] || slowest=$ms
		grep -vE '^opened in|^$' said >broken && fail "$page: $(head -3 broken)"
	done
done
[ "$busiest" -lt 1000 ] || fail "a page took $slowest ms to open, $busiest ms of its share of the processors"

# in a spreadsheet: as many rows as the sheet has, and no cell is a formula
sheets=0
for csv in daily/*.csv cps/*.csv defence/*.csv council/*.csv evidential/annex/*.csv; do
	sheets=$((sheets + 1))
	rm -rf sheet
	timeout 180 "$office" -env:UserInstallation="file://$work/office" --headless --convert-to fods:"OpenDocument Spreadsheet Flat XML" \
		--infilter='CSV:44,34,76,1,,0,false,true,false,false,false,-1' --outdir sheet "$csv" >office.log 2>&1 || fail "$csv: $(tail -2 office.log)"
	fods=$(find sheet -name '*.fods' | head -1)
	[ -n "$fods" ] || { fail "$csv cannot be opened: $(tail -2 office.log)"; continue; }
	grep -qE 'table:formula=|xlink:href="(http|javascript)' "$fods" && fail "$csv: a text became a formula or a link"
	columns=$(head -1 "$csv" | tr ',' '\n' | wc -l)
	rows=$(tr -d '\n' <"$csv" | tr -cd '\r' | wc -c)
	grep -o '<table:table-row\( [^>]*\)\?>' "$fods" | awk -v rows="$rows" '{ n += match($0, /rows-repeated="[0-9]+"/) ? substr($0, RSTART + 15, RLENGTH - 16) : 1 } END { exit !(n >= rows && n < 2000000) }' ||
		fail "$csv: the rows are not those of the sheet"
	[ "$columns" -gt 1 ] || fail "$csv has no columns"
done
finish "$n pages in $("$browser" --version 2>/dev/null), the slowest open in $slowest ms; $sheets sheets without a formula"
