/*
 * retention.h - how long a case is kept, and whether it may go. Decision DECISION_RETENTION:
 *
 *   "review_by":"YYYY-MM-DD", "class":word, "hold":"yes"|"no"
 *
 * A legal hold stands while there may be a criminal investigation: nothing of the case may be
 * erased then. A real case in which none of this is recorded counts as held; a training case does
 * not.
 */
#ifndef RETENTION_H
#define RETENTION_H
#include "case.h"
#include "key.h"

struct retention {
	int64_t decision;   /* 0: none is recorded */
	char review_by[11]; /* "" if none */
	char class[64];
	bool hold;
	bool closed;   /* DECISION_CLOSE is recorded */
	bool finished; /* ... and all that was to be erased is */
};

int retention_load(struct case_db *c, struct retention *ret, struct err *err);
/* ms UTC of the first moment of the review day; TIME_UNSET if none. */
int64_t retention_due(const struct retention *r);

/* A new decision that supersedes the one that stands. second may be NULL. */
int retention_review(struct case_db *c, const char *review_by, const char *reason,
		     const struct key *second, struct err *err);
int retention_hold(struct case_db *c, bool hold, const char *reason, const struct key *second,
		   struct err *err);
/* E_REFUSED under a hold; what: "closed", "erased". */
int retention_allows(struct case_db *c, const char *what, struct err *err);
/* E_REFUSED: the case was closed, and nothing is read into it any more. */
int retention_open(struct case_db *c, struct err *err);
#endif
