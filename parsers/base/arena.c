/* arena.c - see arena.h */
#include "base/arena.h"
#include <stdint.h>
#include <stdlib.h>

#define BLOCK ((size_t)16384)
#define ALIGN ((size_t)16)

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(16) unsigned char data[];
};

struct arena {
	struct block *head; /* the block being filled; the first block is last in the list */
};

static struct block *block_new(size_t size)
{
	struct block *b = malloc(sizeof *b + size);
	if (b)
		*b = (struct block){ .size = size };
	return b;
}

struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof *a);
	if (!a)
		return NULL;
	a->head = block_new(BLOCK);
	if (!a->head) {
		free(a);
		return NULL;
	}
	return a;
}

void arena_reset(struct arena *a)
{
	while (a->head->next) {
		struct block *b = a->head;
		a->head = b->next;
		free(b);
	}
	a->head->used = 0;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	free(a->head);
	free(a);
}

void *arena_alloc(struct arena *a, size_t n)
{
	if (n > SIZE_MAX / 2)
		return NULL;
	n = (n + ALIGN - 1) & ~(ALIGN - 1);
	if (n > a->head->size - a->head->used) {
		struct block *b = block_new(n > BLOCK ? n : BLOCK);
		if (!b)
			return NULL;
		b->next = a->head;
		a->head = b;
	}
	void *p = a->head->data + a->head->used;
	a->head->used += n;
	memset(p, 0, n);
	return p;
}

span arena_copy(struct arena *a, span s, bool *ok)
{
	if (ok)
		*ok = true;
	if (!s.p)
		return SPAN_NONE;
	char *p = s.n < SIZE_MAX ? arena_alloc(a, s.n + 1) : NULL;
	if (!p) {
		if (ok)
			*ok = false;
		return SPAN_NONE;
	}
	if (s.n)
		memcpy(p, s.p, s.n);
	return (span){ p, s.n };
}

span arena_join(struct arena *a, const span *part, size_t n)
{
	size_t whole = 0, at = 0;
	for (size_t i = 0; i < n; i++) {
		if (part[i].n > SIZE_MAX - 1 - whole)
			return SPAN_NONE;
		whole += part[i].n;
	}
	char *p = arena_alloc(a, whole + 1);
	if (!p)
		return SPAN_NONE;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < part[i].n; k++)
			p[at++] = part[i].p[k];
	return (span){ p, whole };
}
