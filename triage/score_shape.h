/*
 * score_shape.h - how the text of a record is written: what stands in quotation marks, and verse.
 */
#ifndef SCORE_SHAPE_H
#define SCORE_SHAPE_H
#include "score_read.h"

struct shape {
	uint32_t record;
	uint32_t rule;        /* of kind RULE_SHAPE, in case_facts */
	uint32_t start, stop; /* bytes of the text, with the marks */
};

struct shapes {
	struct shape *at;
	uint32_t n, cap;
	int64_t left_after; /* first record that was not looked at, because there were too many; or
			       0 */
};

/* Whether there is such a rule; without one, no text need be read. */
bool shapes_wanted(const struct case_facts *f);
/* All that the rules of f find in the text. False when memory ran out. */
bool shapes_see(struct shapes *t, const struct case_facts *f, uint32_t record, span text);
/* In order of records and rules: before they are used. */
void shapes_sort(struct shapes *t);
void shapes_free(struct shapes *t);
#endif
