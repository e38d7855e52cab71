/* rows.c - the rows of one query become records. */
#include "base/utf8.h"
#include "run.h"
#include "statement.h"
#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TIME_OUTSIDE "time is outside the years 1970 to 2200"
#define SIDE_MAX (sizeof((struct query *)0)->side / sizeof(char *))
#define ALONG_MAX (sizeof((struct query *)0)->along / sizeof(char *))
/* A sound database has none of either; each costs some hundred look-ups. */
#define GAPS_MAX 1000
#define REWINDS_MAX 16

/* A query that is read in step with the main one, both in order of row. */
struct along {
	struct statement s;
	bool live; /* stands on a row, of this key */
	bool used; /* and a record took what it says */
	bool many; /* has aliases of a side query: all rows of one key count */
	int64_t key;
	int rewinds;
};

struct cursor {
	const struct query *q;
	struct statement main, side[SIDE_MAX];
	struct along along[ALONG_MAX];
	size_t sides, alongs;
	bool along_many; /* one of them is */

	/* Contacts and accounts: rows that follow each other with one key are one record. */
	bool merge;
	bool begun;   /* pending is being merged */
	bool dropped; /* the hook said that pending is no record */
	struct record pending;

	uint64_t rows;
	int64_t last;    /* key of the row read last */
	bool descending; /* keys went down: reading cannot go on behind a gap */
	bool disorder_told;
	bool after; /* the statement takes "row > ?1" */
	int gaps;
	int failed; /* reading broke off with this */
};

struct row {
	struct run *run;
	struct cursor *cursor;
	int64_t key;
	struct row_handles *handles; /* of a .decode hook */
};

/* ---- hooks' doors ---- */

static int column_named(const struct row *row, const char *alias)
{
	const struct statement *s = &row->cursor->main;
	for (int i = 0; i < s->columns; i++)
		if (!strcmp(s->name[i], alias))
			return i;
	return -1;
}

span row_bytes(const struct row *row, const char *alias)
{
	int col = column_named(row, alias);
	return col < 0 ? SPAN_NONE : statement_bytes(&row->cursor->main, col);
}

bool row_int(const struct row *row, const char *alias, int64_t *ret)
{
	double d;
	int64_t i;
	int col = column_named(row, alias);
	if (col < 0 || statement_number(&row->cursor->main, col, &i, &d) != NUMBER_INT)
		return false;
	*ret = i;
	return true;
}

struct arena *row_arena(const struct row *row)
{
	row->run->arena_used = true;
	return row->run->arena;
}

int row_warn(const struct row *row, enum warning kind, const char *detail)
{
	return run_warn(row->run, kind, row->cursor->q->table, row->key, detail);
}

int row_needs_direction(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	if (r->direction == DIR_UNKNOWN && r->kind != REC_SYSTEM)
		row_warn(row, WARN_FIELD_UNKNOWN, "nothing that is known here says who sent it");
	return 0;
}

/* ---- values ---- */

static int nomem(struct run *run)
{
	return run->stop = err_set(run->err, E_NOMEM, "memory ran out");
}

static span keep(struct run *run, span s)
{
	bool ok;
	if (!s.p)
		return SPAN_NONE;
	run->arena_used = true;
	span copy = arena_copy(run->arena, s, &ok);
	if (!ok)
		nomem(run);
	return copy;
}

static size_t format_int(int64_t value, char out[static 24])
{
	char digits[24];
	size_t n = 0, at = 0;
	uint64_t u = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do
		digits[n++] = (char)('0' + u % 10);
	while (u /= 10);
	if (value < 0)
		out[at++] = '-';
	while (n)
		out[at++] = digits[--n];
	return at;
}

/* The shortest form that reads back as the same number. */
static size_t format_real(double d, char out[static 32])
{
	int n = 0;
	for (int precision = 15; precision <= 17; precision++) {
		n = snprintf(out, 32, "%.*g", precision, d);
		if (strtod(out, NULL) == d)
			break;
	}
	return n > 0 ? (size_t)n : 0;
}

static void take_time(struct row *row, struct record *r)
{
	struct statement *s = &row->cursor->main;
	char *text = row->run->time_text;
	int64_t i = 0;
	double d = 0;
	bool ok = true;
	enum number number = statement_number(s, s->col[F_TIME], &i, &d);
	if (number == NUMBER_NONE)
		return;
	if (number == NUMBER_INT)
		ok = i == 0 || time_from_int(r->time_unit, i, &r->time);
	else if (number == NUMBER_REAL)
		ok = d == 0 || time_from_real(r->time_unit, d, &r->time);
	switch (sqlite3_column_type(s->st, s->col[F_TIME])) {
	case SQLITE_INTEGER:
		r->time_raw = (span){ text, format_int(i, text) };
		break;
	case SQLITE_FLOAT:
		r->time_raw = (span){ text, format_real(d, text) };
		break;
	default:
		r->time_raw = statement_field(s, F_TIME);
		break;
	}
	if (number == NUMBER_BAD)
		row_warn(row, WARN_FIELD_UNKNOWN, "time is not a number");
	else if (!ok)
		row_warn(row, WARN_FIELD_UNKNOWN, TIME_OUTSIDE);
}

void row_time_int(const struct row *row, struct record *r, enum time_unit unit, int64_t raw)
{
	char *text = row->run->time_text;
	r->time = TIME_UNSET;
	r->time_unit = unit;
	r->time_raw = (span){ text, format_int(raw, text) };
	if (raw && !time_from_int(unit, raw, &r->time))
		row_warn(row, WARN_FIELD_UNKNOWN, TIME_OUTSIDE);
}

void row_time_real(const struct row *row, struct record *r, enum time_unit unit, double raw)
{
	char *text = row->run->time_text;
	r->time = TIME_UNSET;
	r->time_unit = unit;
	r->time_raw = (span){ text, format_real(raw, text) };
	if (raw != 0 && !time_from_real(unit, raw, &r->time))
		row_warn(row, WARN_FIELD_UNKNOWN, TIME_OUTSIDE);
}

static void take_duration(struct row *row, struct record *r)
{
	const struct statement *s = &row->cursor->main;
	int64_t i = 0;
	double d = 0;
	enum number number = statement_number(s, s->col[F_DURATION], &i, &d);
	if (number == NUMBER_NONE)
		return;
	if (number == NUMBER_INT)
		d = (double)i;
	/* 10 years: longer than any call, and within what milliseconds say exactly. */
	if (number == NUMBER_BAD || !(d >= 0 && d <= 315360000))
		row_warn(row, WARN_FIELD_UNKNOWN, "duration is not a number of seconds");
	else
		r->duration = (int64_t)llround(d * 1000);
}

/* What the row refers to and is not there, as the query words it. */
static void tell_lost(const struct row *row, struct statement *s)
{
	char detail[200];
	if (s->col[F_LOST] < 0)
		return;
	span words = statement_bytes(s, s->col[F_LOST]);
	if (!words.n)
		return;
	snprintf(detail, sizeof detail, "%.*s", words.n < 190 ? (int)words.n : 190, words.p);
	row_warn(row, WARN_FIELD_UNKNOWN, detail);
}

/* What the main row, or one read along with it, says: each field that r still lacks. */
static void fill(span *have, struct statement *s, enum field f)
{
	if (!have->p && s->col[f] >= 0)
		*have = statement_bytes(s, s->col[f]);
}

/* What the app stores, without what it adds of its own. */
static span bare(span raw, handle_fn *strip)
{
	return strip && raw.p ? strip(raw) : raw;
}

static void fill_handle(span *have, struct statement *s, enum field f, handle_fn *strip)
{
	if (!have->p && s->col[f] >= 0)
		*have = bare(statement_bytes(s, s->col[f]), strip);
}

static void fill_fields(struct statement *s, const struct query *q, struct record *r,
			struct row_handles *h)
{
	int64_t i;
	if (r->direction == DIR_UNKNOWN && statement_integer(s, F_SENT, &i) && (i == 0 || i == 1))
		r->direction = i ? DIR_OUT : DIR_IN;
	if (r->read == ANSWER_UNKNOWN && statement_integer(s, F_READ, &i) && (i == 0 || i == 1))
		r->read = i ? ANSWER_YES : ANSWER_NO;
	if (statement_integer(s, F_STATE, &i))
		r->state |= (unsigned)((uint64_t)i & (uint64_t)STATE_ALL);
	fill_handle(&h->peer, s, F_PEER, q->peer_handle);
	fill(&h->peer_name, s, F_PEER_NAME);
	fill_handle(&h->owner, s, F_OWNER, q->owner_handle);
	fill(&r->thread, s, F_THREAD);
	fill(&r->thread_name, s, F_THREAD_NAME);
	fill(&r->service, s, F_SERVICE);
	fill(&r->text, s, F_TEXT);
	fill(&r->quoted, s, F_QUOTED);
	fill(&r->name, s, F_NAME);
}

/* ---- queries read along ---- */

/* Nothing more can be read after this, of any table. */
static bool run_over(int rc)
{
	return (rc & 0xff) == SQLITE_INTERRUPT || schema_error_code(rc) == E_NOMEM;
}

static void along_end(struct along *a)
{
	statement_free(&a->s);
	a->live = false;
}

static void along_broken(struct row *row, struct along *a, int rc)
{
	struct run *run = row->run;
	char detail[400];
	snprintf(detail, sizeof detail,
		 "from this row on, a table that says more could not be read: %s",
		 sqlite3_errmsg(run->db));
	if (run_over(rc))
		run->stop = schema_error(run->db, rc, row->cursor->q->table,
					 "reading what belongs to rows of", run->err);
	else
		row_warn(row, WARN_FIELD_UNKNOWN, detail);
	along_end(a);
}

/* Only a damaged table gives rows that are not in order. */
static void along_rewind(struct row *row, struct along *a)
{
	if (a->rewinds++ == REWINDS_MAX) {
		row_warn(row, WARN_LIMIT,
			 "rows are not in order: what belongs to them is not looked up any more");
		along_end(a);
		return;
	}
	sqlite3_reset(a->s.st);
	a->live = a->used = false;
}

/* To the first of a's rows at or after the row at hand. */
static void along_seek(struct row *row, struct along *a)
{
	int col = a->s.col[F_ROW];
	if (a->live && a->key > row->key && row->key < row->cursor->last)
		along_rewind(row, a);
	while (a->s.st && !(a->live && a->key >= row->key)) {
		int rc = sqlite3_step(a->s.st);
		if (rc == SQLITE_DONE) {
			along_end(a);
		} else if (rc != SQLITE_ROW) {
			along_broken(row, a, rc);
		} else if (sqlite3_column_type(a->s.st, col) == SQLITE_INTEGER) {
			int64_t key = sqlite3_column_int64(a->s.st, col);
			if (a->used && key == a->key && a->s.col[F_THREAD] >= 0)
				run_warn(row->run, WARN_NOTE, row->cursor->q->table, key,
					 "belongs to more than one thread: the first is used");
			a->used = false;
			a->live = true;
			a->key = key;
		}
	}
}

static void take_along(struct row *row, struct record *r, struct row_handles *h)
{
	struct cursor *c = row->cursor;
	for (size_t i = 0; i < c->alongs; i++) {
		struct along *a = &c->along[i];
		if (a->many)
			continue;
		if (a->s.st)
			along_seek(row, a);
		if (!a->live || a->key != row->key)
			continue;
		if (!a->used)
			tell_lost(row, &a->s);
		a->used = true;
		fill_fields(&a->s, c->q, r, h);
	}
}

/* ---- side queries ---- */

/* Always negative or 1, "no more of these": told once a row. */
static int limit(const struct row *row, const char *detail)
{
	if (!row->run->limit_told)
		row_warn(row, WARN_LIMIT, detail);
	row->run->limit_told = true;
	return row->run->stop ? row->run->stop : 1;
}

static int keep_ident(const struct row *row, span raw, span label)
{
	struct run *run = row->run;
	const struct query *q = row->cursor->q;
	span ident = bare(raw, q->kind == REC_ACCOUNT ? q->owner_handle : q->peer_handle);
	if (!ident.p)
		return 0;
	if (run->ids_n == IDS_PER_RECORD)
		return limit(row, "more identifiers than linecheck reads of one contact");
	run->ids[run->ids_n++] = (struct contact_id){ keep(run, ident), keep(run, label) };
	return 0;
}

static int add_ident(struct row *row, struct statement *s)
{
	return keep_ident(row, statement_field(s, F_IDENT), statement_field(s, F_LABEL));
}

static int add_text(struct row *row, span part, span main_text)
{
	struct buf *text = &row->run->text;
	if (!part.p)
		return 0;
	if (!text->n && main_text.p)
		buf_add(text, main_text);
	if (part.n > TEXT_PARTS_BYTES || text->n > TEXT_PARTS_BYTES - part.n)
		return limit(row, "more text than linecheck reads of one row");
	if (text->n)
		buf_byte(text, '\n');
	buf_add(text, part);
	return 0;
}

static int add_recipient(struct row *row, struct statement *s, span to, span to_name)
{
	struct run *run = row->run;
	int64_t own = 0;
	if (run->side_to_n == SIDES_PER_ROW)
		return limit(row, "more recipients than linecheck reads of one row");
	const struct query *q = row->cursor->q;
	bool owner = statement_integer(s, F_TO_OWNER, &own) && own == 1;
	to = bare(to, owner ? q->owner_handle : q->peer_handle);
	run->to[run->to_n++] = (struct party){ owner ? ROLE_OWNER : ROLE_PERSON, keep(run, to),
					       keep(run, to_name) };
	run->side_to_n++;
	return 0;
}

static int add_attachment(const struct row *row, span name, span type)
{
	struct run *run = row->run;
	if (run->attachments_n == ATTACHMENTS_PER_ROW)
		return limit(row, "more attachments than linecheck reads of one row");
	run->attachments[run->attachments_n++] =
		(struct attachment){ keep(run, name), keep(run, type) };
	return 0;
}

static int side_row(struct row *row, struct statement *s, struct record *r)
{
	struct run *run = row->run;
	span from = statement_field(s, F_FROM), from_name = statement_field(s, F_FROM_NAME);
	span to = statement_field(s, F_TO), to_name = statement_field(s, F_TO_NAME);
	span att_name = statement_field(s, F_ATT_NAME), att_type = statement_field(s, F_ATT_TYPE);
	int rc = 0;
	tell_lost(row, s);
	if (from.p || from_name.p) {
		from = bare(from, row->cursor->q->peer_handle);
		run->side_from =
			(struct party){ ROLE_PERSON, keep(run, from), keep(run, from_name) };
		run->side_from_given = true;
	}
	if (to.p || to_name.p)
		rc = add_recipient(row, s, to, to_name);
	if (rc == 0 && (att_name.p || att_type.p))
		rc = add_attachment(row, att_name, att_type);
	if (rc == 0)
		rc = add_ident(row, s);
	return rc ? rc : add_text(row, statement_field(s, F_TEXT), r->text);
}

static void side_broken(struct row *row, int rc)
{
	struct run *run = row->run;
	if (run_over(rc))
		run->stop = schema_error(run->db, rc, row->cursor->q->table,
					 "reading what belongs to rows of", run->err);
	else
		row_warn(row, WARN_FIELD_UNKNOWN,
			 "a table that says more about this row could not be read");
}

/* What a side query would give, from a query that stands at or before the row at hand. */
static void along_sides(struct row *row, struct record *r, struct along *a)
{
	struct run *run = row->run;
	bool more = true;
	while (a->s.st && !run->stop) {
		along_seek(row, a);
		if (!a->live || a->key != row->key)
			break;
		more = more && side_row(row, &a->s, r) == 0;
		a->live = false;
	}
	if (a->s.nomem || run->text.failed)
		nomem(run);
}

static void side_query(struct row *row, struct record *r, struct statement *s)
{
	struct run *run = row->run;
	int rc;
	sqlite3_bind_int64(s->st, 1, row->key);
	while ((rc = sqlite3_step(s->st)) == SQLITE_ROW)
		if (side_row(row, s, r) || run->stop)
			break;
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		side_broken(row, rc);
	sqlite3_reset(s->st);
	if (s->nomem || run->text.failed)
		nomem(run);
}

static int sides(struct row *row, struct record *r)
{
	struct run *run = row->run;
	struct cursor *c = row->cursor;
	int64_t wanted;
	bool skip = c->main.col[F_SIDE] >= 0 &&
		    (!statement_integer(&c->main, F_SIDE, &wanted) || !wanted);
	for (size_t i = 0; i < c->sides && !skip && !run->stop; i++)
		side_query(row, r, &c->side[i]);
	for (size_t i = 0; i < c->alongs && !run->stop; i++)
		if (c->along[i].many)
			along_sides(row, r, &c->along[i]);
	if (run->text.n)
		r->text = buf_span(&run->text);
	return run->stop;
}

/* ---- one row ---- */

static void forget_row(struct run *run)
{
	if (run->arena_used)
		arena_reset(run->arena);
	run->arena_used = false;
	run->side_from_given = false;
	run->to_n = run->side_to_n = run->ids_n = run->attachments_n = 0;
	run->limit_told = false;
	if (run->text.n)
		buf_clear(&run->text);
}

/* The bytes are kept as they are, and the loss is counted. */
static void check_text(struct run *run, const struct record *r)
{
	if (!r->text.n)
		return;
	if (!utf8_valid(r->text))
		run_warn(
			run, WARN_TEXT_LOST, r->table, r->row,
			"its text is not UTF-8: kept byte for byte, and it may not read as it was");
	else if (memchr(r->text.p, 0, r->text.n))
		run_warn(run, WARN_TEXT_LOST, r->table, r->row,
			 "its text holds zero bytes: a part of it is gone, or it is no text");
}

/* A name or handle that is not UTF-8 says less than was there. */
static void check_name(struct run *run, const struct record *r)
{
	if (r->name.n && (!utf8_valid(r->name) || memchr(r->name.p, 0, r->name.n)))
		run_warn(run, WARN_FIELD_UNKNOWN, r->table, r->row,
			 "its name is not UTF-8 or holds zero bytes: kept byte for byte");
}

static int deliver(struct run *run, const struct record *r)
{
	check_text(run, r);
	check_name(run, r);
	if (run->stop)
		return run->stop;
	int rc = run->sink->record(run->sink->user, r);
	if (rc < 0)
		run->stop = rc;
	return run->stop;
}

typedef int hook_fn(const struct row *row, struct record *r, struct err *err);

/* 0, 1 = no record, or run->stop. */
static int call_hook(struct row *row, hook_fn *hook, struct record *r)
{
	struct run *run = row->run;
	if (!hook)
		return 0;
	struct err err = { 0 };
	int rc = hook(row, r, &err);
	if (rc == E_NOMEM || row->cursor->main.nomem)
		nomem(run);
	else if (rc < 0)
		row_warn(row, WARN_ROW_LOST, err.code ? err.message : "row not understood");
	return run->stop ? run->stop : rc != 0;
}

static struct record blank(const struct query *q, int64_t key)
{
	return (struct record){
		.kind = q->kind,
		.table = q->table,
		.row = key,
		.time = TIME_UNSET,
		.time_unit = q->unit,
		.duration = -1,
	};
}

static int fields(struct row *row, struct record *r, struct row_handles *h)
{
	struct cursor *c = row->cursor;
	span word = statement_field(&c->main, F_KIND);
	if (word.p)
		record_kind_from_word(word, &r->kind);
	if (c->main.col[F_TIME] >= 0)
		take_time(row, r);
	if (c->main.col[F_DURATION] >= 0)
		take_duration(row, r);
	fill_fields(&c->main, c->q, r, h);
	tell_lost(row, &c->main);
	if (c->alongs)
		take_along(row, r, h);
	return c->main.nomem ? nomem(row->run) : row->run->stop;
}

static int complete(struct row *row, struct record *r, struct row_handles *h)
{
	struct run *run = row->run;
	row->handles = h;
	int rc = call_hook(row, row->cursor->q->decode, r);
	if (rc)
		return rc;
	if ((row->cursor->sides || row->cursor->along_many) && sides(row, r))
		return run->stop;
	r->attachments = run->attachments;
	r->attachments_n = run->attachments_n;
	r->ids = run->ids;
	r->ids_n = run->ids_n;
	if (!row->cursor->merge)
		address(run, h, r);
	return call_hook(row, row->cursor->q->row, r);
}

static int one_part(struct row *row)
{
	struct record r = blank(row->cursor->q, row->key);
	struct row_handles h = { SPAN_NONE, SPAN_NONE, SPAN_NONE };
	forget_row(row->run);
	int rc = fields(row, &r, &h);
	if (rc == 0)
		rc = complete(row, &r, &h);
	return rc < 0 ? rc : rc > 0 ? 0 : deliver(row->run, &r);
}

/* ---- contacts and accounts: several rows, one record ---- */

static int flush(struct run *run, struct cursor *c)
{
	if (!c->begun)
		return 0;
	c->begun = false;
	if (c->dropped)
		return 0;
	c->pending.ids_n = run->ids_n;
	return deliver(run, &c->pending);
}

/* The row's memory goes with the next step: keep what the record still lacks. */
static void keep_missing(struct run *run, span *have, span more)
{
	if (!have->p)
		*have = keep(run, more);
}

static int merged_part(struct row *row)
{
	struct run *run = row->run;
	struct cursor *c = row->cursor;
	struct record *p = &c->pending, r = blank(c->q, row->key);
	struct row_handles h = { SPAN_NONE, SPAN_NONE, SPAN_NONE };
	bool first = !c->begun || p->row != row->key;
	int rc;
	if (first) {
		if ((rc = flush(run, c)))
			return rc;
		forget_row(run);
		*p = r;
		c->begun = true;
		c->dropped = false;
	}
	if ((rc = fields(row, &r, &h)))
		return rc;
	if (!p->time_raw.p && r.time_raw.p) {
		p->time = r.time;
		p->time_raw = keep(run, r.time_raw);
	}
	p->kind = r.kind;
	p->state |= r.state;
	keep_missing(run, &p->name, r.name);
	keep_missing(run, &p->text, r.text);
	keep_missing(run, &p->service, r.service);
	keep_missing(run, &p->thread, r.thread);
	add_ident(row, &c->main);
	if (run->stop || !first)
		return run->stop;
	rc = complete(row, p, &h);
	c->dropped = rc > 0;
	return rc < 0 ? rc : 0;
}

/* ---- a row that may hold several records ---- */

static int all_parts(struct row *row)
{
	struct run *run = row->run;
	struct cursor *c = row->cursor;
	unsigned parts = 0;
	int rc;
	run->again = 0;
	do {
		run->place = run->again;
		run->again = 0;
		rc = c->merge ? merged_part(row) : one_part(row);
		if (rc || run->stop || run->again <= run->place)
			break;
		rc = c->merge ? flush(run, c) : 0;
		if (++parts == PARTS_PER_ROW) {
			row_warn(row, WARN_LIMIT, "more records than linecheck reads of one row");
			break;
		}
	} while (rc == 0 && !run->stop);
	return rc;
}

/* ---- doors of .decode ---- */

void row_peer(const struct row *row, span handle, span name)
{
	if (!row->handles)
		return;
	row->handles->peer = handle;
	row->handles->peer_name = name;
}

void row_owner(const struct row *row, span handle)
{
	if (row->handles)
		row->handles->owner = handle;
}

void row_from(const struct row *row, span handle, span name)
{
	struct run *run = row->run;
	run->side_from = (struct party){ ROLE_PERSON, keep(run, handle), keep(run, name) };
	run->side_from_given = handle.p || name.p;
}

span row_path(const struct row *row)
{
	return row->run->path;
}

bool row_attachment(const struct row *row, span name, span type)
{
	return add_attachment(row, name, type) == 0 && !row->run->stop;
}

bool row_ident(const struct row *row, span raw, span label)
{
	return keep_ident(row, raw, label) == 0 && !row->run->stop;
}

uint64_t row_place(const struct row *row)
{
	return row->run->place;
}

void row_again(const struct row *row, uint64_t place)
{
	row->run->again = place;
}

/* ---- a member query ---- */

/* What members_name or members_add gave. */
static bool member_told(const struct row *row, int rc)
{
	struct run *run = row->run;
	if (rc == E_NOMEM)
		nomem(run);
	if (rc == E_LIMIT && !run->members_told) {
		run->members_told = true;
		row_warn(row, WARN_LIMIT, "more members of threads than linecheck reads");
	}
	return rc == 0;
}

bool row_member(const struct row *row, span thread, const struct party *party)
{
	if (!thread.p || (!party->raw.p && !party->name.p))
		return true;
	return member_told(row, members_add(row->run->members, thread, party));
}

bool row_thread(const struct row *row, span thread, span name, span owner)
{
	if (!thread.p || (!name.p && !owner.p))
		return true;
	return member_told(row, members_name(row->run->members, thread, name, owner));
}

bool row_person(const struct row *row, span account, const struct party *party)
{
	if (!account.p || (!party->raw.p && !party->name.p))
		return true;
	return member_told(row, members_add(row->run->people, account, party));
}

const struct party *row_person_of(const struct row *row, span account)
{
	const struct member_list *list = account.p ? members_of(row->run->people, account) : NULL;
	return list && list->n ? &list->party[0] : NULL;
}

static int member_decode(struct row *row)
{
	struct record r = blank(row->cursor->q, row->key);
	forget_row(row->run);
	call_hook(row, row->cursor->q->decode, &r);
	return row->run->stop;
}

static int member_row(struct row *row)
{
	if (row->cursor->q->decode)
		return member_decode(row);
	struct run *run = row->run;
	struct statement *s = &row->cursor->main;
	const struct query *q = row->cursor->q;
	int64_t own = 0;
	span thread = statement_field(s, F_THREAD), name = statement_field(s, F_THREAD_NAME);
	span owner = bare(statement_field(s, F_OWNER), q->owner_handle);
	struct party party = { .role = ROLE_PERSON,
			       .raw = bare(statement_field(s, F_PEER), q->peer_handle),
			       .name = statement_field(s, F_PEER_NAME) };
	if (s->nomem)
		return nomem(run);
	if (!thread.p)
		return 0;
	tell_lost(row, s);
	if (statement_integer(s, F_TO_OWNER, &own) && own == 1)
		party.role = ROLE_OWNER;
	if (row_thread(row, thread, name, owner))
		row_member(row, thread, &party);
	return run->stop;
}

/* ---- damage ---- */

/* The statement's first row after key. */
static int probe(struct cursor *c, int64_t key)
{
	sqlite3_reset(c->main.st);
	sqlite3_bind_int64(c->main.st, 1, key);
	return sqlite3_step(c->main.st);
}

static bool readable(int rc)
{
	return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/*
 * Reading broke off after key `last`. Find the next key behind the damage from which reading goes
 * on: in doubling steps, then by halving. Gives what step gave there, or the first error again.
 */
static int leap(struct cursor *c, int64_t last, int broke)
{
	int64_t bad = last, good = last, step = 1;
	int rc = broke;
	while (!readable(rc)) {
		if (run_over(rc) || good > INT64_MAX - step)
			return run_over(rc) ? rc : broke;
		bad = good;
		good += step;
		if (step <= INT64_MAX / 2)
			step *= 2;
		rc = probe(c, good);
	}
	while ((uint64_t)good - (uint64_t)bad > 1) {
		int64_t middle = (int64_t)((uint64_t)bad + ((uint64_t)good - (uint64_t)bad) / 2);
		rc = probe(c, middle);
		if (run_over(rc))
			return rc;
		if (readable(rc))
			good = middle;
		else
			bad = middle;
	}
	return probe(c, good);
}

static void tell_gap(struct run *run, const struct cursor *c, int rc, const char *why)
{
	char detail[400];
	long long first = (long long)c->last + (c->last < INT64_MAX);
	long long next =
		rc == SQLITE_ROW ? sqlite3_column_int64(c->main.st, c->main.col[F_ROW]) : LLONG_MAX;
	if (!c->rows)
		first = rc == SQLITE_ROW ? next - (next > LLONG_MIN) : 0;
	if (rc != SQLITE_ROW)
		snprintf(detail, sizeof detail, "%s could not be read: %s",
			 c->rows ? "this and all later rows" : "all rows", why);
	else if (!c->rows)
		snprintf(detail, sizeof detail, "this and all earlier rows could not be read: %s",
			 why);
	else if (first == next - 1)
		snprintf(detail, sizeof detail, "could not be read: %s", why);
	else
		snprintf(detail, sizeof detail, "rows %lld to %lld could not be read: %s", first,
			 next - 1, why);
	run_warn(run, WARN_ROW_LOST, c->q->table, first, detail);
}

/* A row larger than the connection's limit is a row lost; anything else is a file not read whole.
 */
static void tell_broken(struct run *run, struct cursor *c, int rc)
{
	char what[64] = "reading broke off before the first row of";
	if (c->rows)
		snprintf(what, sizeof what, "reading broke off after row %lld of",
			 (long long)c->last);
	if ((rc & 0xff) != SQLITE_TOOBIG && !c->failed)
		c->failed = schema_error(run->db, rc, c->q->table, what, run->err);
}

/* After step gave the error rc. What it gives next behind the damage, or rc. */
static int go_on(struct run *run, struct cursor *c, int rc)
{
	char why[200];
	snprintf(why, sizeof why, "%s", sqlite3_errmsg(run->db));
	tell_broken(run, c, rc);
	if (run_over(rc) || c->q->members || c->descending)
		return rc;
	if (c->gaps++ == GAPS_MAX) {
		run_warn(run, WARN_LIMIT, c->q->table, c->last,
			 "too many gaps in this table: what is behind this row was not read");
		return rc;
	}
	if (!c->after && statement_prepare_after(&c->main, run->db, c->q->table, NULL))
		return rc;
	c->after = true;
	int next = leap(c, c->rows ? c->last : INT64_MIN, rc);
	tell_gap(run, c, next, why);
	return next;
}

/* ---- all rows ---- */

/* A table gives its keys in order. Where it does not, pages of it were changed or lost. */
static void check_order(const struct row *row)
{
	struct cursor *c = row->cursor;
	bool down = c->rows && row->key < c->last;
	c->descending |= down;
	if (!c->disorder_told && (down || (c->rows && !c->merge && row->key == c->last))) {
		c->disorder_told = true;
		row_warn(
			row, WARN_ROW_LOST,
			"the table is damaged: its rows are not in order, and some may be missing");
	}
}

/* What a page gives where it was overwritten with zeros: key 0, which no phone gives out, and
 * nothing else. */
static bool is_wiped(const struct row *row)
{
	static const enum field content[] = { F_TIME, F_TEXT, F_PEER, F_NAME, F_IDENT, F_FROM };
	struct cursor *c = row->cursor;
	if (c->q->decode) /* which reads columns that have no names here */
		return false;
	for (size_t i = 0; i < sizeof content / sizeof *content; i++) {
		int col = c->main.col[content[i]];
		if (col >= 0 && sqlite3_column_type(c->main.st, col) != SQLITE_NULL)
			return false;
	}
	return row->key == 0;
}

static int one_row(struct run *run, struct cursor *c)
{
	int col = c->main.col[F_ROW];
	struct row row = { run, c, col < 0 ? 0 : sqlite3_column_int64(c->main.st, col), NULL };
	if (!c->q->members) {
		check_order(&row);
		if (row.key == 0 && is_wiped(&row)) {
			c->rows++;
			c->last = row.key;
			return row_warn(&row, WARN_ROW_LOST,
					"an empty row with the key 0: a part of the table was "
					"overwritten with zeros, and rows are missing");
		}
	}
	if (c->q->members)
		member_row(&row);
	else
		all_parts(&row);
	c->last = row.key;
	c->rows++;
	return run->stop;
}

static int walk(struct run *run, struct cursor *c)
{
	int rc = sqlite3_step(c->main.st);
	while (rc != SQLITE_DONE && !run->stop) {
		if (rc != SQLITE_ROW) {
			rc = go_on(run, c, rc);
			if (!readable(rc))
				break;
			continue;
		}
		if (c->gaps && c->rows &&
		    sqlite3_column_int64(c->main.st, c->main.col[F_ROW]) <= c->last)
			break; /* behind a gap the keys must go on */
		if (one_row(run, c))
			break;
		rc = sqlite3_step(c->main.st);
	}
	if (!run->stop)
		flush(run, c);
	if (run_over(rc) && !run->stop)
		run->stop = c->failed;
	return run->stop ? run->stop : c->failed;
}

static int open_cursor(struct run *run, struct cursor *c)
{
	const struct query *q = c->q;
	int rc = statement_prepare(&c->main, run->db, q->table, q->sql, run_note_absent, run,
				   run->err);
	assert(rc || !c->main.st || q->members || c->main.col[F_ROW] >= 0);
	for (size_t i = 0; rc == 0 && i < ALONG_MAX && q->along[i]; i++) {
		struct statement *s = &c->along[c->alongs].s;
		rc = statement_prepare(s, run->db, q->table, q->along[i], run_note_absent, run,
				       run->err);
		assert(rc || !s->st || s->col[F_ROW] >= 0);
		if (s->st)
			c->along_many |= c->along[c->alongs++].many =
				s->col[F_FROM] >= 0 || s->col[F_TO] >= 0 ||
				s->col[F_ATT_TYPE] >= 0 || s->col[F_IDENT] >= 0;
		else
			statement_free(s);
	}
	for (size_t i = 0; rc == 0 && i < SIDE_MAX && q->side[i]; i++) {
		struct statement *s = &c->side[c->sides];
		rc = statement_prepare(s, run->db, q->table, q->side[i], run_note_absent, run,
				       run->err);
		if (s->st)
			c->sides++;
		else
			statement_free(s);
	}
	return rc;
}

int rows_run(struct run *run, const struct query *q)
{
	struct cursor c = { .q = q, .merge = q->kind == REC_CONTACT || q->kind == REC_ACCOUNT };
	int rc = open_cursor(run, &c);
	if (rc == 0 && c.main.st)
		rc = walk(run, &c);
	forget_row(run);
	statement_free(&c.main);
	for (size_t i = 0; i < ALONG_MAX; i++)
		statement_free(&c.along[i].s);
	for (size_t i = 0; i < SIDE_MAX; i++)
		statement_free(&c.side[i]);
	return rc;
}
