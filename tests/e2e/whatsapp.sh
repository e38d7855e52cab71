#!/usr/bin/env bash
# WhatsApp from end to end: a hidden name meets the list by the number that the phone holds for it, with the
# certainty said; nothing is merged where two places differ. Backups: unit.wa_crypt.
. "$(dirname "$0")/lib.bash"

lines() {
	printf 'line,identifier,from,to,status,grade\n'
	printf '%s\n' "$@"
}
party() { # CASE RAW: e164 and certainty
	sqlite3 "$1/case.db" "SELECT DISTINCT ifnull(e164,'-')||' '||certainty FROM party WHERE CAST(raw AS TEXT)='$2'"
}
is() { [ "$2" = "$3" ] || fail "$1: '$2', not '$3'"; }

# ---- an iPhone: the list, a contact, a chat, and what nothing says ----
ios=$work/ios/private/var/mobile/Containers/Shared/AppGroup/1
mkdir -p "$ios"
sqlite3 "$ios/ChatStorage.sqlite" <"$SOURCE_DIR/tests/parsers/whatsapp_ios/input.sql"
sqlite3 "$ios/ChatStorage.sqlite" "UPDATE ZWAPHONENUMBERLIDPAIR SET ZLID='9'||ZLID;
 INSERT INTO ZWACHATSESSION(Z_PK,ZCONTACTJID) VALUES(80,'200000000000004@lid'),(81,'200000000000005@lid'),(82,'200000000000006@lid');
 INSERT INTO ZWAMESSAGE(Z_PK,ZISFROMME,ZMESSAGETYPE,ZCHATSESSION,ZMESSAGEDATE,ZFROMJID,ZTEXT) VALUES
 (80,0,0,80,700009000,'200000000000004@lid','by a contact'),(81,0,0,81,700009060,'200000000000005@lid','nobody knows'),
 (82,0,0,82,700009120,'200000000000006@lid','two numbers')"
sqlite3 "$ios/LID.sqlite" "CREATE TABLE ZWAPHONENUMBERLIDPAIR (Z_PK INTEGER PRIMARY KEY, ZLID TEXT, ZPHONENUMBER TEXT);
 INSERT INTO ZWAPHONENUMBERLIDPAIR VALUES (1,'200000000000002','447700900102'),(2,'200000000000006','447700900156'),
 (3,'200000000000006','447700900157')"
sqlite3 "$ios/ContactsV2.sqlite" "CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME TEXT, ZPHONENUMBER TEXT, ZWHATSAPPID TEXT, ZLID TEXT);
 INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1,'Dan',NULL,'447700900154@s.whatsapp.net','200000000000004@lid'),
 (2,'Other','+447700900199','447700900199@s.whatsapp.net','200000000000002@lid')"
lines 'Map line,07700 900102,,,active,1A' 'Contact line,07700 900154,,,active,1A' 'Wrong line,07700 900156,,,active,1A' \
	'Other wrong line,07700 900157,,,active,1A' 'Hidden line,200000000000005@lid,,,active,1A' >"$work/lines.csv"
scan_done "$work/ios-case" "$work/ios" --lines "$work/lines.csv"
is map "$(party "$work/ios-case" 200000000000002@lid)" '447700900102 map'
is contact "$(party "$work/ios-case" 200000000000004@lid)" '447700900154 contact'
is chat "$(party "$work/ios-case" 200000000000003@lid)" '447700900103 contact'
is nothing "$(party "$work/ios-case" 200000000000005@lid)" '- unresolved'
is 'two numbers' "$(party "$work/ios-case" 200000000000006@lid)" '- unresolved'
is 'who met the list' "$(sqlite3 "$work/ios-case/case.db" "SELECT l.line||' '||m.via||' '||r.tbl||':'||r.row FROM match m
 JOIN line l ON l.id=m.line JOIN record r ON r.id=m.record WHERE m.via='from' ORDER BY r.row" | tr '\n' ',')" \
	'Map line from ZWAMESSAGE:11,Contact line from ZWAMESSAGE:80,Hidden line from ZWAMESSAGE:81,'
is 'both are told' "$(sqlite3 "$work/ios-case/case.db" "SELECT reason FROM party WHERE certainty='map' LIMIT 1" |
	grep -c 'LID.sqlite, ZWAPHONENUMBERLIDPAIR, row 1; a contact (ZWAADDRESSBOOKCONTACT, row 2) gives another')" 1
is quoted "$("$LINECHECK" records "$work/ios-case" | jq -r 'select(.quoted) | .text + " / " + .quoted')" 'come to mine / you about?'
is 'the app was read' "$(jq -c '[.apps[] | select(.name=="WhatsApp" and .read==false)]' "$work/ios-case.json")" '[]'

# ---- Android: the list stands in the same file ----
mkdir -p "$work/android/data/data/com.whatsapp/databases"
sqlite3 "$work/android/data/data/com.whatsapp/databases/msgstore.db" <"$SOURCE_DIR/tests/parsers/whatsapp_android/input.sql"
lines 'Hidden sender,+44 7700 900103,,,active,1A' >"$work/lines2.csv"
scan_done "$work/android-case" "$work/android" --lines "$work/lines2.csv"
is 'android map' "$(party "$work/android-case" 200000000000003@lid)" '447700900103 map'
is 'android rows' "$(sqlite3 "$work/android-case/case.db" "SELECT group_concat(r.tbl||':'||r.row, ' ') FROM match m
 JOIN record r ON r.id=m.record WHERE m.via='from'")" 'message:21 message:40 message_add_on:2 call_log:3'

finish "hidden names met the list as they should"
