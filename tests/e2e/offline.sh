#!/usr/bin/env bash
# Nothing of the program speaks to a network: every command is watched for sockets other than those of this machine.
. "$(dirname "$0")/lib.bash"
command -v strace >/dev/null || { echo "skipped: there is no strace"; exit 77; }
. "$(dirname "$0")/trust.bash"
unset SOURCE_DATE_EPOCH
cd "$work"
export ASAN_OPTIONS=detect_leaks=0
"$BUILD_DIR/tests/gen/sample_phone" --mode story --platform ios --out phone --archive zip >/dev/null
form >form.yaml
real=$LINECHECK
cat >watched <<-END
	#!/bin/sh
	exec strace -f -qq -o "$work/trace.\$\$" -e trace=socket,connect,sendto,bind "$real" "\$@"
END
chmod +x watched
"$work/watched" version >/dev/null 2>&1 || { echo "skipped: strace cannot follow here"; exit 77; }
LINECHECK=$work/watched
why='Seen together with the supervisor and the social worker.'
"$LINECHECK" scan phone/backup.zip --training --lines phone/lines.csv --case practice >out 2>&1 || true
as officer case new real --form form.yaml
as officer case confirm real --how written --copy given
both officer supervisor scan phone/backup.zip --case real --lines phone/lines.csv --reason "$why"
case $code in 0 | 4 | 10) ;; *) fail "scan: exit $code: $(cat out)" ;; esac
as officer records real
as officer view real
as officer check 07700900142 --case real --lines phone/lines.csv --reason "$why"
as officer case log real
as officer verify real
as officer case seal real --to "$(public_of "$work/officer.key")"
as officer case open real
[ "$(ls trace.* | wc -l)" -ge 10 ] || fail "not every command was watched"
grep -hE 'socket\(' trace.* | grep -vE 'AF_(UNIX|LOCAL)' >abroad && fail "a socket: $(head -3 abroad)"
grep -hE 'sin_addr|sin6_addr' trace.* >abroad && fail "an address: $(head -3 abroad)"
finish "nothing leaves by a network"
