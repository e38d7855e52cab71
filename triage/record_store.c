/* record_store.c - see record_store.h */
#include "record_store.h"
#include "accounts.h"
#include "base/buf.h"
#include "intern.h"
#include "reread.h"
#include <assert.h>
#include <stdlib.h>

#define MOST_PARTIES 100000
#define MOST_KEY_BYTES ((size_t)8 << 20)

enum statement {
	ADD_PARTY,
	ADD_SET,
	ADD_THREAD,
	ADD_RECORD,
	ADD_CONTACT_ID,
	ADD_ATTACHMENT,
	ADD_MENTION,
	ADD_CLOCK,
	ADD_QUOTED,
	STATEMENTS, /* those below only while reading again */
	OLD_THREAD = STATEMENTS,
	OLD_RECORD,
	ALL_STATEMENTS
};

static const char *const sql[ALL_STATEMENTS] = {
	[ADD_PARTY] = "INSERT INTO party VALUES(?,?,?,?,?,?,?,?,?)",
	[ADD_SET] = "INSERT INTO party_set VALUES(?,?,?)",
	[ADD_THREAD] = "INSERT INTO thread VALUES(?,?,?,?)",
	[ADD_RECORD] = "INSERT INTO record VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[ADD_CONTACT_ID] = "INSERT INTO contact_id VALUES(?,?,?,?)",
	[ADD_ATTACHMENT] = "INSERT INTO attachment VALUES(?,?,?,?)",
	[ADD_MENTION] = "INSERT INTO mention VALUES(?,?,?,?,?,?,?)",
	[ADD_CLOCK] = "INSERT INTO clock VALUES(?,?)",
	[ADD_QUOTED] = "INSERT INTO quoted VALUES(?,?)",
	[OLD_THREAD] = REREAD_THREAD,
	[OLD_RECORD] = REREAD_RECORD,
};

struct record_store {
	struct case_db *c;
	int64_t exhibit, party, set, thread, record; /* the last ids given */
	listed_fn *listed;
	void *user;
	sqlite3_stmt *st[ALL_STATEMENTS];
	bool again;
	struct intern *parties, *sets, *threads;
	struct hidden *hidden;
	struct buf key, ids;
};

static int last_id(struct case_db *c, const char *query, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, query, &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW)
		*ret = sqlite3_column_int64(st, 0);
	else
		rc = case_error(c, "counting", err);
	sqlite3_finalize(st);
	return rc;
}

int record_store_open(struct record_store **ret, struct case_db *c, int64_t exhibit, bool again,
		      struct hidden *hidden, listed_fn *listed, void *user, struct err *err)
{
	struct record_store *s = calloc(1, sizeof *s);
	if (!s)
		return err_set(err, E_NOMEM, "Memory ran out.");
	*s = (struct record_store){ .c = c,
				    .exhibit = exhibit,
				    .listed = listed,
				    .user = user,
				    .again = again,
				    .hidden = hidden };
	s->parties = intern_new(MOST_PARTIES, MOST_KEY_BYTES);
	s->sets = intern_new(MOST_PARTIES / 4, MOST_KEY_BYTES);
	s->threads = intern_new(MOST_PARTIES / 4, MOST_KEY_BYTES);
	int rc = s->parties && s->sets && s->threads ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	for (int i = 0; !rc && i < (again ? ALL_STATEMENTS : STATEMENTS); i++)
		rc = case_prepare(c, sql[i], &s->st[i], err);
	if (!rc)
		rc = last_id(c, "SELECT coalesce(max(id),0) FROM party", &s->party, err);
	if (!rc)
		rc = last_id(c, "SELECT coalesce(max(id),0) FROM party_set", &s->set, err);
	if (!rc)
		rc = last_id(c, "SELECT coalesce(max(id),0) FROM thread", &s->thread, err);
	if (!rc)
		rc = last_id(c, "SELECT coalesce(max(id),0) FROM record", &s->record, err);
	int64_t thread = 0, record = 0;
	if (!rc && again)
		rc = reread_highest(c, "thread", &thread, err);
	if (!rc && again)
		rc = reread_highest(c, "record", &record, err);
	if (rc) {
		record_store_free(s);
		return rc;
	}
	if (thread > s->thread)
		s->thread = thread;
	if (record > s->record)
		s->record = record;
	*ret = s;
	return 0;
}

void record_store_free(struct record_store *s)
{
	if (!s)
		return;
	for (int i = 0; i < ALL_STATEMENTS; i++)
		sqlite3_finalize(s->st[i]);
	intern_free(s->parties);
	intern_free(s->sets);
	intern_free(s->threads);
	buf_free(&s->key);
	buf_free(&s->ids);
	free(s);
}

static void bind_blob(sqlite3_stmt *st, int i, span s)
{
	if (s.p)
		sqlite3_bind_blob64(st, i, s.p, s.n, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, i);
}

static void bind_word(sqlite3_stmt *st, int i, const char *word)
{
	sqlite3_bind_text(st, i, word, -1, SQLITE_STATIC);
}

/* One byte that tells absent from empty, then the length and the bytes. */
static void key_part(struct buf *key, span s)
{
	buf_byte(key, s.p ? 1 : 0);
	uint32_t n = (uint32_t)s.n;
	buf_add(key, (span){ (const char *)&n, sizeof n });
	buf_add(key, (span){ s.p ? s.p : "", s.n });
}

static int out_of_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out while storing records.");
}

/* device: what the number is by its label, ID_ABSENT for a handle. An IMEI read as a phone number
 * would be a wrong one. */
struct identifier record_identifier(struct hidden *hidden, span raw, enum id_kind device)
{
	char digits[24];
	switch (device) {
	case ID_ABSENT:
		return hidden ? hidden_resolve(hidden, raw, identifier_of(raw))
			      : identifier_of(raw);
	case ID_RAW:
		return (struct identifier){ ID_RAW, CERTAINTY_NONE, 0,
					    "a number of the device, not of a line" };
	default:
		return identifier_of_device(raw, device, digits);
	}
}

static int add_party(struct record_store *s, const struct party *p, enum id_kind device,
		     struct interned *ret, struct err *err)
{
	struct identifier id = record_identifier(s->hidden, p->raw, device);
	bool ask = p->raw.p != NULL;
	*ret = (struct interned){ ++s->party, ask ? s->listed(s->user, &id, p->raw) : NOT_LISTED };
	sqlite3_stmt *st = s->st[ADD_PARTY];
	sqlite3_bind_int64(st, 1, ret->id);
	sqlite3_bind_int64(st, 2, s->exhibit);
	bind_word(st, 3, role_word(p->role));
	bind_blob(st, 4, p->raw);
	bind_word(st, 5, id_kind_word(id.kind));
	if (id.e164)
		sqlite3_bind_int64(st, 6, (sqlite3_int64)id.e164);
	else
		sqlite3_bind_null(st, 6);
	bind_word(st, 7, id_certainty_word(id.certainty));
	bind_word(st, 8, id.reason);
	bind_blob(st, 9, p->name);
	return case_step(s->c, st, err);
}

static int party_of(struct record_store *s, const struct party *p, enum id_kind device,
		    struct interned *ret, struct err *err)
{
	buf_clear(&s->key);
	buf_byte(&s->key, (char)p->role);
	buf_byte(&s->key, (char)device);
	key_part(&s->key, p->raw);
	key_part(&s->key, p->name);
	if (s->key.failed)
		return out_of_memory(err);
	const struct interned *seen = intern_find(s->parties, buf_span(&s->key));
	if (seen) {
		*ret = *seen;
		return 0;
	}
	int rc = add_party(s, p, device, ret, err);
	if (!rc && !intern_add(s->parties, buf_span(&s->key), *ret))
		rc = out_of_memory(err);
	return rc;
}

static int add_set(struct record_store *s, int64_t *ret, struct err *err)
{
	int64_t id;
	sqlite3_stmt *st = s->st[ADD_SET];
	*ret = ++s->set;
	for (size_t i = 0; i * sizeof id < s->ids.n; i++) {
		memcpy(&id, s->ids.data + i * sizeof id, sizeof id);
		sqlite3_bind_int64(st, 1, *ret);
		sqlite3_bind_int64(st, 2, (sqlite3_int64)i);
		sqlite3_bind_int64(st, 3, id);
		int rc = case_step(s->c, st, err);
		if (rc)
			return rc;
	}
	return 0;
}

/* The set of r->to; *ret is 0 when it is empty. */
static int set_of(struct record_store *s, const struct record *r, struct interned *ret,
		  struct err *err)
{
	*ret = (struct interned){ 0, 0 };
	if (!r->to_n)
		return 0;
	buf_clear(&s->ids);
	for (size_t i = 0; i < r->to_n; i++) {
		struct interned p = { 0, NOT_LISTED };
		int rc = party_of(s, &r->to[i], ID_ABSENT, &p, err);
		if (rc)
			return rc;
		buf_add(&s->ids, (span){ (const char *)&p.id, sizeof p.id });
		if (p.mark != NOT_LISTED && r->to[i].role != ROLE_OWNER)
			ret->mark = 1;
	}
	if (s->ids.failed)
		return out_of_memory(err);
	const struct interned *seen = intern_find(s->sets, buf_span(&s->ids));
	if (seen) {
		*ret = *seen;
		return 0;
	}
	int rc = add_set(s, &ret->id, err);
	if (!rc && !intern_add(s->sets, buf_span(&s->ids), *ret))
		rc = out_of_memory(err);
	return rc;
}

/* 0: there was none. */
static int64_t old_id(sqlite3_stmt *st)
{
	int64_t id = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return id;
}

static int64_t record_id(struct record_store *s, int64_t file, const struct record *r)
{
	int64_t id = 0;
	if (s->again) {
		sqlite3_stmt *st = s->st[OLD_RECORD];
		sqlite3_bind_int64(st, 1, file);
		bind_word(st, 2, r->table);
		sqlite3_bind_int64(st, 3, r->row);
		sqlite3_bind_int(st, 4, (int)r->kind);
		id = old_id(st);
	}
	return id ? id : ++s->record;
}

static int thread_of(struct record_store *s, int64_t file, const struct record *r, int64_t *ret,
		     struct err *err)
{
	*ret = 0;
	if (!r->thread.p)
		return 0;
	buf_clear(&s->key);
	buf_add(&s->key, (span){ (const char *)&file, sizeof file });
	key_part(&s->key, r->thread);
	if (s->key.failed)
		return out_of_memory(err);
	const struct interned *seen = intern_find(s->threads, buf_span(&s->key));
	if (seen) {
		*ret = seen->id;
		return 0;
	}
	if (s->again) {
		sqlite3_bind_int64(s->st[OLD_THREAD], 1, file);
		bind_blob(s->st[OLD_THREAD], 2, r->thread);
		*ret = old_id(s->st[OLD_THREAD]);
	}
	if (!*ret)
		*ret = ++s->thread;
	sqlite3_stmt *st = s->st[ADD_THREAD];
	sqlite3_bind_int64(st, 1, *ret);
	sqlite3_bind_int64(st, 2, file);
	bind_blob(st, 3, r->thread);
	bind_blob(st, 4, r->thread_name);
	int rc = case_step(s->c, st, err);
	if (!rc && !intern_add(s->threads, buf_span(&s->key), (struct interned){ *ret, 0 }))
		rc = out_of_memory(err);
	return rc;
}

static int add_contact_ids(struct record_store *s, const struct record *r, struct stored *ret,
			   struct err *err)
{
	enum role role = r->kind == REC_ACCOUNT ? ROLE_OWNER : ROLE_PERSON;
	sqlite3_stmt *st = s->st[ADD_CONTACT_ID];
	for (size_t i = 0; i < r->ids_n; i++) {
		struct interned p = { 0, NOT_LISTED };
		enum id_kind device =
			role == ROLE_OWNER ? account_device(r->ids[i].label) : ID_ABSENT;
		struct party party = { .role = role, .raw = r->ids[i].raw };
		int rc = party_of(s, &party, device, &p, err);
		if (rc)
			return rc;
		if (p.mark != NOT_LISTED)
			ret->ids_listed = true;
		sqlite3_bind_int64(st, 1, ret->record);
		sqlite3_bind_int64(st, 2, (sqlite3_int64)i);
		sqlite3_bind_int64(st, 3, p.id);
		bind_blob(st, 4, r->ids[i].label);
		rc = case_step(s->c, st, err);
		if (rc)
			return rc;
	}
	return 0;
}

static int add_attachments(struct record_store *s, const struct record *r, int64_t record,
			   struct err *err)
{
	sqlite3_stmt *st = s->st[ADD_ATTACHMENT];
	for (size_t i = 0; i < r->attachments_n; i++) {
		sqlite3_bind_int64(st, 1, record);
		sqlite3_bind_int64(st, 2, (sqlite3_int64)i);
		bind_blob(st, 3, r->attachments[i].name);
		bind_blob(st, 4, r->attachments[i].type);
		int rc = case_step(s->c, st, err);
		if (rc)
			return rc;
	}
	return 0;
}

static int add_quoted(struct record_store *s, const struct record *r, int64_t record,
		      struct err *err)
{
	sqlite3_stmt *st = s->st[ADD_QUOTED];
	if (!r->quoted.p)
		return 0;
	sqlite3_bind_int64(st, 1, record);
	bind_blob(st, 2, r->quoted);
	return case_step(s->c, st, err);
}

static void bind_id(sqlite3_stmt *st, int i, int64_t id)
{
	if (id)
		sqlite3_bind_int64(st, i, id);
	else
		sqlite3_bind_null(st, i);
}

static void bind_text(sqlite3_stmt *st, int i, span s)
{
	if (s.p)
		sqlite3_bind_text64(st, i, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_null(st, i);
}

static int add_record(struct record_store *s, int64_t file, const struct record *r, int64_t id,
		      int64_t from, int64_t to, int64_t thread, enum text_state text,
		      struct err *err)
{
	sqlite3_stmt *st = s->st[ADD_RECORD];
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, file);
	bind_word(st, 3, r->table);
	sqlite3_bind_int64(st, 4, r->row);
	sqlite3_bind_int(st, 5, (int)r->kind);
	if (r->time == TIME_UNSET)
		sqlite3_bind_null(st, 6);
	else
		sqlite3_bind_int64(st, 6, r->time);
	bind_text(st, 7, r->time_raw);
	if (r->time_raw.p)
		bind_word(st, 8, time_unit_word(r->time_unit));
	else
		sqlite3_bind_null(st, 8);
	sqlite3_bind_int(st, 9, (int)r->direction);
	bind_id(st, 10, from);
	bind_id(st, 11, to);
	bind_id(st, 12, thread);
	bind_text(st, 13, r->service);
	bind_blob(st, 14, r->text);
	if (r->duration < 0)
		sqlite3_bind_null(st, 15);
	else
		sqlite3_bind_int64(st, 15, r->duration);
	bind_blob(st, 16, r->name);
	if (r->read == ANSWER_UNKNOWN)
		sqlite3_bind_null(st, 17);
	else
		sqlite3_bind_int(st, 17, r->read == ANSWER_YES);
	sqlite3_bind_int(st, 18, (int)r->state);
	sqlite3_bind_int(st, 19, (int)text);
	return case_step(s->c, st, err);
}

static int add_clock(struct record_store *s, const struct record *r, int64_t record,
		     struct err *err)
{
	sqlite3_stmt *st = s->st[ADD_CLOCK];
	sqlite3_bind_int64(st, 1, record);
	sqlite3_bind_int64(st, 2, r->local);
	return case_step(s->c, st, err);
}

static int store(struct record_store *s, int64_t file, const struct record *r, enum text_state text,
		 struct stored *ret, struct err *err)
{
	struct interned from = { 0, NOT_LISTED }, to = { 0, 0 };
	int64_t thread = 0;
	int rc = 0;
	if (r->from.raw.p || r->from.name.p || r->from.role != ROLE_UNKNOWN)
		rc = party_of(s, &r->from, ID_ABSENT, &from, err);
	if (!rc)
		rc = set_of(s, r, &to, err);
	if (!rc)
		rc = thread_of(s, file, r, &thread, err);
	if (rc)
		return rc;
	struct stored stored = { .record = record_id(s, file, r),
				 .from_listed = r->from.role != ROLE_OWNER ? from.mark : NOT_LISTED,
				 .to_listed = to.mark != 0 };
	rc = add_record(s, file, r, stored.record, from.id, to.id, thread, text, err);
	if (!rc && r->local)
		rc = add_clock(s, r, stored.record, err);
	if (!rc)
		rc = add_contact_ids(s, r, &stored, err);
	if (!rc)
		rc = add_attachments(s, r, stored.record, err);
	if (!rc)
		rc = add_quoted(s, r, stored.record, err);
	if (rc)
		return rc;
	*ret = stored;
	return 0;
}

int record_store_add(struct record_store *s, int64_t file, const struct record *r,
		     enum text_state text, struct stored *ret, struct err *err)
{
	assert(r->table);
	if (text == TEXT_SHOWN)
		return store(s, file, r, text, ret, err);
	struct record bare = *r;
	bool had = r->text.p || r->quoted.p || r->attachments_n;
	bare.text = bare.quoted = bare.thread_name = SPAN_NONE;
	bare.attachments_n = 0;
	return store(s, file, &bare, had ? text : TEXT_SHOWN, ret, err);
}

int record_store_mention(struct record_store *s, int64_t record, int n,
			 const struct mention *mention, struct err *err)
{
	sqlite3_stmt *st = s->st[ADD_MENTION];
	sqlite3_bind_int64(st, 1, record);
	sqlite3_bind_int(st, 2, n);
	sqlite3_bind_int64(st, 3, (sqlite3_int64)mention->start);
	sqlite3_bind_int64(st, 4, (sqlite3_int64)mention->stop);
	sqlite3_bind_int64(st, 5, (sqlite3_int64)mention->id.e164);
	bind_word(st, 6, id_kind_word(mention->id.kind));
	bind_word(st, 7, id_certainty_word(mention->id.certainty));
	return case_step(s->c, st, err);
}
