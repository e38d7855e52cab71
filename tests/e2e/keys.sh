#!/usr/bin/env bash
# Keys and the force's policy, as their administrator meets them.
. "$(dirname "$0")/lib.bash"
export HOME=$work/home SOURCE_DATE_EPOCH=1741600800 # 2025-03-10
unset LINECHECK_TRUST
mkdir "$HOME"
cd "$work"
words='correct horse battery staple'

# says CODE WORDS COMMAND...: it ends so, and says that (on either stream)
says() {
	local want=$1 text=$2 got=0
	shift 2
	"$LINECHECK" "$@" >out 2>&1 </dev/null || got=$?
	[ "$got" = "$want" ] || fail "$*: exit $got, not $want: $(cat out)"
	grep -qF -- "$text" out || fail "$*: does not say '$text': $(cat out)"
}

# with the passphrase on descriptor 3
pass() { says "$@" --passphrase-fd 3 3<<<"$words"; }
id_of() { "$LINECHECK" key show "$1" | sed -n 's/^  id      //p'; }
public_of() { "$LINECHECK" key show "$1" | sed -n 's/^  public  //p'; }

# --- keys
pass 0 'Made force.key' key new force.key --name 'Example Police force key'
pass 0 'lost key' key new ada.key --name 'Ada Example 1234'
pass 0 'Made desk.key' key new desk.key --name 'Line Desk'
[ "$(stat -c %a ada.key)" = 600 ] || fail "ada.key can be read by others"
cp ada.key before
pass 1 'there already' key new ada.key --name Other
cmp -s ada.key before || fail "a key file was overwritten"
says 0 'Ada Example 1234' key show ada.key
[ "$(id_of ada.key)" = "$(public_of ada.key | perl -ne 'chomp; print pack "H*", $_' | sha256sum | cut -c1-16)" ] ||
	fail "the id is not that of the public half"
says 1 'too short' key new short.key --name Short --passphrase-fd 3 3<<<'elevenchars'
says 1 'control characters' key new short.key --name Short --passphrase-fd 3 3< <(printf 'from windows they say\r\n')
says 1 'No passphrase' key new short.key --name Short --passphrase-fd 3 3</dev/null
says 1 'cannot be read' key new short.key --name Short --passphrase-fd 77
says 2 'no terminal' key new short.key --name Short
says 2 'hidden' key new short.key --name $'a\e[2J' --passphrase-fd 3 3<<<"$words"
says 2 'number of a descriptor' key new short.key --name Short --passphrase-fd x
says 2 'not understood' key new short.key --name Short --passphrase "$words"
says 2 'needs a value' key new short.key --name
[ -e short.key ] && fail "a key was made that should not be"
echo '{}' >junk
says 1 'not a key file' key show junk
says 1 'larger than' key show "$LINECHECK"
says 1 'No such file' key show none.key

# another passphrase: same key
says 1 'does not open' key passphrase ada.key --passphrase-fd 3 3<<<$'not the passphrase\nanother long enough'
cmp -s ada.key before || fail "a wrong passphrase changed the key file"
says 0 'new passphrase' key passphrase ada.key --passphrase-fd 3 3<<<"$words"$'\nfour other words here'
[ "$(public_of ada.key)" = "$(public_of before)" ] || fail "another passphrase, another key"

# --- on a terminal: no echo, echo comes back, three tries
# at_terminal COMMAND ANSWER...: each answer once a question ends in ": "; all that was shown in $shown, exit code in $code
at_terminal() {
	local command=$1 c part=
	shift
	shown= code=0
	coproc TTY { script -qefc "$command" /dev/null 2>&1; }
	local pid=$TTY_PID from=${TTY[0]} to=${TTY[1]}
	while IFS= read -r -d '' -N1 -t 30 c <&"$from"; do
		shown+=$c part+=$c
		if [[ $part = *": " && $# -gt 0 ]]; then
			printf "$1" >&"$to"
			part=
			shift
		fi
	done
	wait "$pid" || code=$?
	[ $# = 0 ] || fail "$command: did not ask for '$1': $shown"
}
if command -v script >/dev/null; then
	at_terminal "'$LINECHECK' key new tty.key --name Tty" "$words\r" "$words\r"
	[ "$code" = 0 ] && [ -s tty.key ] || fail "no key made at a terminal: $code $shown"
	[[ $shown = *horse* ]] && fail "the passphrase was shown: $shown"
	at_terminal "'$LINECHECK' key new tty2.key --name Tty" "$words\r" "another passphrase\r"
	[[ $code = 1 && $shown = *differ* && ! -e tty2.key ]] || fail "two different passphrases: $code $shown"
	# Ctrl-C: ended by the signal, and the terminal echoes again
	at_terminal "trap : INT; '$LINECHECK' key new tty2.key --name Tty; echo \"ended \$?\"; stty -a" 'half a pass\003'
	[[ $shown = *"ended 130"* && $shown = *" echo "* ]] || fail "Ctrl-C: $shown"
	[[ $shown = *half* ]] && fail "the passphrase was shown: $shown"
else
	echo "no 'script': questions at a terminal were not tested"
fi

# --- the policy
says 1 'no policy on this machine' trust check
pass 0 'Policy 1 of Example Police' trust create policy --force 'Example Police' --key force.key
pass 1 'there already' trust create policy --force Other --key force.key
ada=$(id_of ada.key) desk=$(id_of desk.key)
pass 0 "Added Ada Example 1234 as officer with the key $ada" trust add policy --role officer --name 'Ada Example 1234' \
	--public "$(public_of ada.key)" --key force.key
pass 0 'Policy 3' trust add policy --role unit --name 'Line Desk' --public "$(public_of desk.key)" --from 2025-01-01 --key force.key
says 2 '--role is' trust add policy --role chief --name X --public "$(public_of ada.key)" --key force.key
says 2 'needs the 64 digits' trust add policy --role officer --name X --public 12 --key force.key
says 2 "one of its digits is wrong" trust add policy --role officer --name X --public "$(printf '%064d' 0)" --key force.key
says 2 'needs a date' trust add policy --role officer --name X --public "$(public_of ada.key)" --from 10/03/2025 --key force.key
says 2 "needs --name" trust add policy --role officer --public "$(public_of ada.key)" --key force.key
says 2 "takes no --on" trust add policy --role officer --name X --public "$(public_of ada.key)" --on 2025-01-01 --key force.key
says 3 'signed by the force' trust training policy allowed --key desk.key --passphrase-fd 3 3<<<"$words"
says 0 'policy 3 of 2025-03-10' trust check policy
grep -qE "^  officer     may act  $ada  2025-03-10 to +Ada Example 1234$" out || fail "Ada does not stand there: $(cat out)"
grep -qE "^  unit        may act  $desk  2025-01-01 to +Line Desk$" out || fail "the desk does not stand there: $(cat out)"
grep -q '^Training  refused$' out || fail "training: $(cat out)"
pass 0 'goes on counting' trust retire policy "$ada" --on 2025-03-31 --key force.key
pass 0 'Nothing that it signed' trust revoke policy "$desk" --key force.key
pass 1 'Nobody in this policy' trust revoke policy 0123456789abcdef --key force.key
says 0 '2025-03-10 to      2025-03-31  Ada Example 1234' trust check policy
grep -qE '^  unit        REVOKED .*revoked 2025-03-10  Line Desk$' out || fail "not revoked: $(cat out)"

# which one counts here
export LINECHECK_TRUST=$work/policy
[ -e /etc/linecheck/policy.json ] || {
	says 0 'self-made trust, not installed by the force' trust check
	cp -r policy older
	pass 0 'Policy 6' trust training policy allowed --key force.key
	says 0 'Training  allowed' trust check
	LINECHECK_TRUST=$work/older says 3 'older than policy 6' trust check
	LINECHECK_TRUST=$work/nowhere says 1 'no policy in it' trust check
	sed -i 's/allowed/refused/' policy/policy.json
	says 3 'signature does not fit' trust check
	sed -i 's/"refused"/"allowed"/' policy/policy.json
	says 0 'policy 6' trust check
}

# another force key
pass 0 'Made next.key' key new next.key --name 'Example Police force key 2'
says 0 'signs from here on' trust rotate policy --key force.key --new-key next.key --passphrase-fd 3 3<<<"$words"$'\n'"$words"
says 0 "Signed by $(id_of next.key), the force key number 2" trust check policy
pass 3 'signed by the force' trust training policy refused --key force.key
pass 0 'Policy' trust training policy refused --key next.key

# as root, for everyone: only in a file system of its own
says 3 'not the one that you were told of' trust install policy --id 0123456789abcdef
says 2 'say whose root' trust install policy --new-root
if unshare -rm true 2>/dev/null; then
	cat >as_root <<-'EOF'
		mount -t tmpfs none /etc && "$LINECHECK" trust install policy --id "$1" && "$LINECHECK" trust check
		"$LINECHECK" trust install older || echo "older: $?"
		chmod o+w /etc/linecheck/policy.json; "$LINECHECK" trust check || echo "open to all: $?"
	EOF
	unshare -rm bash as_root "$(id_of force.key)" >out 2>&1 || true
	for text in 'counts on this machine for everyone' 'installed by root' 'LINECHECK_TRUST is set and changes nothing' 'older: 3' \
		'open to all: 3'; do
		grep -qF "$text" out || fail "installing does not say '$text': $(cat out)"
	done
else
	echo "no file system of its own: installing was not tested"
fi
[ "$(id -u)" = 0 ] || says 3 'Only root' trust install policy
says 0 'trust rotate FOLDER' trust lost
says 2 'takes a folder and one word' trust revoke policy
says 2 'Say what to do' trust
finish "keys and the policy hold"
