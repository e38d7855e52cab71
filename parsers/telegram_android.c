/*
 * telegram_android.c - Telegram on Android (files/cache4.db, files/account1/cache4.db ...).
 *
 * Tables, from the public test file of IPED (database version 78), from the names that ALEAPP's
 * Telegram artifacts read and describe (MIT, nine phones of Android 12 to 17), and from a public
 * list of the client's CREATE TABLE statements:
 *   messages_v2 (messages before 2021)
 *       uid the dialog: a user above 0, a group or channel below (its number with the sign turned),
 *       a secret chat with bit 62; out 1 = sent by the phone; send_state 2 = was not sent; date in
 *       seconds; data the record (tl.h), which alone holds the text and who wrote in a group
 *   users
 *       name "display;;;user_name", data the user's record (telephone number)
 *   chats
 *       name of a group or channel
 *   enc_chats
 *       uid of a secret chat (its low 32 bits), user
 *   user_contacts_v7, user_phones_v7
 *       the phone's address book as the app read it
 *
 * Whose phone it is, a user's record says (its flag "self", core.telegram.org/constructor/user),
 * and what was sent names its sender.
 */
#include "parser.h"
#include "tl.h"
#include <stdio.h>

struct reader {
	const struct row *row;
	bool nomem;
};

static span with_prefix(struct reader *r, const char *prefix, span text)
{
	span both = ARENA_JOIN(row_arena(r->row), span_z(prefix), text);
	r->nomem |= !both.p;
	return both;
}

static span number(struct reader *r, int64_t id)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%lld", (long long)id);
	return with_prefix(r, "", (span){ digits, n > 0 ? (size_t)n : 0 });
}

static span account(struct reader *r, int64_t id)
{
	span digits = number(r, id);
	return digits.p ? with_prefix(r, "telegram:", digits) : SPAN_NONE;
}

/* "Display Name;;;user_name": either may be empty. */
static void split_name(span stored, span *ret_name, span *ret_user_name)
{
	*ret_name = stored;
	*ret_user_name = SPAN_NONE;
	for (size_t i = 0; i + 3 <= stored.n; i++)
		if (memcmp(stored.p + i, ";;;", 3) == 0) {
			*ret_name = span_sub(stored, 0, i);
			*ret_user_name = span_from(stored, i + 3);
			return;
		}
}

struct user {
	span name, user_name, phone;
	bool self;
};

static span full_name(struct reader *r, span first, span last)
{
	if (!first.n || !last.n)
		return first.n ? first : last;
	span both = ARENA_JOIN(row_arena(r->row), first, SPAN(" "), last);
	r->nomem |= !both.p;
	return both;
}

/* Telegram keeps numbers in international form, without the plus. */
static struct user user_of(struct reader *r)
{
	struct user u = { SPAN_NONE, SPAN_NONE, SPAN_NONE, false };
	struct tl_user record;
	split_name(row_bytes(r->row, "stored"), &u.name, &u.user_name);
	if (tl_user(row_bytes(r->row, "data"), &record, NULL))
		return u;
	if (record.phone.n)
		u.phone =
			record.phone.p[0] == '+' ? record.phone : with_prefix(r, "+", record.phone);
	if (!u.user_name.n)
		u.user_name = record.user_name;
	/* What the table holds is in small letters, for searching. */
	if (record.first.n || record.last.n)
		u.name = full_name(r, record.first, record.last);
	u.self = record.self;
	return u;
}

#define OWNER SPAN("self") /* among people, who are known by numbers */

static int decode_person(const struct row *row, struct record *record, struct err *err)
{
	struct reader r = { row, false };
	struct user u = user_of(&r);
	int64_t id;
	(void)record;
	if (!row_int(row, "uid", &id))
		return 1;
	struct party p = { ROLE_PERSON, SPAN_NONE, u.name.n ? u.name : SPAN_NONE };
	p.raw = u.phone.n       ? u.phone
		: u.user_name.n ? with_prefix(&r, "@", u.user_name)
				: account(&r, id);
	row_person(row, number(&r, id), &p);
	if (u.self)
		row_person(row, OWNER, &p);
	return r.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int decode_user(const struct row *row, struct record *record, struct err *err)
{
	struct reader r = { row, false };
	struct user u = user_of(&r);
	bool ok = true;
	int64_t id;
	if (!row_int(row, "uid", &id) || u.self != (record->kind == REC_ACCOUNT))
		return 1;
	record->name = u.name.n ? arena_copy(row_arena(row), u.name, &ok) : SPAN_NONE;
	if (u.phone.n)
		row_ident(row, u.phone, SPAN("phone"));
	if (u.user_name.n)
		row_ident(row, with_prefix(&r, "@", u.user_name), SPAN("user name"));
	row_ident(row, account(&r, id), SPAN("Telegram"));
	return r.nomem || !ok ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static struct party person(struct reader *r, int64_t id)
{
	const struct party *known = row_person_of(r->row, number(r, id));
	return known ? *known : (struct party){ ROLE_PERSON, account(r, id), SPAN_NONE };
}

static void take_call(struct record *record, const struct tl_message *m)
{
	record->kind = REC_CALL;
	record->duration = m->call_seconds >= 0 ? (int64_t)m->call_seconds * 1000 : -1;
	record->state |= m->call_missed ? STATE_MISSED : 0u;
	record->state |= m->call_video ? STATE_VIDEO : 0u;
}

static void take_content(const struct row *row, struct record *record, const struct tl_message *m)
{
	record->text = m->text.n ? m->text : SPAN_NONE;
	record->state |= m->forwarded ? STATE_FORWARDED : 0u;
	record->state |= m->edited ? STATE_EDITED : 0u;
	if (m->kind == TL_EMPTY)
		record->kind = REC_SYSTEM;
	if (m->kind != TL_SERVICE)
		return;
	record->kind = REC_SYSTEM;
	record->text = m->title.n ? m->title : SPAN_NONE;
	if (m->call)
		take_call(record, m);
	(void)row;
}

/* In a dialog with a user the other one is known; in a group only the record says who wrote. */
static void take_parties(struct reader *r, struct record *record, const struct tl_message *m)
{
	int64_t user = 0;
	bool two = row_int(r->row, "user", &user);
	const struct party *owner = row_person_of(r->row, OWNER);
	if (record->direction == DIR_OUT && m->from == TL_USER)
		row_owner(r->row, person(r, m->from_id).raw);
	else if (owner)
		row_owner(r->row, owner->raw);
	struct party other = { ROLE_UNKNOWN, SPAN_NONE, SPAN_NONE };
	if (record->direction != DIR_OUT && m->from == TL_USER)
		other = person(r, m->from_id);
	else if (two)
		other = person(r, user);
	/* What is kept for oneself is sent to nobody. */
	if (record->direction == DIR_OUT && owner && span_eq(other.raw, owner->raw))
		other = (struct party){ ROLE_UNKNOWN, SPAN_NONE, SPAN_NONE };
	if (record->direction == DIR_UNKNOWN && m->from == TL_USER)
		row_from(r->row, other.raw, other.name);
	else
		row_peer(r->row, other.raw, other.name);
}

static int decode_message(const struct row *row, struct record *record, struct err *err)
{
	struct reader r = { row, false };
	struct tl_message m = { .call_seconds = -1 };
	struct err why = { 0 };
	span data = row_bytes(row, "data");
	if (!data.n)
		row_warn(row, WARN_TEXT_LOST, "the row holds no record of the message");
	else if (tl_message(data, &m, &why))
		row_warn(row, WARN_TEXT_LOST, why.message);
	take_content(row, record, &m);
	take_parties(&r, record, &m);
	return r.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

/* 62 and 61: the bits of a secret chat and of a folder. */
#define USER                                                                         \
	"CASE WHEN m.uid>0 AND m.uid&(1<<62)=0 AND m.uid&(1<<61)=0 THEN m.uid"       \
	" WHEN m.uid>0 AND m.uid&(1<<62) THEN {?enc_chats(uid,user): (SELECT e.user" \
	" FROM enc_chats e WHERE e.uid IN (m.uid&0xffffffff,(m.uid&0xffffffff)-4294967296))} END"

/* Before 2021 numbers had 32 bits, and a secret chat was the upper half. */
#define OLD_USER                                                              \
	"CASE WHEN m.uid BETWEEN 1 AND 0x7fffffff THEN m.uid"                 \
	" WHEN m.uid&0xffffffff=0 THEN {?enc_chats(uid,user): (SELECT e.user" \
	" FROM enc_chats e WHERE e.uid=m.uid>>32)} END"

/* State 2048 is STATE_GROUP, 16 STATE_FAILED. */
#define MESSAGES(table, user, group)                                                             \
	"SELECT m.rowid AS row, m.date AS time, m.out AS sent, m.uid AS thread, m.data AS data," \
	" " user " AS user,"                                                                     \
	" CASE WHEN " group " THEN (SELECT nullif(c.name,'') FROM chats c WHERE c.uid=-m.uid)"   \
	" END AS thread_name, CASE WHEN " group " THEN 2048 ELSE 0 END"                          \
	" + CASE WHEN m.out=1 AND m.send_state=2 THEN 16 ELSE 0 END AS state"                    \
	" FROM " table " m ORDER BY m.rowid"
#define GROUP "m.uid<0"
#define OLD_GROUP "m.uid<0 AND m.uid&0xffffffff<>0"

const struct parser parser_telegram_android = {
	.name = "telegram-android",
	.app = "Telegram (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CALL) |
		 KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT),
	.files = { "*/org.telegram.messenger*/files/*cache4.db", "*/cache4.db", "cache4.db" },
	.tested = "database 78, real file without messages; records of layers 68 to 227 as published",
	.need = { "users(uid,name,data)", "chats(uid,name)", "enc_chats(uid)" },
	.q = {
		{
			.slot = "people",
			.members = true,
			.table = "users",
			.sql = "SELECT uid AS row, uid, name AS stored, data FROM users ORDER BY uid",
			.decode = decode_person,
		},
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "users",
			.sql = "SELECT uid AS row, uid, name AS stored, data FROM users ORDER BY uid",
			.decode = decode_user,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages_v2",
			.unit = TIME_UNIX_S,
			.need = { "messages_v2(mid,uid,send_state,date,data,out)" },
			.sql = MESSAGES("messages_v2", USER, GROUP),
			.decode = decode_message,
			.row = row_needs_direction,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_S,
			.need = { "messages(mid,uid,send_state,date,data,out)" },
			.sql = MESSAGES("messages", OLD_USER, OLD_GROUP),
			.decode = decode_message,
			.row = row_needs_direction,
		},
		{
			.slot = "users",
			.kind = REC_CONTACT,
			.table = "users",
			.sql = "SELECT uid AS row, uid, name AS stored, data FROM users ORDER BY uid",
			.decode = decode_user,
		},
		{
			.slot = "address book",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "user_contacts_v7",
			.need = { "user_contacts_v7(key,fname,sname)", "user_phones_v7(key,phone)" },
			.sql = "SELECT c.rowid AS row, trim(ifnull(c.fname,'')||' '||ifnull(c.sname,''))"
			       " AS name, NULL AS ident FROM user_contacts_v7 c ORDER BY c.rowid",
			.side = { "SELECT p.phone AS ident, 'phone' AS label FROM user_contacts_v7 c"
				  " JOIN user_phones_v7 p ON p.key=c.key WHERE c.rowid=?1"
				  " ORDER BY p.rowid" },
		},
	},
};
