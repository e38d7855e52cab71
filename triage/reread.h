/*
 * reread.h - an exhibit read again under a new scope or stage keeps its numbers.
 *
 * Records are cited by number, so a row that was read before gets the number that it had; only
 * rows that come in anew get new ones, after all others. Everything happens in one transaction.
 */
#ifndef REREAD_H
#define REREAD_H
#include "case.h"

/* Remember the numbers of the exhibit's files, threads and records, and remove its rows. */
int reread_begin(struct case_db *c, int64_t exhibit, struct err *err);
void reread_end(struct case_db *c);

/* A file's number before, 0: it had none. path as stored. */
int reread_file(struct case_db *c, const char *path, const char *parser, int64_t *ret,
		struct err *err);
/* The highest number that was in use in a table: "evidence_file", "thread" or "record". */
int reread_highest(struct case_db *c, const char *table, int64_t *ret, struct err *err);

/* Prepared questions, for record_store: ?1 file, ?2 key; and ?1 file, ?2 table, ?3 row, ?4 kind.
 * Both give an id that is used up by asking. */
#define REREAD_THREAD "SELECT id FROM temp.old_thread WHERE file=?1 AND key=?2"
/* One statement in brackets: in a list of statements nobody takes its two halves for two. */
#define REREAD_RECORD                                                                          \
	("DELETE FROM temp.old_record WHERE id=(SELECT id FROM temp.old_record WHERE file=?1 " \
	 "AND row=?3 AND tbl=?2 AND kind=?4 ORDER BY id LIMIT 1) RETURNING id")
#endif
