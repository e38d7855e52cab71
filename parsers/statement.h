/*
 * statement.h - one prepared query of a parser: its columns by alias, its values by meaning.
 * Not for parsers; see parser.h.
 */
#ifndef STATEMENT_H
#define STATEMENT_H
#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "schema.h"
#include <stdint.h>

/* The aliases of parser.h. */
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
	F_QUOTED,
	F_NAME,
	F_READ,
	F_STATE,
	F_IDENT,
	F_LABEL,
	F_SIDE,
	F_LOST,
	F_FROM,
	F_FROM_NAME,
	F_TO,
	F_TO_NAME,
	F_TO_OWNER,
	F_ATT_NAME,
	F_ATT_TYPE,
	F_MAX
};

#define COLUMNS_MAX 64 /* of one query; ours, not evidence's */

struct statement {
	sqlite3_stmt *st; /* NULL: the whole query stood in a {?...} that is not there */
	int col[F_MAX];   /* -1: the query has no such alias */
	int columns;
	const char *name[COLUMNS_MAX];
	struct buf sql; /* fitted to the database */
	bool nomem;     /* memory ran out while a value was read */
};

/* Fit sql to db, prepare it, bind its columns. table is for messages. */
int statement_prepare(struct statement *s, sqlite3 *db, const char *table, const char *sql,
		      schema_absent *absent, void *user, struct err *err);
/* Prepare again, as: the rows of the same query whose "row" is greater than ?1. */
int statement_prepare_after(struct statement *s, sqlite3 *db, const char *table, struct err *err);
void statement_free(struct statement *s);

/* Absent for NULL. Borrowed until the next step. */
span statement_bytes(struct statement *s, int col);
static inline span statement_field(struct statement *s, enum field f)
{
	return s->col[f] < 0 ? SPAN_NONE : statement_bytes(s, s->col[f]);
}

enum number { NUMBER_NONE, NUMBER_INT, NUMBER_REAL, NUMBER_BAD };
/* A number, also where a column stores it as text: "-12", "12.5". */
enum number statement_number(const struct statement *s, int col, int64_t *i, double *d);
/* An integer, also where it is stored as text or as a whole real. */
bool statement_integer(const struct statement *s, enum field f, int64_t *ret);
#endif
