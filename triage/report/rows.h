/*
 * rows.h - the answer to one query, row by row.
 *
 * Spans belong to SQLite and die with the next step. Absent (p == NULL) is SQL's NULL.
 */
#ifndef ROWS_H
#define ROWS_H
#include "base/span.h"
#include "case.h"
#include "record.h"

struct rows {
	struct case_db *c;
	sqlite3_stmt *st;
};

int rows_ask(struct rows *r, struct case_db *c, const char *sql, struct err *err);
int rows_step(struct rows *r, struct err *err); /* 1 = a row, 0 = no more, negative = error */
void rows_close(struct rows *r);                /* legal on { 0 } and twice */

span rows_bytes(const struct rows *r, int column);
int64_t rows_number(const struct rows *r, int column); /* 0 for NULL */
int64_t rows_number_or(const struct rows *r, int column, int64_t absent);
/* TIME_UNSET for NULL and for what no calendar of four digits has. */
int64_t rows_time(const struct rows *r, int column);
enum record_kind rows_kind(const struct rows *r, int column);
enum direction rows_direction(const struct rows *r, int column);
#endif
