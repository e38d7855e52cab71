/*
 * arena.h - memory that is freed all at once.
 *
 * Give it back whole with arena_reset() (keeps the first block for reuse) or
 * arena_free(). Allocations are aligned for any type and never moved.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include "base/span.h"

struct arena;

struct arena *arena_new(void);    /* NULL when memory ran out */
void arena_free(struct arena *a); /* NULL is legal */
void arena_reset(struct arena *a);
void *arena_alloc(struct arena *a, size_t n); /* zeroed; NULL when memory ran out */

/* A copy with a NUL after it (not counted). Absent gives absent; SPAN_NONE with
 * *ok = false when memory ran out. ok may be NULL. */
span arena_copy(struct arena *a, span s, bool *ok);

/* The parts one behind the other; an absent part adds nothing. SPAN_NONE when memory ran out. */
span arena_join(struct arena *a, const span *part, size_t n);
#define ARENA_JOIN(a, ...)                             \
	arena_join((a), (const span[]){ __VA_ARGS__ }, \
		   sizeof((const span[]){ __VA_ARGS__ }) / sizeof(span))
#endif
