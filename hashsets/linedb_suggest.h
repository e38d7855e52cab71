/*
 * linedb_suggest.h - what an analyst may want to look at: suggestions, never changes.
 *
 * Each has an id that stays the same as long as its rows do:
 *   same:LINE:LINE        two names that differ by a letter or two: one line?
 *   both:ASSERTION:ASSERTION  one identifier on two lines at the same time: a takeover?
 *   back:LINE:LINE        the second sends the texts of the first: the brand is back?
 *   swap:ASSERTION:ASSERTION  of one line, the second began within 60 days of the first's end
 *   ended:ASSERTION       its last day is past and its status says that it goes on
 * Accepting makes a proposal; refusing is kept, and it is not suggested again.
 */
#ifndef LINEDB_SUGGEST_H
#define LINEDB_SUGGEST_H
#include "linedb_change.h"

/* text: the evidence; it repeats names as they are. */
typedef void linedb_suggest_fn(void *user, const char *id, const char *text);
int linedb_suggest(struct linedb *d, linedb_suggest_fn *fn, void *user, struct err *err);
/* E_ABSENT: it is not suggested now. */
int linedb_suggest_accept(struct linedb *d, const char *id, const char *why, int64_t *ret_proposal,
			  struct err *err);
int linedb_suggest_refuse(struct linedb *d, const char *id, const char *why, struct err *err);
/* An analyst's own finding: kind 'swap' (two assertions), 'takeover' or 'same' (two lines). A swap
 * ends the old number, where its last day is open, the day before the new one began. */
int linedb_link_propose(struct linedb *d, const char *kind, int64_t one, int64_t other,
			const char *evidence, const char *why, int64_t *ret_proposal,
			struct err *err);
#endif
