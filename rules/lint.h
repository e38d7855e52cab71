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

/* Calls remark for each; in rule order. E_NOMEM only. */
int lint_remarks(const struct ruleset *rs, lint_fn *remark, void *user, struct err *err);
#endif
