/*
 * burner_ios.c - Burner, an app for second numbers, on an iPhone: the cache of what its servers
 * sent (Library/Caches/com.adhoclabs.burner/Cache.db).
 *
 * The app keeps no database of its own. The cache's tables are Apple's (NSURLCache), the answers
 * JSON; see burner_json.h. From iLEAPP's burnerCache artifacts (MIT, Burner 4.0 to 5.4) and the
 * public files of its tests:
 *   cfurl_cache_response
 *       request_key, the address that was asked
 *   cfurl_cache_receiver_data
 *       receiver_data, the answer; with isDataOnFS 1 the name of a file beside the cache
 *
 *   .../user/<id>/messages, .../messages?contactPhoneNumber=...   one message, or a list of them
 *   .../user/<id>/messageThreads?...   the last message of each conversation
 *   .../user/<id>/burners       the phone's own second numbers
 *   .../user/<id>/contacts?...  contacts
 *   .../register/phone, .../user/<id>, .../token   the account, with the phone's real number
 *
 * The same message may stand in several answers: the first one counts. Answers in files are read
 * from them; see burner_ios_file.c.
 */
#include "burner_json.h"
#include "jsonview.h"

#define HOST "https://phoenix.burnerapp.com/"
#define ROWS                                                                                     \
	" FROM cfurl_cache_receiver_data d JOIN cfurl_cache_response a ON a.entry_ID=d.entry_ID" \
	" WHERE a.request_key LIKE '" HOST "%'"

static int decode_numbers(const struct row *row, struct record *r, struct err *err)
{
	span answer = jsonview_first(row_bytes(row, "answer")), object;
	int64_t contacts = 0;
	size_t at = 0;
	bool nomem = false, more = true;
	(void)r;
	row_int(row, "contacts", &contacts);
	while (more && burner_next(answer, &at, &object))
		more = contacts ? burner_contact(row, object, &nomem)
				: burner_number(row, object, &nomem);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int decode_messages(const struct row *row, struct record *r, struct err *err)
{
	span raw = row_bytes(row, "answer"), answer = jsonview_first(raw), object;
	size_t at = (size_t)row_place(row);
	struct burner_message m;
	bool nomem = false;
	while (!nomem && burner_next(answer, &at, &object)) {
		/* Told already, from an answer before this one. */
		if (!burner_read(object, row_arena(row), &m, &nomem) || row_person_of(row, m.id))
			continue;
		row_person(row, m.id, &(struct party){ .raw = m.contact });
		burner_message_row(row, r, &m);
		row_again(row, at);
		return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
	}
	if (!row_place(row) && raw.n && jsonview_kind(answer) == JSONVIEW_NONE)
		row_warn(row, WARN_ROW_LOST, "an answer that is not JSON, or cut off");
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 1;
}

/* What the answer of a file says stands in the file. */
static int tell_file(const struct row *row, struct record *r, struct err *err)
{
	(void)r;
	(void)err;
	row_warn(row, WARN_NOTE, "its messages are in a file beside the cache");
	return 1;
}

/* A number, name and date of one object of an answer: the account, one of its second numbers, or a
 * contact. */
static int decode_person(const struct row *row, struct record *r, struct err *err)
{
	span answer = jsonview_first(row_bytes(row, "answer")), object, user;
	size_t at = (size_t)row_place(row);
	bool nomem = false;
	int64_t created;
	while (!nomem && burner_next(answer, &at, &object)) {
		struct arena *a = row_arena(row);
		user = jsonview_get(object, "user");
		if (jsonview_kind(user) == JSONVIEW_OBJECT)
			object = user;
		span number = jsonview_text(jsonview_get(object, "phoneNumber"), a, &nomem);
		span name = jsonview_text(jsonview_get(object, "name"), a, &nomem);
		if (!name.n)
			name = jsonview_text(jsonview_get(jsonview_get(object, "settings"), "name"),
					     a, &nomem);
		if (!number.n)
			continue;
		/* The row's memory ends before the record does. */
		bool ok = true;
		r->name = name.n ? arena_copy(a, name, &ok) : SPAN_NONE;
		nomem |= !ok;
		row_ident(row, number, SPAN("phone"));
		if (r->kind == REC_ACCOUNT &&
		    jsonview_int(jsonview_get(object, "dateCreated"), &created))
			row_time_int(row, r, TIME_UNIX_MS, created);
		row_again(row, at);
		return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
	}
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 1;
}

const struct parser parser_burner_ios = {
	.name = "burner-ios",
	.app = "Burner (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL) | KIND_BIT(REC_ACCOUNT) |
		 KIND_BIT(REC_CONTACT),
	.files = { "*/com.adhoclabs.burner/Cache.db" },
	.by_path_only = true,
	.tested = "Burner 5.3 of 2023, real file",
	.need = { "cfurl_cache_response(entry_ID,request_key)",
		  "cfurl_cache_receiver_data(entry_ID,isDataOnFS,receiver_data)" },
	.q = {
		{
			.slot = "numbers",
			.members = true,
			.table = "cfurl_cache_receiver_data",
			.sql = "SELECT d.entry_ID AS row, d.receiver_data AS answer,"
			       " a.request_key LIKE '%/contacts%' AS contacts" ROWS
			       " AND d.isDataOnFS=0 AND (a.request_key LIKE '%/burners'"
			       " OR a.request_key LIKE '%/contacts?%') ORDER BY d.entry_ID",
			.decode = decode_numbers,
		},
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "cfurl_cache_receiver_data",
			.sql = "SELECT d.entry_ID AS row, d.receiver_data AS answer" ROWS
			       " AND d.isDataOnFS=0 AND (a.request_key LIKE '%/register/phone'"
			       " OR a.request_key LIKE '%/token' OR a.request_key LIKE '%/burners')"
			       " ORDER BY d.entry_ID",
			.decode = decode_person,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "cfurl_cache_receiver_data",
			.sql = "SELECT d.entry_ID AS row, d.receiver_data AS answer" ROWS
			       " AND d.isDataOnFS=0 AND a.request_key LIKE '%/contacts?%'"
			       " ORDER BY d.entry_ID",
			.decode = decode_person,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "cfurl_cache_receiver_data",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT d.entry_ID AS row, d.receiver_data AS answer" ROWS
			       " AND d.isDataOnFS=0 AND (a.request_key LIKE '%/messages'"
			       " OR a.request_key LIKE '%/messages?%contactPhoneNumber=%'"
			       " OR a.request_key LIKE '%/messageThreads?%') ORDER BY d.entry_ID",
			.decode = decode_messages,
			.row = row_needs_direction,
		},
		{
			.slot = "messages in files",
			.kind = REC_MESSAGE,
			.table = "cfurl_cache_receiver_data",
			.sql = "SELECT d.entry_ID AS row, d.receiver_data AS answer" ROWS
			       " AND d.isDataOnFS=1 AND (a.request_key LIKE '%/messages'"
			       " OR a.request_key LIKE '%/messages?%contactPhoneNumber=%'"
			       " OR a.request_key LIKE '%/messageThreads?%') ORDER BY d.entry_ID",
			.row = tell_file,
		},
	},
};
