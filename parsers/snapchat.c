/*
 * snapchat.c - chats of Snapchat on both platforms (arroyo.db): the same tables and records.
 *
 * From ALEAPP's Snapchat artifacts (MIT, nine phones of Android 11 to 17), which derived the
 * records from their bytes and checked them against the columns beside them, and a public
 * description of the same file on both platforms:
 *   conversation_message
 *       client_conversation_id, sender_id, creation_timestamp in ms; content_type 1 = text;
 *       message_content: Protocol Buffers, the text at 4.4.2.1; created_on_device 1, or, where that
 *       column is not there, local_message_content_id: written on this phone
 *   conversation
 *       conversation_metadata: Protocol Buffers, its people at 3, each 1.1 (16 bytes)
 *   feed_entry
 *       conversation_title
 *
 * The phone's own account is the one sender of what was written on it, if there is one. User names
 * stand in main.db. Snaps that were opened, and text that was not saved, are gone from here.
 */
#include "parser.h"
#include "protobuf.h"
#include <stdio.h>

static span handle_of(const struct row *row, span id, bool *nomem)
{
	span both = ARENA_JOIN(row_arena(row), SPAN("snapchat:"), id);
	*nomem |= !both.p;
	return both;
}

static void uuid_text(span bytes, char out[static 40])
{
	size_t n = 0;
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[n++] = '-';
		snprintf(out + n, 40 - n, "%02x", (unsigned char)bytes.p[i]);
		n += 2;
	}
}

static int decode_people(const struct row *row, struct record *r, struct err *err)
{
	span metadata = row_bytes(row, "metadata"), own = row_bytes(row, "own");
	struct protobuf_field f;
	char text[40];
	size_t at = 0;
	bool nomem = false, more = true;
	(void)r;
	/* Who of them is the phone's owner? Nobody is told to have been sent to. */
	if (!own.n)
		return 0;
	if (metadata.n && !protobuf_valid(metadata))
		row_warn(row, WARN_FIELD_UNKNOWN, "who is in this conversation could not be read");
	while (more && !nomem && protobuf_next(metadata, &at, &f, NULL) == 1) {
		span id = f.number == 3 && f.wire == PROTOBUF_BYTES ? PROTOBUF_AT(f.bytes, 1, 1)
								    : SPAN_NONE;
		if (id.n != 16)
			continue;
		uuid_text(id, text);
		span uuid = { text, 36 };
		struct party p = { span_eq(uuid, own) ? ROLE_OWNER : ROLE_PERSON,
				   handle_of(row, uuid, &nomem), SPAN_NONE };
		if (!nomem)
			more = row_member(row, row_bytes(row, "thread"), &p);
	}
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	span content = row_bytes(row, "content"), own = row_bytes(row, "own");
	span sender = row_bytes(row, "sender");
	bool nomem = false;
	int64_t type = 0, here = 0;
	char detail[100];
	row_int(row, "type", &type);
	row_int(row, "here", &here);
	if (content.n && !protobuf_valid(content))
		row_warn(row, WARN_TEXT_LOST, "its record could not be read");
	else if (type == 1)
		r->text = PROTOBUF_AT(content, 4, 4, 2, 1);
	if (type != 1) {
		snprintf(detail, sizeof detail,
			 "a snap, a picture or another kind that holds no text (content type %lld)",
			 (long long)type);
		row_warn(row, WARN_NOTE, detail);
	}
	if (here)
		r->direction = DIR_OUT;
	else if (own.n && sender.n)
		r->direction = span_eq(own, sender) ? DIR_OUT : DIR_IN;
	if (own.n || (here && sender.n))
		row_owner(row, handle_of(row, here ? sender : own, &nomem));
	if (sender.n && r->direction == DIR_IN)
		row_peer(row, handle_of(row, sender, &nomem), SPAN_NONE);
	else if (sender.n && r->direction == DIR_UNKNOWN)
		row_from(row, handle_of(row, sender, &nomem), SPAN_NONE);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

#define HERE(m)                                                        \
	"({" m ":conversation_message.created_on_device} IS 1 OR"      \
	" ({" m ":conversation_message.created_on_device} IS NULL AND" \
	" {" m ":conversation_message.local_message_content_id} IS NOT NULL))"
#define OWN                                                                             \
	"(SELECT CASE WHEN min(o.sender_id)=max(o.sender_id) THEN min(o.sender_id) END" \
	" FROM conversation_message o WHERE " HERE("o") ")"

const struct parser parser_snapchat = {
	.name = "snapchat",
	.app = "Snapchat",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE),
	.files = { "*/com.snapchat.android/databases/arroyo.db", "*/arroyo.db", "arroyo.db" },
	.tested = "Snapchat of 2022 to 2026, tables and records as published",
	.need = { "conversation_message(rowid,client_conversation_id,sender_id,creation_timestamp,"
		  "content_type,message_content)",
		  "conversation(rowid,client_conversation_id,conversation_metadata)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.table = "conversation",
			.sql = "SELECT rowid AS row, client_conversation_id AS thread, " OWN " AS own,"
			       " conversation_metadata AS metadata FROM conversation ORDER BY rowid",
			.decode = decode_people,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "conversation_message",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT m.rowid AS row, m.creation_timestamp AS time,"
			       " m.client_conversation_id AS thread, m.sender_id AS sender, " OWN
			       " AS own, " HERE("m") " AS here, m.content_type AS type,"
			       " m.message_content AS content,"
			       " {?feed_entry(client_conversation_id,conversation_title): (SELECT"
			       " nullif(f.conversation_title,'') FROM feed_entry f WHERE"
			       " f.client_conversation_id=m.client_conversation_id LIMIT 1)} AS thread_name"
			       " FROM conversation_message m ORDER BY m.rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
