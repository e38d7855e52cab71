/* tally.c - see tally.h */
#include "tally.h"
#include <stdlib.h>

static bool new_day(const struct tally *t, int32_t day)
{
	if (day == INT32_MIN || t->days == FACT_MAX)
		return false;
	for (uint32_t i = 0; i < t->n; i++)
		if (t->kept[i].day == day)
			return false;
	return true;
}

bool tally_add(struct tally *t, struct tally_message m)
{
	bool day = new_day(t, m.day);
	if (day || t->total[m.direction] < FACT_MAX) {
		if (t->n == t->cap) {
			uint32_t cap = t->cap ? t->cap * 2 : 4;
			struct tally_message *kept = realloc(t->kept, cap * sizeof *kept);
			if (!kept)
				return false;
			t->kept = kept;
			t->cap = cap;
		}
		t->kept[t->n++] = m;
	}
	t->days += day;
	t->total[m.direction]++;
	return true;
}

void tally_free(struct tally *t)
{
	free(t->kept);
	*t = (struct tally){ 0 };
}

uint32_t tally_messages(const struct tally *t)
{
	return t->total[DIR_UNKNOWN] + t->total[DIR_IN] + t->total[DIR_OUT];
}

static bool counts(const struct tally_message *m, enum tally_of of)
{
	switch (of) {
	case TALLY_DAYS:
		return m->day != INT32_MIN;
	case TALLY_IN:
		return m->direction == DIR_IN;
	case TALLY_OUT:
		return m->direction == DIR_OUT;
	default:
		return true;
	}
}

void tally_join(struct tally_union *u, const struct tally *t)
{
	for (uint32_t i = 0; i < t->n && u->count < FACT_MAX; i++) {
		if (!counts(&t->kept[i], u->of))
			continue;
		int64_t key = u->of == TALLY_DAYS ? t->kept[i].day : t->kept[i].record;
		int at = 0;
		while (at < u->count && u->seen[at] != key)
			at++;
		if (at == u->count)
			u->seen[u->count++] = key;
	}
}
