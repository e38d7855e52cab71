/* rows.c - see rows.h */
#include "rows.h"

void rows_close(struct rows *r)
{
	sqlite3_finalize(r->st);
	*r = (struct rows){ 0 };
}

int rows_ask(struct rows *r, struct case_db *c, const char *sql, struct err *err)
{
	*r = (struct rows){ .c = c };
	return case_prepare(c, sql, &r->st, err);
}

int rows_step(struct rows *r, struct err *err)
{
	int rc = sqlite3_step(r->st);
	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : case_error(r->c, "reading the case", err);
}

span rows_bytes(const struct rows *r, int column)
{
	if (sqlite3_column_type(r->st, column) == SQLITE_NULL)
		return SPAN_NONE;
	const char *p = sqlite3_column_blob(r->st, column);
	int n = sqlite3_column_bytes(r->st, column);
	return p && n > 0 ? (span){ p, (size_t)n } : SPAN("");
}

int64_t rows_number(const struct rows *r, int column)
{
	return sqlite3_column_int64(r->st, column);
}

int64_t rows_number_or(const struct rows *r, int column, int64_t absent)
{
	return sqlite3_column_type(r->st, column) == SQLITE_NULL ? absent : rows_number(r, column);
}

int64_t rows_time(const struct rows *r, int column)
{
	const int64_t first = -62167219200000, last = 253402300799999; /* years 0000 to 9999 */
	int64_t ms = rows_number_or(r, column, TIME_UNSET);
	return ms >= first && ms <= last ? ms : TIME_UNSET;
}

enum record_kind rows_kind(const struct rows *r, int column)
{
	int64_t kind = rows_number(r, column);
	return kind >= 0 && kind < REC_KIND_MAX ? (enum record_kind)kind : REC_SYSTEM;
}

enum direction rows_direction(const struct rows *r, int column)
{
	int64_t direction = rows_number(r, column);
	return direction == 1 ? DIR_IN : direction == 2 ? DIR_OUT : DIR_UNKNOWN;
}
