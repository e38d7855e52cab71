/* score_items.c - see score_items.h */
#include "score_items.h"
#include "numset.h"
#include "textmap.h"
#include <stdlib.h>

#define HOUR_MS INT64_C(3600000)

#define ORDER(a, b)     \
	if ((a) != (b)) \
	return (a) < (b) ? -1 : 1

/* What the windows need of a sighting, so that sorting moves little. */
struct seen {
	int64_t time;
	uint32_t record, conversation, item;
};

static int by_conversation(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	ORDER(x->conversation, y->conversation);
	ORDER(x->time, y->time);
	ORDER(x->record, y->record);
	return 0;
}

static int by_time(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	ORDER(x->time, y->time);
	ORDER(x->record, y->record);
	return 0;
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "memory ran out while scoring the case");
}

void items_free(struct items *it)
{
	for (size_t i = 0; i < it->n; i++)
		tally_free(&it->item[i].tally);
	free(it->item);
	free(it->subject);
	near_free(it->near);
	*it = (struct items){ 0 };
}

struct maker {
	struct items *it;
	struct case_facts *f;
	const struct policy *p;
	struct err *err;
	uint32_t *assertions_of; /* brand -> first in f->assertion, which is in order of brands */
};

static bool is_event(const struct sighting *s)
{
	return s->sight == SIGHT_EVENT || s->sight == SIGHT_TEXT;
}

static int tally_sightings(struct maker *m, struct tally *t, const struct sighting *s, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		struct tally_message message = { s[i].record, sighting_day(&s[i]),
						 (enum direction)s[i].direction };
		if (is_event(&s[i]) && !tally_add(t, message))
			return no_memory(m->err);
	}
	return 0;
}

/* How many different identifiers the brand's assertions have. */
static int count_numbers(struct maker *m, uint32_t brand, uint32_t *ret)
{
	const struct case_facts *f = m->f;
	struct numset *numbers = numset_new(0);
	struct textmap *handles = textmap_new();
	bool ok = numbers && handles;
	for (uint32_t i = m->assertions_of[brand];
	     ok && i < f->assertions && f->assertion[i].brand == brand; i++) {
		const struct case_assertion *a = &f->assertion[i];
		ok = a->e164 ? numset_put(numbers, a->e164, 1)
			     : textmap_put(handles, span_z(a->identifier), 1);
	}
	if (ok)
		*ret = (uint32_t)(numset_count(numbers) + textmap_count(handles));
	numset_free(numbers);
	textmap_free(handles);
	return ok ? 0 : no_memory(m->err);
}

static bool has_events(const struct contact *c, enum zone first, enum zone last)
{
	for (enum zone z = first; z <= last; z++)
		if (c->zone[z].in || c->zone[z].out || c->zone[z].unknown)
			return true;
	return false;
}

/* The brand's assertions that were met: which weighs most, and what they say together. */
static void weigh_brand(struct maker *m, struct subject *s, struct item *item)
{
	const struct case_facts *f = m->f;
	struct line_words *w = &s->line;
	bool sure = false, near = false, counted = false, within = false, beyond = false;
	w->family = f->brand[s->brand].family;
	for (uint32_t i = m->assertions_of[s->brand];
	     i < f->assertions && f->assertion[i].brand == s->brand; i++) {
		const struct case_assertion *a = &f->assertion[i];
		if (!w->best)
			w->best = a;
		w->entries++;
		if (a->factor < 0 || !a->contact)
			continue;
		struct contact_score score = contact_score(m->p, a->factor, a->contact);
		if (!counted || score.milli > item->milli) {
			item->milli = score.milli;
			w->best = a;
		}
		counted = true;
		within = within || a->contact->own ||
			 has_events(a->contact, ZONE_INSIDE, ZONE_UNDATED);
		beyond = beyond || has_events(a->contact, ZONE_OUTSIDE, ZONE_FAR);
		sure = sure || score.sure;
		near = near || score.near;
	}
	w->counted = counted;
	const struct summary *sum = &s->sum;
	bool events = sum->in || sum->out || sum->unknown;
	bool met = sum->member || sum->mention;
	item->line = (struct line_counts){
		.lines = counted,
		.events = counted ? sum->in + sum->out + sum->unknown : 0,
		.both = counted && sum->in && sum->out,
		.sure = sure,
		.near = near,
		.outside = counted && !within && (beyond || !near),
		.saved_only = counted && sum->saved && !events && !sum->own,
		.mentioned = counted && met && !events && !sum->saved && !sum->own,
		.own = counted && sum->own,
		.family = w->family,
		.not_counted = !counted,
	};
	s->milli = item->milli;
}

/* The assertions of a brand lie together, in the order of brands. */
static int index_assertions(struct maker *m)
{
	const struct case_facts *f = m->f;
	m->assertions_of = calloc(f->brands + 1u, sizeof *m->assertions_of);
	if (!m->assertions_of)
		return no_memory(m->err);
	for (uint32_t i = f->assertions; i-- > 0;)
		m->assertions_of[f->assertion[i].brand] = i;
	return 0;
}

/* Most messages of a rule with one person (or in one conversation, where nobody is known). */
static int count_most(struct maker *m, const struct sighting *s, uint32_t n, uint32_t *ret)
{
	struct numset *counts = numset_new(0);
	bool ok = counts != NULL;
	for (uint32_t i = 0; ok && i < n; i++) {
		uint64_t key = sighting_with(&s[i]) + 1;
		uint32_t count = 0;
		numset_get(counts, key, &count);
		ok = numset_put(counts, key, ++count);
		*ret = count > *ret ? count : *ret;
	}
	numset_free(counts);
	return ok ? 0 : no_memory(m->err);
}

static int make_rule(struct maker *m, struct subject *s, const struct sighting *at,
		     struct item *item)
{
	const struct case_rule *met = &m->f->rule[at->subject];
	s->kind = ITEM_RULE;
	s->rule = at->subject;
	*item = (struct item){ .kind = ITEM_RULE, .category = met->category };
	item->ambiguity = AMBIGUITY_HIGH;
	if (met->rule) {
		item->weight = met->rule->weight;
		item->ambiguity = met->rule->ambiguity;
		item->line_only = met->rule->when.line_only;
	}
	return count_most(m, at, s->n, &item->most);
}

static int make_subject(struct maker *m, struct subject *s, struct item *item)
{
	const struct case_facts *f = m->f;
	const struct sighting *at = &f->sighting[s->first];
	summarise(&s->sum, at, s->n);
	if (at->subject < f->rules)
		return make_rule(m, s, at, item);
	uint32_t line = at->subject - f->rules;
	s->kind = line < f->brands ? ITEM_LINE : ITEM_NAME;
	s->brand = line < f->brands ? line : line - f->brands;
	*item = (struct item){ .kind = s->kind, .category = CAT_LINE_NAME };
	if (s->kind == ITEM_NAME)
		return 0;
	item->category = CAT_LINE_MATCH;
	weigh_brand(m, s, item);
	return count_numbers(m, s->brand, &s->line.numbers);
}

static int by_milli(const void *a, const void *b)
{
	const struct subject *const *x = a, *const *y = b;
	ORDER((*y)->milli, (*x)->milli);
	ORDER((*x)->brand, (*y)->brand);
	return 0;
}

static void add_counts(struct line_counts *sum, const struct line_counts *l)
{
	sum->lines += l->lines;
	sum->events += l->events;
	sum->both += l->both;
	sum->sure += l->sure;
	sum->near += l->near;
	sum->outside += l->outside;
	sum->saved_only += l->saved_only;
	sum->mentioned += l->mentioned;
	sum->own += l->own;
	sum->family += l->family;
	sum->not_counted += l->not_counted;
}

/* Lines and names, each by points: the first have an item of their own, the rest of a kind share
 * one. all[] is the items before sharing, one for each subject. */
static int share(struct maker *m, const struct item *all, enum item_kind kind)
{
	struct items *it = m->it;
	const struct subject **order = calloc(it->subjects + 1u, sizeof(const struct subject *));
	if (!order)
		return no_memory(m->err);
	uint32_t n = 0;
	for (uint32_t i = 0; i < it->subjects; i++)
		if (it->subject[i].kind == kind)
			order[n++] = &it->subject[i];
	qsort(order, n, sizeof *order, by_milli);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = (uint32_t)(order[k] - it->subject);
		struct subject *s = &it->subject[i];
		s->shared = k >= LINE_ITEMS_MAX;
		if (k <= LINE_ITEMS_MAX) {
			s->item = (uint32_t)it->n;
			it->item[it->n++] = all[i];
			continue;
		}
		s->item = (uint32_t)it->n - 1;
		add_counts(&it->item[s->item].line, &all[i].line);
	}
	free(order);
	return 0;
}

static int make_items(struct maker *m)
{
	struct items *it = m->it;
	struct case_facts *f = m->f;
	for (uint32_t i = 0; i < f->n; i++)
		it->subjects += !i || f->sighting[i].subject != f->sighting[i - 1].subject;
	it->subject = calloc(it->subjects + 1u, sizeof *it->subject);
	it->item = calloc(it->subjects + 1u, sizeof *it->item);
	struct item *all = calloc(it->subjects + 1u, sizeof *all);
	if (!it->subject || !it->item || !all) {
		free(all);
		return no_memory(m->err);
	}
	int rc = 0;
	uint32_t k = 0;
	for (uint32_t i = 0, next; !rc && i < f->n; i = next, k++) {
		for (next = i + 1;
		     next < f->n && f->sighting[next].subject == f->sighting[i].subject;)
			next++;
		it->subject[k].first = i;
		it->subject[k].n = next - i;
		rc = make_subject(m, &it->subject[k], &all[k]);
	}
	if (!rc)
		rc = share(m, all, ITEM_LINE);
	if (!rc)
		rc = share(m, all, ITEM_NAME);
	for (uint32_t i = 0; !rc && i < it->subjects; i++)
		if (it->subject[i].kind == ITEM_RULE) {
			it->subject[i].item = (uint32_t)it->n;
			it->item[it->n++] = all[i];
		}
	free(all);
	for (uint32_t i = 0; !rc && i < it->subjects; i++) {
		const struct subject *s = &it->subject[i];
		rc = tally_sightings(m, &it->item[s->item].tally, &f->sighting[s->first], s->n);
	}
	return rc;
}

/* s[n] is in order of conversation (for the phone: of nothing else) and time. */
static void walk(struct near *near, enum scope scope, const struct seen *s, size_t n,
		 int64_t within)
{
	size_t tail = 0;
	for (size_t i = 0; i < n; i++) {
		for (; tail < i; tail++) {
			const struct seen *t = &s[tail];
			bool together = t->record == s[i].record;
			if (!together && scope != SCOPE_MESSAGE)
				together = t->time != TIME_UNSET && s[i].time != TIME_UNSET &&
					   s[i].time - t->time <= within &&
					   (scope == SCOPE_PHONE ||
					    (t->conversation == s[i].conversation &&
					     s[i].conversation != NOWHERE));
			if (together)
				break;
			near_leave(near, scope, t->item);
		}
		near_enter(near, scope, s[i].item);
	}
	for (; tail < n; tail++)
		near_leave(near, scope, s[tail].item);
}

static int make_near(struct maker *m)
{
	struct items *it = m->it;
	struct case_facts *f = m->f;
	struct seen *seen = calloc((size_t)f->n + 1, sizeof *seen);
	size_t n = 0;
	it->near = near_new(it->n);
	if (!it->near || !seen) {
		free(seen);
		return no_memory(m->err);
	}
	for (uint32_t i = 0; i < it->subjects; i++)
		for (uint32_t k = 0; k < it->subject[i].n; k++) {
			const struct sighting *s = &f->sighting[it->subject[i].first + k];
			if (is_event(s))
				seen[n++] = (struct seen){ s->time, s->record, s->conversation,
							   it->subject[i].item };
		}
	int64_t within = m->p->text.near_hours * HOUR_MS;
	qsort(seen, n, sizeof *seen, by_conversation);
	walk(it->near, SCOPE_THREAD, seen, n, within);
	walk(it->near, SCOPE_MESSAGE, seen, n, within);
	qsort(seen, n, sizeof *seen, by_time);
	walk(it->near, SCOPE_PHONE, seen, n, within);
	near_finish(it->near);
	free(seen);
	return 0;
}

int score_items(struct items *it, struct case_facts *f, const struct policy *p, struct err *err)
{
	struct maker m = { .it = it, .f = f, .p = p, .err = err };
	int rc = index_assertions(&m);
	if (!rc)
		rc = make_items(&m);
	if (!rc)
		rc = make_near(&m);
	free(m.assertions_of);
	return rc;
}
