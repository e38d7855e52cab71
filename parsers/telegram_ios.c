/*
 * telegram_ios.c - Telegram on an iPhone (telegram-data/account-*@/postbox/db/db_sqlite), where the
 * database is not encrypted.
 *
 * Tables of keys and values, from the reader of Telegram messages in iLEAPP (MIT; phones of iOS 14
 * to 17) and the description it is after: t2  peers: key the peer's number; value an object
 * (postbox.h): "fn", "ln", "un", "p" of a person, "t" of a group or channel t7  messages: key 20
 * bytes, the highest first: peer 8, namespace 4, time in seconds 4, id 4; value a message
 * (postbox.h), which says whether it came in, and who wrote it
 *
 * The phone's own account is who wrote what did not come in. Edits and reactions are not read.
 */
#include "parser.h"
#include "postbox.h"
#include <inttypes.h>
#include <stdio.h>

#define OWN SPAN("own") /* among people, who are known by numbers */

static span number(const struct row *row, int64_t id, const char *prefix, bool *nomem)
{
	char text[48];
	int n = snprintf(text, sizeof text, "%s%" PRId64, prefix, id);
	span copy = arena_copy(row_arena(row), (span){ text, (size_t)n }, NULL);
	*nomem |= !copy.p;
	return copy;
}

static span text_of(span fields, const char *name)
{
	struct postbox_value v;
	return postbox_get(fields, name, &v) && v.type == POSTBOX_STRING && v.bytes.n ? v.bytes
										      : SPAN_NONE;
}

/* "Given Family"; of a group its title. */
static span name_of(const struct row *row, span fields)
{
	span given = text_of(fields, "fn"), family = text_of(fields, "ln");
	if (given.n && family.n)
		return ARENA_JOIN(row_arena(row), given, SPAN(" "), family);
	return given.n ? given : family.n ? family : text_of(fields, "t");
}

/* A telephone number is kept without its "+". */
static int decode_peer(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false;
	int64_t id = 0;
	span fields = postbox_root(row_bytes(row, "data")), phone = text_of(fields, "p"),
	     user = text_of(fields, "un");
	bool group = text_of(fields, "t").n > 0;
	(void)r;
	if (!row_int(row, "row", &id))
		return 1;
	struct party p = { .role = group ? ROLE_UNKNOWN : ROLE_PERSON,
			   .name = name_of(row, fields) };
	p.raw = phone.n && *phone.p != '+' ? ARENA_JOIN(row_arena(row), SPAN("+"), phone)
		: phone.n                  ? phone
		: user.n                   ? ARENA_JOIN(row_arena(row), SPAN("@"), user)
					   : number(row, id, "telegram:", &nomem);
	nomem |= !p.raw.p;
	row_person(row, number(row, id, "", &nomem), &p);
	if (!fields.p)
		row_warn(row, WARN_FIELD_UNKNOWN, "a person or group that cannot be read");
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int64_t big(span key, size_t at, size_t n)
{
	uint64_t v = 0;
	for (size_t i = at; i < at + n; i++)
		v = v << 8 | (unsigned char)key.p[i];
	return (int64_t)v;
}

/* Who wrote what went out is the phone's own account. */
static int decode_own(const struct row *row, struct record *r, struct err *err)
{
	struct postbox_message m;
	bool nomem = false;
	(void)r;
	if (!postbox_message(row_bytes(row, "data"), &m) || m.flags & POSTBOX_INCOMING ||
	    !m.has_author || m.action || row_person_of(row, OWN))
		return 0;
	const struct party *own = row_person_of(row, number(row, m.author, "", &nomem));
	if (own && own->role == ROLE_PERSON)
		row_person(row, OWN, own);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static void take_content(const struct row *row, struct record *r, const struct postbox_message *m)
{
	r->text = m->text.n ? m->text : SPAN_NONE;
	r->direction = m->flags & POSTBOX_INCOMING ? DIR_IN : DIR_OUT;
	r->state |= m->forwarded ? STATE_FORWARDED : 0u;
	r->state |= m->flags & POSTBOX_FAILED ? STATE_FAILED : 0u;
	if (m->has_media)
		row_attachment(row, SPAN_NONE, SPAN("media"));
	if (m->action)
		r->kind = m->action == POSTBOX_CALL ? REC_CALL : REC_SYSTEM;
	if (r->kind == REC_CALL && m->call_seconds >= 0)
		r->duration = m->call_seconds * 1000;
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	span key = row_bytes(row, "key");
	struct postbox_message m = { 0 };
	bool nomem = false;
	if (key.n != 20)
		return err_set(err, E_FORMAT, "a message whose key is none");
	int64_t peer = big(key, 0, 8);
	row_time_int(row, r, TIME_UNIX_S, (int64_t)(int32_t)(uint32_t)big(key, 12, 4));
	r->thread = number(row, peer, "", &nomem);
	const struct party *chat = row_person_of(row, r->thread);
	const struct party *own = row_person_of(row, OWN);
	bool whole = postbox_message(row_bytes(row, "data"), &m);
	if (!whole && !m.flags)
		row_warn(row, WARN_TEXT_LOST,
			 "a message that cannot be read, or newer than tested");
	else if (!whole)
		row_warn(row, WARN_FIELD_UNKNOWN, "what comes with this message cannot be read");
	if (whole || m.flags)
		take_content(row, r, &m);
	bool group = chat && chat->role == ROLE_UNKNOWN;
	if (chat)
		r->thread_name = chat->name;
	if (group)
		r->state |= STATE_GROUP;
	if (own)
		row_owner(row, own->raw);
	const struct party *by =
		m.has_author ? row_person_of(row, number(row, m.author, "", &nomem)) : NULL;
	if (r->direction == DIR_IN && m.has_author && (!by || by->role == ROLE_PERSON))
		row_peer(row, by ? by->raw : number(row, m.author, "telegram:", &nomem),
			 by ? by->name : SPAN_NONE);
	else if (r->direction != DIR_IN && chat && !group && !(own && span_eq(chat->raw, own->raw)))
		row_peer(row, chat->raw, chat->name);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_telegram_ios = {
	.name = "telegram-ios",
	.app = "Telegram (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CALL),
	.files = { "*/postbox/db/db_sqlite", "*db_sqlite" },
	.by_path_only = true,
	.tested = "iOS 14 to 17, tables and records as published",
	.limits = "edits; what media are; who is in a group",
	.need = { "t2(key,value)", "t7(key,value)" },
	.q = {
		{
			.slot = "people",
			.members = true,
			.table = "t2",
			.sql = "SELECT t.key AS row, t.value AS data FROM t2 t ORDER BY t.key",
			.decode = decode_peer,
		},
		{
			.slot = "own account",
			.members = true,
			.table = "t7",
			.sql = "SELECT t.rowid AS row, t.value AS data FROM t7 t ORDER BY t.rowid",
			.decode = decode_own,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "t7",
			.sql = "SELECT t.rowid AS row, t.key AS key, t.value AS data FROM t7 t"
			       " ORDER BY t.rowid",
			.decode = decode_message,
			.row = row_needs_direction,
		},
	},
};
