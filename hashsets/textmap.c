/* textmap.c - see textmap.h. Linear probing, at most half full. */
#include "textmap.h"
#include <stdlib.h>
#include <sys/random.h>

#define PRIME ((UINT64_C(1) << 61) - 1)
#define FIRST_SLOTS ((size_t)64)

__extension__ typedef unsigned __int128 u128;

struct slot {
	const char *key; /* NULL: free */
	uint64_t hash;
	uint32_t n, value;
};

struct textmap {
	struct slot *slot;
	size_t mask, n;
	uint64_t base;
};

static uint64_t times(uint64_t a, uint64_t b)
{
	u128 product = (u128)a * b;
	uint64_t r = (uint64_t)(product & PRIME) + (uint64_t)(product >> 61);
	return r >= PRIME ? r - PRIME : r;
}

/* Seven bytes at a time are one coefficient below the prime; the length is the last. */
static uint64_t hash_of(const struct textmap *m, span key)
{
	uint64_t h = 0;
	for (size_t i = 0; i < key.n; i += 7) {
		uint64_t word = 0;
		size_t left = key.n - i;
		memcpy(&word, key.p + i, left < 7 ? left : 7);
		h = times(h, m->base) + word;
		h = h >= PRIME ? h - PRIME : h;
	}
	return times(times(h, m->base) + key.n % PRIME, m->base);
}

static struct slot *seek(const struct textmap *m, span key, uint64_t hash)
{
	/* The low bits of a product modulo a Mersenne prime are as good as the high ones. */
	size_t i = (size_t)hash & m->mask;
	for (;; i = (i + 1) & m->mask) {
		struct slot *s = &m->slot[i];
		if (!s->key ||
		    (s->hash == hash && s->n == key.n && memcmp(s->key, key.p, key.n) == 0))
			return s;
	}
}

struct textmap *textmap_new(void)
{
	struct textmap *m = calloc(1, sizeof *m);
	if (!m)
		return NULL;
	m->mask = FIRST_SLOTS - 1;
	m->slot = calloc(FIRST_SLOTS, sizeof *m->slot);
	if (!m->slot) {
		free(m);
		return NULL;
	}
	uint64_t drawn = 0;
	if (getrandom(&drawn, sizeof drawn, GRND_NONBLOCK) != (ssize_t)sizeof drawn)
		drawn = (uint64_t)(uintptr_t)m->slot; /* the order of slots is all it decides */
	m->base = drawn % (PRIME - 256) + 256;
	return m;
}

void textmap_free(struct textmap *m)
{
	if (!m)
		return;
	free(m->slot);
	free(m);
}

static bool grow(struct textmap *m)
{
	size_t slots = (m->mask + 1) * 2;
	struct slot *old = m->slot, *bigger = calloc(slots, sizeof *bigger);
	if (!bigger)
		return false;
	size_t old_slots = m->mask + 1;
	m->slot = bigger;
	m->mask = slots - 1;
	for (size_t i = 0; i < old_slots; i++)
		if (old[i].key)
			*seek(m, (span){ old[i].key, old[i].n }, old[i].hash) = old[i];
	free(old);
	return true;
}

bool textmap_put(struct textmap *m, span key, uint32_t value)
{
	if (!key.p || key.n > UINT32_MAX)
		return false;
	uint64_t hash = hash_of(m, key);
	struct slot *s = seek(m, key, hash);
	if (s->key) {
		s->value = value;
		return true;
	}
	if ((m->n + 1) * 2 > m->mask + 1) {
		if (!grow(m))
			return false;
		s = seek(m, key, hash);
	}
	*s = (struct slot){ key.p, hash, (uint32_t)key.n, value };
	m->n++;
	return true;
}

bool textmap_get(const struct textmap *m, span key, uint32_t *ret_value)
{
	if (!key.p || key.n > UINT32_MAX)
		return false;
	const struct slot *s = seek(m, key, hash_of(m, key));
	if (!s->key)
		return false;
	*ret_value = s->value;
	return true;
}

size_t textmap_count(const struct textmap *m)
{
	return m->n;
}
