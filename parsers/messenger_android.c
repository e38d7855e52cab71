/*
 * messenger_android.c - Facebook Messenger on Android (msys_database_<account>), since about 2021.
 *
 * Tables, from the columns that ALEAPP's Messenger artifacts read and label (MIT, four phones of
 * Android 13 to 16):
 *   messages     sender_id, thread_key, text, timestamp_ms, message_id, is_admin_message
 *   contacts     id, name, username, phone_number, email_address; friendship_status 0 = the phone's
 *                own account
 *   attachments  message_id, filename, playable_url_mime_type, title_text
 *   call_log     thread_key the other person; call_direction 1 made, 2 received; call_media_type 2
 *                = video; call_timestamp_ms, call_duration in seconds
 *
 * The key of a conversation of two is the other person's number. Reactions are not read.
 */
#include "parser.h"

#define OWN                                                                        \
	"(SELECT CASE WHEN min(o.id)=max(o.id) THEN min(o.id) END FROM contacts o" \
	" WHERE o.friendship_status=0)"
#define HANDLE(c, id) "ifnull('@'||nullif({" c ":contacts.username},''),'messenger:'||" id ")"
#define OWN_HANDLE             \
	"(SELECT " HANDLE("o", \
			  "o.id") " FROM contacts o WHERE o.friendship_status=0 AND o.id=" OWN ")"

/* Without the phone's own account a message has a sender, but no direction. */
static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	span author = row_bytes(row, "author");
	(void)r;
	(void)err;
	if (author.n)
		row_from(row, author, row_bytes(row, "author_name"));
	return 0;
}

const struct parser parser_messenger_android = {
	.name = "messenger-android",
	.app = "Facebook Messenger (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CALL) |
		 KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT),
	.files = { "*/com.facebook.orca/databases/msys_database_*", "*/msys_database_*",
		   "msys_database_*" },
	.tested = "Messenger of 2021 to 2025, tables as published",
	.need = { "messages(rowid,thread_key,sender_id,text,timestamp_ms,message_id)",
		  "contacts(rowid,id,name,friendship_status)" },
	.q = {
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "contacts",
			.sql = "SELECT c.rowid AS row, c.name AS name, 'messenger:'||c.id AS ident,"
			       " 'Messenger' AS label FROM contacts c WHERE c.friendship_status=0"
			       " ORDER BY c.rowid",
			.side = { "{?contacts(username): SELECT '@'||username AS ident, 'user name' AS label"
				  " FROM contacts WHERE rowid=?1 AND username<>''}" },
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT m.rowid AS row, m.timestamp_ms AS time,"
			       " CASE WHEN {m:messages.is_admin_message}=1 THEN 'system' END AS kind,"
			       " m.sender_id=" OWN " AS sent,"
			       " CASE WHEN " OWN " IS NULL THEN NULL"
			       " WHEN m.sender_id<>" OWN " THEN " HANDLE("c", "m.sender_id")
			       " WHEN t.id IS NOT NULL THEN " HANDLE("t", "t.id") " END AS peer,"
			       " CASE WHEN " OWN " IS NULL THEN NULL"
			       " WHEN m.sender_id<>" OWN " THEN c.name ELSE t.name END AS peer_name,"
			       " CASE WHEN " OWN " IS NULL THEN " HANDLE("c", "m.sender_id") " END"
			       " AS author, c.name AS author_name,"
			       " " OWN_HANDLE " AS owner, m.thread_key AS thread,"
			       " nullif(m.text,'') AS text"
			       " FROM messages m LEFT JOIN contacts c ON c.id=m.sender_id"
			       " LEFT JOIN contacts t ON t.id=m.thread_key ORDER BY m.rowid",
			.along = { "{?attachments(message_id,filename): SELECT m.rowid AS row,"
				   " coalesce(nullif(a.filename,''),{a:attachments.title_text})"
				   " AS att_name, {a:attachments.playable_url_mime_type} AS att_type"
				   " FROM attachments a JOIN messages m ON m.message_id=a.message_id"
				   " ORDER BY m.rowid, a.rowid}" },
			.decode = decode_message,
			.row = row_needs_direction,
		},
		{
			.slot = "calls",
			.kind = REC_CALL,
			.optional = true,
			.table = "call_log",
			.unit = TIME_UNIX_MS,
			.need = { "call_log(rowid,thread_key,call_direction,call_timestamp_ms,"
				  "call_duration)" },
			/* State 1024 is STATE_VIDEO. */
			.sql = "SELECT k.rowid AS row, k.call_timestamp_ms AS time,"
			       " k.call_duration AS duration,"
			       " CASE k.call_direction WHEN 1 THEN 1 WHEN 2 THEN 0 END AS sent,"
			       " CASE WHEN c.id IS NOT NULL THEN " HANDLE("c", "c.id") " END AS peer,"
			       " c.name AS peer_name, " OWN_HANDLE " AS owner,"
			       " k.thread_key AS thread, 'Messenger' AS service,"
			       " CASE WHEN {k:call_log.call_media_type}=2 THEN 1024 END AS state"
			       " FROM call_log k LEFT JOIN contacts c ON c.id=k.thread_key"
			       " ORDER BY k.rowid",
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "contacts",
			.sql = "SELECT c.rowid AS row, c.name AS name, 'messenger:'||c.id AS ident,"
			       " 'Messenger' AS label FROM contacts c"
			       " WHERE c.friendship_status IS NOT 0 ORDER BY c.rowid",
			.side = { "{?contacts(username): SELECT '@'||username AS ident, 'user name' AS label"
				  " FROM contacts WHERE rowid=?1 AND username<>''}",
				  "{?contacts(phone_number): SELECT phone_number AS ident,"
				  " 'phone' AS label FROM contacts WHERE rowid=?1 AND phone_number<>''}",
				  "{?contacts(email_address): SELECT email_address AS ident,"
				  " 'e-mail' AS label FROM contacts WHERE rowid=?1"
				  " AND email_address<>''}" },
		},
	},
};
