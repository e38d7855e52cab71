/*
 * discord.c - what Discord keeps of conversations on a phone (kv-storage/@account.<number>/a), on
 * iPhones and Android.
 *
 * Table messages0 { data }: a byte and JSON, { "id", "channelId", "message": { "author": { "id",
 * "username", "global_name" }, "content", "timestamp", "edited_timestamp", "attachments": [{
 * "filename", "content_type" }], "referenced_message", "type" } }. From the Discord artifacts of
 * iLEAPP and ALEAPP (MIT); the fields of a message and its types are those of Discord's public API.
 *
 * It is a cache: what was never scrolled to is not there. Whose phone it is, the folder's name
 * says.
 */
#include "jsonview.h"
#include "parser.h"

enum { ID_LEAST = 15 }; /* digits of an account's number */

/* The digits that the name of the file's folder ends with, if it is an account's. */
static span own_account(span path)
{
	size_t end = path.n, start;
	while (end && path.p[end - 1] != '/')
		end--;
	end -= end > 0;
	for (start = end; start && path.p[start - 1] >= '0' && path.p[start - 1] <= '9'; start--)
		;
	span before = span_sub(path, 0, start);
	bool account = before.n >= 9 &&
		       (memcmp(before.p + before.n - 9, "@account.", 9) == 0 ||
			(before.n >= 8 && memcmp(before.p + before.n - 8, "@account", 8) == 0));
	return account && end - start >= ID_LEAST ? span_sub(path, start, end) : SPAN_NONE;
}

struct reader {
	const struct row *row;
	bool nomem;
};

static span text_of(struct reader *r, span object, const char *name)
{
	span s = jsonview_text(jsonview_get(object, name), row_arena(r->row), &r->nomem);
	return s.n ? s : SPAN_NONE;
}

static span with_mark(struct reader *r, const char *mark, span s)
{
	if (!s.n)
		return SPAN_NONE;
	span both = ARENA_JOIN(row_arena(r->row), span_z(mark), s);
	r->nomem |= !both.p;
	return both;
}

static void take_files(struct reader *r, span message)
{
	span list = jsonview_get(message, "attachments"), file;
	for (size_t at = 0;
	     jsonview_kind(list) == JSONVIEW_ARRAY && jsonview_next(list, &at, NULL, &file);)
		if (!row_attachment(r->row, text_of(r, file, "filename"),
				    text_of(r, file, "content_type")))
			return;
}

static void take_time(struct reader *r, struct record *record, span message)
{
	span text = text_of(r, message, "timestamp");
	if (!text.n)
		return;
	record->time_raw = text;
	record->time_unit = TIME_TEXT;
	if (!time_parse(text, &record->time)) {
		record->time = TIME_UNSET;
		row_warn(r->row, WARN_FIELD_UNKNOWN, "a time that is none");
	}
}

/* Types of the public API: 0 and 19 to 23 are written by a person, 3 is a call. */
static enum record_kind kind_of(span message)
{
	int64_t type = 0;
	jsonview_int(jsonview_get(message, "type"), &type);
	return type == 3 ? REC_CALL : type >= 1 && type <= 18 ? REC_SYSTEM : REC_MESSAGE;
}

static void take_parties(struct reader *r, struct record *record, span message)
{
	span author = jsonview_get(message, "author"), id = text_of(r, author, "id");
	span name = text_of(r, author, "global_name"), own = own_account(row_path(r->row));
	span handle = with_mark(r, "@", text_of(r, author, "username"));
	if (!handle.n)
		handle = with_mark(r, "discord:", id);
	if (own.n && id.n)
		record->direction = span_eq(own, id) ? DIR_OUT : DIR_IN;
	if (record->direction == DIR_OUT)
		row_owner(r->row, handle);
	else if (own.n)
		row_owner(r->row, with_mark(r, "discord:", own));
	if (record->direction == DIR_IN)
		row_peer(r->row, handle, name);
	else if (record->direction == DIR_UNKNOWN && handle.n)
		row_from(r->row, handle, name);
}

static int decode_message(const struct row *row, struct record *record, struct err *err)
{
	struct reader r = { row, false };
	span data = row_bytes(row, "data");
	const char *start = data.n ? memchr(data.p, '{', data.n) : NULL;
	span all = start ? jsonview_first(span_from(data, (size_t)(start - data.p))) : SPAN_NONE;
	span message = jsonview_get(all, "message");
	if (jsonview_kind(message) != JSONVIEW_OBJECT) {
		row_warn(row, WARN_TEXT_LOST, "a message that cannot be read");
		return 0;
	}
	record->kind = kind_of(message);
	record->text = text_of(&r, message, "content");
	record->quoted = text_of(&r, jsonview_get(message, "referenced_message"), "content");
	record->thread = text_of(&r, all, "channelId");
	if (!record->thread.p)
		record->thread = text_of(&r, message, "channel_id");
	if (text_of(&r, message, "edited_timestamp").n)
		record->state |= STATE_EDITED;
	take_time(&r, record, message);
	take_files(&r, message);
	take_parties(&r, record, message);
	return r.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_discord = {
	.name = "discord",
	.app = "Discord",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CALL),
	.files = { "*/kv-storage/*/a" },
	.tested = "Discord of 2023 to 2025, fields as published",
	.limits = "what was never on the screen; who else is in a channel",
	.need = { "messages0(rowid,data)" },
	.q = {
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages0",
			.sql = "SELECT m.rowid AS row, m.data AS data, 'Discord' AS service"
			       " FROM messages0 m ORDER BY m.rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
