/* lint_reach.h - rules that can never count, or say again what another says. */
#ifndef LINT_REACH_H
#define LINT_REACH_H
#include "lint.h"

/* Remarks on rule i of the set. */
int lint_reach(const struct ruleset *rs, size_t i, lint_fn *remark, void *user, struct err *err);
/* For each rule of the pack: whether one other rule hits all of its examples. E_NOMEM only. */
int lint_overlap(const struct ruleset *rs, const char *pack, lint_fn *remark, void *user,
		 struct err *err);
#endif
