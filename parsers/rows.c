/* rows.c - the rows of one query become records. */
#include "base/utf8.h"
#include "rows_inside.h"
#include <assert.h>

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
		rows_nomem(run);
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
		rows_take_time(row, r);
	if (c->main.col[F_DURATION] >= 0)
		rows_take_duration(row, r);
	rows_fill(&c->main, c->q, r, h);
	rows_tell_lost(row, &c->main);
	if (c->alongs)
		rows_along(row, r, h);
	return c->main.nomem ? rows_nomem(row->run) : row->run->stop;
}

static int complete(struct row *row, struct record *r, struct row_handles *h)
{
	struct run *run = row->run;
	row->handles = h;
	int rc = call_hook(row, row->cursor->q->decode, r);
	if (rc)
		return rc;
	if ((row->cursor->sides || row->cursor->along_many) && rows_sides(row, r))
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
		*have = rows_keep(run, more);
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
		p->time_raw = rows_keep(run, r.time_raw);
	}
	p->kind = r.kind;
	p->state |= r.state;
	keep_missing(run, &p->name, r.name);
	keep_missing(run, &p->text, r.text);
	keep_missing(run, &p->service, r.service);
	keep_missing(run, &p->thread, r.thread);
	rows_add_ident(row, &c->main);
	if (run->stop || !first)
		return run->stop;
	rc = complete(row, p, &h);
	c->dropped = rc > 0;
	return rc < 0 ? rc : 0;
}

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
	span owner = rows_bare(statement_field(s, F_OWNER), q->owner_handle);
	struct party party = { .role = ROLE_PERSON,
			       .raw = rows_bare(statement_field(s, F_PEER), q->peer_handle),
			       .name = statement_field(s, F_PEER_NAME) };
	if (s->nomem)
		return rows_nomem(run);
	if (!thread.p)
		return 0;
	rows_tell_lost(row, s);
	if (statement_integer(s, F_TO_OWNER, &own) && own == 1)
		party.role = ROLE_OWNER;
	if (row_thread(row, thread, name, owner))
		row_member(row, thread, &party);
	return run->stop;
}

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
			rc = rows_go_on(run, c, rc);
			if (!rows_readable(rc))
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
	if (rows_over(rc) && !run->stop)
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
