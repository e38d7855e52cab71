/*
 * tiktok_android.c - direct messages of TikTok on Android (<account>_im.db).
 *
 * Table and JSON, from ALEAPP's TikTok artifacts (MIT, twelve phones of Android 10 to 15):
 *   msg   conversation_id, sender (an account's number), created_time in ms, read_status, deleted,
 *         content: JSON, of a text message with "text", of a sticker or link with "display_name"
 * The file's name begins with the number of the phone's own account.
 */
#include "jsonview.h"
#include "parser.h"

static span own_account(span path)
{
	size_t start = 0, end = 0;
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			start = i + 1;
	for (end = start; end < path.n && path.p[end] >= '0' && path.p[end] <= '9'; end++)
		;
	span rest = span_from(path, end);
	return end > start && rest.n >= 6 && memcmp(rest.p, "_im.db", 6) == 0
		       ? span_sub(path, start, end)
		       : SPAN_NONE;
}

static span account(const struct row *row, span number, bool *nomem)
{
	span both = ARENA_JOIN(row_arena(row), SPAN("tiktok:"), number);
	*nomem |= !both.p;
	return both;
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false;
	span own = own_account(row_path(row)), sender = row_bytes(row, "sender");
	span content = jsonview_first(row_bytes(row, "content"));
	r->text = jsonview_text(jsonview_get(content, "text"), row_arena(row), &nomem);
	span name = jsonview_text(jsonview_get(content, "display_name"), row_arena(row), &nomem);
	if (!r->text.n)
		r->text = SPAN_NONE;
	if (name.n)
		row_attachment(row, name, SPAN_NONE);
	else if (!r->text.p && row_bytes(row, "content").n)
		row_warn(row, WARN_TEXT_LOST, "a message of a kind that is not read");
	if (own.n && sender.n)
		r->direction = span_eq(own, sender) ? DIR_OUT : DIR_IN;
	if (own.n)
		row_owner(row, account(row, own, &nomem));
	if (sender.n && r->direction == DIR_IN)
		row_peer(row, account(row, sender, &nomem), SPAN_NONE);
	else if (sender.n && r->direction == DIR_UNKNOWN)
		row_from(row, account(row, sender, &nomem), SPAN_NONE);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_tiktok_android = {
	.name = "tiktok-android",
	.app = "TikTok (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE),
	.files = { "*/com.zhiliaoapp.musically/databases/*_im.db",
		   "*/com.ss.android.ugc.trill/databases/*_im.db", "*_im.db" },
	.tested = "TikTok on Android 10 to 15, table as published",
	.limits = "direction only where the file has its own name",
	.keeps_deleted = true,
	.need = { "msg(rowid,conversation_id,sender,created_time,content)" },
	.q = {
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "msg",
			.unit = TIME_UNIX_MS,
			/* State 4 is STATE_DELETED. */
			.sql = "SELECT m.rowid AS row, m.created_time AS time,"
			       " CAST(m.sender AS TEXT) AS sender, m.content AS content,"
			       " m.conversation_id AS thread, {m:msg.read_status} AS read,"
			       " CASE WHEN {m:msg.deleted}=1 THEN 4 END AS state"
			       " FROM msg m ORDER BY m.rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
