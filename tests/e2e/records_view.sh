#!/usr/bin/env bash
# `records` and `view`: what they print, what they refuse, and a case that cannot be written.
. "$(dirname "$0")/lib.bash"
mkdir "$work/case"
{
	cat "$SOURCE_DIR/triage/case_schema.sql"
	echo "INSERT INTO meta VALUES('schema','4'),('tool','linecheck'),('zone','Europe/London'),('training','1');"
	cat "$SOURCE_DIR/tests/report/story.sql"
} | sqlite3 "$work/case/case.db"

expect() { # CODE ARGUMENT...
	local want=$1 code=0
	shift
	"$LINECHECK" "$@" >"$work/out" 2>"$work/err" || code=$?
	[ $code = "$want" ] || fail "$*: exit $code, not $want: $(cat "$work/err")"
}

expect 0 records "$work/case"
[ "$(wc -l <"$work/out")" = 9 ] || fail "records: $(wc -l <"$work/out") lines, not 9"
expect 0 records "$work/case" --kind contact
[ "$(wc -l <"$work/out")" = 2 ] || fail "records --kind contact: $(wc -l <"$work/out") lines, not 2"
expect 0 records --kind system "$work/case"
[ ! -s "$work/out" ] || fail "records --kind system printed something"
for wrong in "records" "records --kind" "records --kind photo $work/case" "records --all $work/case" \
	"records $work/case $work/case" "view" "view --x" "view $work/case more"; do
	# shellcheck disable=SC2086
	expect 2 $wrong
	[ -s "$work/err" ] && [ ! -s "$work/out" ] || fail "$wrong: no words on standard error"
done
expect 1 records "$work/nothing"
grep -q "no case" "$work/err" || fail "records without a case: $(cat "$work/err")"

# Looking is logged, and changes nothing else.
contents() { sqlite3 "$work/case/case.db" .dump | grep -vE "^INSERT INTO (log|log_head|salt) " | sha256sum; }
before=$(contents)
expect 0 view "$work/case"
[ "$(cat "$work/out")" = "$work/case/view.html" ] || fail "view says '$(cat "$work/out")'"
cp "$work/case/view.html" "$work/first.html"
[ "$(stat -c %a "$work/case/view.html")" = 600 ] || fail "others may read the page"
expect 0 view "$work/case"
cmp "$work/first.html" "$work/case/view.html" || fail "the page differs when made again"
[ "$before" = "$(contents)" ] || fail "case.db changed"

# A full disk is an error, not half a list.
if [ -w /dev/full ]; then
	code=0
	"$LINECHECK" records "$work/case" >/dev/full 2>"$work/err" || code=$?
	[ $code = 1 ] || fail "records to a full disk: exit $code"
fi
# The old page stays when a new one cannot be made.
echo old >"$work/case/view.html"
sqlite3 "$work/case/case.db" "DROP TABLE role"
expect 1 view "$work/case"
[ "$(cat "$work/case/view.html")" = old ] || fail "a failed page replaced the old one"
[ "$(ls "$work/case")" = "$(printf 'case.db\nview.html')" ] || fail "left behind: $(ls "$work/case")"
finish "records and view: as documented"
