/*
 * guard.h - do the decisions of a real case count? Asked before anything is read or shown, so that
 * nobody gets further with an editor, a key of their own or a policy of their own.
 */
#ifndef GUARD_H
#define GUARD_H
#include "case.h"
#include "trust.h"

/* The log, the decisions and the tables that they rest on are as they were signed. E_REFUSED says
 * what is not. Of a training case nothing is asked. */
int guard_intact(struct case_db *c, struct err *err);

/* The decisions that stand were made by people who may make them by this policy, with a supervisor
 * as second where one is needed. E_REFUSED names the decision and what to do. */
int guard_people(struct case_db *c, const struct trust *t, struct err *err);
#endif
