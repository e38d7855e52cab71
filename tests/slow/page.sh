#!/usr/bin/env bash
# The working view in a browser: a hostile case makes no element, runs nothing and fetches nothing.
. "$(dirname "$0")/../e2e/lib.bash"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
	echo "skipped: there is no Chromium"
	exit 77
fi
hostile="</bdi></blockquote><script>document.title=\"RAN\"</script><img src=\"http://127.0.0.1:9/x\" onerror=\"document.title='RAN'\">"
mkdir "$work/case"
{
	cat "$SOURCE_DIR/triage/case_schema.sql"
	echo "INSERT INTO meta VALUES('schema','4'),('tool','linecheck'),('zone','Europe/London'),('training','1');"
	cat "$SOURCE_DIR/tests/report/story.sql"
	quoted=${hostile//\'/\'\'}
	for column in record.text record.name party.name app.name evidence_file.path finding.reason line.line thread.name; do
		echo "UPDATE ${column%.*} SET ${column#*.} = '$quoted' || char(8238) || 'desrever';"
	done
} | sqlite3 "$work/case/case.db"
"$LINECHECK" view "$work/case" >/dev/null || fail "no page"

open_page() { # OPTION...
	timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
		--user-data-dir="$work/profile" --window-size=1100,1600 --enable-logging=stderr "$@" \
		"file://$work/case/view.html" 2>"$work/browser.log"
}

open_page --dump-dom >"$work/dom.html" || fail "the browser could not open the page"
grep -q '<h2>Findings</h2>' "$work/dom.html" || fail "the page did not load"
! grep -Eiq '<(script|img|iframe|object|embed|link|form|input)' "$work/dom.html" || fail "evidence became an element"
grep -q '<title>TRAINING - Phone check, working view</title>' "$work/dom.html" || fail "the title changed: something ran"
! grep -E 'CONSOLE' "$work/browser.log" || fail "the browser complains about the page"
open_page --screenshot="$work/page.png" >/dev/null || fail "no picture"
[ "$(stat -c %s "$work/page.png")" -gt 20000 ] || fail "the picture is empty"
finish "the page opens in $("$browser" --version 2>/dev/null)"
