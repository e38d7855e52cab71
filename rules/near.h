/*
 * near.h - which findings stand near each other: in one message, in one conversation within some
 * time, on the phone within some time.
 *
 * A square of bits for each scope. The caller walks a window over sightings in order; whatever is
 * in the window together is near.
 */
#ifndef NEAR_H
#define NEAR_H
#include "policy.h"

struct near;

struct near *near_new(size_t items); /* NULL when memory ran out */
void near_free(struct near *m);

/* A sighting of item enters or leaves the window of a scope. */
void near_enter(struct near *m, enum scope scope, size_t item);
void near_leave(struct near *m, enum scope scope, size_t item);
/* All windows have been walked: what is near in a narrow scope is near in the wider ones. */
void near_finish(struct near *m);

size_t near_words(const struct near *m); /* 64 items each */
const uint64_t *near_row(const struct near *m, enum scope scope, size_t item);
#endif
