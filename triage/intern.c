/* intern.c - see intern.h. Open addressing, keys in an arena. */
#include "intern.h"
#include "base/arena.h"
#include <stdlib.h>

#define FIRST_SLOTS 1024

struct entry {
	uint64_t hash;
	span key;
	struct interned value;
};

struct intern {
	struct entry *slot;
	size_t mask, n, bytes;
	size_t most_entries, most_bytes;
	struct arena *keys;
};

/* Eight bytes a step. The table is bounded, so a crafted collision costs a bounded walk. */
static uint64_t hash_of(span key)
{
	uint64_t h = key.n * 0x9e3779b97f4a7c15u;
	const char *p = key.p;
	size_t n = key.n;
	for (; n >= 8; p += 8, n -= 8) {
		uint64_t word;
		memcpy(&word, p, 8);
		h = (h ^ word) * 0xd6e8feb86659fd93u;
		h ^= h >> 32;
	}
	uint64_t rest = 0;
	if (n)
		memcpy(&rest, p, n);
	h = (h ^ rest) * 0xd6e8feb86659fd93u;
	return h ^ h >> 29;
}

struct intern *intern_new(size_t most_entries, size_t most_bytes)
{
	struct intern *t = calloc(1, sizeof *t);
	if (!t)
		return NULL;
	*t = (struct intern){ .mask = FIRST_SLOTS - 1,
			      .most_entries = most_entries,
			      .most_bytes = most_bytes,
			      .keys = arena_new(),
			      .slot = calloc(FIRST_SLOTS, sizeof *t->slot) };
	if (!t->keys || !t->slot) {
		intern_free(t);
		return NULL;
	}
	return t;
}

void intern_free(struct intern *t)
{
	if (!t)
		return;
	arena_free(t->keys);
	free(t->slot);
	free(t);
}

void intern_clear(struct intern *t)
{
	memset(t->slot, 0, (t->mask + 1) * sizeof *t->slot);
	arena_reset(t->keys);
	t->n = t->bytes = 0;
}

static struct entry *seek(const struct intern *t, uint64_t hash, span key)
{
	size_t i = (size_t)(hash >> 20) & t->mask;
	while (t->slot[i].key.p && !(t->slot[i].hash == hash && span_eq(t->slot[i].key, key)))
		i = (i + 1) & t->mask;
	return &t->slot[i];
}

/* Twice the slots, so that at most half are taken. */
static bool grow(struct intern *t)
{
	struct entry *old = t->slot;
	size_t slots = t->mask + 1;
	struct entry *bigger = calloc(slots * 2, sizeof *bigger);
	if (!bigger)
		return false;
	t->slot = bigger;
	t->mask = slots * 2 - 1;
	for (size_t i = 0; i < slots; i++)
		if (old[i].key.p)
			*seek(t, old[i].hash, old[i].key) = old[i];
	free(old);
	return true;
}

const struct interned *intern_find(const struct intern *t, span key)
{
	const struct entry *e = seek(t, hash_of(key), key);
	return e->key.p ? &e->value : NULL;
}

bool intern_add(struct intern *t, span key, struct interned value)
{
	if (t->n >= t->most_entries || t->bytes + key.n > t->most_bytes)
		intern_clear(t);
	if ((t->n + 1) * 2 > t->mask + 1 && !grow(t))
		return false;
	bool ok;
	span kept = arena_copy(t->keys, key.p ? key : SPAN(""), &ok);
	if (!ok)
		return false;
	uint64_t hash = hash_of(kept);
	*seek(t, hash, kept) = (struct entry){ hash, kept, value };
	t->n++;
	t->bytes += key.n;
	return true;
}
