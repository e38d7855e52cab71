/*
 * score_clear.h - what speaks for an innocent explanation takes other hits away.
 *
 * Rules that exonerate (rule packs: `exonerates`) and rules on how a text is written (quotation
 * marks, verse). What took something away stays as a sighting of its own and is listed; the rest
 * of such sightings go. Words of despair are never taken away.
 */
#ifndef SCORE_CLEAR_H
#define SCORE_CLEAR_H
#include "score_shape.h"

/* shapes: of all records that have hits of rules, sorted. */
int score_clear(struct case_facts *f, const struct shapes *shapes, struct err *err);
#endif
