/*
 * score_place.h - where a sighting stands in its conversation: how many calls and messages of it
 * come before, by time. Counted while the events go by once; what is held grows with the sightings.
 */
#ifndef SCORE_PLACE_H
#define SCORE_PLACE_H
#include "score_events.h"

struct place_book;

/* For the sightings of f as they are now. */
int place_book_new(struct place_book **ret, const struct case_facts *f, struct err *err);
void place_book_free(struct place_book *b); /* NULL is legal */

/* Each event once, in any order; then close. */
void place_book_see(struct place_book *b, const struct event *e);
void place_book_close(struct place_book *b);

/* False: it is no event, or in no conversation. From 0. */
bool place_of(const struct place_book *b, const struct sighting *s, uint32_t *ret);
#endif
