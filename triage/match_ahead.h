/*
 * match_ahead.h - texts against the rules on a thread of their own, beside the reading of what
 * comes next.
 *
 * Rows and texts are gathered into batches of a fixed measure; while one is filled, the one before
 * it is matched. What was met is given in the order in which rows and texts were added, from within
 * match_ahead_row(), _text() and _settle(): whatever the cores of a machine do, the answers are the
 * same. Where no thread can be had, the work is done in line.
 */
#ifndef MATCH_AHEAD_H
#define MATCH_AHEAD_H
#include "match.h"

/* A row of table match. */
struct match_row {
	int64_t record, line;   /* line 0: a rule's */
	const char *rule, *via; /* of static life, or the ruleset's */
	size_t start, stop;     /* bytes of the text; stop 0: not in the text */
};

struct match_ahead_sink {
	int (*row)(void *user, const struct match_row *row);
	/* A limit that was reached: of record, in file. rule may be NULL. */
	int (*limit)(void *user, int64_t file, int64_t record, const struct rule *rule,
		     const char *what);
	void *user;
};

struct match_ahead;

/* rules are borrowed, and looked at by a second thread until match_ahead_free(). */
int match_ahead_open(struct match_ahead **ret, const struct ruleset *rules, bool jit,
		     const struct match_ahead_sink *sink, struct err *err);
/* What was not settled is dropped. NULL is legal. */
void match_ahead_free(struct match_ahead *m);

/* A row that is known already, kept in its place. */
int match_ahead_row(struct match_ahead *m, const struct match_row *row, struct err *err);

/* A text of record, whose rules of a stage up to this are asked; copied. */
struct match_text {
	int64_t file, record;
	enum direction direction;
	int stage;
	span text;
};
int match_ahead_text(struct match_ahead *m, const struct match_text *text, struct err *err);

/* Until everything added was given. */
int match_ahead_settle(struct match_ahead *m, struct err *err);

/* Seconds of the processor that matching took until now; only after match_ahead_settle(). */
double match_ahead_seconds(const struct match_ahead *m);
#endif
