/* role_score.c - see role_score.h */
#include "role_score.h"

static int points_of(const struct scorer *s, const struct role_policy *r)
{
	int points = 0;
	for (unsigned i = 0; i < r->clauses; i++)
		if (scorer_holds(s, &r->clause[i].all))
			points += r->clause[i].points;
	return points;
}

unsigned role_score(const struct policy *p, const struct scorer *s,
		    const struct role_policy *ret[static ROLES_SHOWN_MAX])
{
	int points[ROLES_SHOWN_MAX];
	unsigned n = 0, most = (unsigned)p->roles.most;
	for (unsigned i = 0; i < p->roles.n; i++) {
		const struct role_policy *r = &p->roles.list[i];
		int mine = points_of(s, r);
		if (mine < r->needs)
			continue;
		unsigned at = n;
		while (at && points[at - 1] < mine)
			at--;
		if (at == most)
			continue;
		n += n < most;
		for (unsigned k = n - 1; k > at; k--) {
			ret[k] = ret[k - 1];
			points[k] = points[k - 1];
		}
		ret[at] = r;
		points[at] = mine;
	}
	return n;
}
