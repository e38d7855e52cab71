/*
 * burner_android_json.c - Burner on Android since 2023 (burnerDatabase.db).
 *
 * Tables, from ALEAPP's Burner artifacts (MIT): MessageEntity, BurnerEntity and ContactEntity, each
 * with value, the JSON that the servers sent; see burner_json.h.
 */
#include "burner_json.h"
#include "jsonview.h"

static int decode_number(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false;
	(void)r;
	burner_number(row, jsonview_first(row_bytes(row, "value")), &nomem);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	struct burner_message m;
	bool nomem = false;
	span object = jsonview_first(row_bytes(row, "value"));
	if (!burner_read(object, row_arena(row), &m, &nomem))
		return nomem ? err_set(err, E_NOMEM, "memory ran out")
			     : err_set(err, E_FORMAT, "its JSON is no message");
	burner_message_row(row, r, &m);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int decode_account(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false, ok = true;
	struct arena *a = row_arena(row);
	span object = jsonview_first(row_bytes(row, "value"));
	span number = jsonview_text(jsonview_get(object, "phoneNumberId"), a, &nomem);
	span name = jsonview_text(jsonview_get(object, "name"), a, &nomem);
	if (!number.n)
		number = jsonview_text(jsonview_get(object, "phoneNumber"), a, &nomem);
	if (!number.n)
		return nomem ? err_set(err, E_NOMEM, "memory ran out") : 1;
	row_ident(row, number, SPAN("phone"));
	r->name = name.n ? arena_copy(a, name, &ok) : SPAN_NONE;
	return nomem || !ok ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_burner_android_json = {
	.name = "burner-android-json",
	.app = "Burner (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL) | KIND_BIT(REC_ACCOUNT),
	.files = { "*/com.adhoclabs.burner/databases/burnerDatabase.db", "*/burnerDatabase.db",
		   "burnerDatabase.db" },
	.tested = "Burner of 2024, tables as published",
	.need = { "MessageEntity(rowid,value)", "BurnerEntity(rowid,value)" },
	.q = {
		{
			.slot = "numbers",
			.members = true,
			.table = "BurnerEntity",
			.sql = "SELECT rowid AS row, value FROM BurnerEntity ORDER BY rowid",
			.decode = decode_number,
		},
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "BurnerEntity",
			.sql = "SELECT rowid AS row, value FROM BurnerEntity ORDER BY rowid",
			.decode = decode_account,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "MessageEntity",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT rowid AS row, value FROM MessageEntity ORDER BY rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
