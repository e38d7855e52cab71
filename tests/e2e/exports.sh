#!/usr/bin/env bash
# Downloads and exported chats as people hand them over: in a folder and in a zip, under names that
# many files have. Each is read by its own parser, once; a sender whose role is not said is matched.
. "$(dirname "$0")/lib.bash"
golden=$SOURCE_DIR/tests/parsers
put() { # FILE, PATH
	mkdir -p "$work/in/$(dirname "$2")"
	cp "$golden/$1" "$work/in/$2"
}
put whatsapp_text/input-iphone.txt 'WhatsApp Chat - York/_chat.txt'
put whatsapp_text/input.txt 'WhatsApp Chat with Leeds.txt'
put whatsapp_text/input-sequence.txt renamed.txt
put meta_export/input.json messages/inbox/kai_1/message_1.json
put instagram_export/input.json your_instagram_activity/messages/inbox/york_2/message_1.json
put instagram_export/input-2019.json messages.json
put facebook_export/input.json your_facebook_activity/messages/inbox/zoe_3/message_1.json
put facebook_export/input-encrypted.json Zoe_12.json
put telegram_export/input.json ChatExport_2022-12-24/result.json
put telegram_export/input-group.json result.json
put snapchat_export/input.json json/chat_history.json
put snapchat_export/input-friends.json json/friends.json
put tiktok_export/input.json user_data.json
put discord_export/input.json messages/c123456789/messages.json
put discord_export/input-2021.csv messages/c223456789/messages.csv
printf '{"123456789":"Direct Message with kai#0"}' >"$work/in/messages/index.json"
mkdir "$work/in/other"
printf '{"result":[1]}' >"$work/in/other/result.json"
printf '2022-12-24 13:34:05 - INFO: started\n' >"$work/in/other/log.txt"
mkdir "$work/in/ChatExport_2023-01-01"
echo '<html>' >"$work/in/ChatExport_2023-01-01/messages2.html"
(cd "$work/in" && zip -qr "$work/in.zip" .)
printf 'line,identifier,from,to,status,grade\nBlue,+447700900123,2022-12-01,2022-12-31,active,1A\n' >"$work/lines.csv"

want='["ChatExport_2022-12-24/result.json","telegram-export"]
["WhatsApp Chat - York/_chat.txt","whatsapp-text"]
["WhatsApp Chat with Leeds.txt","whatsapp-text"]
["Zoe_12.json","facebook-export"]
["json/chat_history.json","snapchat-export"]
["json/friends.json","snapchat-export"]
["messages.json","instagram-export"]
["messages/c123456789/messages.json","discord-export"]
["messages/c223456789/messages.csv","discord-export"]
["messages/inbox/kai_1/message_1.json","meta-export"]
["messages/index.json","discord-export"]
["renamed.txt","whatsapp-text"]
["result.json","telegram-export"]
["user_data.json","tiktok-export"]
["your_facebook_activity/messages/inbox/zoe_3/message_1.json","facebook-export"]
["your_instagram_activity/messages/inbox/york_2/message_1.json","instagram-export"]'
for from in in in.zip; do
	scan_done "$work/case-$from" "$work/$from" --lines "$work/lines.csv"
	got=$(jq -c '.coverage[] | select(.state == "read") | [.path, .parser]' "$work/case-$from.json" | LC_ALL=C sort)
	[ "$got" = "$want" ] || fail "$from: $(diff <(echo "$want") <(echo "$got"))"
	[ "$(jq -c '[.coverage[] | select(.state != "read") | .path, .state]' "$work/case-$from.json")" = \
		'["ChatExport_2023-01-01/messages2.html","present-not-read"]' ] || fail "$from: what is not read"
	# +44 7700 900123 is a sender in both WhatsApp chats and one of Telegram's contacts.
	[ "$(jq '[.findings[] | select(.category == "line-match") | .records] | add' "$work/case-$from.json")" = 3 ] ||
		fail "$from: $(jq -c '.findings[]' "$work/case-$from.json")"
done
"$LINECHECK" records "$work/case-in" >"$work/records"
chat() { jq -c "select(.origin.file == \"$1\") | $2" "$work/records"; }
[ "$(chat 'WhatsApp Chat with Leeds.txt' '[.thread, .service, .time] | @csv' | sort -u)" = '"\"Leeds\",\"WhatsApp\","' ] ||
	fail "the chat's name, app, or a time: $(chat 'WhatsApp Chat with Leeds.txt' '[.thread, .service, .time]' | sort -u)"
[ "$(chat renamed.txt '.time_shown' | tr '\n' ' ')" = '"2022-02-01T10:00:00" "2022-02-05T10:00:00" "2022-03-03T10:00:00" "2022-04-02T10:00:00" ' ] ||
	fail "what the clock showed: $(chat renamed.txt .time_shown)"
[ "$(chat renamed.txt .time_unit | sort -u)" = '"no-zone"' ] || fail "the unit of a time without a zone"
[ "$(chat json/chat_history.json 'select(.kind == "message") | .direction' | sort | uniq -c | tr -s ' \n' ' ')" = ' 2 "in" 1 "out" 1 "unknown" ' ] ||
	fail "Snapchat's directions"
[ "$(chat messages/c123456789/messages.json '[.direction, .thread]' | sort -u)" = '["out","123456789"]' ] ||
	fail "Discord's directions"
finish "sixteen exports, in a folder and in a zip, each read once"
