/*
 * token_phone.c - a phone whose every text-like column holds a 16-byte token, and the search for
 * those that a scope, stage or seal should have kept out.
 *
 *   token_phone make SEED ios|android FOLDER      FOLDER/phone, FOLDER/tokens
 *   token_phone find FOLDER/tokens KINDS FROM UNTIL ISOLATED WITH STAGE NAMED FILE...
 *
 * KINDS: a letter each of contact, call, message ("ctm"); FROM, UNTIL, ISOLATED: ms UTC or "-";
 * WITH: numbers of people with commas, or "-"; NAMED: the same of people whose
 * phone numbers a decision names, today or before. Prints each token that should not be in a file;
 * ends with 1 if there is one. What may be there is worked out here anew, not asked of the program.
 *
 * Tokens stand as they are, in UTF-16, as hexadecimal digits and in base64. A line of `tokens` is
 *   TOKEN CLASS KIND TIME PEOPLE
 * with CLASS r (with its row), t (its row's text), p (of a person), n (of a thread's people, text).
 */
#include "db.h"
#include "rng.h"
#include "tool.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE 24 /* 0 is the helpline; from 18 on they have e-mail addresses */
#define MAILED 18
#define TOKEN 16
#define DAY INT64_C(86400000)
#define FIRST INT64_C(1735689600000) /* 2025-01-01 */

struct maker {
	struct rng rng;
	FILE *tokens;
	struct db db;
	char handle[PEOPLE][48];
};

/* What a row says of itself: what its tokens depend on. */
struct about {
	char class, kind;
	int64_t time; /* 0: not set */
	unsigned people;
};

static void new_token(struct maker *m, const struct about *a, char out[static TOKEN + 1])
{
	static const char digits[] = "ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz23456789";
	out[0] = 'Q';
	out[1] = 'z';
	for (int i = 2; i < TOKEN; i++)
		out[i] = digits[rng_below(&m->rng, sizeof digits - 1)];
	out[TOKEN] = 0;
	fprintf(m->tokens, "%s %c %c %lld %x\n", out, a->class, a->kind, (long long)a->time,
		a->people);
}

static size_t base64(const char *in, size_t n, char *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t at = 0;
	for (size_t i = 0; i < n; i += 3) {
		unsigned v = 0;
		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (i + k < n ? (unsigned char)in[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			out[at++] = i + k > n ? '=' : digits[v >> (18 - 6 * k) & 63];
	}
	out[at] = 0;
	return at;
}

static size_t hex(const char *in, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		sprintf(out + 2 * i, "%02x", (unsigned char)in[i]);
	return 2 * n;
}

static size_t utf16(const char *in, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = in[i];
		out[2 * i + 1] = 0;
	}
	return 2 * n;
}

static bool is_skipped(const char *column)
{
	/* What ties rows together, and what says who the phone's own user is. */
	static const char *const names[] = { "guid",
					     "original_guid",
					     "associated_message_guid",
					     "thread_originator_guid",
					     "thread_originator_part",
					     "reply_to_guid",
					     "balloon_bundle_id",
					     "service",
					     "service_name",
					     "account",
					     "account_guid",
					     "account_id",
					     "account_login",
					     "last_addressed_handle",
					     "last_addressed_sim_id",
					     "destination_caller_id",
					     "via_number",
					     "phone_account_address",
					     "subscription_id",
					     "subscription_component_name",
					     "recipient_ids",
					     "ZSERVICE_PROVIDER",
					     "ZISO_COUNTRY_CODE",
					     "value" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], column) == 0)
			return true;
	return false;
}

static void put_token(struct maker *m, const char *table, const char *column, int64_t row,
		      const struct about *a)
{
	char token[TOKEN + 1], bytes[4 * TOKEN + 8], sql[300];
	size_t n = TOKEN;
	new_token(m, a, token);
	memcpy(bytes, token, TOKEN + 1);
	switch (rng_below(&m->rng, 4)) {
	case 1:
		n = utf16(token, TOKEN, bytes);
		break;
	case 2:
		n = hex(token, TOKEN, bytes);
		break;
	case 3:
		n = base64(token, TOKEN, bytes);
		break;
	default:
		break;
	}
	if (rng_one_in(&m->rng, 8))
		bytes[n++] = (char)0xff; /* no UTF-8 */
	snprintf(sql, sizeof sql, "UPDATE \"%s\" SET \"%s\"=? WHERE rowid=%lld", table, column,
		 (long long)row);
	sqlite3_stmt *st = db_prepare(&m->db, sql);
	if (rng_one_in(&m->rng, 4))
		sqlite3_bind_blob(st, 1, bytes, (int)n, SQLITE_STATIC);
	else
		sqlite3_bind_text(st, 1, bytes, (int)n, SQLITE_STATIC);
	db_step(&m->db, st);
	sqlite3_finalize(st);
}

/* Every column of the row that could hold text and holds nothing yet. */
static void fill(struct maker *m, const char *table, int64_t row, const struct about *a)
{
	char sql[300], column[64][64];
	size_t n = 0;
	snprintf(sql, sizeof sql,
		 "SELECT name FROM pragma_table_info('%s') WHERE type IN "
		 "('TEXT','BLOB','VARCHAR','')",
		 table);
	sqlite3_stmt *st = db_prepare(&m->db, sql);
	while (sqlite3_step(st) == SQLITE_ROW && n < 64)
		snprintf(column[n++], 64, "%s", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	for (size_t i = 0; i < n; i++) {
		snprintf(sql, sizeof sql, "SELECT \"%s\" IS NULL FROM \"%s\" WHERE rowid=%lld",
			 column[i], table, (long long)row);
		st = db_prepare(&m->db, sql);
		bool empty = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 0);
		sqlite3_finalize(st);
		if (empty && !is_skipped(column[i]) && !rng_one_in(&m->rng, 4))
			put_token(m, table, column[i], row, a);
	}
}

__attribute__((format(printf, 2, 3))) static int64_t insert(struct maker *m, const char *format,
							    ...)
{
	char sql[1000];
	va_list ap;
	va_start(ap, format);
	vsnprintf(sql, sizeof sql, format, ap);
	va_end(ap);
	db_exec(&m->db, sql);
	return sqlite3_last_insert_rowid(m->db.h);
}

static void make_people(struct maker *m)
{
	snprintf(m->handle[0], sizeof m->handle[0], "08001111");
	for (unsigned i = 1; i < PEOPLE; i++) {
		struct about a = { 'p', '-', 0, 1u << i };
		char token[TOKEN + 1];
		if (i < MAILED) {
			snprintf(m->handle[i], sizeof m->handle[i], "%s7700900%03u",
				 i % 2 ? "+44" : "0", 100 + i * 7);
			continue;
		}
		new_token(m, &a, token);
		snprintf(m->handle[i], sizeof m->handle[i], "%s@example.com", token);
	}
}

/* A time in the first four months of 2025, now and then none. */
static int64_t any_time(struct maker *m)
{
	if (rng_one_in(&m->rng, 20))
		return 0;
	return FIRST + (int64_t)rng_below(&m->rng, 120) * DAY +
	       (int64_t)rng_below(&m->rng, 86400) * 1000;
}

static unsigned any_person(struct maker *m)
{
	return rng_below(&m->rng, PEOPLE);
}

static void ios_message(struct maker *m, unsigned i, unsigned chat, unsigned members,
			unsigned sender)
{
	struct about a = { 't', 'm', any_time(m), members };
	bool out = rng_one_in(&m->rng, 2);
	int64_t row = insert(m,
			     "INSERT INTO message(guid,handle_id,service,date,is_from_me) "
			     "VALUES('G-%u',%u,'SMS',%lld,%d)",
			     i, out && chat < PEOPLE ? 0 : sender + 1,
			     (long long)db_cocoa_ns(a.time), out);
	insert(m, "INSERT INTO chat_message_join(chat_id,message_id) VALUES(%u,%lld)", chat + 1,
	       (long long)row);
	fill(m, "message", row, &a);
	if (!rng_one_in(&m->rng, 4))
		return;
	int64_t file =
		insert(m, "INSERT INTO attachment(guid,original_guid) VALUES('A-%u','A-%u')", i, i);
	insert(m, "INSERT INTO message_attachment_join(message_id,attachment_id) VALUES(%lld,%lld)",
	       (long long)row, (long long)file);
	fill(m, "attachment", file, &a);
}

#define GROUPS 3

static void ios_messages(struct maker *m, const char *dir)
{
	unsigned members[PEOPLE + GROUPS] = { 0 };
	char *path = path_join(dir, "HomeDomain/Library/SMS/sms.db");
	db_create(&m->db, path, schema_ios_sms);
	for (unsigned i = 0; i < PEOPLE; i++) {
		struct about a = { 'p', '-', 0, 1u << i };
		fill(m, "handle",
		     insert(m, "INSERT INTO handle(id,service) VALUES('%s','SMS')", m->handle[i]),
		     &a);
	}
	for (unsigned i = 0; i < PEOPLE + GROUPS; i++) {
		bool group = i >= PEOPLE;
		int64_t row = insert(m,
				     "INSERT INTO chat(guid,style,chat_identifier,service_name) "
				     "VALUES('C-%u',%d,'%s%u','SMS')",
				     i, group ? 43 : 45, group ? "chat" : m->handle[i], i);
		for (unsigned k = 0; k < (group ? 3 : 1); k++) {
			unsigned who = group ? any_person(m) : i;
			if (members[i] & 1u << who)
				continue;
			members[i] |= 1u << who;
			insert(m, "INSERT INTO chat_handle_join VALUES(%lld,%u)", (long long)row,
			       who + 1);
		}
		struct about a = { 'n', 'm', 0, members[i] };
		fill(m, "chat", row, &a);
	}
	for (unsigned i = 0; i < 160; i++) {
		unsigned chat = rng_below(&m->rng, PEOPLE + GROUPS), sender = 0;
		do
			sender = any_person(m);
		while (!(members[chat] & 1u << sender));
		ios_message(m, i, chat, members[chat], sender);
	}
	db_finish(&m->db);
	free(path);
}

static void ios_rest(struct maker *m, const char *dir)
{
	char *path = path_join(dir, "HomeDomain/Library/CallHistoryDB/CallHistory.storedata");
	db_create(&m->db, path, schema_ios_calls);
	for (unsigned i = 0; i < 60; i++) {
		unsigned who = any_person(m);
		struct about a = { 'r', 'c', any_time(m), 1u << who };
		fill(m, "ZCALLRECORD",
		     insert(m,
			    "INSERT INTO ZCALLRECORD(ZDATE,ZADDRESS,ZORIGINATED,ZANSWERED) "
			    "VALUES(%s%.1f,'%s',%d,1)",
			    a.time ? "" : "0*", a.time ? db_cocoa_s(a.time) : 1.0, m->handle[who],
			    (int)rng_below(&m->rng, 2)),
		     &a);
	}
	db_finish(&m->db);
	free(path);
	path = path_join(dir, "HomeDomain/Library/AddressBook/AddressBook.sqlitedb");
	db_create(&m->db, path, schema_ios_contacts);
	for (unsigned i = 0; i < PEOPLE; i++) {
		struct about name = { 'r', 'b', 0, 1u << i }, text = { 't', 'b', 0, 1u << i };
		int64_t row = insert(m, "INSERT INTO ABPerson(guid) VALUES('P-%u')", i);
		put_token(m, "ABPerson", "Note", row, &text);
		fill(m, "ABPerson", row, &name);
		insert(m,
		       "INSERT INTO ABMultiValue(record_id,property,label,value,guid) "
		       "VALUES(%lld,%d,1,'%s','V-%u')",
		       (long long)row, i < MAILED ? 3 : 4, m->handle[i], i);
	}
	db_finish(&m->db);
	free(path);
}

#define ANDROID "data/data/com.android.providers."

static void android_mms(struct maker *m, unsigned who)
{
	struct about a = { 't', 'm', any_time(m), 1u << who };
	bool out = rng_one_in(&m->rng, 2);
	int64_t row = insert(m,
			     "INSERT INTO pdu(thread_id,date,msg_box,m_type) "
			     "VALUES(%u,%lld,%d,%d)",
			     who + 1, (long long)(a.time / 1000), out ? 2 : 1, out ? 128 : 132);
	fill(m, "pdu", row, &a);
	insert(m, "INSERT INTO addr(msg_id,address,type) VALUES(%lld,'%s',%d)", (long long)row,
	       out ? "insert-address-token" : m->handle[who], 137);
	insert(m, "INSERT INTO addr(msg_id,address,type) VALUES(%lld,'%s',%d)", (long long)row,
	       out ? m->handle[who] : "07700900999", 151);
	fill(m, "part",
	     insert(m, "INSERT INTO part(mid,ct) VALUES(%lld,'text/plain')", (long long)row), &a);
	fill(m, "part",
	     insert(m, "INSERT INTO part(mid,ct) VALUES(%lld,'image/jpeg')", (long long)row), &a);
}

static void android_messages(struct maker *m, const char *dir)
{
	char *path = path_join(dir, ANDROID "telephony/databases/mmssms.db");
	db_create(&m->db, path, schema_android_messages);
	for (unsigned i = 0; i < PEOPLE; i++) {
		struct about a = { 'n', 'm', 0, 1u << i };
		insert(m, "INSERT INTO canonical_addresses(_id,address) VALUES(%u,'%s')", i + 1,
		       m->handle[i]);
		fill(m, "threads",
		     insert(m, "INSERT INTO threads(_id,recipient_ids) VALUES(%u,'%u')", i + 1,
			    i + 1),
		     &a);
	}
	for (unsigned i = 0; i < 120; i++) {
		unsigned who = any_person(m);
		struct about a = { 't', 'm', any_time(m), 1u << who };
		fill(m, "sms",
		     insert(m,
			    "INSERT INTO sms(thread_id,address,date,type) "
			    "VALUES(%u,'%s',%lld,%u)",
			    who + 1, m->handle[who], (long long)a.time, 1 + rng_below(&m->rng, 5)),
		     &a);
	}
	for (unsigned i = 0; i < 40; i++)
		android_mms(m, any_person(m));
	db_finish(&m->db);
	free(path);
}

static void android_rest(struct maker *m, const char *dir)
{
	char *path = path_join(dir, ANDROID "contacts/databases/calllog.db");
	db_create(&m->db, path, schema_android_calls);
	for (unsigned i = 0; i < 60; i++) {
		unsigned who = any_person(m);
		struct about a = { 'r', 'c', any_time(m), 1u << who };
		fill(m, "calls",
		     insert(m, "INSERT INTO calls(number,date,type) VALUES('%s',%lld,%u)",
			    m->handle[who], (long long)a.time, 1 + rng_below(&m->rng, 6)),
		     &a);
	}
	db_finish(&m->db);
	free(path);
	path = path_join(dir, ANDROID "contacts/databases/contacts2.db");
	db_create(&m->db, path, schema_android_contacts);
	for (unsigned i = 0; i < PEOPLE; i++) {
		struct about name = { 'r', 'b', 0, 1u << i }, text = { 't', 'b', 0, 1u << i };
		int64_t row = insert(m, "INSERT INTO raw_contacts(contact_id) VALUES(%u)", i + 1);
		fill(m, "raw_contacts", row, &name);
		insert(m,
		       "INSERT INTO data(mimetype_id,raw_contact_id,data1,data2) "
		       "VALUES(%d,%lld,'%s','2')",
		       i < MAILED ? 5 : 1, (long long)row, m->handle[i]);
		put_token(m, "data", "data1",
			  insert(m, "INSERT INTO data(mimetype_id,raw_contact_id) VALUES(11,%lld)",
				 (long long)row),
			  &text);
	}
	db_finish(&m->db);
	free(path);
}

static int make(char **argv)
{
	struct maker m = { 0 };
	char *phone = path_join(argv[3], "phone"), *tokens = path_join(argv[3], "tokens");
	make_parents(tokens);
	if (!(m.tokens = fopen(tokens, "w")))
		die("%s cannot be written", tokens);
	rng_seed(&m.rng, strtoull(argv[1], NULL, 10), 77);
	make_people(&m);
	if (strcmp(argv[2], "ios") == 0) {
		ios_messages(&m, phone);
		ios_rest(&m, phone);
	} else {
		android_messages(&m, phone);
		android_rest(&m, phone);
	}
	if (fclose(m.tokens))
		die("%s cannot be written", tokens);
	free(phone);
	free(tokens);
	return 0;
}

/* --- find --- */

struct scope {
	const char *kinds;
	int64_t from, until, isolated; /* INT64_MIN: open */
	unsigned with;                 /* 0: anyone */
	unsigned named;                /* whose numbers a decision names, now or before */
	int stage;
};

struct token {
	char text[TOKEN + 1];
	struct about about;
};

static bool row_in(const struct scope *s, const struct about *a)
{
	bool timed = s->from != INT64_MIN || s->until != INT64_MIN || s->isolated != INT64_MIN;
	if (!strchr(s->kinds, a->kind) || (a->people & 1))
		return false;
	if (s->with && !(s->with & a->people))
		return false;
	if (a->kind == 'b')
		return true;
	if (!a->time)
		return !timed;
	return (s->from == INT64_MIN || a->time >= s->from) &&
	       (s->until == INT64_MIN || a->time < s->until) &&
	       (s->isolated == INT64_MIN || a->time <= s->isolated);
}

/* Is some row of the kind (or any, '-') in scope that has one of these people? */
static bool someone_in(const struct scope *s, const struct token *t, size_t n, unsigned people,
		       char kind)
{
	for (size_t i = 0; i < n; i++)
		if ((t[i].about.class == 'r' || t[i].about.class == 't') &&
		    (t[i].about.people & people) && (kind == '-' || t[i].about.kind == kind) &&
		    row_in(s, &t[i].about))
			return true;
	return false;
}

static bool may_stand(const struct scope *s, const struct token *all, size_t n,
		      const struct about *a)
{
	switch (a->class) {
	case 'r':
		return row_in(s, a);
	case 't':
		return row_in(s, a) && s->stage == 3;
	case 'n':
		return s->stage == 3 && someone_in(s, all, n, a->people, 'm');
	default:
		return someone_in(s, all, n, a->people, '-');
	}
}

struct patterns {
	struct pattern {
		char bytes[4 * TOKEN + 8];
		size_t n;
		const char *what;
	} * p;
	size_t n;
	uint32_t *first; /* by the hash of the first six bytes: index + 1 */
	uint32_t *next;
};

#define BUCKETS 65536u

static uint32_t bucket(const char *p)
{
	uint64_t v = 0;
	memcpy(&v, p, 6);
	return (uint32_t)(v * UINT64_C(0x9e3779b97f4a7c15) >> 48);
}

static void add_pattern(struct patterns *all, const char *bytes, size_t n, const char *what)
{
	struct pattern *p = &all->p[all->n++];
	memcpy(p->bytes, bytes, n);
	p->n = n;
	p->what = what;
}

static void add_token(struct patterns *all, const char *text)
{
	char wide[2 * TOKEN], out[4 * TOKEN + 8];
	add_pattern(all, text, TOKEN, text);
	add_pattern(all, wide, utf16(text, TOKEN, wide), text);
	add_pattern(all, out, hex(text, TOKEN, out), text);
	/* base64 of the whole; its last digits depend on what follows */
	base64(text, TOKEN, out);
	add_pattern(all, out, 20, text);
	add_pattern(all, out, hex(wide, 2 * TOKEN, out), text);
}

static void add_number(struct patterns *all, unsigned person)
{
	char text[16];
	uint64_t number = UINT64_C(447700900000) + 100 + person * 7;
	snprintf(text, sizeof text, "7700900%03u", 100 + person * 7);
	add_pattern(all, text, 10, "a number");
	for (int i = 0; i < 6; i++)
		text[i] = (char)(number >> (40 - 8 * i));
	add_pattern(all, text, 6, "a number as an integer");
}

static size_t search(const struct patterns *all, const char *path)
{
	size_t found = 0, n = 0;
	FILE *f = fopen(path, "r");
	if (!f)
		die("%s cannot be read", path);
	char *bytes = NULL;
	for (;;) {
		bytes = must(realloc(bytes, n + 65536 + 8));
		size_t got = fread(bytes + n, 1, 65536, f);
		n += got;
		if (!got)
			break;
	}
	memset(bytes + n, 0, 8);
	fclose(f);
	for (size_t at = 0; at + 6 <= n; at++)
		for (uint32_t i = all->first[bucket(bytes + at)]; i; i = all->next[i - 1]) {
			const struct pattern *p = &all->p[i - 1];
			if (p->n > n - at || memcmp(p->bytes, bytes + at, p->n) != 0)
				continue;
			printf("LEAK %s at %zu: %s\n", path, at, p->what);
			found++;
		}
	free(bytes);
	return found;
}

static int64_t ms_or_open(const char *s)
{
	return strcmp(s, "-") == 0 ? INT64_MIN : strtoll(s, NULL, 10);
}

static size_t read_tokens(const char *path, struct token **ret)
{
	struct token *t = NULL;
	size_t n = 0;
	FILE *f = fopen(path, "r");
	if (!f)
		die("%s cannot be read", path);
	char line[200];
	while (fgets(line, sizeof line, f)) {
		char *rest = line + TOKEN + 5;
		if (strlen(line) < TOKEN + 8)
			die("%s is no list of tokens", path);
		t = must(realloc(t, (n + 1) * sizeof *t));
		memset(&t[n], 0, sizeof t[n]);
		memcpy(t[n].text, line, TOKEN);
		t[n].about.class = line[TOKEN + 1];
		t[n].about.kind = line[TOKEN + 3];
		t[n].about.time = strtoll(rest, &rest, 10);
		t[n++].about.people = (unsigned)strtoul(rest, NULL, 16);
	}
	fclose(f);
	*ret = t;
	return n;
}

static int find(int argc, char **argv)
{
	struct scope s = { .kinds = argv[2],
			   .from = ms_or_open(argv[3]),
			   .until = ms_or_open(argv[4]),
			   .isolated = ms_or_open(argv[5]),
			   .stage = (int)strtol(argv[7], NULL, 10) };
	struct token *t;
	size_t n = read_tokens(argv[1], &t), leaks = 0, hidden = 0;
	for (char *p = strtok(argv[6], ","); p && *p != '-'; p = strtok(NULL, ","))
		s.with |= 1u << strtoul(p, NULL, 10);
	for (char *p = strtok(argv[8], ","); p && *p != '-'; p = strtok(NULL, ","))
		s.named |= 1u << strtoul(p, NULL, 10);
	struct patterns all = { .p = must(calloc(n * 5 + 2 * PEOPLE, sizeof *all.p)) };
	for (size_t i = 0; i < n; i++)
		if (!may_stand(&s, t, n, &t[i].about)) {
			add_token(&all, t[i].text);
			hidden++;
		}
	for (unsigned i = 1; i < MAILED; i++)
		if (!(s.named & 1u << i) && !someone_in(&s, t, n, 1u << i, '-')) {
			add_number(&all, i);
			hidden++;
		}
	all.first = must(calloc(BUCKETS, sizeof *all.first));
	all.next = must(calloc(all.n + 1, sizeof *all.next));
	for (uint32_t i = 0; i < all.n; i++) {
		uint32_t b = bucket(all.p[i].bytes);
		all.next[i] = all.first[b];
		all.first[b] = i + 1;
	}
	for (int i = 9; i < argc; i++)
		leaks += search(&all, argv[i]);
	printf("%zu of %zu tokens must not be there\n", hidden, n + MAILED - 1);
	free(all.p);
	free(all.first);
	free(all.next);
	free(t);
	return leaks > 0;
}

int main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "make") == 0)
		return make(argv + 1);
	if (argc > 10 && strcmp(argv[1], "find") == 0)
		return find(argc - 1, argv + 1);
	die("token_phone make SEED ios|android FOLDER, or find TOKENS KINDS FROM UNTIL ISOLATED "
	    "WITH STAGE NAMED FILE...");
}
