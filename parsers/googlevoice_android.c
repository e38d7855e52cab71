/*
 * googlevoice_android.c - Google Voice, an app for second numbers, on Android
 * (files/accounts/<n>/LegacyMsgDbInstance.db).
 *
 * Table and fields, from ALEAPP's Google Voice artifacts (MIT, Google Voice of 2025):
 *   message_t
 *       conversation_id "t..." two people, "g..." a group, others calls; message_blob: a Protocol
 *       Buffers message with 1 its number, 2 when (ms), 3 the phone's own Voice number, 4.1 the
 *       other number, 6 read, 9 seconds as a float, 10 the text, 13 the kind: 1 call answered,
 *       2 call made, 3 voice message, 5 received, 6 sent; 15 of a group: 1 the text, 4.1 its
 *       members, 5 who wrote what was received; 22 a call missed
 */
#include "parser.h"
#include "protobuf.h"

enum {
	F_NUMBER_TIME = 2,
	F_NUMBER_READ = 6,
	F_NUMBER_SECONDS = 9,
	F_NUMBER_KIND = 13,
	F_NUMBER_GROUP = 15,
	F_NUMBER_MISSED = 22,
	F_MEMBER = 4,
	F_AUTHOR = 5
};
enum { CALL_ANSWERED = 1, CALL_MADE = 2, VOICE_MESSAGE = 3, RECEIVED = 5, SENT = 6 };

static uint64_t value_of(span blob, uint32_t number, uint64_t none)
{
	struct protobuf_field f;
	return protobuf_get(blob, number, PROTOBUF_VARINT, &f) ? f.value : none;
}

/* Of any form. */
static bool has(span blob, uint32_t number)
{
	struct protobuf_field f;
	size_t at = 0;
	while (protobuf_next(blob, &at, &f, NULL) == 1)
		if (f.number == number)
			return true;
	return false;
}

static bool is_group(const struct row *row)
{
	span thread = row_bytes(row, "thread");
	return thread.n && thread.p[0] == 'g';
}

static int decode_members(const struct row *row, struct record *r, struct err *err)
{
	span group = PROTOBUF_AT(row_bytes(row, "blob"), F_NUMBER_GROUP);
	struct protobuf_field f;
	size_t at = 0;
	bool more = true;
	(void)r;
	(void)err;
	while (more && group.p && protobuf_next(group, &at, &f, NULL) == 1)
		if (f.number == F_MEMBER && f.wire == PROTOBUF_BYTES) {
			struct party p = { ROLE_PERSON, PROTOBUF_AT(f.bytes, 1), SPAN_NONE };
			more = !p.raw.n || row_member(row, row_bytes(row, "thread"), &p);
		}
	return 0;
}

static void take_call(struct record *r, span blob, uint64_t kind)
{
	struct protobuf_field f;
	float seconds;
	r->kind = REC_CALL;
	if (has(blob, F_NUMBER_MISSED))
		r->state |= STATE_MISSED;
	if (kind == VOICE_MESSAGE)
		r->state |= STATE_VOICEMAIL;
	if (!protobuf_get(blob, F_NUMBER_SECONDS, PROTOBUF_FIXED32, &f))
		return;
	uint32_t bits = (uint32_t)f.value;
	memcpy(&seconds, &bits, sizeof seconds);
	if (seconds >= 0 && seconds < 1e7f)
		r->duration = (int64_t)((double)seconds * 1000);
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	span blob = row_bytes(row, "blob"), other = PROTOBUF_AT(blob, 4, 1);
	span group = PROTOBUF_AT(blob, F_NUMBER_GROUP), own = PROTOBUF_AT(blob, 3);
	uint64_t kind = value_of(blob, F_NUMBER_KIND, 0), when = value_of(blob, F_NUMBER_TIME, 0);
	(void)err;
	if (!blob.n || !protobuf_valid(blob)) {
		row_warn(row, WARN_TEXT_LOST, "its record could not be read");
		return 0;
	}
	if (when)
		row_time_int(row, r, TIME_UNIX_MS, (int64_t)when);
	if (own.n)
		row_owner(row, own);
	r->text = PROTOBUF_AT(blob, 10);
	if (is_group(row)) {
		span author = PROTOBUF_AT(group, F_AUTHOR);
		r->direction = author.p ? DIR_IN : group.p ? DIR_OUT : DIR_UNKNOWN;
		r->text = PROTOBUF_AT(group, 1);
		r->state |= STATE_GROUP;
		row_peer(row, author.n ? author : SPAN_NONE, SPAN_NONE);
	} else {
		bool missed = has(blob, F_NUMBER_MISSED);
		if (kind == RECEIVED || kind == CALL_ANSWERED || kind == VOICE_MESSAGE || missed)
			r->direction = DIR_IN;
		else if (kind == SENT || kind == CALL_MADE)
			r->direction = DIR_OUT;
		if (kind == CALL_ANSWERED || kind == CALL_MADE || kind == VOICE_MESSAGE || missed)
			take_call(r, blob, kind);
		row_peer(row, other.n ? other : SPAN_NONE, SPAN_NONE);
	}
	if (!r->text.n)
		r->text = SPAN_NONE;
	uint64_t read = value_of(blob, F_NUMBER_READ, 2);
	if (r->direction == DIR_IN && read < 2)
		r->read = read ? ANSWER_YES : ANSWER_NO;
	return 0;
}

const struct parser parser_googlevoice_android = {
	.name = "googlevoice-android",
	.app = "Google Voice (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL),
	.files = { "*/com.google.android.apps.googlevoice/files/accounts/*/LegacyMsgDbInstance.db",
		   "*/LegacyMsgDbInstance.db", "LegacyMsgDbInstance.db" },
	.tested = "Google Voice of 2025, fields as published",
	.need = { "message_t(message_blob,conversation_id)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.table = "message_t",
			.sql = "SELECT rowid AS row, conversation_id AS thread, message_blob AS blob"
			       " FROM message_t WHERE conversation_id LIKE 'g%' ORDER BY rowid",
			.decode = decode_members,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "message_t",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT rowid AS row, conversation_id AS thread, message_blob AS blob,"
			       " 'Google Voice' AS service FROM message_t ORDER BY rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
