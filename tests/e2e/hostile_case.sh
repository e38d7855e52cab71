#!/usr/bin/env bash
# A case folder that somebody else could write: links, pipes and folders in place of its files, files of the vault swapped, and sealed
# files that are none. Nothing hangs, nothing outside the folder is touched, nothing wrong is taken for right.
. "$(dirname "$0")/lib.bash"
cd "$work"
why='this is a test of a training case'
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform android --out phone --archive zip >/dev/null
scan_done case phone/android.zip --lines phone/lines.csv
printf 'correct horse battery\n' >pass
mkdir victim victim/EX1
echo precious >victim/EX1/0001
echo precious >victim/file
cp -r victim before

# every command on the folder: ends with CODE, says TEXT
every() {
	local want=$1 text=$2 got
	shift 2
	for verb in "verify x" "view x" "records x" "case show x" "case log x" "case review x" "scan --training --case x phone/android.zip" \
		"scan --training --case x" "case stage x 1 --reason" "case hold x on --reason" "case close x --reason" "case erase x --reason" \
		"case seal x --passphrase --passphrase-fd 9"; do
		got=0
		local words=($verb)
		[ "${words[-1]}" = --reason ] && words+=("$why")
		timeout 60 "$LINECHECK" "${words[@]}" >out 2>&1 </dev/null 9<pass || got=$?
		[ "$got" = "$want" ] && grep -qF -- "$text" out || fail "$*: $verb: exit $got: $(cat out)"
	done
	diff -r before victim || fail "$*: something outside the case was changed"
	[ -d x ] || fail "$*: the folder is gone"
	rm -rf x
}
for name in case.db case.db-journal case.db-wal; do
	cp -r case x && rm -f x/$name && mkfifo x/$name
	every 1 "'x/$name' is a pipe" "a pipe as $name"
	cp -r case x && rm -f x/$name && mkdir x/$name
	every 1 "'x/$name' is a folder" "a folder as $name"
	cp -r case x && rm -f x/$name && ln -s ../victim/file x/$name
	every 1 "'x/$name' is a link" "a link as $name"
done
cp -r case x && mv x/vault vault && ln -s ../victim x/vault
every 1 "'x/vault' is a link" 'a link as vault'
rm -r vault
cp -r case x && rm -r x/vault && : >x/vault
every 1 "'x/vault' is a file" 'a file as vault'

# what is written is written in the folder, not where a link leads
for name in view.html view.html.new; do
	cp -r case x && rm -f x/$name && ln -s ../victim/file x/$name
	"$LINECHECK" view x >out 2>&1 || fail "view with a link as $name: $(cat out)"
	diff -r before victim || fail "view wrote through the link $name"
	[ -f x/view.html ] && [ ! -L x/view.html ] || fail "the page is no file"
	rm -r x
done
# what is removed is removed in the folder
cp -r case x && ln -s ../victim x/more && mkfifo x/0pipe && ln -s ../../victim/EX1 x/vault/EX9
"$LINECHECK" verify x >out 2>&1 && fail 'verify does not see a stranger in the vault'
grep -qF 'vault/EX9 belongs to no exhibit' out || fail "verify: $(cat out)"
code=0; "$LINECHECK" case seal x --passphrase --passphrase-fd 9 >out 2>&1 9<pass || code=$?
[ "$code" = 3 ] && grep -qF 'neither a file nor a folder' out || fail "sealed with a link inside: $(cat out)"
[ -e x.sealed ] && fail 'a sealed file of a folder with a link'
"$LINECHECK" case erase x --reason "$why" >out 2>&1 || fail "erase: $(cat out)"
[ ! -e x ] || fail 'erase left the folder'
diff -r before victim || fail 'erase went through a link'
rm x.erased.txt
# a link to the folder is good for reading, and not for putting away what it leads to
cp -r case real && ln -s real x
for verb in verify view records; do "$LINECHECK" $verb x >/dev/null 2>out || fail "$verb through a link: $(cat out)"; done
for verb in "case seal x --passphrase --passphrase-fd 9" "case erase x --reason"; do
	words=($verb)
	[ "${words[-1]}" = --reason ] && words+=("$why")
	code=0; "$LINECHECK" "${words[@]}" >out 2>&1 9<pass || code=$?
	[ "$code" = 3 ] && grep -qF 'is a link to the case folder' out || fail "$verb through a link: exit $code: $(cat out)"
done
mkdir deep && ln -s ../real deep/x
"$LINECHECK" verify deep/x >out || fail "verify through a link in a folder: $(cat out)"
rm -r x deep real

# files of the vault: swapped, cut, of another case, changed, gone, one more
[ "$(ls case/vault/EX1 | wc -l)" -ge 3 ] || fail 'too few files in the vault'
vault=x/vault/EX1
wrong() { # TEXT WHAT
	code=0
	"$LINECHECK" verify x >out 2>&1 || code=$?
	[ "$code" = 1 ] && grep -qF "$1" out || fail "$2: exit $code: $(cat out)"
	"$LINECHECK" case stage x 1 --reason "$why" >/dev/null
	code=0
	"$LINECHECK" scan --training --json --case x --lines phone/lines.csv >x.json 2>out || code=$?
	case $code in 0 | 1 | 4 | 10) ;; *) fail "$2: read again: exit $code: $(cat out)" ;; esac
	# what was not right is named as not read, or the whole is refused
	[ "$code" = 1 ] || [ "${3:-}" = read ] || jq -e '[.coverage[] | select(.state=="unreadable" or .state=="encrypted")] | length > 0' x.json >/dev/null ||
		fail "$2: read again, and nothing is said"
	rm -rf x x.json
}
cp -r case x && mv $vault/0001 t && mv $vault/0002 $vault/0001 && mv t $vault/0002
wrong 'EX1/0001' 'two files swapped'
cp -r case x && truncate -s -1 $vault/0001
wrong 'is not whole' 'one byte short'
cp -r case x && truncate -s 40 $vault/0001
wrong 'is not whole' 'cut in its head'
cp -r case x && truncate -s 0 $vault/0001
wrong 'is not whole' 'emptied'
cp -r case x && rm $vault/0002
wrong 'cannot be opened' 'gone'
cp -r case x && rm $vault/0001 && mkfifo $vault/0001
wrong 'is not a vault file' 'a pipe'
cp -r case x && rm $vault/0001 && ln -s ../../../victim/file $vault/0001
wrong 'cannot be opened' 'a link'
cp -r case x && cp $vault/0001 $vault/0099
wrong 'holds files that the case does not know' 'one more' read
size=$(stat -c %s case/vault/EX1/0001)
for at in 0 9 17 25 45 60 88 $((size - 1)); do
	cp -r case x
	byte=$(od -An -tu1 -j "$at" -N 1 $vault/0001)
	printf "\\x$(printf %02x $((byte ^ 1)))" | dd of=$vault/0001 bs=1 seek="$at" conv=notrunc status=none
	wrong 'EX1/0001' "byte $at of a vault file"
done

# sealed files that are none
opens() { # TEXT WHAT
	code=0
	timeout 60 "$LINECHECK" case open x --passphrase --passphrase-fd 9 >out 2>&1 9<pass || code=$?
	[ "$code" = 1 ] && grep -qF "$1" out || fail "$2: exit $code: $(cat out)"
	[ -e x ] || [ -e x.opening ] && fail "$2: something was opened"
	rm -rf x.sealed
}
mkfifo x.sealed
opens 'is not a sealed case' 'a pipe'
mkdir x.sealed
opens 'is not a sealed case' 'a folder'
: >x.sealed
opens 'is not a sealed case' 'an empty file'
printf 'LCSEAL1\n\377\377\377\377{}' >x.sealed
opens 'is not a sealed case' 'a head of 4 GiB'
printf 'LCSEAL1\n\0\0\0\2{}' >x.sealed
opens 'is not a sealed case' 'an empty head'
head -c 100000 /dev/urandom >x.sealed
opens 'is not a sealed case' 'noise'
cp -r case x && "$LINECHECK" case seal x --passphrase --passphrase-fd 9 9<pass >out 2>&1 || fail "seal: $(cat out)"
cp x.sealed whole
# blocks of 65,552 bytes behind the head, in another order
head=$((12 + $(od -An -tu1 -j 8 -N 4 whole | awk '{ print $1 * 16777216 + $2 * 65536 + $3 * 256 + $4 }')))
{ head -c $head whole; tail -c +$((head + 1 + 65552)) whole | head -c 65552; tail -c +$((head + 1)) whole | head -c 65552
	tail -c +$((head + 1 + 131104)) whole; } >x.sealed
[ "$(stat -c %s x.sealed)" = "$(stat -c %s whole)" ] || fail 'the blocks were put together wrongly'
opens 'was altered' 'two blocks swapped'
head -c -65552 whole >x.sealed
opens 'is not whole' 'a block less'
sed '0,/"ops":[0-9]*/s//"ops":9/' whole >x.sealed
opens '' 'another cost of the passphrase'
cp whole x.sealed
"$LINECHECK" case open x --passphrase --passphrase-fd 9 9<pass >out 2>&1 || fail "the whole one does not open: $(cat out)"
diff -r before victim || fail 'something outside was changed'
finish 'nothing that was put there was believed'
