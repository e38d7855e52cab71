/* numset.c - see numset.h. Linear probing, at most half full. The place of a key depends on a salt
 * drawn at start, so that no list of numbers can be made to fall on one place. */
#include "numset.h"
#include <stdlib.h>
#include <sys/random.h>

struct slot {
	uint64_t key;
	uint32_t value;
};

struct numset {
	struct slot *slot;
	size_t mask, n;
	uint64_t salt;
};

static size_t place(uint64_t key, uint64_t salt, size_t mask)
{
	key += salt;
	key ^= key >> 32;
	key *= 0xd6e8feb86659fd93u;
	key ^= key >> 32;
	key *= 0xd6e8feb86659fd93u;
	key ^= key >> 32;
	return (size_t)key & mask;
}

static struct slot *seek(const struct numset *s, uint64_t key)
{
	size_t i = place(key, s->salt, s->mask);
	while (s->slot[i].key && s->slot[i].key != key)
		i = (i + 1) & s->mask;
	return &s->slot[i];
}

struct numset *numset_new(size_t expected)
{
	size_t slots = 16;
	while (slots / 2 < expected && slots < SIZE_MAX / 4)
		slots *= 2;
	struct numset *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->mask = slots - 1;
	s->slot = calloc(slots, sizeof *s->slot);
	if (!s->slot) {
		free(s);
		return NULL;
	}
	if (getrandom(&s->salt, sizeof s->salt, GRND_NONBLOCK) != (ssize_t)sizeof s->salt)
		s->salt = 0; /* it decides the order of slots and nothing else */
	return s;
}

void numset_free(struct numset *s)
{
	if (!s)
		return;
	free(s->slot);
	free(s);
}

static bool grow(struct numset *s)
{
	struct numset *bigger = numset_new(s->mask + 1);
	if (!bigger)
		return false;
	for (size_t i = 0; i <= s->mask; i++)
		if (s->slot[i].key)
			*seek(bigger, s->slot[i].key) = s->slot[i];
	free(s->slot);
	s->slot = bigger->slot;
	s->mask = bigger->mask;
	s->salt = bigger->salt;
	free(bigger);
	return true;
}

bool numset_put(struct numset *s, uint64_t key, uint32_t value)
{
	if (!key)
		return false;
	struct slot *slot = seek(s, key);
	if (slot->key) {
		slot->value = value;
		return true;
	}
	if ((s->n + 1) * 2 > s->mask + 1) {
		if (!grow(s))
			return false;
		slot = seek(s, key);
	}
	*slot = (struct slot){ key, value };
	s->n++;
	return true;
}

bool numset_get(const struct numset *s, uint64_t key, uint32_t *ret_value)
{
	const struct slot *slot = key ? seek(s, key) : NULL;
	if (!slot || !slot->key)
		return false;
	*ret_value = slot->value;
	return true;
}

size_t numset_count(const struct numset *s)
{
	return s->n;
}
