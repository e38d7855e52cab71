/* score_sequence.c - hits one after the other in a conversation, and hits near each other. */
#include "score_watch_own.h"
#include <stdlib.h>

#define HOUR_MS INT64_C(3600000)
#define AHEAD 1000u /* hits after a step in which the next is looked for */
#define PASSES 8u   /* times that what is left is asked again what stands near it */

struct place {
	const struct sighting *s;
	uint32_t position;
	bool known; /* its place in the conversation */
	bool keep;
};

static int by_conversation(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->s->conversation != y->s->conversation)
		return x->s->conversation < y->s->conversation ? -1 : 1;
	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	if (x->s->record != y->s->record)
		return x->s->record < y->s->record ? -1 : 1;
	return (x->s->subject > y->s->subject) - (x->s->subject < y->s->subject);
}

/* The first n sightings with their places, in order of conversations. */
static struct place *places(struct watch *w, uint32_t n)
{
	struct place *at = calloc((size_t)n + 1, sizeof *at);
	for (uint32_t i = 0; at && i < n; i++) {
		const struct sighting *s = &w->f->sighting[i];
		at[i].s = s;
		at[i].position = UINT32_MAX;
		at[i].known = place_of(w->places, s, &at[i].position) &&
			      (s->sight == SIGHT_TEXT || s->sight == SIGHT_EVENT);
	}
	if (at && n)
		qsort(at, n, sizeof *at, by_conversation);
	return at;
}

/* One of "a|b|c" is the id or category of what was sighted; a line is "line-match". */
static bool is_step(const struct watch *w, const char *step, const struct place *at)
{
	const struct rule *r = at->s->sight == SIGHT_TEXT ? w->f->rule[at->s->subject].rule : NULL;
	const char *id = r ? r->id : "",
		   *category = r ? category_word(r->category) : category_word(CAT_LINE_MATCH);
	if (at->s->sight == SIGHT_TEXT && !r)
		return false;
	for (const char *p = step; *p;) {
		size_t n = strcspn(p, "|");
		span word = { p, n };
		if (span_eq(word, span_z(category)) || span_eq(word, span_z(id)))
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

static bool follows(const struct rule_watch *t, const struct place *a, const struct place *b)
{
	if (b->position <= a->position || (t->messages && b->position - a->position > t->messages))
		return false;
	return !t->hours || (a->s->time != TIME_UNSET && b->s->time != TIME_UNSET &&
			     b->s->time - a->s->time <= t->hours * HOUR_MS);
}

/* All steps from `from` on, as soon as each comes; marks them. */
static void try_chain(const struct watch *w, const struct rule_watch *t, struct place *at,
		      uint32_t from, uint32_t n)
{
	uint32_t chain[40], last = from;
	size_t steps = 1;
	chain[0] = from;
	for (uint32_t j = from + 1; j < n && j - from <= AHEAD && steps < t->of.n; j++)
		if (is_step(w, t->of.name[steps], &at[j]) && follows(t, &at[last], &at[j]))
			chain[steps++] = last = j;
	for (size_t i = 0; steps == t->of.n && i < steps; i++)
		at[chain[i]].keep = true;
}

/* Those that are part of a chain, once for each record. Takes at. */
static int add_chained(struct watch *w, uint32_t rule, struct place *at)
{
	uint32_t n = 0, last = 0;
	uint32_t *found = calloc((size_t)w->hits + 1, sizeof *found);
	for (uint32_t i = 0; found && i < w->hits; i++) {
		if (!at[i].keep || at[i].s->record == last)
			continue;
		last = at[i].s->record;
		if (at[i].s->event)
			found[n++] = (uint32_t)(at[i].s - w->f->sighting);
	}
	free(at); /* what is added may move the sightings */
	int rc = found ? 0 : watch_no_memory(w);
	for (uint32_t i = 0; !rc && i < n; i++) {
		struct sighting s = w->f->sighting[found[i]];
		struct event e = { .time = s.time,
				   .record = s.record,
				   .person = s.person,
				   .conversation = s.conversation,
				   .kind = s.kind,
				   .direction = s.direction };
		rc = watch_add(w, rule, &e);
	}
	free(found);
	return rc;
}

int watch_sequence(struct watch *w, uint32_t rule)
{
	const struct rule_watch *t = &w->f->rule[rule].rule->watch;
	if (!w->places)
		return 0;
	struct place *at = places(w, w->hits);
	if (!at)
		return watch_no_memory(w);
	for (uint32_t i = 0, next; i < w->hits; i = next) {
		next = i + 1;
		while (next < w->hits && at[next].s->conversation == at[i].s->conversation)
			next++;
		for (uint32_t k = i; k < next; k++)
			if (at[k].known && is_step(w, t->of.name[0], &at[k]))
				try_chain(w, t, at, k, next);
	}
	return add_chained(w, rule, at);
}

/* The same rule; or two of one category in one message, which say the same thing twice. */
static bool same_words(const struct watch *w, const struct place *a, const struct place *b)
{
	return a->s->subject == b->s->subject ||
	       (a->s->record == b->s->record && a->s->sight == SIGHT_TEXT &&
		b->s->sight == SIGHT_TEXT &&
		w->f->rule[a->s->subject].category == w->f->rule[b->s->subject].category);
}

static bool near_one(const struct watch *w, const struct rule *r, const struct place *at,
		     uint32_t i, uint32_t n)
{
	const struct rule_names *names = &r->when.near;
	for (int way = -1; way <= 1; way += 2)
		for (uint32_t j = i; way < 0 ? j-- > 0 : ++j < n;) {
			uint32_t far = way < 0 ? at[i].position - at[j].position
					       : at[j].position - at[i].position;
			if (at[j].s->conversation != at[i].s->conversation ||
			    far > r->when.messages)
				break;
			if (!at[j].known || same_words(w, &at[i], &at[j]))
				continue;
			for (size_t k = 0; k < names->n; k++)
				if (is_step(w, names->name[k], &at[j]))
					return true;
		}
	return false;
}

/* What did not count in the last pass supports nothing in this one. True if something went. */
static bool drop_unsupported(const struct watch *w, struct place *at, uint32_t n)
{
	bool any = false;
	for (uint32_t i = 0; i < n; i++) {
		const struct rule *r =
			at[i].s->sight == SIGHT_TEXT ? w->f->rule[at[i].s->subject].rule : NULL;
		if (at[i].keep && r && r->when.near.n)
			at[i].keep = at[i].known && near_one(w, r, at, i, n);
	}
	for (uint32_t i = 0; i < n; i++) {
		any |= !at[i].keep && at[i].known;
		at[i].known &= at[i].keep;
	}
	return any;
}

int watch_near(struct watch *w)
{
	struct case_facts *f = w->f;
	bool any = false;
	for (uint32_t i = 0; i < f->rules; i++)
		any |= f->rule[i].runs && f->rule[i].rule->when.near.n;
	if (!any || !f->n)
		return 0;
	struct place *at = places(w, f->n);
	bool *keep = calloc(f->n, sizeof *keep);
	uint32_t n = f->n, kept = 0;
	for (uint32_t i = 0; at && i < n; i++)
		at[i].keep = true;
	for (unsigned pass = 0; at && pass < PASSES && drop_unsupported(w, at, n); pass++)
		;
	for (uint32_t i = 0; at && keep && i < n; i++)
		keep[at[i].s - f->sighting] = at[i].keep;
	for (uint32_t i = 0; at && keep && i < n; i++)
		if (keep[i])
			f->sighting[kept++] = f->sighting[i];
	bool ok = at && keep;
	if (ok)
		f->n = kept;
	free(at);
	free(keep);
	return ok ? 0 : watch_no_memory(w);
}
