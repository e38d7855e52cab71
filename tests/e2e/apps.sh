#!/usr/bin/env bash
# Apps where phones keep them, in a tree and in a zip of it: each file is read by its own parser, its -wal with it.
. "$(dirname "$0")/lib.bash"
golden=$SOURCE_DIR/tests/parsers
ios=private/var/mobile/Containers android=data/data
put() { # PARSER PATH [INPUT]: all of it in a -wal
	local db=$work/phone/$2
	mkdir -p "$(dirname "$db")"
	{
		echo '.dbconfig no_ckpt_on_close on'
		echo 'PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;'
		cat "$golden/$1/${3:-input}.sql"
	} | sqlite3 -bail "$db" >/dev/null
	want+="[\"$2\",\"${1//_/-}\",\"read\"]"$'\n'
}
want=
put telegram_ios "$ios/Shared/AppGroup/1/telegram-data/account-1/postbox/db/db_sqlite"
put messenger_ios "$ios/Shared/AppGroup/2/lightspeed-userDatabases/100001.db"
put tiktok_ios "$ios/Data/Application/3/Library/Application Support/ChatFiles/6800000000000000001/db.sqlite"
put tiktok_ios_people "$ios/Data/Application/3/Documents/AwemeIM.db"
put discord "$ios/Data/Application/4/Library/Caches/kv-storage/@account.700000000000000001/a"
put discord "$android/com.discord/files/kv-storage/@account.700000000000000002/a"
put telegram_android "$android/org.telegram.messenger/files/cache4.db"
put kik_ios "$ios/Shared/AppGroup/5/cores/private/1/kik.sqlite"
put kik_android "$android/kik.android/databases/1.kikDatabase.db"
put viber_android "$android/com.viber.voip/databases/viber_messages"
put viber_ios "$ios/Shared/AppGroup/6/com.viber/database/Contacts.data"
put snapchat "$android/com.snapchat.android/databases/arroyo.db"
put imo_ios "$ios/Data/Application/7/Documents/IMODb2.sqlite"
put hangouts_android "$android/com.google.android.talk/databases/babel1.db"
put burner_android "$android/com.adhoclabs.burner/databases/burners.sqlite"
want=$(LC_ALL=C sort <<<"${want%$'\n'}")
(cd "$work/phone" && zip -qr ../phone.zip .)

read_of() { jq -c '.coverage[] | select(.side_of == null) | [.path, .parser, .state]' "$1.json" | LC_ALL=C sort; }
scan_done "$work/tree" "$work/phone"
[ "$(read_of "$work/tree")" = "$want" ] || fail "a tree: $(diff <(read_of "$work/tree") <(echo "$want"))"
scan_done "$work/zip" "$work/phone.zip"
[ "$(read_of "$work/zip")" = "$want" ] || fail "a zip: $(diff <(read_of "$work/zip") <(echo "$want"))"
[ "$(jq .counts "$work/tree.json")" = "$(jq .counts "$work/zip.json")" ] || fail "a tree and a zip of it differ: $(jq -c .counts "$work/tree.json") $(jq -c .counts "$work/zip.json")"
# whose phone it is, the folder says
[ "$("$LINECHECK" records "$work/tree" --kind message | jq -r 'select(.service == "Discord" and .text == "yes") | .direction' | sort | tr '\n' ' ')" = 'in out ' ] ||
	fail "Discord's direction: $("$LINECHECK" records "$work/tree" --kind message | jq -c 'select(.service == "Discord") | [.direction, .text]')"
[ "$("$LINECHECK" records "$work/tree" --kind message | jq -r 'select(.thread == "7002" and .text == "yeah") | [.direction, .from.raw, .to[0].raw] | join(" ")')" = 'out +447700900100 +447700900123' ] ||
	fail "Telegram on an iPhone"
# under any name, by its tables
cp "$work/phone/$ios/Data/Application/3/Library/Application Support/ChatFiles/6800000000000000001/db.sqlite" "$work/some.thing"
cp "$work/phone/$ios/Data/Application/3/Library/Application Support/ChatFiles/6800000000000000001/db.sqlite-wal" "$work/some.thing-wal"
scan_done "$work/alone" "$work/some.thing"
[ "$(jq -r '.coverage[] | select(.side_of == null) | .parser' "$work/alone.json")" = tiktok-ios ] || fail "a file alone: $(jq -c .coverage "$work/alone.json")"
finish "apps in their places"
