/*
 * messenger_android_old.c - Facebook Messenger on Android before about 2021 (threads_db2).
 *
 * Tables, from the columns and JSON names that ALEAPP's Messenger artifacts read (MIT):
 *   messages      thread_key "ONE_TO_ONE:<a>:<b>" or "GROUP:<n>"; msg_type -1 told by the app;
 *                 timestamp_ms; text; sender: JSON with user_key "FACEBOOK:<number>" and name;
 *                 attachments: JSON list with filename and mime_type;
 *                 generic_admin_message_extensible_data: of calls
 *   thread_users  user_key, first_name, last_name, username
 * Whose phone it is stands in the file threads_db2-uid, not here: who wrote is known, and not
 * whether that is the owner, so the direction is unknown.
 */
#include "jsonview.h"
#include "parser.h"

static span after_colon(span s)
{
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
	return colon ? span_from(s, (size_t)(colon - s.p) + 1) : s;
}

static void take_files(const struct row *row, bool *nomem)
{
	span list = jsonview_first(row_bytes(row, "files")), file;
	size_t at = 0;
	struct arena *a = row_arena(row);
	while (jsonview_next(list, &at, NULL, &file)) {
		span name = jsonview_text(jsonview_get(file, "filename"), a, nomem);
		span type = jsonview_text(jsonview_get(file, "mime_type"), a, nomem);
		if ((name.p || type.p) && !row_attachment(row, name, type))
			return;
	}
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false;
	struct arena *a = row_arena(row);
	span sender = jsonview_first(row_bytes(row, "sender"));
	span name = jsonview_text(jsonview_get(sender, "name"), a, &nomem);
	span key = after_colon(jsonview_text(jsonview_get(sender, "user_key"), a, &nomem));
	span handle = ARENA_JOIN(a, SPAN("messenger:"), key);
	if (!handle.p || nomem)
		return err_set(err, E_NOMEM, "memory ran out");
	row_from(row, key.n ? handle : SPAN_NONE, name.n ? name : SPAN_NONE);
	if (row_bytes(row, "told").n)
		r->kind = REC_SYSTEM;
	if (r->kind != REC_SYSTEM)
		row_warn(row, WARN_FIELD_UNKNOWN,
			 "the file does not say whose phone it is, so not who was sent to");
	take_files(row, &nomem);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_messenger_android_old = {
	.name = "messenger-android-old",
	.app = "Facebook Messenger (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CONTACT),
	.files = { "*/com.facebook.orca/databases/threads_db2", "*/threads_db2", "threads_db2" },
	.tested = "Messenger before 2021, tables as published",
	.limits = "no direction: the file does not say whose phone it is",
	.need = { "messages(rowid,thread_key,text,sender,timestamp_ms,msg_type)",
		  "thread_users(rowid,user_key)" },
	.q = {
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			/* State 2048 is STATE_GROUP. */
			.sql = "SELECT m.rowid AS row, m.timestamp_ms AS time, m.thread_key AS thread,"
			       " CASE WHEN m.msg_type=-1 OR"
			       " {m:messages.generic_admin_message_extensible_data} IS NOT NULL THEN"
			       " 'system' END AS kind,"
			       " CASE WHEN m.thread_key LIKE 'GROUP:%' THEN 2048 END AS state,"
			       " nullif(m.text,'') AS text, m.sender AS sender,"
			       " {m:messages.generic_admin_message_extensible_data} AS told,"
			       " {m:messages.attachments} AS files FROM messages m ORDER BY m.rowid",
			.decode = decode_message,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "thread_users",
			.sql = "SELECT u.rowid AS row, nullif(trim(ifnull({u:thread_users.first_name},'')||"
			       "' '||ifnull({u:thread_users.last_name},'')),'') AS name,"
			       " 'messenger:'||substr(u.user_key,instr(u.user_key,':')+1) AS ident,"
			       " 'Messenger' AS label FROM thread_users u ORDER BY u.rowid",
			.side = { "{?thread_users(username): SELECT '@'||username AS ident,"
				  " 'user name' AS label FROM thread_users WHERE rowid=?1"
				  " AND username<>''}" },
		},
	},
};
