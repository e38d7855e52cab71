#!/usr/bin/env bash
# The README's commands for an analyst, typed in order as they stand there.
. "$(dirname "$0")/lib.bash"
unset SOURCE_DATE_EPOCH LINECHECK_TRUST LINECHECK_LINES LINECHECK_LINES_KEY LINECHECK_KEY
export HOME=$work/home
mkdir "$HOME" "$work/unit"
cd "$work/unit"
awk '/^## For an analyst/ { on = 1 } on && /^```bash/ { code = 1; next } /^```/ { if (code) exit } code' "$SOURCE_DIR/README.md" >../typed.sh
[ "$(grep -c '^linecheck ' ../typed.sh)" -gt 30 ] || fail "README has no section for an analyst"
# A person types the passphrase; here it comes on a descriptor, and a key is made at a lower cost.
words='correct horse battery'
linecheck() {
	case "$1 $2" in
	'key new')
		"$BUILD_DIR/tests/gen/test_key" "$3" "$5" "$words"
		return
		;;
	esac
	set -- "$@"
	local more=()
	case " $* " in *' --key '*) more+=(--passphrase-fd 3) ;; esac
	case " $* " in *' --unit-key '*) more+=(--unit-passphrase-fd 4) ;; esac
	echo "\$ linecheck $*"
	"$LINECHECK" "$@" "${more[@]}" 3<<<"$words" 4<<<"$words" </dev/null
}
(
	set -e
	. ../typed.sh
) >../said 2>&1 || fail "a command of the README fails: $(tail -4 ../said)"
# says TEXT: the commands, one after the other, say it
says() { grep -qF -- "$1" ../said || fail "the README's commands do not say '$1': $(cat ../said)"; }
says '2 new identifiers, 2 new lines'
says 'Proposal 1.'
says '2024-01-15 to open'
says 'Pack 1, full: 3 identifiers of 2 lines'
says 'Pack 2, standing on pack 1: 3 identifiers of 2 lines'
says 'Installed.'
says '0 days old'
says 'Sound: '
says '3 identifiers of 2 lines.'
grep -q '2024-06-30' lines.csv || fail "the old number did not end: $(cat lines.csv)"
grep -q 'deano_deals' 1.pack && fail 'the sealed pack can be read'
finish 'the README works for an analyst'
