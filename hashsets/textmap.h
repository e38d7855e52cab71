/*
 * textmap.h - from bytes to a uint32, for identifiers that are not numbers and for names of lines.
 *
 * Open addressing. The map does not copy: the bytes of a key must outlive it. The hash is a
 * polynomial over a prime field with a base drawn at start, so no chosen input can make it slow.
 */
#ifndef TEXTMAP_H
#define TEXTMAP_H
#include "base/span.h"
#include <stdint.h>

struct textmap;

struct textmap *textmap_new(void); /* NULL when memory ran out */
void textmap_free(struct textmap *m);
/* Set key's value. false when memory ran out. */
bool textmap_put(struct textmap *m, span key, uint32_t value);
bool textmap_get(const struct textmap *m, span key, uint32_t *ret_value);
size_t textmap_count(const struct textmap *m);
#endif
