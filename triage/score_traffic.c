/*
 * score_traffic.c - rules on calls and messages by number, time and direction.
 *
 * The events that fit a rule one by one are put in order, and a window slides over them: what lies
 * in a window that holds enough events of enough people is what was seen.
 */
#include "numset.h"
#include "report/zone.h"
#include "score_watch_own.h"
#include <stdlib.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)
#define TEXTS_MAX 20000u /* messages of one rule whose texts are compared */

struct one {
	const struct event *e;
	uint32_t group; /* near-identical texts; with rules for each person, the person */
	bool in;        /* in a window that is enough */
};

struct traffic {
	struct watch *w;
	const struct rule *r;
	const struct rule_watch *t;
	struct one *one;
	uint32_t n;
	uint32_t *count;    /* per person, in the window */
	uint32_t *in, *out; /* per person: events of these kinds */
	uint32_t *first;    /* per person: record of the first event, 0: none */
	int64_t *sent;      /* times of all that went out, in order */
	uint32_t sent_n;
	struct numset *records; /* with a hit of the rules asked for */
	bool *line;             /* per person: on the line list */
};

static bool of_kind(const struct rule_watch *t, const struct event *e)
{
	return e->kind == REC_CALL ? t->calls : t->texts;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* What is known of each person, and when anything went out at all. */
static int know(struct traffic *k)
{
	const struct events *ev = k->w->ev;
	size_t persons = (size_t)k->w->f->persons + 1;
	k->count = calloc(persons, sizeof *k->count);
	k->in = calloc(persons, sizeof *k->in);
	k->out = calloc(persons, sizeof *k->out);
	k->first = calloc(persons, sizeof *k->first);
	k->line = calloc(persons, sizeof *k->line);
	k->sent = calloc((size_t)ev->n + 1, sizeof *k->sent);
	k->one = calloc((size_t)ev->n + 1, sizeof *k->one);
	int64_t *began = calloc(persons, sizeof *began);
	bool ok = k->count && k->in && k->out && k->first && k->line && k->sent && k->one && began;
	for (uint32_t i = 0; ok && i < ev->n; i++) {
		const struct event *e = &ev->at[i];
		if (e->direction == DIR_OUT && e->time != TIME_UNSET)
			k->sent[k->sent_n++] = e->time;
		if (e->person == NOBODY)
			continue;
		if (of_kind(k->t, e) && e->direction == DIR_IN)
			k->in[e->person]++;
		if (of_kind(k->t, e) && e->direction == DIR_OUT)
			k->out[e->person]++;
		if (e->time != TIME_UNSET && (!k->first[e->person] || e->time < began[e->person])) {
			k->first[e->person] = e->record;
			began[e->person] = e->time;
		}
	}
	free(began);
	if (!ok)
		return watch_no_memory(k->w);
	qsort(k->sent, k->sent_n, sizeof *k->sent, by_number);
	for (uint32_t i = 0; i < k->w->hits; i++) {
		const struct sighting *s = &k->w->f->sighting[i];
		if (s->sight == SIGHT_EVENT && s->person != NOBODY)
			k->line[s->person] = true;
	}
	return 0;
}

static int know_hits(struct traffic *k)
{
	if (!k->t->of.n)
		return 0;
	k->records = numset_new(0);
	bool ok = k->records != NULL;
	for (uint32_t i = 0; ok && i < k->w->hits; i++) {
		const struct sighting *s = &k->w->f->sighting[i];
		const struct rule *r =
			s->sight == SIGHT_TEXT ? k->w->f->rule[s->subject].rule : NULL;
		if (r && rule_named(r, &k->t->of))
			ok = numset_put(k->records, s->record, 1);
	}
	return ok ? 0 : watch_no_memory(k->w);
}

static bool in_hours(const struct rule_watch *t, int64_t time)
{
	int64_t offset = 0;
	const char *zone;
	if (t->from_hour == t->to_hour)
		return true;
	zone_offset(time, &offset, &zone);
	int64_t hour = (time + offset) % (24 * HOUR_MS) / HOUR_MS;
	return t->from_hour < t->to_hour ? hour >= t->from_hour && hour < t->to_hour
					 : hour >= t->from_hour || hour < t->to_hour;
}

/* Nothing had gone out for so long before it, though something had before that. */
static bool after_quiet(const struct traffic *k, int64_t time)
{
	uint32_t low = 0, high = k->sent_n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (k->sent[middle] < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && time - k->sent[low - 1] >= (int64_t)k->t->quiet_hours * HOUR_MS;
}

static bool fits(const struct traffic *k, const struct event *e)
{
	const struct rule_watch *t = k->t;
	uint32_t value, who = e->person;
	if (!of_kind(t, e) || who == NOBODY || e->time == TIME_UNSET ||
	    !direction_fits(&k->r->when, (enum direction)e->direction) ||
	    !person_fits(k->w->f, k->w->p, k->r, who))
		return false;
	if (k->r->when.line_only && !k->line[who])
		return false;
	if (t->shorter && (e->kind != REC_CALL || e->seconds >= t->shorter))
		return false;
	if (t->one_way && (e->direction == DIR_IN ? k->out[who] : k->in[who]))
		return false;
	if (t->first && k->first[who] != e->record)
		return false;
	if (k->r->when.missing && !events_missing(k->w->ev, e->time))
		return false;
	if (t->quiet_hours && !after_quiet(k, e->time))
		return false;
	return in_hours(t, e->time) && (!t->of.n || numset_get(k->records, e->record, &value));
}

static int by_group(const void *a, const void *b)
{
	const struct one *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->e->time != y->e->time)
		return x->e->time < y->e->time ? -1 : 1;
	return (x->e->record > y->e->record) - (x->e->record < y->e->record);
}

static uint32_t days_of(const struct one *one, uint32_t n)
{
	uint32_t days = 0;
	int64_t last = INT64_MIN;
	for (uint32_t i = 0; i < n; i++) {
		int64_t day = one[i].e->time / (24 * HOUR_MS);
		days += one[i].in && day != last;
		last = one[i].in ? day : last;
	}
	return days;
}

/* One group in order of time: marks what lies in windows that are enough. */
static void mark_group(struct traffic *k, struct one *one, uint32_t n)
{
	const struct rule_watch *t = k->t;
	uint32_t tail = 0, people = 0, marked = 0;
	for (uint32_t i = 0; i < n; i++) {
		people += !k->count[one[i].e->person]++;
		while (t->minutes && one[i].e->time - one[tail].e->time > t->minutes * MINUTE_MS)
			people -= !--k->count[one[tail++].e->person];
		if (i - tail + 1 < t->events || people < t->people)
			continue;
		for (uint32_t j = marked > tail ? marked : tail; j <= i; j++)
			one[j].in = true;
		marked = i + 1;
	}
	while (tail < n)
		k->count[one[tail++].e->person]--;
	if (days_of(one, n) >= t->days)
		return;
	for (uint32_t i = 0; i < n; i++)
		one[i].in = false;
}

static void mark(struct traffic *k)
{
	qsort(k->one, k->n, sizeof *k->one, by_group);
	for (uint32_t i = 0, next; i < k->n; i = next) {
		next = i + 1;
		while (next < k->n && k->one[next].group == k->one[i].group)
			next++;
		mark_group(k, &k->one[i], next - i);
	}
}

static void keep_marked(struct traffic *k)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < k->n; i++)
		if (k->one[i].in)
			k->one[kept++] = k->one[i];
	k->n = kept;
	for (uint32_t i = 0; i < k->n; i++)
		k->one[i].in = false;
}

/* The same text: first what has enough traffic whatever the texts, then by texts. */
static int group_by_text(struct traffic *k)
{
	mark(k);
	keep_marked(k);
	k->n = k->n < TEXTS_MAX ? k->n : TEXTS_MAX;
	uint32_t *record = calloc((size_t)k->n + 1, sizeof *record);
	uint32_t *number = calloc((size_t)k->n + 1, sizeof *number);
	int rc = record && number ? 0 : watch_no_memory(k->w);
	for (uint32_t i = 0; !rc && i < k->n; i++)
		record[i] = k->one[i].e->record;
	if (!rc)
		rc = watch_same_texts(k->w, record, k->n, number);
	uint32_t kept = 0;
	for (uint32_t i = 0; !rc && i < k->n; i++)
		if (number[i]) {
			k->one[kept] = k->one[i];
			k->one[kept++].group = number[i];
		}
	if (!rc)
		k->n = kept;
	free(record);
	free(number);
	return rc;
}

int watch_traffic(struct watch *w, uint32_t rule)
{
	const struct rule *r = w->f->rule[rule].rule;
	struct traffic k = { .w = w, .r = r, .t = &r->watch };
	int rc = know(&k);
	if (!rc)
		rc = know_hits(&k);
	for (uint32_t i = 0; !rc && i < w->ev->n; i++) {
		const struct event *e = &w->ev->at[i];
		if (fits(&k, e))
			k.one[k.n++] =
				(struct one){ e, r->watch.people > 1 ? 0 : e->person, false };
	}
	if (!rc && r->watch.same_text)
		rc = group_by_text(&k);
	if (!rc)
		mark(&k);
	for (uint32_t i = 0; !rc && i < k.n; i++)
		if (k.one[i].in)
			rc = watch_add(w, rule, k.one[i].e);
	numset_free(k.records);
	free(k.one);
	free(k.count);
	free(k.in);
	free(k.out);
	free(k.first);
	free(k.line);
	free(k.sent);
	return rc;
}
