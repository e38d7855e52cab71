/*
 * score_case.h - from the facts in a case to findings, roles and a level.
 *
 * Reads the case's records, matches, lines and rules; replaces outcome, finding, finding_record,
 * finding_count and role. Everything that weighs is data: rules/packs/scoring.yaml. Integers only;
 * the same case gives the same rows.
 */
#ifndef SCORE_CASE_H
#define SCORE_CASE_H
#include "case.h"
#include "ruleset.h"

struct policy; /* rules/score.h: scoring.yaml, loaded */

/* Must be called inside a transaction. */
int score_case(struct case_db *c, const struct ruleset *rs, const struct policy *policy,
	       struct err *err);
#endif
