/*
 * linedb_issue.h - what counts in the database, without what would name a source, as a pack.
 *
 * Into a pack go: numbers of lines and assertions, names (optional), tags of identifiers, dates,
 * grade, whether the review has lapsed, one of three states, the unit and its contact, conditions.
 * Nothing else: no status in words, provenance, notes, holder, area, template. Left out are
 * assertions graded E, those of a child's own phone (role victim), and those whose review has
 * lapsed for more than 90 days.
 */
#ifndef LINEDB_ISSUE_H
#define LINEDB_ISSUE_H
#include "linedb.h"
#include "linepack.h"
#include "pack.h"

struct issue_options {
	bool full;     /* else a delta on base */
	uint64_t base; /* 0: the pack before */
	bool no_names;
	int candidates; /* cases that a candidate must have been seen in; 0: none go out */
	const unsigned char *key; /* LINEPACK_KEY bytes, or NULL: clear */
	int64_t issued, expires;
	const char *contact; /* of the desk that candidates are asked for at */
	const struct key *unit;
	const struct pack_recipient *to;
	size_t to_n;
	const char *why;
};

/* Records the issue and appends the pack to ret: the same contents are kept for deltas to come. */
int linedb_issue(struct linedb *d, const struct issue_options *o, struct buf *ret,
		 struct linepack_about *about, uint64_t *ret_base, struct err *err);
/* The full contents alone, for benchmarks and tests. */
int linedb_contents(struct linedb *d, const struct issue_options *o, struct buf *ret,
		    struct err *err);
#endif
