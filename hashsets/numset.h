/*
 * numset.h - a set of phone numbers that answers in nanoseconds.
 *
 * Open addressing over E.164 numbers as uint64; each carries a uint32 value. 0 is not a key.
 */
#ifndef NUMSET_H
#define NUMSET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct numset;

struct numset *numset_new(size_t expected); /* NULL when memory ran out; grows past expected */
void numset_free(struct numset *s);         /* NULL is legal */
/* Set key's value. false when memory ran out. */
bool numset_put(struct numset *s, uint64_t key, uint32_t value);
bool numset_get(const struct numset *s, uint64_t key, uint32_t *ret_value);
size_t numset_count(const struct numset *s);
#endif
