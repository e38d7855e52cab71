#!/usr/bin/env bash
# A real case is made, a source is scanned into it and scanned again while the disk is full or the program is killed at one of its writes:
# nothing half done stays, nothing is lost, and the same command then ends as if nothing had happened. FAULTS: how many of each.
. "$(dirname "$0")/lib.bash"
command -v strace >/dev/null || exit 77
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform android --out phone >/dev/null
tar cf phone.tar -C phone android
form >form.yaml
why='All texts are needed: the threat was in a text.'
new=(case new case --form form.yaml)
scan=(scan phone.tar --case case)
reset() { rm -rf case; [ -z "$1" ] || cp -a "$1" case; }
rows() { as officer records case; [ "$code" = 0 ] || fail "records: exit $code: $(cat out)"; jq -cS 'del(.origin.exhibit)' out; }

# as it should be
as officer "${new[@]}"
as officer case confirm case --how written --copy given
expect 0 'Recorded' confirm
cp -a case made
as officer "${scan[@]}"
scanned=$code
case $code in 4 | 10) ;; *) fail "scan: exit $code: $(cat out)" ;; esac
rows >rows1
both officer supervisor case stage case 3 --reason "$why"
expect 0 'stage 3' stage
cp -a case raised
as officer "${scan[@]}"
again=$code
rows >rows3
cmp -s rows1 rows3 && fail "the stage changes nothing"

# whole STEP WHEN: after the fault of that step, the command ends as it should
whole() {
	case $1 in
	new)
		as officer "${new[@]}"
		case $code in 0) ;; 1) grep -qF 'has a recorded authority already' out || fail "$2: $(cat out)"; as officer case notice case ;;
		*) fail "$2: exit $code: $(cat out)" ;; esac
		as officer case confirm case --how written --copy given
		expect 0 'Recorded' "$2: confirm" ;;
	scan)
		as officer "${scan[@]}"
		[ "$code" = "$scanned" ] || fail "$2: exit $code: $(cat out)"
		rows | cmp -s - rows1 || fail "$2: other records" ;;
	again)
		# killed, the case is as before that scan or after it
		rows >rows
		cmp -s rows rows1 || cmp -s rows rows3 || fail "$2: half of the records"
		as officer "${scan[@]}"
		[ "$code" = "$again" ] || fail "$2: exit $code: $(cat out)"
		rows | cmp -s - rows3 || fail "$2: other records" ;;
	esac
	"$LINECHECK" verify case >out 2>&1 || fail "$2: verify: $(cat out)"
	[ "$(sqlite3 -readonly case/case.db 'SELECT count(*) FROM exhibit')" = "$([ "$1" = new ] && echo 0 || echo 1)" ] ||
		fail "$2: exhibits are left over"
	[ "$(find case/vault -mindepth 1 -maxdepth 1 2>/dev/null | wc -l)" -le 1 ] || fail "$2: vault folders are left over"
}
words_of() { case $1 in new) echo "${new[*]}" ;; *) echo "${scan[*]}" ;; esac; }
from() { case $1 in scan) echo made ;; again) echo raised ;; esac; }
under() { # under COMMAND... -- runs the step's words under it
	code=0
	"$@" --key "$work/officer.key" --passphrase-fd 3 3<<<"$words" >out 2>&1 </dev/null || code=$?
}

traced() { # traced OPTION... -- the step's words with these options of strace
	reset "$(from $step)"
	ASAN_OPTIONS=detect_leaks=0 under strace -f -qq "$@" "$LINECHECK" "${args[@]}"
}
for step in new scan again; do
	mapfile -t -d ' ' args < <(printf %s "$(words_of $step)")
	traced -o trace -e trace=pwrite64
	writes=$(grep -c pwrite64 trace || true)
	[ "$writes" -gt 8 ] || { echo "strace cannot follow: $(cat out)"; exit 77; }
	n=${FAULTS:-5}
	for i in $(seq "$n"); do
		at=$((1 + (writes - 1) * i / n))
		traced -o /dev/null -e trace=pwrite64 -e inject=pwrite64:signal=KILL:when=$at
		[ "$code" = 137 ] || fail "$step was not killed at write $at: exit $code"
		whole $step "$step, killed at write $at of $writes"
		traced -o /dev/null -e trace=pwrite64 -e inject=pwrite64:error=ENOSPC:when=$at+
		whole $step "$step, disk full at write $at of $writes"
	done
	for call in fsync fdatasync rename unlink mkdir; do
		for at in 1 3; do
			traced -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$at
			[ "$code" != 137 ] || whole $step "$step, killed at $call $at"
		done
	done
	# no file may grow past so many KiB
	for kib in 0 16 64 200; do
		reset "$(from $step)"
		under bash -c 'trap "" XFSZ; ulimit -f '$kib'; exec "$@"' - "$LINECHECK" "${args[@]}"
		whole $step "$step, at most $kib KiB a file"
	done
done
finish "nothing half done, nothing lost"
