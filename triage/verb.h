/*
 * verb.h - the words that the verbs of a case share: FOLDER, --reason, the people, and an option or
 * two of their own.
 */
#ifndef VERB_H
#define VERB_H
#include "act.h"
#include "decision.h"

#define VERB_WORDS 32
#define VERB_REASON 20 /* letters that a reason must have */

/* An option of one verb: its value or, for a flag, that it was given. */
struct verb_own {
	const char *name; /* NULL ends the list */
	const char **value;
	bool *flag;
};

struct verb {
	struct act act;
	const char *name;    /* "scope" */
	const char *command; /* NULL: a verb of "case"; else the command itself */
	const char *dir, *reason;
	const char *word[VERB_WORDS]; /* what stands after the folder */
	size_t words;
	struct {
		const char *name; /* "--from"; NULL ends the list */
		const char *value;
	} option[8];
	const struct verb_own *own; /* where there are more than eight, or flags; NULL */
};

/* Read the command line; 0 or an exit code after saying what is wrong. reason: one must be given.
 */
int verb_read(struct verb *v, int argc, char **argv, bool reason);
const char *verb_option(const struct verb *v, const char *name); /* NULL: not given */
/* The second person where a real case needs one; none in a training case. */
int verb_second(struct verb *v, struct case_db *c, bool needed, struct err *err);
/* Record a decision of the verb: its reason and choices (taken over), superseding the one that
 * stands if `replace`. */
int verb_decide(struct verb *v, struct case_db *c, enum decision_kind kind, json_t *choices,
		bool replace, int64_t *ret_id, struct err *err);
/* Close all and give the exit code. */
int verb_end(struct verb *v, struct case_db *c, int rc, const struct err *err);
#endif
