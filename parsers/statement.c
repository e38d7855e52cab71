/* statement.c - see statement.h */
#include "statement.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

static const char *const aliases[F_MAX] = {
	[F_ROW] = "row",
	[F_KIND] = "kind",
	[F_TIME] = "time",
	[F_DURATION] = "duration",
	[F_SENT] = "sent",
	[F_PEER] = "peer",
	[F_PEER_NAME] = "peer_name",
	[F_OWNER] = "owner",
	[F_THREAD] = "thread",
	[F_THREAD_NAME] = "thread_name",
	[F_SERVICE] = "service",
	[F_TEXT] = "text",
	[F_QUOTED] = "quoted",
	[F_NAME] = "name",
	[F_READ] = "read",
	[F_STATE] = "state",
	[F_IDENT] = "ident",
	[F_LABEL] = "label",
	[F_SIDE] = "side",
	[F_LOST] = "lost",
	[F_FROM] = "from",
	[F_FROM_NAME] = "from_name",
	[F_TO] = "to",
	[F_TO_NAME] = "to_name",
	[F_TO_OWNER] = "to_owner",
	[F_ATT_NAME] = "att_name",
	[F_ATT_TYPE] = "att_type",
};

static int bind_columns(struct statement *s, struct err *err)
{
	s->columns = sqlite3_column_count(s->st);
	assert(s->columns <= COLUMNS_MAX);
	for (int f = 0; f < F_MAX; f++)
		s->col[f] = -1;
	for (int i = 0; i < s->columns; i++) {
		s->name[i] = sqlite3_column_name(s->st, i);
		if (!s->name[i])
			return err_set(err, E_NOMEM, "memory ran out");
		for (int f = 0; f < F_MAX; f++)
			if (!strcmp(s->name[i], aliases[f]))
				s->col[f] = i;
	}
	return 0;
}

static int prepare(struct statement *s, sqlite3 *db, const char *table, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v3(db, s->sql.data, (int)s->sql.n, SQLITE_PREPARE_NO_VTAB, &st,
				    NULL);
	if (rc != SQLITE_OK)
		return schema_error(db, rc, table, "preparing to read", err);
	sqlite3_finalize(s->st);
	s->st = st;
	return bind_columns(s, err);
}

int statement_prepare(struct statement *s, sqlite3 *db, const char *table, const char *sql,
		      schema_absent *absent, void *user, struct err *err)
{
	int rc = schema_fit(db, sql, &s->sql, absent, user, err);
	if (rc || !strcmp(s->sql.data, "NULL"))
		return rc;
	return prepare(s, db, table, err);
}

int statement_prepare_after(struct statement *s, sqlite3 *db, const char *table, struct err *err)
{
	struct buf all = { 0 };
	buf_addf(&all, "SELECT * FROM (%s) WHERE \"row\" > ?1", s->sql.data);
	if (all.failed)
		return err_set(err, E_NOMEM, "memory ran out");
	buf_free(&s->sql);
	s->sql = all;
	return prepare(s, db, table, err);
}

void statement_free(struct statement *s)
{
	sqlite3_finalize(s->st);
	s->st = NULL;
	buf_free(&s->sql);
}

span statement_bytes(struct statement *s, int col)
{
	int type = sqlite3_column_type(s->st, col);
	if (type == SQLITE_NULL)
		return SPAN_NONE;
	const char *p = type == SQLITE_BLOB ? sqlite3_column_blob(s->st, col)
					    : (const char *)sqlite3_column_text(s->st, col);
	size_t n = (size_t)sqlite3_column_bytes(s->st, col);
	if (p)
		return (span){ p, n };
	/* An empty blob has no address, everything else has. */
	s->nomem |= type != SQLITE_BLOB || n;
	return (span){ "", 0 };
}

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

enum number statement_number(const struct statement *s, int col, int64_t *i, double *d)
{
	switch (sqlite3_column_type(s->st, col)) {
	case SQLITE_NULL:
		return NUMBER_NONE;
	case SQLITE_INTEGER:
		*i = sqlite3_column_int64(s->st, col);
		return NUMBER_INT;
	case SQLITE_FLOAT:
		*d = sqlite3_column_double(s->st, col);
		return NUMBER_REAL;
	case SQLITE_TEXT: {
		const char *p = (const char *)sqlite3_column_text(s->st, col);
		if (!p)
			return NUMBER_BAD;
		span text = { p, (size_t)sqlite3_column_bytes(s->st, col) };
		return number_of_text(text, i, d);
	}
	default:
		return NUMBER_BAD;
	}
}

bool statement_integer(const struct statement *s, enum field f, int64_t *ret)
{
	double d;
	if (s->col[f] < 0)
		return false;
	switch (statement_number(s, s->col[f], ret, &d)) {
	case NUMBER_INT:
		return true;
	case NUMBER_REAL:
		/* Beyond 2^53 a real does not say which integer it is. */
		if (d != trunc(d) || fabs(d) > 9007199254740992.0)
			return false;
		*ret = (int64_t)d;
		return true;
	default:
		return false;
	}
}
