/*
 * wal_check.h - what a write-ahead log holds that SQLite will use, and what it will pass over in
 * silence: SQLite reads frames up to the first that does not fit and says nothing of the rest.
 *
 * Layout and check sums: sqlite.org/fileformat2.html, "The Write-Ahead Log".
 */
#ifndef WAL_CHECK_H
#define WAL_CHECK_H
#include "reader.h"

enum wal_trouble {
	WAL_FINE,
	WAL_NO_HEADER, /* not a log, or its beginning is damaged: nothing of it is used */
	WAL_NOT_ITS,   /* its frames belong to another header: nothing of it is used */
	WAL_DAMAGED,   /* frames that belong to it do not fit their check sums, or are cut */
	WAL_UNFINISHED /* the last change was never completed: not used, as it should be */
};

struct wal_state {
	enum wal_trouble trouble;
	uint64_t frames;    /* whole ones in the file */
	uint64_t committed; /* of them are used */
	uint32_t page_size;
	uint32_t db_pages; /* of the database after the last commit */
	uint64_t pages;    /* of the committed frames, those that write behind page `beyond` */
};

/* beyond: pages of the database file. 0, or E_IO, E_NOMEM. A log of no bytes is WAL_FINE. */
int wal_check(struct reader *wal, uint32_t beyond, struct wal_state *ret, struct err *err);

/* In words, for the source's notes; NULL for WAL_FINE. *loss: something may be missing. */
const char *wal_trouble_words(enum wal_trouble trouble, bool *loss);
#endif
