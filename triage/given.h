/*
 * given.h - what a command is given to match against: the rules that ship, further packs, the
 * scoring, and a list of deal lines. Used by the command layer only: it says what is wrong with a
 * list row by row.
 */
#ifndef GIVEN_H
#define GIVEN_H
#include "act.h"
#include "lines.h"

#define GIVEN_PACKS 16

struct ruleset; /* rule.h */
struct policy;  /* policy.h */

struct given {
	const char *lines_file;        /* "--lines", or NULL */
	const char *lines_key;         /* "--lines-key": of a keyed pack, or NULL */
	const char *pack[GIVEN_PACKS]; /* "--rules" */
	size_t packs;
	bool skip_bad, no_lines;
	const char *what_for; /* "scanned": for the words of an error */

	struct lines *lines; /* NULL: no list was given */
	struct ruleset *rules;
	struct policy *policy;
	uint32_t bad_rows;
};

/* Load all of it; only the list. given_free() in any case. */
int given_load(struct given *g, struct err *err);
int given_load_lines(struct given *g, struct err *err);
void given_free(struct given *g);
const char *given_lines_name(const struct given *g); /* last part of its path, or "" */

/* What a real case is matched with. No list given: the pack that is installed here, if one is; its
 * number and age are said. A list that is not a signed pack is used only by a supervisor's
 * decision: one that stands for the same list is enough; else reason and a second person are
 * needed, and the decision is recorded. */
int given_allow(struct given *g, struct act *a, struct case_db *c, const char *reason,
		struct err *err);
#endif
