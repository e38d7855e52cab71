/*
 * score_place.c - see score_place.h
 *
 * The sightings are marks in the order of conversation, time and record. An event counts for the
 * first mark of its conversation that comes after it; the sum up to a mark is then its place.
 */
#include "score_place.h"
#include <stdlib.h>

struct mark {
	int64_t time;
	uint32_t conversation, record;
};

/* The marks of one conversation. */
struct group {
	uint32_t first, end;
	uint32_t last; /* the one that the latest event counted for, or end */
};

struct place_book {
	struct mark *mark;
	uint32_t *before; /* events since the mark before; once closed: since the first of all */
	uint32_t n;
	struct group *group; /* [0] has none: it stands for conversations without marks */
	uint32_t groups;
	uint32_t *of_person; /* conversation that is a person -> group */
	uint32_t persons;
	struct numset *of_thread; /* conversation that is a thread -> group */
};

static int order(int64_t time, uint32_t record, const struct mark *m)
{
	if (time != m->time)
		return time < m->time ? -1 : 1;
	return (record > m->record) - (record < m->record);
}

static int by_conversation(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	if (x->conversation != y->conversation)
		return x->conversation < y->conversation ? -1 : 1;
	return order(x->time, x->record, y);
}

void place_book_free(struct place_book *b)
{
	if (!b)
		return;
	free(b->mark);
	free(b->before);
	free(b->group);
	free(b->of_person);
	numset_free(b->of_thread);
	free(b);
}

static void add_marks(struct place_book *b, const struct case_facts *f)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		const struct sighting *s = &f->sighting[i];
		if (s->event && s->conversation != NOWHERE &&
		    (!n || b->mark[n - 1].record != s->record))
			b->mark[n++] = (struct mark){ s->time, s->conversation, s->record };
	}
	if (n)
		qsort(b->mark, n, sizeof *b->mark, by_conversation);
	for (uint32_t i = 0; i < n; i++)
		if (!i || by_conversation(&b->mark[b->n - 1], &b->mark[i]))
			b->mark[b->n++] = b->mark[i];
}

static const struct group *find(const struct place_book *b, uint32_t conversation)
{
	uint32_t g = 0;
	if (conversation < b->persons)
		g = b->of_person[conversation];
	else if (!numset_get(b->of_thread, (uint64_t)conversation + 1, &g))
		g = 0;
	return &b->group[g];
}

static bool add_groups(struct place_book *b, uint32_t persons)
{
	uint32_t n = 1;
	for (uint32_t i = 0; i < b->n; i++)
		n += !i || b->mark[i].conversation != b->mark[i - 1].conversation;
	b->group = calloc(n, sizeof *b->group);
	b->of_person = calloc(persons + 1u, sizeof *b->of_person);
	b->of_thread = numset_new(0);
	if (!b->group || !b->of_person || !b->of_thread)
		return false;
	b->persons = persons;
	b->groups = 1;
	for (uint32_t i = 0, next; i < b->n; i = next) {
		uint32_t conversation = b->mark[i].conversation;
		for (next = i + 1; next < b->n && b->mark[next].conversation == conversation;)
			next++;
		b->group[b->groups] = (struct group){ i, next, i };
		if (conversation < persons)
			b->of_person[conversation] = b->groups;
		else if (!numset_put(b->of_thread, (uint64_t)conversation + 1, b->groups))
			return false;
		b->groups++;
	}
	return true;
}

int place_book_new(struct place_book **ret, const struct case_facts *f, struct err *err)
{
	struct place_book *b = calloc(1, sizeof *b);
	if (b) {
		b->mark = calloc((size_t)f->n + 1, sizeof *b->mark);
		b->before = calloc((size_t)f->n + 1, sizeof *b->before);
		if (b->mark && b->before) {
			add_marks(b, f);
			if (add_groups(b, f->persons)) {
				*ret = b;
				return 0;
			}
		}
	}
	place_book_free(b);
	return err_set(err, E_NOMEM, "memory ran out while scoring the case");
}

/* The first mark of the group that comes after the event, or the end. */
static uint32_t after(const struct place_book *b, const struct group *g, int64_t time,
		      uint32_t record)
{
	uint32_t low = g->first, high = g->end;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (order(time, record, &b->mark[middle]) < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

void place_book_see(struct place_book *b, const struct event *e)
{
	struct group *g = &b->group[find(b, e->conversation) - b->group];
	if (g->first == g->end)
		return;
	/* Mostly it is the same as for the event before, or the next. */
	uint32_t at = g->last;
	at += at < g->end && order(e->time, e->record, &b->mark[at]) >= 0;
	if ((at > g->first && order(e->time, e->record, &b->mark[at - 1]) < 0) ||
	    (at < g->end && order(e->time, e->record, &b->mark[at]) >= 0))
		at = after(b, g, e->time, e->record);
	g->last = at;
	if (at < g->end)
		b->before[at]++;
}

void place_book_close(struct place_book *b)
{
	for (uint32_t i = 1; i < b->n; i++)
		if (b->mark[i].conversation == b->mark[i - 1].conversation)
			b->before[i] += b->before[i - 1];
}

bool place_of(const struct place_book *b, const struct sighting *s, uint32_t *ret)
{
	if (!s->event || s->conversation == NOWHERE)
		return false;
	const struct group *g = find(b, s->conversation);
	uint32_t at = after(b, g, s->time, s->record);
	if (at == g->first || b->mark[at - 1].record != s->record)
		return false;
	*ret = b->before[at - 1];
	return true;
}
