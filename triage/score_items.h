/*
 * score_items.h - from sightings to items: one for each line, name and rule that was met, what
 * stands near what, and which sightings each rests on.
 */
#ifndef SCORE_ITEMS_H
#define SCORE_ITEMS_H
#include "score.h"
#include "score_read.h"
#include "score_words.h"

/* Lines beyond this many, by points, share one item: none of them adds to the link any more. */
#define LINE_ITEMS_MAX 256u

/* A finding to be, with where its sightings are. */
struct subject {
	uint32_t first, n; /* in facts->sighting, in order of time */
	uint32_t item;     /* in scorer's items; several lines may share the last */
	bool shared;
	enum item_kind kind;
	uint32_t rule; /* ITEM_RULE */
	uint32_t brand;
	struct summary sum;
	struct line_words line;
	int64_t milli;
};

struct items {
	struct subject *subject;
	uint32_t subjects;
	struct item *item;
	size_t n;
	struct near *near;
};

/* it is empty to start, and to be freed after a failure too. */
int score_items(struct items *it, struct case_facts *f, const struct policy *p, struct err *err);
void items_free(struct items *it);
#endif
