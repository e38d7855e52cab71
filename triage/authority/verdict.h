/*
 * verdict.h - what a person said of findings: the sign-off before anything leaves the case, and
 * later what became of each.
 *
 * Findings are made anew by each scan and their numbers (F1 ...) move. What was said of one is kept
 * by its rule and the records that it rests on:
 *
 *   {"records":[ids, at most VERDICT_RECORDS],"rule":"...","total":N}
 *
 * A sign-off counts for a finding that rests on just the same; an outcome also for one that has
 * gained or lost records, while they share one.
 */
#ifndef VERDICT_H
#define VERDICT_H
#include "case.h"
#include <jansson.h>

#define VERDICT_RECORDS 200
#define VERDICT_STATEMENT                                                                   \
	"The program made no decision. It compared records with lists and rules; a person " \
	"looked at what it found and decides what it means."

/* What a finding rests on; *ret is the caller's to decref. E_USER: there is no such finding. */
int verdict_basis(struct case_db *c, const char *finding, json_t **ret, struct err *err);

/* Sign off findings ("F1", NULL-terminated), or all with NULL: one decision that replaces the one
 * before. Refused while a stop stands and where there is nothing to sign. */
int verdict_sign(struct case_db *c, const char *const *findings, const char *reason, int64_t *ret_n,
		 struct err *err);
/* May a report leave? 0, or E_REFUSED: not signed off, a stop stands, or there are findings that
 * were not signed as they are now. */
int verdict_signed(struct case_db *c, struct err *err);

/* "useful", "false" or "unknown"; replaces what was said of the same finding before. */
int verdict_outcome(struct case_db *c, const char *finding, const char *outcome, const char *reason,
		    struct err *err);

/* Each finding in order, with what was said of it: outcome is NULL if nothing was. */
typedef int verdict_fn(void *user, const char *finding, const char *rule, bool is_signed,
		       const char *outcome);
int verdict_each(struct case_db *c, verdict_fn *fn, void *user, struct err *err);
#endif
