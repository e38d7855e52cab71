/*
 * labelled.h - texts with what rules should say of them: the file of 'linecheck rules test'.
 *
 *   # a remark                                lines without a text are left out
 *   core.debt.lost-pack | you lost the pack   a rule's id, or
 *   debt-threat, threat | pay or else         categories, several with commas
 *   - | see you at training                   nothing may hit
 *
 * UTF-8, one text a line; "\n" in it is a line end.
 */
#ifndef LABELLED_H
#define LABELLED_H
#include "ruleset.h"

struct labelled_text {
	struct rule_names expected; /* ids of rules and categories; none: nothing may hit */
	span text;
	unsigned line;
};

struct labelled;

/* err says file and line, and names that are neither rules nor categories. */
int labelled_load(struct labelled **ret, const char *path, const struct ruleset *rs,
		  struct err *err);
void labelled_free(struct labelled *l);
size_t labelled_count(const struct labelled *l);
const struct labelled_text *labelled_at(const struct labelled *l, size_t i);
#endif
