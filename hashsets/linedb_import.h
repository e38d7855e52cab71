/*
 * linedb_import.h - a CSV file into the database: every row read, compared, and said.
 *
 * The six columns of lines.h, and any of those that linedb_import_columns names. An empty cell says
 * nothing: it never takes away what the database has. No row takes an assertion out. hashsets/
 * README.md says when two rows are about the same assertion. A row without a line but with seen_in
 * is a candidate ('lines candidates'): who it was seen with counts each case once.
 */
#ifndef LINEDB_IMPORT_H
#define LINEDB_IMPORT_H
#include "linedb_change.h"
#include "lines_row.h"

enum import_column {
	IC_TYPE = COL_MAX,
	IC_PRECISION,
	IC_ROLE,
	IC_REVIEW_BY,
	IC_ORIGINAL,
	IC_CONDITIONS,
	IC_FORCE,
	IC_REFERENCE,
	IC_OFFICER,
	IC_RECEIVED,
	IC_LINE_STATUS,
	IC_AREA,
	IC_AREAS,
	IC_UNIT,
	IC_CONTACT,
	IC_WARNING,
	IC_SEEN_IN,
	IC_SEEN_AS,
	IC_MAX
};
extern const char *const linedb_import_columns[IC_MAX];

enum import_tell {
	IMPORT_BAD,      /* the row cannot be taken */
	IMPORT_NEW_LINE, /* it is the first about a line that is not known */
	IMPORT_NEW,      /* an assertion more */
	IMPORT_CHANGED,  /* an assertion that is known, with other contents: old -> new */
	IMPORT_FLAG, /* to be looked at: the number stands on another line at the same time ... */
	IMPORT_CANDIDATE, /* an unknown number that behaved like a line on one case's phone */
	IMPORT_SAME,      /* nothing new; counted, not told */
	IMPORT_TELL_MAX
};

/* text repeats parts of the row as they are: see lines_bad_fn. */
typedef void import_tell_fn(void *user, enum import_tell kind, uint32_t row, const char *text);

struct import_result {
	uint64_t n[IMPORT_TELL_MAX];
	int64_t proposal; /* 0: nothing was kept */
	char ignored[200];
};

/* With apply false nothing is kept. With apply, one bad row and nothing is kept (E_USER), unless
 * skip_bad. */
int linedb_import(struct linedb *d, const char *path, bool apply, bool skip_bad, const char *why,
		  import_tell_fn *tell, void *user, struct import_result *ret, struct err *err);
/* The same from memory, for tests and fuzzing. */
int linedb_import_bytes(struct linedb *d, span csv, const char *name, bool apply, bool skip_bad,
			const char *why, import_tell_fn *tell, void *user,
			struct import_result *ret, struct err *err);
/* A 5x5x5 grade ("B24") as 3x5x2, by the maps of the database. False: it is none. */
bool linedb_grade(struct linedb *d, span original, char ret[static 4]);
#endif
