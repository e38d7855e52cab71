/* score_quiet.c - see score_quiet.h */
#include "score_quiet.h"
#include <stdlib.h>

struct stretch {
	int64_t first, last;
};

struct quiet {
	int64_t gap;
	struct stretch *at; /* what came in order grows the last one; the rest waits to be sorted */
	uint32_t n, cap;
};

struct quiet *quiet_new(int64_t gap)
{
	struct quiet *q = calloc(1, sizeof *q);
	if (q)
		q->gap = gap;
	return q;
}

void quiet_free(struct quiet *q)
{
	if (q)
		free(q->at);
	free(q);
}

static int by_first(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;
	return (x->first > y->first) - (x->first < y->first);
}

static void merge(struct quiet *q)
{
	uint32_t n = 0;
	if (!q->at)
		return;
	if (q->n)
		qsort(q->at, q->n, sizeof *q->at, by_first);
	for (uint32_t i = 0; i < q->n; i++) {
		struct stretch *last = n ? &q->at[n - 1] : NULL;
		if (!last || q->at[i].first - last->last >= q->gap)
			q->at[n++] = q->at[i];
		else if (q->at[i].last > last->last)
			last->last = q->at[i].last;
	}
	q->n = n;
}

static bool grow(struct quiet *q)
{
	merge(q);
	if (q->cap && q->n <= q->cap / 2)
		return true;
	uint32_t cap = q->cap ? q->cap * 2 : 1024;
	struct stretch *more = realloc(q->at, cap * sizeof *more);
	if (!more)
		return false;
	q->at = more;
	q->cap = cap;
	return true;
}

bool quiet_broken(const struct quiet *q, int64_t time)
{
	const struct stretch *last = q->n ? &q->at[q->n - 1] : NULL;
	return last && time > last->first && time - last->last < q->gap;
}

bool quiet_sent(struct quiet *q, int64_t time)
{
	if (q->n) {
		struct stretch *last = &q->at[q->n - 1];
		if (time >= last->first && time - last->last < q->gap) {
			last->last = time > last->last ? time : last->last;
			return true;
		}
	}
	if (q->n == q->cap && !grow(q))
		return false;
	q->at[q->n++] = (struct stretch){ time, time };
	return true;
}

void quiet_close(struct quiet *q)
{
	merge(q);
}

bool quiet_before(const struct quiet *q, int64_t time)
{
	uint32_t low = 0, high = q->n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (q->at[middle].first < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && time - q->at[low - 1].last >= q->gap;
}
