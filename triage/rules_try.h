/*
 * rules_try.h - what a case would be under other rules.
 *
 * The stored texts are matched again and the case is scored again, in temporary tables that stand
 * before the case's own and vanish with the connection: nothing of the case changes, and it may be
 * read-only.
 */
#ifndef RULES_TRY_H
#define RULES_TRY_H
#include "case.h"
#include "ruleset.h"

struct policy;

struct rule_tried {
	uint32_t messages; /* with a hit */
	int points;        /* of its finding; 0: none */
};

struct tried {
	struct rule_tried *rule; /* one per rule of the ruleset */
	int64_t texts;           /* that were read */
	int level, link;         /* level -1: cannot say */
	uint32_t limits;         /* texts of which not all was searched */
};

/* ret is freed by tried_free(), after a failure too. */
int rules_try(struct tried *ret, struct case_db *c, const struct ruleset *rs,
	      const struct policy *policy, struct err *err);
void tried_free(struct tried *t);
#endif
