/* near.c - see near.h */
#include "near.h"
#include <stdlib.h>

struct square {
	uint64_t *bit;   /* items rows of words */
	uint64_t *here;  /* items in the window */
	uint32_t *times; /* that each is in it */
};

struct near {
	size_t items, words;
	struct square square[SCOPE_MAX];
};

struct near *near_new(size_t items)
{
	struct near *m = calloc(1, sizeof *m);
	if (!m)
		return NULL;
	m->items = items;
	m->words = items / 64 + 1;
	for (int s = 0; s < SCOPE_MAX; s++) {
		struct square *q = &m->square[s];
		q->bit = calloc((items + 1) * m->words, sizeof *q->bit);
		q->here = calloc(m->words, sizeof *q->here);
		q->times = calloc(items + 1, sizeof *q->times);
		if (!q->bit || !q->here || !q->times) {
			near_free(m);
			return NULL;
		}
	}
	return m;
}

void near_free(struct near *m)
{
	if (!m)
		return;
	for (int s = 0; s < SCOPE_MAX; s++) {
		free(m->square[s].bit);
		free(m->square[s].here);
		free(m->square[s].times);
	}
	free(m);
}

void near_enter(struct near *m, enum scope scope, size_t item)
{
	struct square *q = &m->square[scope];
	uint64_t *row = q->bit + item * m->words;
	for (size_t w = 0; w < m->words; w++)
		row[w] |= q->here[w];
	if (!q->times[item]++)
		q->here[item / 64] |= UINT64_C(1) << item % 64;
}

void near_leave(struct near *m, enum scope scope, size_t item)
{
	struct square *q = &m->square[scope];
	if (!--q->times[item])
		q->here[item / 64] &= ~(UINT64_C(1) << item % 64);
}

/* A row only knows what was in the window before its item: the other half is the mirror. */
static void mirror(struct near *m, struct square *q)
{
	for (size_t i = 0; i < m->items; i++)
		for (size_t w = 0; w < m->words; w++)
			for (uint64_t left = q->bit[i * m->words + w]; left; left &= left - 1) {
				size_t j = w * 64 + (size_t)__builtin_ctzll(left);
				q->bit[j * m->words + i / 64] |= UINT64_C(1) << i % 64;
			}
}

void near_finish(struct near *m)
{
	for (int s = 0; s < SCOPE_MAX; s++) {
		mirror(m, &m->square[s]);
		for (size_t k = 0; s && k < m->items * m->words; k++)
			m->square[s].bit[k] |= m->square[s - 1].bit[k];
	}
}

size_t near_words(const struct near *m)
{
	return m->words;
}

const uint64_t *near_row(const struct near *m, enum scope scope, size_t item)
{
	return m->square[scope].bit + item * m->words;
}
