/* score_clear.c - see score_clear.h */
#include "score_clear.h"
#include <stdlib.h>

struct clear {
	struct case_facts *f;
	const struct shapes *shapes;
	struct err *err;
	struct by_person *by; /* rules that clear a person's messages, in order of persons */
	uint32_t by_n;
	uint32_t *grave; /* per person: categories that words in other messages do not explain */
};

struct by_person {
	uint32_t person, sighting;
	const struct rule *rule;
};

static const struct rule *rule_of(const struct clear *k, const struct sighting *s)
{
	return s->sight == SIGHT_TEXT ? k->f->rule[s->subject].rule : NULL;
}

static bool is_clearing(const struct clear *k, const struct sighting *s)
{
	const struct rule *r = rule_of(k, s);
	return r && r->clears != CLEARS_NOTHING;
}

static bool can_go(const struct clear *k, const struct sighting *s)
{
	const struct rule *r = rule_of(k, s);
	return r && !r->clears && r->category != CAT_WELFARE && r->category != CAT_OUTREACH_TEXT;
}

static int by_record(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

/* They come record by record, so that there is little to sort. */
static void sort(struct clear *k)
{
	struct sighting *s = k->f->sighting;
	for (uint32_t i = 1; i < k->f->n; i++) {
		if (s[i].record < s[i - 1].record) {
			qsort(s, k->f->n, sizeof *s, by_record);
			return;
		}
	}
	for (uint32_t i = 0, next; i < k->f->n; i = next) {
		bool ordered = true;
		for (next = i + 1; next < k->f->n && s[next].record == s[i].record; next++)
			ordered &= by_record(&s[next - 1], &s[next]) <= 0;
		if (!ordered)
			qsort(&s[i], next - i, sizeof *s, by_record);
	}
}

/* What the texts of records look like that have a hit which could go. */
static int add_shapes(struct clear *k)
{
	uint32_t n = k->f->n, at = 0;
	int rc = 0;
	for (uint32_t i = 0, next; !rc && i < n; i = next) {
		uint32_t record = k->f->sighting[i].record, of = n;
		for (next = i; next < n && k->f->sighting[next].record == record; next++)
			if (of == n && can_go(k, &k->f->sighting[next]))
				of = next;
		while (at < k->shapes->n && k->shapes->at[at].record < record)
			at++;
		for (; !rc && of < n && at < k->shapes->n && k->shapes->at[at].record == record;
		     at++) {
			struct sighting s = k->f->sighting[of];
			s.subject = k->shapes->at[at].rule;
			s.start = k->shapes->at[at].start;
			s.stop = k->shapes->at[at].stop;
			rc = facts_add(k->f, s, k->err);
		}
	}
	if (k->f->n > n)
		sort(k);
	return rc;
}

/* What would have counted by itself: taking that away is worth telling. */
static bool is_loss(const struct clear *k, const struct sighting *s)
{
	const struct rule *r = rule_of(k, s);
	return r->weight && r->ambiguity == AMBIGUITY_LOW && r->when.repeat < 2 && !r->when.near.n;
}

/* Whether the clearing sighting takes the other one away; both are of one record, or of one
 * person. */
static bool takes(const struct clear *k, const struct sighting *by, const struct sighting *s)
{
	const struct rule *r = rule_of(k, by);
	if (!can_go(k, s) || (r->takes.n && !rule_named(rule_of(k, s), &r->takes)))
		return false;
	if (r->clears == CLEARS_HIT)
		return s->start != UINT32_MAX && by->start != UINT32_MAX && s->start >= by->start &&
		       s->stop <= by->stop;
	return true;
}

/* Contact with a listed number, or a plain threat, debt, order or concealment: ordinary words in
 * other messages with that person explain none of it, and nothing beside it. */
static uint32_t grave_of(const struct clear *k, const struct sighting *s)
{
	static const uint32_t grave = UINT32_C(1) << CAT_DEBT_THREAT | UINT32_C(1) << CAT_THREAT |
				      UINT32_C(1) << CAT_COERCION | UINT32_C(1) << CAT_CONCEALMENT;
	const struct rule *r = rule_of(k, s);
	if (s->sight == SIGHT_EVENT)
		return UINT32_C(1) << CAT_LINE_MATCH;
	if (!r || !r->weight || r->ambiguity != AMBIGUITY_LOW)
		return 0;
	return grave & UINT32_C(1) << r->category;
}

static void find_grave(struct clear *k)
{
	for (uint32_t i = 0; i < k->f->n; i++) {
		const struct sighting *s = &k->f->sighting[i];
		if (s->person != NOBODY)
			k->grave[s->person] |= grave_of(k, s);
	}
}

/* A rule that names a grave category is meant for it: a helpline repeats what it was told. */
static bool is_kept(const struct clear *k, const struct rule *r, uint32_t person)
{
	uint32_t grave = person != NOBODY ? k->grave[person] : 0;
	for (size_t i = 0; i < r->takes.n; i++) {
		enum category c;
		if (category_from_word(span_z(r->takes.name[i]), &c))
			grave &= ~(UINT32_C(1) << c);
	}
	return grave != 0;
}

/* The sightings of one record; marks who goes, and which clearing ones took something. */
static void clear_record(struct clear *k, uint32_t from, uint32_t to, bool *gone)
{
	struct sighting *s = k->f->sighting;
	for (uint32_t i = from; i < to; i++) {
		if (!is_clearing(k, &s[i]))
			continue;
		if (rule_of(k, &s[i])->clears == CLEARS_PERSON &&
		    is_kept(k, rule_of(k, &s[i]), s[i].person)) {
			gone[i] = true;
			continue;
		}
		bool took = false;
		for (uint32_t j = from; j < to; j++)
			if (takes(k, &s[i], &s[j])) {
				gone[j] = true;
				took |= is_loss(k, &s[j]);
			}
		gone[i] = !took;
		if (rule_of(k, &s[i])->clears == CLEARS_PERSON && s[i].person != NOBODY)
			k->by[k->by_n++] = (struct by_person){ s[i].person, i, rule_of(k, &s[i]) };
	}
}

static int by_person_order(const void *a, const void *b)
{
	const struct by_person *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->rule != y->rule)
		return strcmp(x->rule->id, y->rule->id);
	return x->sighting < y->sighting ? -1 : x->sighting > y->sighting;
}

static uint32_t first_of(const struct clear *k, uint32_t person)
{
	uint32_t low = 0, high = k->by_n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (k->by[middle].person < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A person's other messages; of each rule that took something, one sighting with that person is
 * listed. */
static void clear_people(struct clear *k, bool *gone)
{
	struct sighting *s = k->f->sighting;
	const struct rule *last = NULL;
	uint32_t n = 0; /* one of each rule and person is enough */
	if (k->by_n)
		qsort(k->by, k->by_n, sizeof *k->by, by_person_order);
	for (uint32_t i = 0; i < k->by_n; i++) {
		bool again = n && last == k->by[i].rule && k->by[n - 1].person == k->by[i].person;
		last = k->by[i].rule;
		if (!again)
			k->by[n++] = k->by[i];
	}
	k->by_n = n;
	for (uint32_t i = 0; i < k->f->n; i++) {
		if (s[i].person == NOBODY || !can_go(k, &s[i]))
			continue;
		for (uint32_t j = first_of(k, s[i].person);
		     j < k->by_n && k->by[j].person == s[i].person; j++)
			if (takes(k, &s[k->by[j].sighting], &s[i])) {
				gone[i] = true;
				if (is_loss(k, &s[i]))
					gone[k->by[j].sighting] = false;
			}
	}
}

static int clear_all(struct clear *k)
{
	struct case_facts *f = k->f;
	bool *gone = calloc((size_t)f->n + 1, sizeof *gone);
	k->by = calloc((size_t)f->n + 1, sizeof *k->by);
	k->grave = calloc((size_t)f->persons + 1, sizeof *k->grave);
	if (!gone || !k->by || !k->grave) {
		free(gone);
		return err_set(k->err, E_NOMEM, "memory ran out while scoring the case");
	}
	find_grave(k);
	for (uint32_t i = 0, next; i < f->n; i = next) {
		next = i + 1;
		while (next < f->n && f->sighting[next].record == f->sighting[i].record)
			next++;
		clear_record(k, i, next, gone);
	}
	clear_people(k, gone);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < f->n; i++)
		if (!gone[i])
			f->sighting[kept++] = f->sighting[i];
	f->n = kept;
	free(gone);
	return 0;
}

int score_clear(struct case_facts *f, const struct shapes *shapes, struct err *err)
{
	struct clear k = { .f = f, .shapes = shapes, .err = err };
	sort(&k);
	int rc = add_shapes(&k);
	if (!rc)
		rc = clear_all(&k);
	free(k.by);
	free(k.grave);
	return rc;
}
