#!/bin/sh
# table.sh TABLE README: the tables in README are what the program says of itself. UPDATE=1 puts them there.
set -eu
got=$(mktemp) want=$(mktemp)
trap 'rm -f "$got" "$want"' EXIT
table() { # FIRST-CELL LEAST
	if [ "${UPDATE:-}" = 1 ]; then
		awk -v table="$want" -v first="| $1 |" 'index($0, first) == 1 { while ((getline line < table) > 0) print line; skip = 1 }
			skip && /^\|/ { next } { skip = 0; print }' "$readme" >"$got"
		cat "$got" >"$readme"
		return
	fi
	sed -n "/^| $1 |/,/^\$/p" "$readme" | grep '^|' >"$got"
	[ "$(grep -c '^|' "$want")" -gt "$2" ]
	diff -u "$want" "$got"
}
readme=$2
"$1" >"$want"
table parser 40
"$1" unread >"$want"
table app 40
