/* score_window.c - see score_window.h */
#include "score_window.h"
#include "base/time.h"
#include <stdlib.h>

#define MINUTE_MS INT64_C(60000)
#define DAY_MS INT64_C(86400000)
#define HELD 16384u          /* events that are looked through for what may go */
#define RECENT 4096u         /* of them, those that say how far the events have come */
#define HELD_MOST 524288u    /* events of all files but the last */
#define LATE_MS (7 * DAY_MS) /* that far phones write events out of order */

void window_open(struct window *w, const struct rule_watch *t, struct tallies *tallies,
		 bool settles, uint32_t most)
{
	*w = (struct window){ .t = t,
			      .tallies = tallies,
			      .most = most,
			      .settled = INT64_MIN,
			      .settles = settles && t->minutes };
}

void window_free(struct window *w)
{
	free(w->one);
	w->one = NULL;
	w->n = w->cap = 0;
}

void window_again(struct window *w)
{
	window_free(w);
	w->settled = INT64_MIN;
	w->full = w->late = false;
	w->in_order = true;
}

static int by_group(const void *a, const void *b)
{
	const struct one *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static void sort(struct window *w)
{
	for (uint32_t i = 1; i < w->n; i++)
		if (by_group(&w->one[i - 1], &w->one[i]) > 0) {
			qsort(w->one, w->n, sizeof *w->one, by_group);
			return;
		}
}

static bool make_tallies(struct window *w)
{
	uint32_t most = 0;
	for (uint32_t i = 0; i < w->n; i++)
		most = w->one[i].person > most ? w->one[i].person : most;
	if (most < w->tallies->n)
		return true;
	uint32_t n = most + most / 4 + 64;
	uint32_t *of = calloc(n, sizeof *of);
	if (!of)
		return false;
	free(w->tallies->of);
	*w->tallies = (struct tallies){ of, n };
	return true;
}

/* One group in order of time: marks what lies in windows that hold enough. */
static void mark_group(const struct window *w, struct one *one, uint32_t n)
{
	const struct rule_watch *t = w->t;
	uint32_t *count = w->tallies->of;
	uint32_t tail = 0, people = 0, marked = 0;
	for (uint32_t i = 0; i < n; i++) {
		people += !count[one[i].person]++;
		while (t->minutes && one[i].time - one[tail].time > t->minutes * MINUTE_MS)
			people -= !--count[one[tail++].person];
		if (i - tail + 1 < t->events || people < t->people)
			continue;
		for (uint32_t j = marked > tail ? marked : tail; j <= i; j++)
			one[j].in = true;
		marked = i + 1;
	}
	while (tail < n)
		count[one[tail++].person]--;
}

static uint32_t group_end(const struct window *w, uint32_t i)
{
	uint32_t end = i + 1;
	while (end < w->n && w->one[end].group == w->one[i].group)
		end++;
	return end;
}

static bool mark(struct window *w)
{
	sort(w);
	if (!make_tallies(w))
		return false;
	for (uint32_t i = 0, end; i < w->n; i = end) {
		end = group_end(w, i);
		mark_group(w, &w->one[i], end - i);
	}
	return true;
}

/* Those of one group that are in lie on enough days. */
static bool enough_days(const struct window *w, const struct one *one, uint32_t n)
{
	uint32_t days = 0;
	int64_t last = INT64_MIN;
	for (uint32_t i = 0; i < n; i++) {
		int64_t day = one[i].time / DAY_MS;
		days += one[i].in && day != last;
		last = one[i].in ? day : last;
	}
	return days >= w->t->days;
}

/* All that are in and before `before`, where they are one group; enough of them for `most`. */
static void fill(struct window *w, int64_t before)
{
	uint32_t n = 0;
	if (!w->most || w->t->people < 2)
		return;
	while (n < w->n && w->one[n].in && w->one[n].time < before)
		n++;
	if (n <= w->most || !enough_days(w, w->one, w->most))
		return;
	w->n = w->most + 1;
	w->full = true;
}

/* Nothing is expected to come from before this: one wrong date among the latest events, or among
 * those long before, does not matter. */
static int64_t expected(const struct window *w)
{
	int64_t least = w->one[w->n - 1].time;
	if (w->in_order)
		return least;
	for (uint32_t i = w->n - RECENT; i < w->n; i++)
		least = w->one[i].time < least ? w->one[i].time : least;
	return least - LATE_MS;
}

/* What lies so far back that no event to come shares a window with it or with what does: it is in,
 * or it goes. */
static bool settle(struct window *w)
{
	int64_t within = w->t->minutes * MINUTE_MS, next = expected(w);
	if (next <= w->settled)
		return true;
	if (!mark(w))
		return false;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < w->n; i++)
		if (w->one[i].in || w->one[i].time >= next - within)
			w->one[kept++] = w->one[i];
	w->n = kept;
	w->settled = next;
	fill(w, next - within);
	return true;
}

static void give_up(struct window *w)
{
	window_free(w);
	w->late = true;
}

/* The list has no room for another one. */
static bool grow(struct window *w, bool last_file)
{
	if (w->settles && w->n >= HELD && (last_file || w->in_order)) {
		if (!settle(w))
			return false;
		if (w->full || w->n <= w->cap / 2)
			return true;
	} else if (w->settles && w->n >= HELD_MOST) {
		give_up(w);
		return true;
	}
	uint32_t cap = w->cap ? w->cap * 2 : 1024;
	if (cap <= w->cap)
		return false;
	struct one *more = realloc(w->one, cap * sizeof *more);
	if (!more)
		return false;
	w->one = more;
	w->cap = cap;
	return true;
}

bool window_add(struct window *w, struct one one, bool last_file)
{
	if (!w->late && one.time < w->settled)
		give_up(w);
	if (!w->late && !w->full && w->n == w->cap && !grow(w, last_file))
		return false;
	if (!w->late && !w->full)
		w->one[w->n++] = one;
	return true;
}

bool window_close(struct window *w)
{
	if (!mark(w))
		return false;
	uint32_t kept = 0;
	for (uint32_t i = 0, end; i < w->n; i = end) {
		end = group_end(w, i);
		bool enough = enough_days(w, &w->one[i], end - i);
		for (uint32_t k = i; enough && k < end; k++)
			if (w->one[k].in)
				w->one[kept++] = w->one[k];
	}
	w->n = kept;
	return true;
}
