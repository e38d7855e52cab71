/*
 * adb_content.h - rows of an Android content provider, read so that no text in them can pass for
 * another row or column.
 *
 * `content query` prints "Row: 3 _id=7, body=..., type=1" and escapes nothing: a message that says
 * ", type=2, address=..." or holds a line "Row: 4 ..." reads as what it is not. So:
 *   1. columns of whole numbers come first, all rows at once: nothing in them can forge anything,
 *      and every value is checked to be a number;
 *   2. of a text column, first the numbers of the rows where it is not NULL (so that the word NULL
 *      is a word), then the text in pages of known rows, each value between the number of its row
 *      in front and a number known from 1. behind it;
 *   3. a page whose frames do not fit, or that holds a value with a row's head or a column's mark
 * in it, is read again: the suspicious row alone with this one column, where all that is printed is
 * the value, and what lies between such rows as pages of their own. A row that is gone by then is
 * counted. Source of the format: AOSP frameworks/base/cmds/content (Apache-2.0); that recent
 * versions refuse functions in projections: its SQLiteQueryBuilder.
 */
#ifndef ADB_CONTENT_H
#define ADB_CONTENT_H
#include "acquire/adb_wire.h"
#include <sqlite3.h>

struct adb_table {
	const char *uri;   /* "content://sms" */
	const char *table; /* made in db: table(_id INTEGER PRIMARY KEY, ...) */
	const char *frame; /* one of numbers: stands behind the text of a page; NULL: _id */
	const char *numbers[16], *texts[8];
};

struct adb_read {
	int64_t rows, calls, reread; /* reread: rows that were read alone */
	int64_t gone;                /* rows that were no longer there when their text was read */
	char missing[160];           /* columns that this phone does not have, blanks between */
	char refused[240];           /* in the phone's words, if it gave nothing; "" */
	bool odd;                    /* ... in ours: it gave what no provider gives */
};

/* progress may be NULL; called before each command. */
typedef int adb_step(void *user, int64_t done, int64_t total, struct err *err);

/* Rows go into db, whose table is made. 0 also where the phone refused (ret->refused), or gave what
 * no provider gives: then the table stays empty. Negative: the phone is gone. */
int adb_content_read(struct adb *a, const struct adb_table *t, sqlite3 *db, struct adb_read *ret,
		     adb_step *step, void *user, struct err *err);
#endif
