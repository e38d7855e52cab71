/*
 * schema.h - what a database has of what a parser names, and SQL fitted to it.
 *
 * Only ordinary tables of the main database count: a view of the right name is evidence of
 * tampering or of another app, and is never read.
 */
#ifndef SCHEMA_H
#define SCHEMA_H
#include "base/buf.h"
#include "base/err.h"
#include <sqlite3.h>

/* True in *ret if table has column; column absent (SPAN_NONE) asks for the table alone.
 * Negative if the schema cannot be read. */
int schema_has(sqlite3 *db, span table, span column, bool *ret, struct err *err);

/* What a "table(col,col)" lacks. */
struct schema_lack {
	size_t tables;    /* tables that are not there */
	size_t columns;   /* columns that are not there, in tables that are */
	size_t found;     /* columns that are there; rowid counts for nothing, every table has it */
	struct buf names; /* "table(col,col), table": for a person */
};

/* Adds up over several calls; the caller starts from { 0 } and frees names. */
int schema_check(sqlite3 *db, span need, struct schema_lack *lack, struct err *err);

/*
 * Append sql to out with its {table.column}, {alias:table.column}, {?table(col,col): SQL} and
 * {!...} parts replaced (see parser.h). absent is told of each thing that is not there; column is
 * absent when the whole table is. It returns 0 or negative, which ends the work.
 */
typedef int schema_absent(void *user, span table, span column);
int schema_fit(sqlite3 *db, const char *sql, struct buf *out, schema_absent *absent, void *user,
	       struct err *err);

/* Fill err from what SQLite said about an operation on table (may be NULL) and return its code:
 * E_NOMEM, E_LIMIT (interrupted by a step budget, or too big), E_IO, E_REFUSED or E_FORMAT. */
int schema_error(sqlite3 *db, int rc, const char *table, const char *what, struct err *err);
/* The same code without a message. */
int schema_error_code(int rc);
#endif
