/* rows.c - the rows of one query become records. Columns are bound by name, once a statement. */
#include "run.h"
#include "schema.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum field {
	F_ROW,
	F_KIND,
	F_TIME,
	F_DURATION,
	F_SENT,
	F_PEER,
	F_PEER_NAME,
	F_OWNER,
	F_THREAD,
	F_THREAD_NAME,
	F_SERVICE,
	F_TEXT,
	F_NAME,
	F_READ,
	F_STATE,
	F_IDENT,
	F_LABEL,
	F_SIDE,
	F_FROM,
	F_FROM_NAME,
	F_TO,
	F_TO_NAME,
	F_TO_OWNER,
	F_ATT_NAME,
	F_ATT_TYPE,
	F_MAX
};

static const char *const aliases[F_MAX] = {
	"row",     "kind",     "time",        "duration", "sent", "peer",      "peer_name",
	"owner",   "thread",   "thread_name", "service",  "text", "name",      "read",
	"state",   "ident",    "label",       "side",     "from", "from_name", "to",
	"to_name", "to_owner", "att_name",    "att_type",
};

#define STATE_ALL ((STATE_RECOVERED << 1) - 1)
#define COLUMNS_MAX 64 /* of one query; ours, not evidence's */
#define SIDE_MAX (sizeof((struct query *)0)->side / sizeof(char *))

struct statement {
	sqlite3_stmt *st;
	int col[F_MAX]; /* -1: the query has no such alias */
	int columns;
	const char *name[COLUMNS_MAX];
};

struct cursor {
	const struct query *q;
	struct statement main, side[SIDE_MAX];
	size_t sides;
	bool merge;   /* rows that follow each other with one key are one record */
	bool begun;   /* pending is being merged */
	bool dropped; /* the hook said that pending is no record */
	struct record pending;
	int64_t last; /* row read last, for telling where reading broke off */
	uint64_t rows;
};

struct row {
	struct run *run;
	const struct cursor *cursor;
	int64_t key;
};

/* ---- values ---- */

static span bytes_at(struct run *run, sqlite3_stmt *st, int col)
{
	int type = sqlite3_column_type(st, col);
	if (type == SQLITE_NULL)
		return SPAN_NONE;
	const char *p = type == SQLITE_BLOB ? sqlite3_column_blob(st, col)
					    : (const char *)sqlite3_column_text(st, col);
	size_t n = (size_t)sqlite3_column_bytes(st, col);
	if (p)
		return (span){ p, n };
	if (type != SQLITE_BLOB || n)
		run->stop = err_set(run->err, E_NOMEM, "memory ran out");
	return (span){ "", 0 };
}

static span field(struct run *run, const struct statement *s, enum field f)
{
	return s->col[f] < 0 ? SPAN_NONE : bytes_at(run, s->st, s->col[f]);
}

enum number { NUMBER_NONE, NUMBER_INT, NUMBER_REAL, NUMBER_BAD };

/* "-12" or "12.5": columns of type TEXT hold numbers so. */
static enum number number_of_text(span s, int64_t *i, double *d)
{
	char copy[40];
	size_t digits = 0, points = 0;
	if (s.n == 0 || s.n >= sizeof copy)
		return NUMBER_BAD;
	memcpy(copy, s.p, s.n);
	copy[s.n] = 0;
	for (size_t k = copy[0] == '-'; k < s.n; k++) {
		if (copy[k] == '.' && digits && k + 1 < s.n)
			points++;
		else if (copy[k] >= '0' && copy[k] <= '9')
			digits++;
		else
			return NUMBER_BAD;
	}
	if (!digits || points > 1)
		return NUMBER_BAD;
	if (points || digits > 18) {
		*d = strtod(copy, NULL);
		return NUMBER_REAL;
	}
	*i = strtoll(copy, NULL, 10);
	return NUMBER_INT;
}

static enum number number_at(sqlite3_stmt *st, int col, int64_t *i, double *d)
{
	switch (sqlite3_column_type(st, col)) {
	case SQLITE_NULL:
		return NUMBER_NONE;
	case SQLITE_INTEGER:
		*i = sqlite3_column_int64(st, col);
		return NUMBER_INT;
	case SQLITE_FLOAT:
		*d = sqlite3_column_double(st, col);
		return NUMBER_REAL;
	case SQLITE_TEXT: {
		const char *p = (const char *)sqlite3_column_text(st, col);
		if (!p)
			return NUMBER_BAD;
		return number_of_text((span){ p, (size_t)sqlite3_column_bytes(st, col) }, i, d);
	}
	default:
		return NUMBER_BAD;
	}
}

/* An integer, also where the column stores it as text or as a whole real. */
static bool integer_at(const struct statement *s, enum field f, int64_t *ret)
{
	double d;
	if (s->col[f] < 0)
		return false;
	switch (number_at(s->st, s->col[f], ret, &d)) {
	case NUMBER_INT:
		return true;
	case NUMBER_REAL:
		if (d != trunc(d) || fabs(d) > 9e15)
			return false;
		*ret = (int64_t)d;
		return true;
	default:
		return false;
	}
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

static int take_time(struct row *row, struct record *r)
{
	const struct statement *s = &row->cursor->main;
	int64_t i = 0;
	double d = 0;
	bool ok = true;
	enum number number = number_at(s->st, s->col[F_TIME], &i, &d);
	if (number == NUMBER_NONE)
		return 0;
	if (number == NUMBER_INT)
		ok = i == 0 || time_from_int(r->time_unit, i, &r->time);
	else if (number == NUMBER_REAL)
		ok = d == 0 || time_from_real(r->time_unit, d, &r->time);
	int type = sqlite3_column_type(s->st, s->col[F_TIME]);
	if (type == SQLITE_INTEGER)
		r->time_raw = (span){ row->run->time_text, format_int(i, row->run->time_text) };
	else if (type == SQLITE_FLOAT)
		r->time_raw = (span){ row->run->time_text, format_real(d, row->run->time_text) };
	else
		r->time_raw = field(row->run, s, F_TIME);
	if (number == NUMBER_BAD)
		return row_warn(row, WARN_FIELD_UNKNOWN, "time is not a number");
	if (!ok)
		return row_warn(row, WARN_FIELD_UNKNOWN, "time is outside the years 1970 to 2200");
	return 0;
}

static int take_duration(struct row *row, struct record *r)
{
	const struct statement *s = &row->cursor->main;
	int64_t i = 0;
	double d = 0;
	enum number number = number_at(s->st, s->col[F_DURATION], &i, &d);
	if (number == NUMBER_NONE)
		return 0;
	if (number == NUMBER_INT)
		d = (double)i;
	/* 10 years: longer than any call, and within what milliseconds can say exactly. */
	if (number == NUMBER_BAD || !(d >= 0 && d <= 315360000))
		return row_warn(row, WARN_FIELD_UNKNOWN, "duration is not a number of seconds");
	r->duration = (int64_t)llround(d * 1000);
	return 0;
}

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
	return col < 0 ? SPAN_NONE : bytes_at(row->run, row->cursor->main.st, col);
}

bool row_int(const struct row *row, const char *alias, int64_t *ret)
{
	double d;
	int64_t i;
	int col = column_named(row, alias);
	if (col < 0 || number_at(row->cursor->main.st, col, &i, &d) != NUMBER_INT)
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

/* ---- statements ---- */

static int bind_columns(struct run *run, struct statement *s)
{
	s->columns = sqlite3_column_count(s->st);
	assert(s->columns <= COLUMNS_MAX);
	for (int f = 0; f < F_MAX; f++)
		s->col[f] = -1;
	for (int i = 0; i < s->columns; i++) {
		s->name[i] = sqlite3_column_name(s->st, i);
		if (!s->name[i])
			return err_set(run->err, E_NOMEM, "memory ran out");
		for (int f = 0; f < F_MAX; f++)
			if (!strcmp(s->name[i], aliases[f]))
				s->col[f] = i;
	}
	return 0;
}

/* Leaves s->st NULL if the whole query stood in a {?...} that is not there. */
static int prepare(struct run *run, const struct query *q, const char *sql, struct statement *s)
{
	struct buf fitted = { 0 };
	int rc = schema_fit(run->db, sql, &fitted, run_note_absent, run, run->err);
	if (rc == 0 && strcmp(fitted.data, "NULL") != 0) {
		rc = sqlite3_prepare_v3(run->db, fitted.data, (int)fitted.n, SQLITE_PREPARE_NO_VTAB,
					&s->st, NULL);
		if (rc != SQLITE_OK)
			rc = schema_error(run->db, rc, q->table, "preparing to read", run->err);
		else
			rc = bind_columns(run, s);
	}
	buf_free(&fitted);
	return rc;
}

/* ---- one row ---- */

/* Always negative or 1, "no more of these": told once a row. */
static int limit(struct row *row, const char *detail)
{
	if (!row->run->limit_told)
		row_warn(row, WARN_LIMIT, detail);
	row->run->limit_told = true;
	return row->run->stop ? row->run->stop : 1;
}

static span keep(struct run *run, span s)
{
	bool ok;
	if (!s.p)
		return SPAN_NONE;
	run->arena_used = true;
	span copy = arena_copy(run->arena, s, &ok);
	if (!ok)
		run->stop = err_set(run->err, E_NOMEM, "memory ran out");
	return copy;
}

static int add_ident(struct row *row, const struct statement *s)
{
	struct run *run = row->run;
	span ident = field(run, s, F_IDENT);
	if (!ident.p)
		return 0;
	if (run->ids_n == IDS_PER_RECORD)
		return limit(row, "more identifiers than linecheck reads of one contact");
	run->ids[run->ids_n++] =
		(struct contact_id){ keep(run, ident), keep(run, field(run, s, F_LABEL)) };
	return 0;
}

static int add_text(struct row *row, span part, span main_text)
{
	struct buf *text = &row->run->text;
	if (!part.p)
		return 0;
	if (part.n > TEXT_PARTS_BYTES || text->n + main_text.n > TEXT_PARTS_BYTES - part.n)
		return limit(row, "more text than linecheck reads of one row");
	if (!text->data || !text->n)
		buf_add(text, main_text.p ? main_text : SPAN(""));
	if (text->n)
		buf_byte(text, '\n');
	buf_add(text, part);
	return 0;
}

static int side_row(struct row *row, const struct statement *s, struct record *r)
{
	struct run *run = row->run;
	int64_t own = 0;
	span from = field(run, s, F_FROM), to = field(run, s, F_TO);
	span from_name = field(run, s, F_FROM_NAME), to_name = field(run, s, F_TO_NAME);
	if (from.p || from_name.p) {
		run->side_from =
			(struct party){ ROLE_PERSON, keep(run, from), keep(run, from_name) };
		run->side_from_given = true;
	}
	if (to.p || to_name.p) {
		if (run->side_to_n == SIDES_PER_ROW)
			return limit(row, "more recipients than linecheck reads of one row");
		bool owner = integer_at(s, F_TO_OWNER, &own) && own == 1;
		run->to[run->to_n++] = (struct party){ owner ? ROLE_OWNER : ROLE_PERSON,
						       keep(run, to), keep(run, to_name) };
		run->side_to_n++;
	}
	span att_name = field(run, s, F_ATT_NAME), att_type = field(run, s, F_ATT_TYPE);
	if (att_name.p || att_type.p) {
		if (run->attachments_n == ATTACHMENTS_PER_ROW)
			return limit(row, "more attachments than linecheck reads of one row");
		run->attachments[run->attachments_n++] =
			(struct attachment){ keep(run, att_name), keep(run, att_type) };
	}
	add_ident(row, s);
	return add_text(row, field(run, s, F_TEXT), r->text);
}

/* Nothing more can be read after this, of any table. */
static bool run_over(int rc)
{
	return rc == SQLITE_INTERRUPT || schema_error_code(rc) == E_NOMEM;
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

static int sides(struct row *row, struct record *r)
{
	const struct cursor *c = row->cursor;
	int64_t wanted;
	if (c->main.col[F_SIDE] >= 0 && (!integer_at(&c->main, F_SIDE, &wanted) || wanted == 0))
		return 0;
	bool parts = false;
	for (size_t i = 0; i < c->sides; i++) {
		sqlite3_stmt *st = c->side[i].st;
		int rc;
		sqlite3_bind_int64(st, 1, row->key);
		parts |= c->side[i].col[F_TEXT] >= 0;
		while ((rc = sqlite3_step(st)) == SQLITE_ROW)
			if (side_row(row, &c->side[i], r) || row->run->stop)
				break;
		if (rc != SQLITE_DONE && rc != SQLITE_ROW)
			side_broken(row, rc);
		sqlite3_reset(st);
		if (row->run->stop)
			return row->run->stop;
	}
	if (parts && row->run->text.n)
		r->text = buf_span(&row->run->text);
	return row->run->text.failed
		       ? (row->run->stop = err_set(row->run->err, E_NOMEM, "memory ran out"))
		       : 0;
}

static int fields(struct row *row, struct record *r, struct row_handles *h)
{
	struct run *run = row->run;
	const struct statement *s = &row->cursor->main;
	int64_t i;
	span word = field(run, s, F_KIND);
	if (word.p)
		record_kind_from_word(word, &r->kind);
	if (s->col[F_TIME] >= 0)
		take_time(row, r);
	if (s->col[F_DURATION] >= 0)
		take_duration(row, r);
	if (integer_at(s, F_SENT, &i) && (i == 0 || i == 1))
		r->direction = i ? DIR_OUT : DIR_IN;
	if (integer_at(s, F_READ, &i) && (i == 0 || i == 1))
		r->read = i ? ANSWER_YES : ANSWER_NO;
	if (integer_at(s, F_STATE, &i))
		r->state |= (unsigned)i & STATE_ALL;
	h->peer = field(run, s, F_PEER);
	h->peer_name = field(run, s, F_PEER_NAME);
	h->owner = field(run, s, F_OWNER);
	r->thread = field(run, s, F_THREAD);
	r->thread_name = field(run, s, F_THREAD_NAME);
	r->service = field(run, s, F_SERVICE);
	r->text = field(run, s, F_TEXT);
	r->name = field(run, s, F_NAME);
	return run->stop;
}

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

static int deliver(struct run *run, const struct record *r)
{
	int rc = run->sink->record(run->sink->user, r);
	if (rc < 0)
		run->stop = rc;
	return run->stop;
}

/* 0, 1 = no record, or run->stop. */
static int call_hook(struct row *row, struct record *r)
{
	struct run *run = row->run;
	const struct query *q = row->cursor->q;
	if (!q->row)
		return 0;
	struct err err = { 0 };
	int rc = q->row(row, r, &err);
	if (rc == E_NOMEM)
		run->stop = err_set(run->err, rc, "memory ran out");
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

static int complete(struct row *row, struct record *r, const struct row_handles *h)
{
	struct run *run = row->run;
	int rc = 0;
	if (row->cursor->sides)
		rc = sides(row, r);
	if (rc)
		return rc;
	r->attachments = run->attachments;
	r->attachments_n = run->attachments_n;
	r->ids = run->ids;
	r->ids_n = run->ids_n;
	if (!row->cursor->merge)
		address(run, h, r);
	return call_hook(row, r);
}

static int single_row(struct row *row)
{
	struct run *run = row->run;
	struct record r = blank(row->cursor->q, row->key);
	struct row_handles h;
	forget_row(run);
	int rc = fields(row, &r, &h);
	if (rc == 0)
		rc = complete(row, &r, &h);
	return rc < 0 ? rc : rc > 0 ? 0 : deliver(run, &r);
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
static void fill(struct run *run, span *have, span more)
{
	if (!have->p)
		*have = keep(run, more);
}

static int merged_row(struct row *row, struct cursor *c)
{
	struct run *run = row->run;
	struct record r = blank(c->q, row->key);
	struct row_handles h;
	bool first = !c->begun || c->pending.row != row->key;
	int rc;
	if (first) {
		if ((rc = flush(run, c)))
			return rc;
		forget_row(run);
		c->pending = r;
		c->begun = true;
		c->dropped = false;
	}
	if ((rc = fields(row, &r, &h)))
		return rc;
	struct record *p = &c->pending;
	if (p->time == TIME_UNSET && r.time_raw.p) {
		p->time = r.time;
		p->time_raw = keep(run, r.time_raw);
	}
	p->kind = r.kind;
	p->state |= r.state;
	fill(run, &p->name, r.name);
	fill(run, &p->text, r.text);
	fill(run, &p->service, r.service);
	fill(run, &p->thread, r.thread);
	add_ident(row, &c->main);
	if (run->stop || !first)
		return run->stop;
	rc = complete(row, p, &h);
	c->dropped = rc > 0;
	return rc < 0 ? rc : 0;
}

/* ---- a member query ---- */

static int member_row(struct row *row)
{
	struct run *run = row->run;
	const struct statement *s = &row->cursor->main;
	int64_t own = 0;
	span thread = field(run, s, F_THREAD);
	struct party party = { .role = ROLE_PERSON,
			       .raw = field(run, s, F_PEER),
			       .name = field(run, s, F_PEER_NAME) };
	if (run->stop || !thread.p || (!party.raw.p && !party.name.p))
		return run->stop;
	if (integer_at(s, F_TO_OWNER, &own) && own == 1)
		party.role = ROLE_OWNER;
	int rc = members_add(run->members, thread, &party);
	if (rc == E_NOMEM)
		return run->stop = err_set(run->err, rc, "memory ran out");
	if (rc == E_LIMIT && !run->members_told) {
		run->members_told = true;
		return row_warn(row, WARN_LIMIT, "more members of threads than linecheck reads");
	}
	return run->stop;
}

/* ---- all rows ---- */

static int walk(struct run *run, struct cursor *c)
{
	sqlite3_stmt *st = c->main.st;
	int key_col = c->main.col[F_ROW];
	int rc;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct row row = { run, c, key_col < 0 ? 0 : sqlite3_column_int64(st, key_col) };
		if (c->q->members)
			member_row(&row);
		else if (c->merge)
			merged_row(&row, c);
		else
			single_row(&row);
		if (run->stop)
			return run->stop;
		c->last = row.key;
		c->rows++;
	}
	if (rc == SQLITE_DONE)
		return flush(run, c);
	char what[64] = "reading broke off before the first row of";
	if (c->rows)
		snprintf(what, sizeof what, "reading broke off after row %lld of",
			 (long long)c->last);
	int code = schema_error(run->db, rc, c->q->table, what, run->err);
	flush(run, c);
	if (run_over(rc) && !run->stop)
		run->stop = code;
	return run->stop ? run->stop : code;
}

int rows_run(struct run *run, const struct query *q)
{
	struct cursor c = { .q = q, .merge = q->kind == REC_CONTACT || q->kind == REC_ACCOUNT };
	int rc = prepare(run, q, q->sql, &c.main);
	assert(rc || !c.main.st || q->members || c.main.col[F_ROW] >= 0);
	for (size_t i = 0; rc == 0 && i < SIDE_MAX && q->side[i]; i++) {
		rc = prepare(run, q, q->side[i], &c.side[c.sides]);
		c.sides += rc == 0 && c.side[c.sides].st;
	}
	if (rc == 0 && c.main.st)
		rc = walk(run, &c);
	forget_row(run);
	sqlite3_finalize(c.main.st);
	for (size_t i = 0; i < c.sides; i++)
		sqlite3_finalize(c.side[i].st);
	return rc;
}
