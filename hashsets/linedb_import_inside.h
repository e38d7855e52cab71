/*
 * linedb_import_inside.h - what the parts of an import share: the file (linedb_import.c), what a
 * row says (_row.c), and what becomes of it: a line (_line.c), an assertion (_assertion.c) or a
 * candidate (_candidate.c). Nobody else includes it.
 */
#ifndef LINEDB_IMPORT_INSIDE_H
#define LINEDB_IMPORT_INSIDE_H
#include "base/arena.h"
#include "base/buf.h"
#include "linedb_import.h"
#include "lines_row.h"
#include "numset.h"
#include "sipkey.h"
#include "textmap.h"
#include <sqlite3.h>

/* An assertion that this file adds or says again. Those about one number of one line are a chain.
 */
struct pending {
	uint64_t check; /* a second hash: two keys that fall together by chance are told apart */
	int64_t from, until;
	uint32_t row, before;
};

struct importer {
	struct linedb *d;
	import_tell_fn *tell;
	void *user;
	struct import_result *result;
	const char *name, *maps;
	int64_t proposal, now, next_line, next_assertion;
	sqlite3_stmt *find_line, *find, *add_line, *add;
	struct textmap *lines; /* words -> line[] */
	struct {
		int64_t id;
		bool fresh, edited;
	} * line;
	uint32_t lines_n, lines_cap;
	struct arena *text;
	struct numset *seen; /* hash of line and key -> pending[] + 1 */
	struct pending *pending;
	uint32_t pending_n, pending_cap;
	struct sipkey salt[2];
	struct buf words, says;
	struct row_value value;
	struct err *err;
};

/* What the columns beside the six say, read. Empty strings are NULL. */
struct extra {
	char text[IC_MAX][ROW_FIELD_MAX * 5 + 1];
	int64_t review_by, received;
	char grade[4], original[4];
};

/* Columns of m->find, in this order. */
enum {
	F_ID,
	F_LINE,
	F_FROM,
	F_UNTIL,
	F_STATUS,
	F_GRADE,
	F_PRECISION,
	F_ROLE,
	F_REVIEW,
	F_ORIGINAL,
	F_CONDITIONS,
	F_FORCE,
	F_REFERENCE,
	F_OFFICER,
	F_RECEIVED,
	F_NAME
};

int importer_no_memory(struct importer *m);
/* Counts, and tells the caller of the import. */
void importer_tell(struct importer *m, enum import_tell kind, uint32_t row, const char *text);
/* Tells that the row is bad, and why; always false. */
bool importer_refuse(struct importer *m, uint32_t row, const char *column, const char *value,
		     const char *what);

/* Without blanks at its ends, and without the apostrophe that spreadsheets put before a formula. */
span importer_trim(span s);
bool importer_is_555(span grade);
/* False: the row was refused. */
bool importer_read_extra(struct importer *m, uint32_t row, const span *field, struct extra *x);
/* A device or other identifier whose kind the row names, so that its digits are not guessed at:
 * false where it names none. ret->n is 0 where the row was refused. */
bool importer_read_typed(struct importer *m, uint32_t row, const struct extra *x, span identifier,
			 char ret_raw[static ROW_FIELD_MAX + 1], struct row_key *ret);

/* The line of m->value, made or amended: its place in m->line. */
int importer_line(struct importer *m, uint32_t row, const struct extra *x, uint32_t *ret);
/* False, and told, if this file said the same, or of the same time, before. */
int importer_first_time(struct importer *m, uint32_t row, int64_t line, span key, int64_t from,
			int64_t until, bool *ret);
int importer_assertion(struct importer *m, uint32_t row, const struct extra *x);
int importer_candidate(struct importer *m, uint32_t row, const span *field, const struct extra *x);

static inline void bind_text(sqlite3_stmt *st, int i, const char *s)
{
	if (s && *s)
		sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, i);
}

static inline void bind_time(sqlite3_stmt *st, int i, int64_t t)
{
	if (t == TIME_UNSET)
		sqlite3_bind_null(st, i);
	else
		sqlite3_bind_int64(st, i, t);
}
#endif
