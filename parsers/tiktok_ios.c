/*
 * tiktok_ios.c - direct messages of TikTok on an iPhone (ChatFiles/<account>/db.sqlite).
 *
 * Table and JSON, from iLEAPP's TikTok artifacts (MIT, seven phones of iOS 15 to 18):
 *   TIMMessageORM  belongingConversationIdentifier, sender (an account's number), localCreatedAt,
 *                  content: JSON, of a text message with "text", of a link with "display_name", of
 *                  what the app says itself with "tips"
 * The folder's name is the number of the phone's own account. Names stand in AwemeIM.db.
 */
#include "jsonview.h"
#include "parser.h"

/* ".../ChatFiles/6800000000000000001/db.sqlite" */
static span own_account(span path)
{
	size_t end = path.n, start;
	while (end && path.p[end - 1] != '/')
		end--;
	if (!end)
		return SPAN_NONE;
	for (start = --end; start && path.p[start - 1] != '/'; start--)
		if (path.p[start - 1] < '0' || path.p[start - 1] > '9')
			return SPAN_NONE;
	return end - start >= 5 ? span_sub(path, start, end) : SPAN_NONE;
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
	span tips = jsonview_text(jsonview_get(content, "tips"), row_arena(row), &nomem);
	if (!r->text.n)
		r->text = SPAN_NONE;
	if (name.n) {
		row_attachment(row, name, SPAN_NONE);
	} else if (!r->text.p && tips.n) {
		r->kind = REC_SYSTEM;
		r->text = tips;
	} else if (!r->text.p && row_bytes(row, "content").n) {
		row_warn(row, WARN_TEXT_LOST, "a message of a kind that is not read");
	}
	if (own.n)
		row_owner(row, account(row, own, &nomem));
	if (r->kind == REC_SYSTEM)
		return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
	if (own.n && sender.n)
		r->direction = span_eq(own, sender) ? DIR_OUT : DIR_IN;
	if (sender.n && r->direction == DIR_IN)
		row_peer(row, account(row, sender, &nomem), SPAN_NONE);
	else if (sender.n && r->direction == DIR_UNKNOWN)
		row_from(row, account(row, sender, &nomem), SPAN_NONE);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_tiktok_ios = {
	.name = "tiktok-ios",
	.app = "TikTok (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/ChatFiles/*/db.sqlite" },
	.tested = "TikTok on iOS 15 to 18, columns as published",
	.limits = "direction only in the folder that has the account's number",
	.need = { "TIMMessageORM(rowid,sender,content,localCreatedAt)" },
	.q = {
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "TIMMessageORM",
			.unit = TIME_UNIX_S_OR_MS,
			.sql = "SELECT m.rowid AS row, m.localCreatedAt AS time,"
			       " CAST(m.sender AS TEXT) AS sender, m.content AS content,"
			       " {m:TIMMessageORM.belongingConversationIdentifier} AS thread"
			       " FROM TIMMessageORM m ORDER BY m.rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
