/*
 * pivot.h - the counterfactual: what the level would be without a finding, and the smallest set of
 * findings without which it would be lower.
 */
#ifndef PIVOT_H
#define PIVOT_H
#include "score.h"

/* The level without item i alone. What s says of its last run is of that one: run it again. */
int pivot_without(struct scorer *s, size_t i);

/*
 * Mark in ret_pivotal[n] a smallest set of items without which the level is lower; of several, the
 * first in the order of items. Nothing is marked where the level is the lowest or does not depend
 * on the items. The search is exact while it can be done in a bounded number of runs; beyond that
 * the set is one of which no member can be spared. Returns the size of the set, and whether it is
 * proved to be the smallest; negative E_* when memory ran out.
 */
int pivot_find(struct scorer *s, size_t n, bool *ret_pivotal, bool *ret_proved);
#endif
