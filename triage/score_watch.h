/*
 * score_watch.h - rules that look at a phone as a whole: traffic, order in a conversation, what
 * stands near, apps, identity (ruleset.h, enum rule_kind). They add sightings or take them away.
 */
#ifndef SCORE_WATCH_H
#define SCORE_WATCH_H
#include "score_people.h"

/* Whether there is any such rule. */
bool watch_needed(const struct case_facts *f);
int score_watch(struct case_facts *f, struct case_db *c, const struct policy *p,
		struct people *people, struct err *err);
#endif
