#!/usr/bin/env bash
# What sample_phone encrypts, the openssl program opens step by step without a line of ours: so the generator is a check and not an echo.
. "$(dirname "$0")/lib.bash"
gen=$BUILD_DIR/tests/gen/sample_phone
command -v openssl >/dev/null || { echo "no openssl program: skipped"; exit 77; }
password=pass

at() { LC_ALL=C grep -obUaP "$2" "$1" | sed -n "$3p" | cut -d: -f1; }
hex() { tail -c +$(($2 + 1)) "$1" | head -c "$3" | od -An -v -tx1 | tr -d ' \n'; }
unhex() { sed 's/../\\x&/g' | { read -r x && printf '%b' "$x"; }; }
field() { # FILE TAG LENGTH-BYTE NTH: its value in hex
	hex "$1" $(($(at "$1" "$2\\x00\\x00\\x00\\x$3" "$4") + 8)) $((16#$3))
}
kdf() { # DIGEST PASSWORD-HEX SALT-HEX ROUNDS
	openssl kdf -keylen 32 -kdfopt "digest:$1" -kdfopt "hexpass:$2" -kdfopt "hexsalt:$3" -kdfopt "iter:$4" PBKDF2 | tr -d ':\n'
}

# RFC 3394 backwards, with nothing but AES on single blocks.
aes() { unhex <<<"$2" | openssl enc -d -aes-256-ecb -nopad -K "$1" | od -An -v -tx1 | tr -d ' \n'; }
unwrap() { # KEK WRAPPED: the key in hex, nothing if it does not fit
	local a=${2:0:16} r=('' "${2:16:16}" "${2:32:16}" "${2:48:16}" "${2:64:16}") i j b
	for ((j = 5; j >= 0; j--)); do
		for ((i = 4; i >= 1; i--)); do
			b=$(aes "$1" "$(printf '%016x' $((16#$a ^ (4 * j + i))))${r[i]}")
			a=${b:0:16} r[i]=${b:16:16}
		done
	done
	[ "$a" = a6a6a6a6a6a6a6a6 ] && echo "${r[1]}${r[2]}${r[3]}${r[4]}"
}

decrypt() { openssl enc -d -aes-256-cbc -K "$1" -iv 00000000000000000000000000000000 -in "$2"; }

# The n-th class's wrapped key by its number; the password's key is in $kek.
class_key() { # PLIST CLASS
	local n
	for ((n = 1; n <= 10; n++)); do
		[ $((16#$(field "$1" CLAS 04 $n))) = "$2" ] || continue
		unwrap "$kek" "$(field "$1" WPKY 28 $n)"
		return
	done
}

"$gen" --out "$work/open"
for g in 10.2 9; do
	backup=$work/$g/backup
	"$gen" --out "$work/$g" --generation $g --backup-password $password --rounds 1500
	plist=$backup/Manifest.plist
	word=$(printf %s $password | od -An -v -tx1 | tr -d ' \n')
	[ $g = 10.2 ] && word=$(kdf SHA256 "$word" "$(field "$plist" DPSL 14 1)" $((16#$(field "$plist" DPIC 04 1))))
	kek=$(kdf SHA1 "$word" "$(field "$plist" SALT 14 1)" $((16#$(field "$plist" ITER 04 1))))
	id=3d0d7e5fb2ce288813306e4d4636395e047a3d28
	if [ $g = 10.2 ]; then
		[ $((16#$(field "$plist" DPIC 04 1))) = 1500 ] || fail "the rounds are not those that were asked for"
		at=$(at "$plist" '\x4f\x10\x2c\x04\x00\x00\x00' 1)
		manifest=$(unwrap "$(class_key "$plist" 4)" "$(hex "$plist" $((at + 7)) 40)")
		[ -n "$manifest" ] || fail "$g: the manifest's key does not open"
		decrypt "$manifest" "$backup/Manifest.db" >"$work/list.db" || fail "$g: Manifest.db does not end as it should"
		file=$(sqlite3 "$work/list.db" "SELECT hex(file) FROM Files WHERE fileID='$id'")
		wrapped=${file#*4F102C}
		class=$((16#${wrapped:0:2}))
		wrapped=$(tr A-F a-f <<<"${wrapped:8:80}")
		payload=$backup/3d/$id
	else
		# the record: ... "Library/SMS/sms.db", no target, no hash, 44 bytes of key
		at=$(at "$backup/Manifest.mbdb" 'Library/SMS/sms\.db\xff\xff\xff\xff\x00\x2c' 1)
		class=$((16#$(hex "$backup/Manifest.mbdb" $((at + 24)) 1)))
		wrapped=$(hex "$backup/Manifest.mbdb" $((at + 28)) 40)
		payload=$backup/$id
	fi
	key=$(unwrap "$(class_key "$plist" $class)" "$wrapped")
	[ -n "$key" ] || fail "$g: the file's key does not open"
	decrypt "$key" "$payload" | cmp -s - "$work/open/backup/3d/$id" || fail "$g: not the file that the open backup has"
done
finish "openssl opens what the generator encrypts"
