/*
 * lines_verb.h - the words that the verbs of the line database share: DATABASE, --reason, the
 * people, and options of their own.
 */
#ifndef LINES_VERB_H
#define LINES_VERB_H
#include "act.h"
#include "linedb.h"

#define LINES_OPTIONS 28
#define LINES_REASON 10 /* letters that a reason must have */

struct lines_verb {
	struct act act;
	const char *name; /* "import" */
	const char *reason;
	const char *word[8]; /* the first is the database */
	size_t words;
	size_t least, most;                /* words */
	const char *word_names;            /* "DATABASE FILE.csv", for a message */
	const char *option[LINES_OPTIONS]; /* "--from"; NULL ends the list; "--all!" is a flag */
	const char *value[LINES_OPTIONS];  /* of a flag: "" */
	struct linedb *d;
	bool supervisor;
};

enum lines_who {
	WHO_ANALYST, /* keeps the database */
	WHO_DECIDES, /* analyst or supervisor */
	WHO_READS    /* or auditor */
};

/* Read the command line; 0 or an exit code after saying what is wrong. */
int lines_verb_read(struct lines_verb *v, int argc, char **argv, bool reason);
const char *lines_verb_option(const struct lines_verb *v, const char *name); /* NULL: not given */
/* Unlock the person, who must hold a role. */
int lines_verb_unlock(struct lines_verb *v, enum lines_who who, struct err *err);
/* The same, and open the database. */
int lines_verb_open(struct lines_verb *v, enum lines_who who, struct err *err);
/* Close all and give the exit code. */
int lines_verb_end(struct lines_verb *v, int rc, const struct err *err);
/* "Proposal 3 ... another person approves it". */
void lines_verb_say_proposal(int64_t proposal);
#endif
