/* rows_damage.c - see rows_inside.h */
#include "rows_inside.h"
#include <limits.h>
#include <stdio.h>

/* A sound database has none; each costs some hundred look-ups. */
#define GAPS_MAX 1000

/* Nothing more can be read after this, of any table. */
bool rows_over(int rc)
{
	return (rc & 0xff) == SQLITE_INTERRUPT || schema_error_code(rc) == E_NOMEM;
}

/* The statement's first row after key. */
static int probe(struct cursor *c, int64_t key)
{
	sqlite3_reset(c->main.st);
	sqlite3_bind_int64(c->main.st, 1, key);
	return sqlite3_step(c->main.st);
}

bool rows_readable(int rc)
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
	while (!rows_readable(rc)) {
		if (rows_over(rc) || good > INT64_MAX - step)
			return rows_over(rc) ? rc : broke;
		bad = good;
		good += step;
		if (step <= INT64_MAX / 2)
			step *= 2;
		rc = probe(c, good);
	}
	while ((uint64_t)good - (uint64_t)bad > 1) {
		int64_t middle = (int64_t)((uint64_t)bad + ((uint64_t)good - (uint64_t)bad) / 2);
		rc = probe(c, middle);
		if (rows_over(rc))
			return rc;
		if (rows_readable(rc))
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
int rows_go_on(struct run *run, struct cursor *c, int rc)
{
	char why[200];
	snprintf(why, sizeof why, "%s", sqlite3_errmsg(run->db));
	tell_broken(run, c, rc);
	if (rows_over(rc) || c->q->members || c->descending)
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
