#!/usr/bin/env bash
# What other tools make of an Android phone, from end to end: an Android backup, a collection with one in it,
# a Cellebrite report, Google Messages beside the phone's own store. Versions and encryption of .ab: unit.ab.
. "$(dirname "$0")/lib.bash"
is() { [ "$2" = "$3" ] || fail "$1: '$2', not '$3'"; }
parsers=$SOURCE_DIR/tests/parsers
printf 'line,identifier,from,to,status,grade\nMarlo,07700 900142,,,active,1AP\nCrew,07700 900123,,,active,1AP\n' >"$work/lines.csv"

# ---- an Android backup: not compressed, not encrypted, so that nothing but a head and a tar is needed ----
sms=$work/apps/com.android.providers.telephony/d_f
mkdir -p "$sms"
perl -MCompress::Zlib -0777 -ne 'print compress($_)' "$parsers/android_telephony_backup/input.json" >"$sms/000000_sms_backup"
{
	printf 'ANDROID BACKUP\n5\n0\nnone\n'
	tar --format=ustar --blocking-factor=2 -C "$work" -c apps
} >"$work/backup.ab"
scan_done "$work/ab" "$work/backup.ab" --lines "$work/lines.csv"
is 'backup' "$(jq -c '.counts.message' "$work/ab.json")" 8
is 'its file' "$(jq -r '.coverage[] | .path + " " + .state + " " + .parser' "$work/ab.json")" \
	'apps/com.android.providers.telephony/d_f/000000_sms_backup read android-telephony-backup'
is 'its hash' "$(jq -r '.coverage[].sha256' "$work/ab.json")" "$(sha256sum <"$sms/000000_sms_backup" | cut -d' ' -f1)"
is 'its line' "$(jq -r '[.findings[] | select(.category=="line-match") | .line] | unique | join(",")' "$work/ab.json")" Crew

# ---- a collection (androidqf): the backup in it, and the list of apps ----
mkdir "$work/qf"
cp "$work/backup.ab" "$work/qf/backup.ab"
printf '[{"name":"org.thoughtcrime.securesms","n":99999999999999999999},{"name":"org.example"}]' >"$work/qf/packages.json"
scan_done "$work/qfcase" "$work/qf" --lines "$work/lines.csv"
is 'collection' "$(jq -c '.counts.message' "$work/qfcase.json")" 8
is 'its apps' "$(jq -r '[.apps[] | .name] | join(",")' "$work/qfcase.json")" 'Signal (its messages are encrypted)'
truncate -s -20 "$sms/000000_sms_backup"
scan_done "$work/cut" "$work/apps"
is 'a cut one' "$(jq -r '[.coverage[0].state, .counts.message > 3, .counts.warning > 0] | join(" ")' "$work/cut.json")" 'unreadable true true'
"$LINECHECK" verify "$work/qfcase" >"$work/verify.txt" 2>&1 || fail "verify: $(cat "$work/verify.txt")"

# ---- a Cellebrite report ----
mkdir -p "$work/ufdr/files/Image"
cp "$parsers/ufdr/input.xml" "$work/ufdr/report.xml"
(cd "$work/ufdr" && zip -q -r ../phone.ufdr . && zip -q -P secret -r ../closed.ufdr .)
scan_done "$work/u" "$work/phone.ufdr" --lines "$work/lines.csv"
is 'report' "$(jq -c '[.counts | .account, .contact, .call, .message, .system]' "$work/u.json")" '[3,2,5,15,1]'
is 'report: its line' "$(jq -r '[.findings[] | select(.category=="line-match") | .line] | unique | join(",")' "$work/u.json")" 'Crew,Marlo'
is 'report: a message' "$("$LINECHECK" records "$work/u" | jq -c 'select(.origin.table=="SMS" and .origin.row=="1") |
	[.direction, .from.role, .from["e164"], .from.name, .to[0].role, .service, .time]')" \
	'["in","person","+447700900142","Marlo","owner","SMS","2025-03-13T10:00:00.000Z"]'
scan "$work/c" "$work/closed.ufdr"
is 'a closed report' "$code $(jq -r '.level_code' "$work/c.json") $(jq -r '.coverage[] | .state' "$work/c.json")" '4 null encrypted'
code=0
"$LINECHECK" scan --training --json --case "$work/o" --password-fd 3 "$work/closed.ufdr" 3<<<secret >"$work/o.json" 2>/dev/null || code=$?
is 'a closed report, opened' "$(jq -c '.counts.message' "$work/o.json")" 15

# ---- hostile reports: each ends in words, the report beside what it says ----
hostile() { # NAME CODE STATE WORDS: what u/report.xml comes to
	rm -f "$work/$1.ufdr"
	(cd "$work/h" && zip -q ../"$1.ufdr" report.xml)
	local start=$SECONDS
	scan "$work/$1" "$work/$1.ufdr"
	is "$1" "$code $(jq -r '.coverage[0].state' "$work/$1.json")" "$2 $3"
	[ $((SECONDS - start)) -lt 60 ] || fail "$1 took $((SECONDS - start)) s"
	jq -r '.coverage[].detail, .warnings[].detail' "$work/$1.json" | grep -q "$4" || fail "$1: $(jq -c '[.coverage, .warnings]' "$work/$1.json")"
}
mkdir "$work/h"
report=$work/h/report.xml
head='<?xml version="1.0" encoding="utf-8"?>' project='<project id="a" xmlns="http://pa.cellebrite.com/report/2.0"><decodedData><modelType type="SMS">'
sms='<model type="SMS" id="x"><field name="Body" type="String"><value type="String"><![CDATA[hi]]></value></field></model>'
end='</modelType></decodedData></project>'
{
	printf '%s\n<!DOCTYPE project [<!ENTITY a0 "lol">\n' "$head"
	for i in 1 2 3 4 5 6 7 8 9; do
		printf '<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;">\n' $i $((i - 1)){,,,,,,,,,}
	done
	printf ']>%s%s%s' "$project" "${sms/hi/&a9;}" "$end"
} >"$report"
hostile entities 4 unreadable 'document type'
printf '%s<!DOCTYPE project SYSTEM "file:///etc/passwd">%s%s%s' "$head" "$project" "$sms" "$end" >"$report"
hostile outside 4 unreadable 'document type'
{
	printf '%s%s%s' "$head" "$project" "$sms"
	perl -e 'print "<model type=\"SMS\"><modelField name=\"x\">" x 200000'
} >"$report"
hostile deep 4 unreadable 'deep\|nested'
{
	printf '%s%s%s<model type="SMS" id="' "$head" "$project" "$sms"
	head -c 20000000 /dev/zero | tr '\0' a
	printf '">%s</model>%s' "$sms" "$end"
} >"$report"
rm -f "$work/large.ufdr"
(cd "$work/h" && zip -q ../large.ufdr report.xml)
scan "$work/large" "$work/large.ufdr"
case $code in 0 | 4 | 10) ;; *) fail "a huge attribute: exit $code: $(cat "$work/large.err")" ;; esac
is 'a huge attribute: what stands before it' "$(jq '.counts.message >= 1' "$work/large.json")" true
printf '%s%s%s' "$head" "$project" "$sms" >"$report"
hostile ends 4 unreadable 'end\|cut\|token\|element'
is 'ends: what stands before it' "$(jq .counts.message "$work/ends.json")" 1

# ---- an ALEX zip: databases made of text, as the phone's own; an .ab in an androidqf zip ----
alex=$work/alex/data/data
mkdir -p "$alex/com.android.providers.telephony/databases" "$alex/com.android.providers.contacts/databases" "$work/alex/extra"
sqlite3 "$alex/com.android.providers.telephony/databases/mmssms.db" <"$parsers/android_sms/input.sql" >/dev/null
sqlite3 "$alex/com.android.providers.contacts/databases/calllog.db" <"$parsers/android_calls/input.sql" >/dev/null
sqlite3 "$alex/com.android.providers.contacts/databases/contacts2.db" <"$parsers/android_contacts/input.sql" >/dev/null
printf '[{"package":"org.example"}]' >"$work/alex/extra/device_info.json"
(cd "$work/alex" && zip -q -r ../alex.zip .)
scan_done "$work/alexcase" "$work/alex.zip" --lines "$work/lines.csv"
scan_done "$work/alexdir" "$work/alex" --lines "$work/lines.csv"
is 'ALEX' "$(jq -r '[.coverage[] | select(.side_of == null) | .parser] | join(" ")' "$work/alexcase.json")" 'android-calls android-contacts android-sms'
is 'ALEX: zip and folder' "$(jq -c .counts "$work/alexcase.json")" "$(jq -c .counts "$work/alexdir.json")"
(cd "$work/qf" && zip -q -r ../qf.zip .)
scan_done "$work/qfzip" "$work/qf.zip" --lines "$work/lines.csv"
is 'a collection in a zip' "$(jq -c '[.counts.message, [.apps[].name]]' "$work/qfzip.json")" '[8,["Signal (its messages are encrypted)"]]'

# ---- Google Messages: alone all of it, beside mmssms.db only what is not there ----
data=$work/phone/data/data
mkdir -p "$data/com.google.android.apps.messaging/databases" "$data/com.android.providers.telephony/databases"
sqlite3 "$data/com.google.android.apps.messaging/databases/bugle_db" <"$parsers/google_messages/input.sql"
scan_done "$work/g1" "$work/phone"
is 'alone' "$(jq -r '[.counts.message, .coverage[0].parser] | join(" ")' "$work/g1.json")" '9 google-messages'
sqlite3 "$data/com.android.providers.telephony/databases/mmssms.db" <"$parsers/android_sms/input.sql" >/dev/null
scan_done "$work/g2" "$work/phone"
is 'beside mmssms.db' "$(jq -r '.coverage[] | select(.path | endswith("bugle_db")) | .parser + " " + (.counts.message | tostring)' "$work/g2.json")" \
	'google-messages-rcs 5'
# ---- public backups of real phones ----
ab=${LINECHECK_CORPUS:-}/mvt-project+mvt/tests/artifacts/android_backup
if [ -f "$ab/backup.ab" ]; then
	scan_done "$work/m1" "$ab/backup.ab"
	is 'a real backup' "$("$LINECHECK" records "$work/m1" | jq -r '[.service, .direction, .time, .from["e164"], .to[0]["e164"]] | map(. // "-") | join(" ")')" \
		"SMS out 2022-02-22T15:29:41.956Z - -
MMS in 2020-01-20T14:49:49.000Z +$(printf 12345678) +$(printf 23456789)"
	scan_done "$work/m3" "$ab/backup3.ab"
	is 'another' "$("$LINECHECK" records "$work/m3" | jq -r '.to[0].raw + " " + .text')" \
		'06543219 Hi this is a test message to https://google.com/'
fi
finish 'Android backups, collections, Cellebrite reports and Google Messages are read, each message once'
