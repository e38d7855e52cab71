/* rows_sides.c - see rows_inside.h */
#include "rows_inside.h"
#include <stdio.h>

#define REWINDS_MAX 16 /* a sound database needs none */

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
	if (rows_over(rc))
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

void rows_along(struct row *row, struct record *r, struct row_handles *h)
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
			rows_tell_lost(row, &a->s);
		a->used = true;
		rows_fill(&a->s, c->q, r, h);
	}
}

/* Always negative or 1, "no more of these": told once a row. */
static int limit(const struct row *row, const char *detail)
{
	if (!row->run->limit_told)
		row_warn(row, WARN_LIMIT, detail);
	row->run->limit_told = true;
	return row->run->stop ? row->run->stop : 1;
}

int rows_keep_ident(const struct row *row, span raw, span label)
{
	struct run *run = row->run;
	const struct query *q = row->cursor->q;
	span ident = rows_bare(raw, q->kind == REC_ACCOUNT ? q->owner_handle : q->peer_handle);
	if (!ident.p)
		return 0;
	if (run->ids_n == IDS_PER_RECORD)
		return limit(row, "more identifiers than linecheck reads of one contact");
	run->ids[run->ids_n++] =
		(struct contact_id){ rows_keep(run, ident), rows_keep(run, label) };
	return 0;
}

int rows_add_ident(struct row *row, struct statement *s)
{
	return rows_keep_ident(row, statement_field(s, F_IDENT), statement_field(s, F_LABEL));
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
	to = rows_bare(to, owner ? q->owner_handle : q->peer_handle);
	run->to[run->to_n++] = (struct party){ owner ? ROLE_OWNER : ROLE_PERSON, rows_keep(run, to),
					       rows_keep(run, to_name) };
	run->side_to_n++;
	return 0;
}

int rows_add_attachment(const struct row *row, span name, span type)
{
	struct run *run = row->run;
	if (run->attachments_n == ATTACHMENTS_PER_ROW)
		return limit(row, "more attachments than linecheck reads of one row");
	run->attachments[run->attachments_n++] =
		(struct attachment){ rows_keep(run, name), rows_keep(run, type) };
	return 0;
}

static int side_row(struct row *row, struct statement *s, struct record *r)
{
	struct run *run = row->run;
	span from = statement_field(s, F_FROM), from_name = statement_field(s, F_FROM_NAME);
	span to = statement_field(s, F_TO), to_name = statement_field(s, F_TO_NAME);
	span att_name = statement_field(s, F_ATT_NAME), att_type = statement_field(s, F_ATT_TYPE);
	int rc = 0;
	rows_tell_lost(row, s);
	if (from.p || from_name.p) {
		from = rows_bare(from, row->cursor->q->peer_handle);
		run->side_from = (struct party){ ROLE_PERSON, rows_keep(run, from),
						 rows_keep(run, from_name) };
		run->side_from_given = true;
	}
	if (to.p || to_name.p)
		rc = add_recipient(row, s, to, to_name);
	if (rc == 0 && (att_name.p || att_type.p))
		rc = rows_add_attachment(row, att_name, att_type);
	if (rc == 0)
		rc = rows_add_ident(row, s);
	return rc ? rc : add_text(row, statement_field(s, F_TEXT), r->text);
}

static void side_broken(struct row *row, int rc)
{
	struct run *run = row->run;
	if (rows_over(rc))
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
		rows_nomem(run);
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
		rows_nomem(run);
}

int rows_sides(struct row *row, struct record *r)
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
