/*
 * signal_android.c - a legacy backup of Signal on Android (signal-YYYY-MM-DD-hh-mm-ss.backup), once
 * it was opened with its passphrase; signal_frames.h says in which form.
 *
 * The backup holds Signal's database as SQL: CREATE TABLE, then INSERT INTO table VALUES (?,...)
 * with its values. Nothing of it is run: the columns' names are taken from CREATE, the values from
 * the parameters. Tables, columns and the bits of `type` as Signal-Android has or had them
 * (MessageTypes, SmsTable, MmsTable, MessageTable, RecipientTable, ThreadTable, GroupTable,
 * ReactionTable), from databases 10 (2018) to 280 (2025):
 *   until 2018   sms and mms, whose address is a number or a group's id
 *   until 2022   sms and mms, whose address or recipient_id is a row of recipient
 *   since 2023   message { from_recipient_id, to_recipient_id }
 * The lowest five bits of type (of mms: msg_box) say what a row is: 20 received, 21 to 26 and 28
 * sent, 27 a draft, 1 to 3, 8, 10, 11 calls, 12 a group's call, the rest events.
 *
 * Disappearing messages are never in such a backup. Files are not joined to their messages.
 */
#include "protobuf.h"
#include "signal_frames.h"
#include "signal_people.h"
#include "stream.h"
#include <inttypes.h>
#include <stdio.h>

enum { COLUMNS = 160 };

/* Columns that are read, of whatever table has them. */
/* clang-format off */
#define COLUMNS_READ(X)                                                                            \
	X(_id)                                                                                     \
	X(thread_id)                                                                               \
	X(address)                                                                                 \
	X(recipient_id)                                                                            \
	X(from_recipient_id) X(to_recipient_id) X(type) X(msg_box) X(date) X(date_sent) X(         \
		date_received) X(body) X(read) X(remote_deleted) X(view_once) X(reveal_duration)   \
		X(quote_body) X(latest_revision_id) X(revision_number) X(phone) X(e164) X(uuid) X( \
			aci) X(username) X(email) X(group_id) X(blocked) X(system_display_name)    \
			X(system_joined_name) X(nickname_joined_name) X(profile_joined_name)       \
				X(signal_profile_name) X(profile_given_name) X(title) X(members)   \
					X(recipient_ids) X(thread_recipient_id) X(author_id)       \
						X(emoji) X(reactions) X(message_id) X(peer)        \
							X(direction) X(event) X(timestamp)
/* clang-format on */
enum column {
#define X(name) COL_##name,
	COLUMNS_READ(X)
#undef X
		COL_MAX
};
static const char *const column_names[COL_MAX] = {
#define X(name) #name,
	COLUMNS_READ(X)
#undef X
};

enum type { ABSENT, TEXT, NUMBER, REAL, BLOB };
struct value {
	enum type type;
	span s;
	int64_t n;
};

struct table {
	bool made;
	size_t columns;
	int column[COLUMNS]; /* enum column of each, or -1 */
	bool has[COL_MAX];
};

struct signal {
	const struct sink *sink;
	struct err *err;
	struct signal_people *people;
	struct signal_person *self;
	struct arena *arena; /* of the frame at hand */
	struct table table[SIGNAL_TABLES];
	enum signal_table at;
	struct value v[COL_MAX]; /* of the row at hand */
	int64_t row, rows;       /* its key; rows so far of this table */
	int64_t files;
	bool nomem, ended;
	int stop;
};

static void warn_of(struct signal *s, enum warning kind, const char *table, int64_t row,
		    const char *detail)
{
	if (!s->stop)
		s->stop = s->sink->warn(s->sink->user, kind, table, row, detail);
}

static void warn(struct signal *s, enum warning kind, const char *detail)
{
	warn_of(s, kind, signal_table_name(s->at), s->row, detail);
}

static void failed(struct signal *s, struct err *why)
{
	if (why->code == E_LIMIT)
		warn(s, WARN_LIMIT, why->message);
	else if (!s->stop)
		s->stop = err_set(s->err, E_NOMEM, "memory ran out");
}

/* ---- what a table has ---- */

static span trim(span s)
{
	while (s.n && (*s.p == ' ' || *s.p == '\t' || *s.p == '\n' || *s.p == '\r'))
		s = span_from(s, 1);
	return s;
}

/* The name that a column's definition begins with; absent if it is a constraint of the table. */
static span column_name(span def)
{
	static const char *const others[] = { "UNIQUE", "FOREIGN", "PRIMARY", "CHECK",
					      "CONSTRAINT" };
	size_t n = 0;
	def = trim(def);
	bool quoted = def.n && (*def.p == '"' || *def.p == '`' || *def.p == '[');
	if (quoted) {
		char end = *def.p == '[' ? ']' : *def.p;
		def = span_from(def, 1);
		while (n < def.n && def.p[n] != end)
			n++;
		return span_sub(def, 0, n);
	}
	while (n < def.n && def.p[n] != ' ' && def.p[n] != '\t' && def.p[n] != '\n' &&
	       def.p[n] != '(' && def.p[n] != ',')
		n++;
	span word = span_sub(def, 0, n);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (span_eq_nocase(word, span_z(others[i])))
			return SPAN_NONE;
	return word;
}

static void add_column(struct table *t, span name)
{
	if (!name.n || t->columns == COLUMNS)
		return;
	int found = -1;
	for (int c = 0; c < COL_MAX; c++)
		if (span_eq_nocase(name, span_z(column_names[c])))
			found = c;
	t->column[t->columns++] = found;
	if (found >= 0)
		t->has[found] = true;
}

/* The names between the first parenthesis and its partner. */
static void read_columns(struct table *t, span sql)
{
	size_t i = 0, start;
	int depth = 0;
	char quote = 0;
	while (i < sql.n && sql.p[i] != '(')
		i++;
	start = i + 1;
	for (; i < sql.n; i++) {
		char c = sql.p[i];
		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '\'' || c == '"' || c == '`') {
			quote = c;
		} else if (c == '(') {
			depth++;
		} else if ((c == ',' && depth == 1) || (c == ')' && --depth == 0)) {
			add_column(t, column_name(span_sub(sql, start, i)));
			start = i + 1;
			if (depth == 0)
				return;
		}
	}
}

static void note_absent(struct signal *s, enum column c)
{
	char detail[80];
	snprintf(detail, sizeof detail, "column %s.%s absent", signal_table_name(s->at),
		 column_names[c]);
	warn_of(s, WARN_NOTE, signal_table_name(s->at), 0, detail);
}

/* A table whose rows cannot be understood ends the reading: newer than tested. */
static void check_table(struct signal *s, const struct table *t)
{
	bool one = s->at == SIGNAL_MESSAGE, two = s->at == SIGNAL_SMS || s->at == SIGNAL_MMS;
	if (!one && !two)
		return;
	enum column type = s->at == SIGNAL_MMS && t->has[COL_msg_box] ? COL_msg_box : COL_type;
	bool from = one ? t->has[COL_from_recipient_id] || t->has[COL_recipient_id]
			: t->has[COL_address] || t->has[COL_recipient_id];
	if (!t->has[COL__id] || !t->has[COL_thread_id] || !t->has[type] || !from) {
		s->stop = err_set(s->err, E_SCHEMA,
				  "newer than tested: the backup's table %s lacks %s",
				  signal_table_name(s->at),
				  !t->has[COL__id]         ? "_id"
				  : !t->has[COL_thread_id] ? "thread_id"
				  : !t->has[type]          ? "type"
							   : "who a message is from");
		return;
	}
	if (!t->has[COL_body])
		note_absent(s, COL_body);
	if (!t->has[COL_remote_deleted])
		note_absent(s, COL_remote_deleted);
	if (!t->has[COL_date_sent] && !t->has[COL_date])
		note_absent(s, COL_date_sent);
}

static void read_create(struct signal *s, span sql)
{
	struct table *t = &s->table[s->at];
	if (t->made)
		return;
	t->made = true;
	read_columns(t, sql);
	check_table(s, t);
}

/* ---- the values of a row ---- */

static struct value value_of(span parameter)
{
	struct protobuf_field f;
	size_t at = 0;
	struct value v = { .type = ABSENT };
	while (protobuf_next(parameter, &at, &f, NULL) > 0) {
		if (f.number == 1 && f.wire == PROTOBUF_BYTES)
			v = (struct value){ TEXT, f.bytes, 0 };
		else if (f.number == 2 && f.wire == PROTOBUF_VARINT)
			v = (struct value){ NUMBER, SPAN_NONE, (int64_t)f.value };
		else if (f.number == 3)
			v = (struct value){ REAL, SPAN_NONE, 0 };
		else if (f.number == 4 && f.wire == PROTOBUF_BYTES)
			v = (struct value){ BLOB, f.bytes, 0 };
	}
	return v;
}

/* False: the row was told as lost. */
static bool read_values(struct signal *s, span statement, span rest)
{
	struct table named = { .columns = 0 };
	const struct table *t = &s->table[s->at];
	struct protobuf_field f;
	size_t at = 0, n = 0;
	rest = trim(rest);
	if (rest.n && *rest.p == '(') {
		read_columns(&named, rest);
		t = &named;
	}
	memset(s->v, 0, sizeof s->v);
	s->row = ++s->rows;
	while (protobuf_next(statement, &at, &f, NULL) > 0) {
		if (f.number != 2 || f.wire != PROTOBUF_BYTES)
			continue;
		if (n < t->columns && t->column[n] >= 0)
			s->v[t->column[n]] = value_of(f.bytes);
		n++;
	}
	if (s->v[COL__id].type == NUMBER)
		s->row = s->v[COL__id].n;
	if (n == t->columns && n)
		return true;
	warn(s, WARN_ROW_LOST, "a row with other columns than its table");
	return false;
}

static span text_of(const struct signal *s, enum column c)
{
	return s->v[c].type == TEXT ? s->v[c].s : SPAN_NONE;
}

static int64_t number_of(const struct signal *s, enum column c)
{
	int64_t n = 0;
	if (s->v[c].type == NUMBER)
		return s->v[c].n;
	span t = text_of(s, c);
	for (size_t i = 0; i < t.n && i < 18 && t.p[i] >= '0' && t.p[i] <= '9'; i++)
		n = n * 10 + (t.p[i] - '0');
	return n;
}

static span first_text(const struct signal *s, const enum column *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_of(s, c[i]).n)
			return text_of(s, c[i]);
	return SPAN_NONE;
}
#define FIRST_TEXT(s, ...)                                    \
	first_text((s), (const enum column[]){ __VA_ARGS__ }, \
		   sizeof((const enum column[]){ __VA_ARGS__ }) / sizeof(enum column))

/* ---- people ---- */

static bool is_id(span s)
{
	if (!s.n || s.n > 9)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static bool is_group_id(span s)
{
	return (s.n > 9 && memcmp(s.p, "__signal_", 9) == 0) ||
	       (s.n > 13 && memcmp(s.p, "__textsecure_", 13) == 0);
}

/* Row of recipient, or before there were such rows the number itself. */
static struct signal_key key_of(const struct value *v)
{
	if (v->type == NUMBER)
		return signal_key_int('r', v->n);
	span s = v->type == TEXT ? v->s : SPAN_NONE;
	return signal_key_of(is_id(s) ? 'r' : is_group_id(s) ? 'g' : 'h', s);
}

static bool is_known(const struct signal_person *who)
{
	return who && (who->who != SIGNAL_NOBODY || who->handle.n || who->name.n);
}

/* Who a value names; a number that stands for itself becomes somebody. early: of what may be told
 * of later. */
static struct signal_person *person_or(struct signal *s, const struct value *v, bool early)
{
	struct err why = { 0 };
	if (v->type != NUMBER && (v->type != TEXT || !v->s.n))
		return NULL;
	struct signal_key key = key_of(v);
	struct signal_person *who = signal_people_find(s->people, &key);
	if (who || (key.bytes[0] == 'r' && !early))
		return is_known(who) || early ? who : NULL;
	who = signal_people_add(s->people, &key, &why);
	if (who && key.bytes[0] == 'r')
		return who;
	if (who && key.bytes[0] == 'h') {
		who->who = SIGNAL_PERSON;
		who->handle = signal_people_keep(s->people, v->s, &why);
	} else if (who) {
		who->who = SIGNAL_GROUP;
	}
	if (why.code)
		failed(s, &why);
	return who;
}

static struct signal_person *person_of(struct signal *s, const struct value *v)
{
	return person_or(s, v, false);
}

static struct record record_of(struct signal *s, enum record_kind kind)
{
	return (struct record){ .kind = kind,
				.table = signal_table_name(s->at),
				.row = s->row,
				.time = TIME_UNSET,
				.duration = -1,
				.service = SPAN("Signal") };
}

static void deliver(struct signal *s, const struct record *r)
{
	if (s->nomem && !s->stop)
		s->stop = err_set(s->err, E_NOMEM, "memory ran out");
	if (!s->stop)
		s->stop = s->sink->record(s->sink->user, r);
}

static span with_mark(struct signal *s, const char *mark, span id)
{
	return id.n ? ARENA_JOIN(s->arena, span_z(mark), id) : SPAN_NONE;
}

static void contact(struct signal *s, span name, const span *id)
{
	static const char *const labels[] = { "phone", "e-mail", "user name", "account" };
	struct record r = record_of(s, REC_CONTACT);
	struct contact_id *ids = arena_alloc(s->arena, 4 * sizeof *ids);
	if (!ids) {
		s->nomem = true;
		return;
	}
	for (size_t i = 0; i < 4; i++)
		if (id[i].n)
			ids[r.ids_n++] = (struct contact_id){ id[i], span_z(labels[i]) };
	r.ids = ids;
	r.name = name;
	if (number_of(s, COL_blocked) == 1)
		r.state |= STATE_BLOCKED;
	if (r.ids_n)
		deliver(s, &r);
}

static void recipient(struct signal *s)
{
	struct err why = { 0 };
	struct signal_key key = signal_key_int('r', s->row);
	struct signal_key group = signal_key_of('g', text_of(s, COL_group_id));
	struct signal_person *who;
	if (text_of(s, COL_group_id).n) { /* its title stands in groups */
		who = signal_people_add(s->people, &group, &why);
		if (who)
			who->who = SIGNAL_GROUP;
		if (!who || signal_people_also(s->people, &key, who, &why))
			failed(s, &why);
		return;
	}
	const span id[4] = { FIRST_TEXT(s, COL_e164, COL_phone), text_of(s, COL_email),
			     with_mark(s, "@", text_of(s, COL_username)),
			     with_mark(s, "signal:", FIRST_TEXT(s, COL_aci, COL_uuid)) };
	span name = FIRST_TEXT(s, COL_nickname_joined_name, COL_system_joined_name,
			       COL_system_display_name, COL_profile_joined_name,
			       COL_signal_profile_name, COL_profile_given_name);
	span handle = SPAN_NONE;
	for (size_t i = 4; i-- > 0;)
		handle = id[i].n ? id[i] : handle;
	who = signal_people_add(s->people, &key, &why);
	if (who) {
		who->who = handle.n || name.n ? SIGNAL_PERSON : SIGNAL_NOBODY;
		who->handle = signal_people_keep(s->people, handle, &why);
		who->name = signal_people_keep(s->people, name, &why);
	}
	if (!who || why.code)
		failed(s, &why);
	else
		contact(s, name, id);
}

static void join_each(struct signal *s, struct signal_person *group, span list)
{
	struct err why = { 0 };
	size_t start = 0;
	for (size_t i = 0; list.n && i <= list.n; i++) {
		if (i < list.n && list.p[i] != ',')
			continue;
		struct value one = { TEXT, span_sub(list, start, i), 0 };
		start = i + 1;
		struct signal_key key = key_of(&one);
		person_or(s, &one, true);
		if (one.s.n && signal_people_join(s->people, group, &key, &why)) {
			failed(s, &why);
			return;
		}
	}
}

static void group(struct signal *s)
{
	struct err why = { 0 };
	struct signal_key key = signal_key_of('g', text_of(s, COL_group_id));
	struct signal_person *who = signal_people_add(s->people, &key, &why);
	if (!who) {
		failed(s, &why);
		return;
	}
	who->who = SIGNAL_GROUP;
	who->name = signal_people_keep(s->people, text_of(s, COL_title), &why);
	if (s->v[COL_recipient_id].type == NUMBER) {
		struct signal_key also = signal_key_int('r', s->v[COL_recipient_id].n);
		signal_people_also(s->people, &also, who, &why);
	}
	if (why.code)
		failed(s, &why);
	else if (!s->table[SIGNAL_MEMBERSHIP].made)
		join_each(s, who, text_of(s, COL_members));
}

static void membership(struct signal *s)
{
	struct err why = { 0 };
	struct signal_key key = signal_key_of('g', text_of(s, COL_group_id));
	struct signal_key member = key_of(&s->v[COL_recipient_id]);
	struct signal_person *who = signal_people_add(s->people, &key, &why);
	if (who)
		who->who = SIGNAL_GROUP;
	if (!who || signal_people_join(s->people, who, &member, &why))
		failed(s, &why);
}

static void thread(struct signal *s)
{
	static const enum column with[] = { COL_recipient_id, COL_thread_recipient_id,
					    COL_recipient_ids };
	struct err why = { 0 };
	struct signal_key key = signal_key_int('t', s->row);
	struct signal_person *who = NULL;
	for (size_t i = 0; !who && i < sizeof with / sizeof *with; i++)
		who = person_or(s, &s->v[with[i]], true);
	if (who && signal_people_also(s->people, &key, who, &why))
		failed(s, &why);
}

/* ---- messages ---- */

#define TYPE_BASE 0x1f
#define TYPE_KEYS 0xff00
#define TYPE_GROUP_EVENT 0x70000 /* updated, left, timer changed */
#define TYPE_SESSION_END 0x400000
#define TYPE_SPECIAL INT64_C(0xf00000000)
#define TYPE_STORY_REACTION INT64_C(0x100000000)

static bool is_event(int64_t type)
{
	int64_t special = type & TYPE_SPECIAL;
	return (type & (TYPE_KEYS | TYPE_GROUP_EVENT | TYPE_SESSION_END)) ||
	       (special && special != TYPE_STORY_REACTION);
}

static enum direction way_of(int64_t base)
{
	switch (base) {
	case 20:
	case 1: /* calls */
	case 3:
	case 8:
	case 10:
		return DIR_IN;
	case 2:
	case 11:
		return DIR_OUT;
	default:
		return base >= 21 && base <= 28 ? DIR_OUT : DIR_UNKNOWN;
	}
}

static bool is_call(int64_t base)
{
	return base == 1 || base == 2 || base == 3 || base == 8 || (base >= 10 && base <= 12);
}

static void set_time(struct signal *s, struct record *r)
{
	static const enum column when[] = { COL_date_sent, COL_date, COL_timestamp,
					    COL_date_received };
	char text[24];
	for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
		int64_t raw = number_of(s, when[i]);
		if (raw <= 0)
			continue;
		int len = snprintf(text, sizeof text, "%" PRId64, raw);
		r->time_unit = TIME_UNIX_MS;
		r->time_raw = arena_copy(s->arena, (span){ text, (size_t)len }, NULL);
		if (!time_from_int(TIME_UNIX_MS, raw, &r->time))
			warn(s, WARN_FIELD_UNKNOWN, "a time that cannot be");
		return;
	}
}

static struct signal_person *chat_of(struct signal *s)
{
	struct signal_key key = signal_key_int('t', number_of(s, COL_thread_id));
	struct signal_person *chat = signal_people_find(s->people, &key);
	return is_known(chat) ? chat : NULL;
}

/* sms and mms name the other side, message both; of what was sent only the sender tells us. */
static struct signal_person *author_of(struct signal *s, enum direction way)
{
	const struct value *v = s->v;
	if (s->at == SIGNAL_MESSAGE && v[COL_from_recipient_id].type != ABSENT) {
		struct signal_person *from = person_of(s, &v[COL_from_recipient_id]);
		if (from && way == DIR_OUT) {
			from->who = SIGNAL_SELF;
			s->self = from;
		}
		return from;
	}
	if (v[COL_recipient_id].type != ABSENT)
		return person_of(s, &v[COL_recipient_id]);
	return person_of(s, &v[COL_address]);
}

static void learn_self(struct signal *s, enum direction way)
{
	struct signal_person *to;
	if (way != DIR_IN || s->self || s->v[COL_to_recipient_id].type != NUMBER)
		return;
	/* What came in was for the phone's own account, but in a group's rows for the group. */
	to = person_of(s, &s->v[COL_to_recipient_id]);
	if (to && to->who == SIGNAL_PERSON) {
		to->who = SIGNAL_SELF;
		s->self = to;
	}
}

static void set_body(struct signal *s, struct record *r, int64_t type)
{
	if (r->kind == REC_SYSTEM)
		return; /* not in words */
	r->text = text_of(s, COL_body);
	if (text_of(s, COL_quote_body).n)
		r->quoted = text_of(s, COL_quote_body);
	if (number_of(s, COL_remote_deleted) == 1)
		r->state |= STATE_UNSENT;
	if (number_of(s, COL_view_once) == 1 || number_of(s, COL_reveal_duration) > 0)
		r->state |= STATE_VIEW_ONCE;
	if (s->v[COL_latest_revision_id].type == NUMBER || number_of(s, COL_revision_number) > 0)
		r->state |= STATE_EDITED;
	if ((type & TYPE_BASE) == 27)
		r->state |= STATE_DRAFT;
	if ((type & TYPE_BASE) == 24)
		r->state |= STATE_FAILED;
}

static void message(struct signal *s)
{
	bool box = s->at == SIGNAL_MMS && s->table[s->at].has[COL_msg_box];
	int64_t type = number_of(s, box ? COL_msg_box : COL_type), base = type & TYPE_BASE;
	struct record r = record_of(s, REC_MESSAGE);
	char text[24];
	r.direction = way_of(base);
	if (is_call(base) && !is_event(type)) {
		r.kind = REC_CALL;
		r.state |= base == 3 || base == 8 ? STATE_MISSED : 0;
		r.state |= base == 8 || base == 10 || base == 11 ? STATE_VIDEO : 0;
	} else if (is_event(type) || base < 20 || base > 28) {
		r.kind = REC_SYSTEM;
		if (base == 0 || (base > 18 && base < 20) || base > 28)
			warn(s, WARN_FIELD_UNKNOWN, "a type of row that linecheck does not know");
	}
	learn_self(s, r.direction);
	struct signal_person *author = author_of(s, r.direction), *chat = chat_of(s);
	if (!chat && s->at != SIGNAL_MESSAGE && author && author->who == SIGNAL_PERSON)
		chat = author; /* the address of what is not in a group */
	if (r.direction == DIR_IN && !author)
		warn(s, WARN_FIELD_UNKNOWN, "a sender who is not in the backup");
	if (r.direction != DIR_IN && !chat)
		warn(s, WARN_FIELD_UNKNOWN, "a chat whose recipient is not in the backup");
	if (r.direction == DIR_IN && author && author->who == SIGNAL_GROUP)
		author = NULL;
	set_time(s, &r);
	if (r.kind != REC_CALL)
		set_body(s, &r, type);
	if (r.kind == REC_MESSAGE && r.direction == DIR_IN && s->v[COL_read].type == NUMBER)
		r.read = s->v[COL_read].n ? ANSWER_YES : ANSWER_NO;
	int len = snprintf(text, sizeof text, "%" PRId64, number_of(s, COL_thread_id));
	r.thread = arena_copy(s->arena, (span){ text, (size_t)len }, NULL);
	if (!signal_address(s->people, &r, chat, author, s->self, s->arena))
		s->nomem = true;
	deliver(s, &r);
	if (s->v[COL_reactions].type == BLOB && s->v[COL_reactions].s.n)
		warn(s, WARN_NOTE, "reactions of a version before their table: not read");
}

static void reaction(struct signal *s)
{
	struct record r = record_of(s, REC_REACTION);
	struct signal_person *by = person_of(s, &s->v[COL_author_id]);
	r.text = text_of(s, COL_emoji);
	if (by && s->self)
		r.direction = by == s->self ? DIR_OUT : DIR_IN;
	set_time(s, &r);
	if (!signal_address(s->people, &r, NULL, by, s->self, s->arena))
		s->nomem = true;
	if (by && !s->self) /* whether the owner's is not known: concerned, not said to have sent */
		r.to = NULL, r.to_n = 0,
		r.from =
			(struct party){ .role = ROLE_UNKNOWN, .raw = by->handle, .name = by->name };
	deliver(s, &r);
}

/* Calls stand among the messages; those that do not are here. */
static void call(struct signal *s)
{
	struct record r = record_of(s, REC_CALL);
	struct signal_person *peer = person_of(s, &s->v[COL_peer]);
	int64_t way = number_of(s, COL_direction);
	if (s->v[COL_message_id].type == NUMBER && s->v[COL_message_id].n > 0)
		return;
	r.direction = s->v[COL_direction].type != NUMBER ? DIR_UNKNOWN
		      : way == 0                         ? DIR_IN
		      : way == 1                         ? DIR_OUT
							 : DIR_UNKNOWN;
	if (number_of(s, COL_type) == 1)
		r.state |= STATE_VIDEO;
	set_time(s, &r);
	if (!signal_address(s->people, &r, peer, peer, s->self, s->arena))
		s->nomem = true;
	deliver(s, &r);
}

/* ---- frames ---- */

static void read_row(struct signal *s)
{
	static void (*const readers[SIGNAL_TABLES])(struct signal * s) = {
		[SIGNAL_RECIPIENT] = recipient,
		[SIGNAL_GROUPS] = group,
		[SIGNAL_MEMBERSHIP] = membership,
		[SIGNAL_THREAD] = thread,
		[SIGNAL_SMS] = message,
		[SIGNAL_MMS] = message,
		[SIGNAL_MESSAGE] = message,
		[SIGNAL_REACTION] = reaction,
		[SIGNAL_CALL] = call,
	};
	if (readers[s->at])
		readers[s->at](s);
	else
		s->files++;
}

static void read_statement(struct signal *s, span statement)
{
	struct protobuf_field f;
	bool create;
	span rest;
	if (!protobuf_get(statement, 1, PROTOBUF_BYTES, &f))
		return;
	enum signal_table at = signal_statement(f.bytes, &create, &rest);
	if (at == SIGNAL_TABLE_NONE)
		return;
	if (at != s->at)
		s->rows = 0;
	s->at = at;
	if (create) {
		read_create(s, rest);
	} else if (!s->table[at].made) {
		s->row = ++s->rows;
		warn(s, WARN_ROW_LOST, "a row of a table that was not described");
	} else if (read_values(s, statement, rest)) {
		read_row(s);
	}
}

static void read_frame(struct signal *s, span frame)
{
	struct protobuf_field f;
	arena_reset(s->arena);
	if (protobuf_get(frame, 2, PROTOBUF_BYTES, &f))
		read_statement(s, f.bytes);
	else if (protobuf_get(frame, 6, PROTOBUF_VARINT, &f))
		s->ended = f.value != 0;
}

static int read_all(struct signal *s, struct stream *in)
{
	span head;
	int rc = stream_see(in, sizeof SIGNAL_FRAMES - 1, &head, s->err);
	if (!rc && !span_eq(head, SPAN(SIGNAL_FRAMES)))
		rc = err_set(s->err, E_FORMAT, "It is no opened backup of Signal.");
	if (!rc)
		stream_take(in, sizeof SIGNAL_FRAMES - 1);
	while (!rc && !s->stop && !s->ended) {
		if ((rc = stream_see(in, 4, &head, s->err)) || head.n < 4)
			break;
		const unsigned char *p = (const unsigned char *)head.p;
		size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
		if (n > SIGNAL_FRAME_MAX)
			return err_set(s->err, E_LIMIT, "A frame is larger than linecheck reads.");
		stream_take(in, 4);
		if ((rc = stream_see(in, n, &head, s->err)) || head.n < n)
			break;
		read_frame(s, head);
		stream_take(in, n);
	}
	return s->stop ? s->stop : rc;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct stream stream = { .in = in };
	struct signal s = {
		.sink = sink, .err = err, .people = signal_people_new(), .arena = arena_new()
	};
	char detail[120];
	int rc = s.people && s.arena ? read_all(&s, &stream)
				     : err_set(err, E_NOMEM, "memory ran out");
	if (!rc && !s.ended)
		warn_of(&s, WARN_ROW_LOST, NULL, 0,
			"the backup is cut short or was changed: what follows could not be read");
	if (!rc && s.files) {
		snprintf(detail, sizeof detail,
			 "%" PRId64 " files that were sent or received: not joined to their "
			 "messages",
			 s.files);
		warn_of(&s, WARN_NOTE, NULL, 0, detail);
	}
	signal_people_free(s.people);
	arena_free(s.arena);
	stream_free(&stream);
	return rc ? rc : s.stop;
}

static bool is_sealed(span head)
{
	uint64_t first;
	return signal_header(head, &first).p != NULL;
}

static bool sniff(span head, span path)
{
	(void)path;
	size_t n = sizeof SIGNAL_FRAMES - 1;
	return (head.n >= n && memcmp(head.p, SIGNAL_FRAMES, n) == 0) || is_sealed(head);
}

const struct parser parser_signal_android = {
	.name = "signal-android",
	.app = "Signal (Android: signal-*.backup with its passphrase)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL) | KIND_BIT(REC_CONTACT),
	.tested = "databases of 2018 to 2025, tables as published",
	.limits = "disappearing messages, which a backup leaves out; which file belongs to which "
		  "message",
	.keeps_deleted = true,
	.sealed = is_sealed,
	.sniff = sniff,
	.run = run,
};
