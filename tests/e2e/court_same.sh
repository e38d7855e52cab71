#!/usr/bin/env bash
# Every document of a case is the same bytes in another language, time zone, folder, environment and under load.
. "$(dirname "$0")/lib.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone >/dev/null
"$LINECHECK" scan phone/backup --training --case practice --lines phone/lines.csv >/dev/null 2>&1 || true
"$LINECHECK" case sign-off practice --all --reason 'Looked at each of them on the page.' >/dev/null
threads=$("$LINECHECK" records practice | jq -r '.thread_id // empty' | sort -un | head -3 | paste -sd,)

# all FOLDER: from a copy of the case in it, into FOLDER/out
all() {
	local who to=$1
	mkdir -p "$to/out"
	cp -a practice "$to/practice"
	cd "$to" # the morning list names a case as it was given
	"$LINECHECK" report safeguarding practice --out out/safeguarding
	"$LINECHECK" report daily practice --out out/daily
	for who in council school health other-force cps defence court; do
		"$LINECHECK" export "$who" practice --out "out/$who" --recipient 'Jo Example' --purpose 'to plan' --handling P --threads "$threads"
	done
	"$LINECHECK" records practice >out/records
	"$LINECHECK" people practice >out/people
}
other=C.UTF-8
if command -v localedef >/dev/null && [ -e /usr/share/i18n/locales/tr_TR ] && mkdir loc &&
	localedef -i tr_TR -f UTF-8 "$work/loc/tr_TR.UTF-8" >/dev/null 2>&1; then
	other=tr_TR.UTF-8 # dotless i, commas in numbers
	export LOCPATH=$work/loc ASAN_OPTIONS=detect_leaks=0 # the C library never gives back what it made of LOCPATH
fi
(LC_ALL=C TZ=UTC all one) >one.log 2>&1 || fail "the documents: $(tail -3 one.log)"
(LC_ALL=$other LANG=$other LANGUAGE=tr:ar TZ=Pacific/Kiritimati COLUMNS=40 FONTCONFIG_FILE=/nonexistent PANGO_LANGUAGE=ko G_DEBUG=gc-friendly \
	MALLOC_PERTURB_=170 all 'two of them/deep') >two.log 2>&1 || fail "in another language: $(tail -3 two.log)"
for n in 1 2 3 4; do (LC_ALL=$other TZ=Asia/Kathmandu all "load$n") >"load$n.log" 2>&1 & done # four at once: none waits for, or sees, another
wait
for other in 'two of them/deep' load1 load2 load3 load4; do
	diff -r one/out "$other/out" >differ || fail "$other: $(head -3 differ)"
done
[ "$(find one/out -type f | wc -l)" -gt 60 ] || fail "too few files: $(find one/out -type f | wc -l)"
finish "$(find one/out -type f | wc -l) files are the same bytes six times, in C and another locale"
