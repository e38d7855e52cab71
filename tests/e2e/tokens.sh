#!/usr/bin/env bash
# Random scopes, stages and seals over phones whose every text-like column holds a token: what should be out is nowhere in the case, its
# free pages, its page, or anything that a command prints. Each case is then read again under another scope. TOKEN_ROUNDS: how many.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
tool=$BUILD_DIR/tests/gen/token_phone
RANDOM=${TOKEN_SEED:-4711}
one_in() { [ $((RANDOM % $1)) = 0 ]; }
number() { [ $(($1 % 2)) = 1 ] && echo "+447700900$((100 + $1 * 7))" || echo "07700900$((100 + $1 * 7))"; }
day() { date -u -d "2025-01-01 + $1 days" +%F; }
ms() { echo $(($(date -u -d "$1" +%s) * 1000)); }

# draw: kinds, from, to, with, stage at random; K F T W S as token_phone wants them
draw() {
	local i
	kinds= K=
	for i in contact:b call:c message:m; do one_in 3 || { kinds+=${kinds:+,}${i%:*}; K+=${i#*:}; }; done
	[ -n "$K" ] || { kinds=message K=m; }
	from= F=- to= T=- with= W=-
	one_in 3 || { i=$((RANDOM % 100)); from=$(day $i); F=$(ms "$from"); to=$(day $((i + RANDOM % 30))); T=$(($(ms "$to") + 86400000)); }
	if one_in 2; then
		W=
		for _ in 1 2 3; do i=$((1 + RANDOM % 17)); with+=${with:+,}$(number $i); W+=${W:+,}$i; done
	fi
	[ "$W" = - ] || named+=${named:+,}$W # a decision names these numbers, and stays
	S=$((1 + RANDOM % 3))
}

# leaks WHAT: nothing that should be out is in the case or in what was printed
leaks() {
	find "$dir" -type f ! -path '*/vault/*' >files
	"$tool" find tokens/tokens "$K" "$F" "$T" "$I" "$W" "$S" "${named:--}" out scan.out $(cat files) >leaks.txt ||
		fail "$1: kinds $K from $F to $T isolated $I with $W stage $S: $(grep -c LEAK leaks.txt) leaks, for example $(head -3 leaks.txt)
$(for t in $(sed -n 's/.*: \(Qz[A-Za-z0-9]*\)$/\1/p' leaks.txt | head -3); do grep -h "^$t" tokens/tokens; done)"
	[ "$(sqlite3 -readonly "$dir/case.db" "SELECT count(*) FROM evidence_file WHERE vault IS NOT NULL AND
		(kinds & (SELECT sum(b) FROM (SELECT 2 AS b WHERE instr('$K','b') UNION SELECT 4 WHERE instr('$K','c') UNION
		SELECT 56 WHERE instr('$K','m')))) = 0")" = 0 ] || fail "$1: files of a kind out of scope are in the vault"
}

# Everything that a person can have printed.
print_all() {
	{
		"$@" records "$dir"
		"$@" view "$dir"
		"$@" case show "$dir"
		"$@" case log "$dir" --json
		"$@" verify "$dir"
	} >out 2>&1 || true
}
plain() { "$LINECHECK" "$@"; }
with_key() {
	[ "$1" = verify ] && { "$LINECHECK" "$@"; return; }
	"$LINECHECK" "$@" --key "$work/officer.key" --passphrase-fd 3 3<<<"$words"
}

# What goes out of the case and comes back: the sealed file, and the case that is opened of it.
sealed() {
	local what=$1
	shift
	"$LINECHECK" verify "$dir" >verify.out 2>&1 || fail "$what: verify: $(cat verify.out)"
	"$1" case seal "$dir" --to "$(public_of "$work/officer.key")" >seal.out 2>&1 || fail "$what: seal: $(cat seal.out)"
	[ ! -e "$dir" ] || fail "$what: the folder stands beside the sealed file"
	cp "$dir.sealed" sealed.copy
	with_key case open "$dir" >>seal.out 2>&1 || fail "$what: open: $(cat seal.out)"
	print_all "$1"
	cat seal.out sealed.copy >>out
	leaks "$what, sealed and opened"
}

training() {
	dir=$work/t$1 I=- named=
	draw
	{ echo 'basis: training'; echo 'reference: T'; echo "kinds: $kinds"; [ -z "$from" ] || printf 'from: %s\nto: %s\n' "$from" "$to"
		[ -z "$with" ] || echo "with: \"$with\""; } >form.yaml
	"$LINECHECK" case new "$dir" --training --form form.yaml >out 2>&1 || fail "training $1: $(cat out)"
	"$LINECHECK" case stage "$dir" $S --reason 'The property test asks for this stage.' >out 2>&1 || fail "stage: $(cat out)"
	"$LINECHECK" scan "$2" --training --case "$dir" >scan.out 2>&1 || [ $? != 1 ] || fail "scan: $(cat scan.out)"
	print_all plain
	leaks "training $1"
	# again, under another scope: what is out now must be gone from free pages, too
	draw
	"$LINECHECK" case scope "$dir" --kinds "$kinds" --from "${from:-any}" --to "${to:-any}" --with "${with:-any}" \
		--reason 'The property test asks for this scope.' >out 2>&1 || fail "scope: $(cat out)"
	"$LINECHECK" case stage "$dir" $S --reason 'The property test asks for this stage.' >out 2>&1 || fail "stage: $(cat out)"
	"$LINECHECK" scan "$2" --training --case "$dir" --json >scan.out 2>&1 || [ $? != 1 ] || fail "scan: $(cat scan.out)"
	print_all plain
	leaks "training $1 again"
	sealed "training $1" plain
}

real() {
	dir=$work/r$1 named=
	draw
	I=$((1735689600000 + (RANDOM % 120) * 86400000))
	iso=$(date -u -d @$((I / 1000)) +'%FT%T.000Z')
	form kinds="$kinds" from="${from:-2025-01-01}" to="${to:-2025-12-31}" with="${with:+\"$with\"}" "isolated_at=\"$iso\"" >form.yaml
	[ -n "$from" ] || { F=1735689600000; T=$(($(ms 2025-12-31) + 86400000)); }
	both officer supervisor case new "$dir" --form form.yaml
	expect 0 'The case stands' "real $1"
	as officer case confirm "$dir" --how written --copy given
	both officer supervisor case stage "$dir" $S --reason 'The property test asks for this stage.'
	expect 0 'Recorded' "stage $S"
	as officer scan "$2" --case "$dir"
	[ "$code" != 1 ] || fail "scan: $(cat out)"
	cp out scan.out
	print_all with_key
	leaks "real $1"
	sealed "real $1" with_key
}

for round in $(seq "${TOKEN_ROUNDS:-2}"); do
	for platform in ios android; do
		rm -rf tokens phone.tar
		"$tool" make $((RANDOM + 1)) $platform tokens
		source=tokens/phone
		one_in 2 && { tar cf phone.tar -C tokens phone; source=phone.tar; }
		training "$round$platform" "$source"
		[ "$round" -gt "${TOKEN_REAL:-1}" ] || real "$round$platform" "$source"
	done
done

# the search can find: all is in scope, and the tokens are said to be out
rm -rf tokens
"$tool" make 9 ios tokens
"$LINECHECK" scan tokens/phone --training --case "$work/whole" >scan.out 2>&1 || true
"$tool" find tokens/tokens m 0 1 - - 1 - "$work/whole/case.db" >leaks.txt && fail "the search found nothing in a whole case"
[ "$(grep -c LEAK leaks.txt)" -gt 500 ] || fail "the search found too little in a whole case: $(wc -l <leaks.txt)"
finish "nothing out of scope, stage or seal is stored or printed"
