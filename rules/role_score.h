/*
 * role_score.h - which roles the facts are consistent with: at most a few, by points.
 */
#ifndef ROLE_SCORE_H
#define ROLE_SCORE_H
#include "score.h"

#define ROLES_SHOWN_MAX 8

/* Fill ret[] with the roles of the policy that have the points they need, most points first, in
 * the order of the policy where points are equal. s must have been run. Gives how many. */
unsigned role_score(const struct policy *p, const struct scorer *s,
		    const struct role_policy *ret[static ROLES_SHOWN_MAX]);
#endif
