/*
 * pivot.c - see pivot.h.
 *
 * Leaving an item out never raises the level. So a set lowers it if any part of the set does, and
 * a branch of the search is dead if leaving out everything that it could still choose is not
 * enough.
 */
#include "pivot.h"
#include <stdlib.h>

#define RUNS_MAX 4000
#define EXACT_MAX 4 /* members of a set that is searched for exactly */

struct search {
	struct scorer *s;
	size_t *item; /* candidates, in order */
	size_t n;
	int level; /* of all items */
	int runs;
	size_t chosen[EXACT_MAX];
};

int pivot_without(struct scorer *s, size_t i)
{
	scorer_leave_out(s, i);
	int level = scorer_run(s).level;
	scorer_take_back(s, i);
	return level;
}

static bool lower(struct search *f)
{
	f->runs++;
	return scorer_run(f->s).level < f->level;
}

static void leave_out(struct search *f, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		scorer_leave_out(f->s, f->item[k]);
}

static void take_back(struct search *f, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		scorer_take_back(f->s, f->item[k]);
}

/* A set of `left` more members from `from` on. 1 found, 0 none, -1 too many runs. The depth is at
 * most EXACT_MAX. */
static int choose(struct search *f, size_t from, int depth, int left)
{
	if (left == 0)
		return lower(f);
	if (f->runs >= RUNS_MAX)
		return -1;
	leave_out(f, from, f->n);
	bool possible = lower(f);
	take_back(f, from, f->n);
	if (!possible)
		return 0;
	for (size_t k = from; k + (size_t)left <= f->n; k++) {
		f->chosen[depth] = k;
		scorer_leave_out(f->s, f->item[k]);
		int found = choose(f, k + 1, depth + 1, left - 1);
		scorer_take_back(f->s, f->item[k]);
		if (found)
			return found;
	}
	return 0;
}

/* The shortest start of the candidates that lowers the level, without those it can spare. */
static size_t greedy(struct search *f, bool *in)
{
	size_t low = 1, high = f->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		leave_out(f, 0, mid);
		bool enough = lower(f);
		take_back(f, 0, mid);
		if (enough)
			high = mid;
		else
			low = mid + 1;
	}
	size_t size = low;
	leave_out(f, 0, low);
	for (size_t k = 0; k < low; k++)
		in[f->item[k]] = true;
	for (size_t k = low; k-- > 0 && f->runs < 2 * RUNS_MAX;) {
		scorer_take_back(f->s, f->item[k]);
		if (lower(f)) {
			in[f->item[k]] = false;
			size--;
		} else {
			scorer_leave_out(f->s, f->item[k]);
		}
	}
	take_back(f, 0, low);
	return size;
}

static int find(struct search *f, bool *ret_pivotal, bool *ret_proved)
{
	*ret_proved = true;
	leave_out(f, 0, f->n);
	bool depends = lower(f);
	take_back(f, 0, f->n);
	if (!depends)
		return 0;
	int found = 0;
	for (int size = 1; size <= EXACT_MAX && size <= (int)f->n; size++) {
		found = choose(f, 0, 0, size);
		if (found < 0)
			break;
		if (found) {
			for (int k = 0; k < size; k++)
				ret_pivotal[f->item[f->chosen[k]]] = true;
			return size;
		}
	}
	size_t size = greedy(f, ret_pivotal);
	*ret_proved = found == 0 && size == EXACT_MAX + 1;
	return (int)size;
}

int pivot_find(struct scorer *s, size_t n, bool *ret_pivotal, bool *ret_proved)
{
	struct search f = { .s = s, .level = scorer_run(s).level };
	f.item = calloc(n + 1, sizeof *f.item);
	if (!f.item)
		return E_NOMEM;
	for (size_t i = 0; i < n; i++) {
		ret_pivotal[i] = false;
		if (scorer_counts(s, i))
			f.item[f.n++] = i;
	}
	int size = find(&f, ret_pivotal, ret_proved);
	scorer_run(s);
	free(f.item);
	return size;
}
