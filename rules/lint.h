/*
 * lint.h - what a pack's author should know of a pack that loads: remarks, not refusals.
 *
 * Whatever must not be (bad examples, patterns that backtrack without end, words that judge) is
 * refused by ruleset_load() itself.
 */
#ifndef LINT_H
#define LINT_H
#include "ruleset.h"

typedef void lint_fn(void *user, const struct rule *rule, const char *remark);

/* Calls remark for the rules of one pack of the set, the others being what it stands beside: terms
 * that two rules share, what can never count, what another rule says already, what costs, reviews
 * that are due on that day (YYYY-MM-DD). E_NOMEM only. */
int lint_remarks(const struct ruleset *rs, const char *pack, const char *today, lint_fn *remark,
		 void *user, struct err *err);
#endif
