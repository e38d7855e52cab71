/*
 * intern.h - bytes seen before, and the id they were given.
 *
 * Bounded: past a number of entries it forgets everything and starts again, so that hostile input
 * cannot fill memory. A forgotten key merely gets a second id.
 */
#ifndef INTERN_H
#define INTERN_H
#include "base/span.h"
#include <stdint.h>

struct intern;

struct interned {
	int64_t id;
	uint32_t mark; /* the caller's own */
};

struct intern *intern_new(size_t most_entries, size_t most_bytes); /* NULL: memory ran out */
void intern_free(struct intern *t);
/* NULL if it was not seen. Valid until the next intern_add. */
const struct interned *intern_find(const struct intern *t, span key);
/* false when memory ran out. key must not be there yet. */
bool intern_add(struct intern *t, span key, struct interned value);
void intern_clear(struct intern *t);
#endif
