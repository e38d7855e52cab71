/*
 * tango_android.c - Tango on Android (tc.db), database version 11.
 *
 * Tables, from the public test file of plaso (Apache-2.0, Tango of 2016), and the payloads from
 * looking at its bytes against the columns beside them:
 *   messages  direction 1 = sent by the phone, 2 = received; type 61 = a like; create_time in ms;
 *             del_status not 0: deleted in the app; conv_id the account of the other person, of a
 *             conversation of conv_type 0; payload base64 of a Protocol Buffers message:
 *             4 text, 5 address of a file, 10 its name, 21 the sender of what was received
 *             (1 first name, 2 last name, 3 account), 76 what a like says
 */
#include "base64.h"
#include "parser.h"
#include "protobuf.h"

enum {
	FIELD_TEXT = 4,
	FIELD_FILE = 10,
	FIELD_SENDER = 21,
	FIELD_LIKE = 76,
	FIELD_LIKED = 97,
	TYPE_LIKE = 61
};

static span joined(const struct row *row, span a, span between, span b, bool *nomem)
{
	span all = ARENA_JOIN(row_arena(row), a, between, b);
	*nomem |= !all.p;
	return all;
}

static void take_sender(const struct row *row, span payload, bool *nomem)
{
	span sender = PROTOBUF_AT(payload, FIELD_SENDER);
	span account = PROTOBUF_AT(sender, 3), name = PROTOBUF_AT(sender, 1),
	     last = PROTOBUF_AT(sender, 2);
	if (name.n && last.n)
		name = joined(row, name, SPAN(" "), last, nomem);
	else if (!name.n)
		name = last;
	if (account.n)
		account = joined(row, SPAN("tango"), SPAN(":"), account, nomem);
	if (account.n || name.n)
		row_peer(row, account.n ? account : SPAN_NONE, name.n ? name : SPAN_NONE);
}

static int decode_payload(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false;
	int64_t type = 0;
	span raw = row_bytes(row, "payload");
	span payload = base64_decode(raw, row_arena(row), &nomem);
	row_int(row, "type", &type);
	if (type == TYPE_LIKE)
		r->kind = REC_REACTION;
	if (!nomem && raw.n && (!payload.n || !protobuf_valid(payload)))
		row_warn(row, WARN_TEXT_LOST, "its payload could not be read");
	r->text = PROTOBUF_AT(payload, type == TYPE_LIKE ? FIELD_LIKE : FIELD_TEXT);
	if (!r->text.n)
		r->text = SPAN_NONE;
	span file = PROTOBUF_AT(payload, FIELD_FILE);
	if (file.n && type != TYPE_LIKE)
		row_attachment(row, file, SPAN_NONE);
	if (r->direction == DIR_IN)
		take_sender(row, payload, &nomem);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

#define PERSON "{c:conversations.conv_type}=0"

const struct parser parser_tango_android = {
	.name = "tango-android",
	.app = "Tango (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION),
	.files = { "*/com.sgiggle.production/files/tc.db", "*/tc.db", "*tango*tc.db" },
	.tested = "Tango of 2016, real file",
	.keeps_deleted = true,
	.need = { "messages(msg_id,conv_id,type,create_time,direction,payload)",
		  "conversations(conv_id,payload)" },
	.q = {
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			/* State 4 is STATE_DELETED, 2048 STATE_GROUP. */
			.sql = "SELECT m.msg_id AS row, m.create_time AS time,"
			       " CASE m.direction WHEN 1 THEN 1 WHEN 2 THEN 0 END AS sent,"
			       " CASE WHEN " PERSON " THEN 'tango:'||m.conv_id END AS peer,"
			       " m.conv_id AS thread, m.type AS type, m.payload AS payload,"
			       " CASE WHEN {m:messages.del_status}<>0 THEN 4 ELSE 0 END"
			       " + CASE WHEN {c:conversations.conv_type}<>0 THEN 2048 ELSE 0 END AS state"
			       " FROM messages m LEFT JOIN conversations c ON c.conv_id=m.conv_id"
			       " ORDER BY m.msg_id",
			.decode = decode_payload,
			.row = row_needs_direction,
		},
	},
};
