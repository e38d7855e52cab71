/*
 * instagram_android.c - direct messages of Instagram on Android (direct.db), Android 10 to 17.
 *
 * Tables, from the columns and the JSON names that ALEAPP's Instagram artifacts read and describe
 * (MIT, twelve phones of Android 10 to 17):
 *   session
 *       user_id: the account that is signed in
 *   threads
 *       thread_id, thread_info: JSON with recipients (or users) and inviter (pk, pk_id or id,
 *       username, full_name) and thread_title
 *   messages
 *       thread_id, timestamp in microseconds since 1970, message_type, text, and message: JSON with
 *       user_id of the sender, media, and what the app tells (video_call_event, action_log)
 */
#include "jsonview.h"
#include "parser.h"

struct reader {
	const struct row *row;
	bool nomem;
};

static span text_of(struct reader *r, span object, const char *name)
{
	return jsonview_number_or_text(jsonview_get(object, name), row_arena(r->row), &r->nomem);
}

static span with_prefix(struct reader *r, const char *prefix, span text)
{
	span both = ARENA_JOIN(row_arena(r->row), span_z(prefix), text);
	r->nomem |= !both.p;
	return both;
}

static bool tell_user(struct reader *r, span user, span own, bool member)
{
	static const char *const numbers[] = { "pk", "pk_id", "id" };
	span pk = SPAN_NONE, thread = row_bytes(r->row, "thread");
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && !pk.n; i++)
		pk = text_of(r, user, numbers[i]);
	span user_name = text_of(r, user, "username"), name = text_of(r, user, "full_name");
	struct party party = { ROLE_PERSON, SPAN_NONE, name.n ? name : SPAN_NONE };
	if (user_name.n && !memchr(user_name.p, ' ', user_name.n))
		party.raw = with_prefix(r, "@", user_name);
	else if (pk.n)
		party.raw = with_prefix(r, "instagram:", pk);
	if (!row_person(r->row, pk, &party))
		return false;
	if (pk.n && span_eq(pk, own))
		return row_thread(r->row, thread, SPAN_NONE, party.raw);
	return !member || row_member(r->row, thread, &party);
}

static int decode_thread(const struct row *row, struct record *record, struct err *err)
{
	static const char *const lists[] = { "recipients", "users" };
	struct reader r = { row, false };
	span info = jsonview_first(row_bytes(row, "info")), own = row_bytes(row, "own"), user;
	bool more = true;
	(void)record;
	if (row_bytes(row, "info").n && jsonview_kind(info) != JSONVIEW_OBJECT)
		row_warn(row, WARN_FIELD_UNKNOWN, "who is in this thread could not be read");
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		span list = jsonview_get(info, lists[i]);
		size_t at = 0;
		while (more && jsonview_next(list, &at, NULL, &user))
			more = tell_user(&r, user, own, true);
	}
	user = jsonview_get(info, "inviter");
	if (more && jsonview_kind(user) == JSONVIEW_OBJECT)
		tell_user(&r, user, own, false);
	span title = text_of(&r, info, "thread_title");
	if (title.n)
		row_thread(row, row_bytes(row, "thread"), title, SPAN_NONE);
	return r.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static struct party person(struct reader *r, span pk)
{
	const struct party *known = row_person_of(r->row, pk);
	if (known)
		return *known;
	return (struct party){ ROLE_PERSON, pk.n ? with_prefix(r, "instagram:", pk) : SPAN_NONE,
			       SPAN_NONE };
}

/* Kinds of which only the name or a picture is kept. */
static void take_content(struct reader *r, struct record *record, span message)
{
	span type = row_bytes(r->row, "type");
	if (span_eq(type, SPAN("video_call_event")) || span_eq(type, SPAN("action_log"))) {
		record->kind = REC_SYSTEM;
		if (!record->text.n)
			record->text = text_of(r, jsonview_get(message, "video_call_event"),
					       "description");
		if (!record->text.n)
			record->text =
				text_of(r, jsonview_get(message, "action_log"), "description");
		return;
	}
	if (type.n && !span_eq(type, SPAN("text")))
		row_attachment(r->row, text_of(r, jsonview_get(message, "media"), "id"), type);
	else if (!record->text.n)
		record->text = text_of(r, message, "text");
}

static int decode_message(const struct row *row, struct record *record, struct err *err)
{
	struct reader r = { row, false };
	span raw = row_bytes(row, "message"), message = jsonview_first(raw);
	span own = row_bytes(row, "own"), sender = text_of(&r, message, "user_id");
	struct party owner = person(&r, own), from = person(&r, sender);
	if (!record->text.n)
		record->text = SPAN_NONE;
	if (raw.n && jsonview_kind(message) != JSONVIEW_OBJECT)
		row_warn(row, WARN_TEXT_LOST, "its JSON could not be read");
	row_owner(row, owner.raw);
	if (sender.n && own.n)
		record->direction = span_eq(sender, own) ? DIR_OUT : DIR_IN;
	if (record->direction == DIR_IN)
		row_peer(row, from.raw, from.name);
	else if (record->direction == DIR_UNKNOWN)
		row_from(row, from.raw, from.name);
	take_content(&r, record, message);
	return r.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

/* One account a database: more than one, and none is known to be the phone's. */
#define OWN \
	"(SELECT CASE WHEN min(s.user_id)=max(s.user_id) THEN min(s.user_id) END FROM session s)"

const struct parser parser_instagram_android = {
	.name = "instagram-android",
	.app = "Instagram (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/com.instagram.android/databases/direct.db", "*/direct.db", "direct.db" },
	.tested = "Instagram on Android 10 to 17, tables and names as published",
	.need = { "messages(thread_id,timestamp,message_type,text,message)",
		  "threads(thread_id,thread_info)", "session(user_id)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.table = "threads",
			.sql = "SELECT rowid AS row, thread_id AS thread, thread_info AS info,"
			       " CAST(" OWN " AS TEXT) AS own FROM threads ORDER BY rowid",
			.decode = decode_thread,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_US,
			.sql = "SELECT m.rowid AS row, m.timestamp AS time, m.thread_id AS thread,"
			       " m.message_type AS type, m.text AS text, m.message AS message,"
			       " CAST(" OWN " AS TEXT) AS own FROM messages m ORDER BY m.rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
