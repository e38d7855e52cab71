/* score_watch.c - see score_watch.h */
#include "score_watch_own.h"

int watch_no_memory(struct watch *w)
{
	return err_set(w->err, E_NOMEM, "memory ran out while scoring the case");
}

int watch_add(struct watch *w, uint32_t rule, const struct event *e)
{
	struct sighting s = { .time = e->time,
			      .record = e->record,
			      .subject = rule,
			      .conversation = e->conversation,
			      .person = e->person,
			      .start = UINT32_MAX,
			      .stop = UINT32_MAX,
			      .sight = SIGHT_TEXT,
			      .kind = e->kind,
			      .direction = e->direction };
	return facts_add(w->f, s, w->err);
}

bool watch_needed(const struct case_facts *f)
{
	for (uint32_t i = 0; i < f->rules; i++) {
		const struct case_rule *r = &f->rule[i];
		if (r->runs && (r->rule->kind == RULE_TRAFFIC || r->rule->kind == RULE_SEQUENCE ||
				r->rule->kind == RULE_APPS || r->rule->kind == RULE_IDENTITY ||
				r->rule->when.near.n || r->rule->when.missing))
			return true;
	}
	return false;
}

/* Hits of texts outside the missing episode, for rules that count only inside it. */
static void keep_missing(struct watch *w)
{
	struct case_facts *f = w->f;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		const struct sighting *s = &f->sighting[i];
		const struct rule *r = s->sight == SIGHT_TEXT ? f->rule[s->subject].rule : NULL;
		if (!r || !r->when.missing || episode_holds(&w->missing, s->time))
			f->sighting[kept++] = *s;
	}
	f->n = kept;
}

static bool asks_for_places(const struct case_facts *f)
{
	for (uint32_t i = 0; i < f->rules; i++) {
		const struct case_rule *r = &f->rule[i];
		if (r->runs && (r->rule->kind == RULE_SEQUENCE || r->rule->when.near.n))
			return f->n != 0;
	}
	return false;
}

struct look {
	struct watch w;
	struct all_traffic *traffic;
};

static int see(void *user, const struct event *e)
{
	struct look *l = user;
	if (l->w.places)
		place_book_see(l->w.places, e);
	return traffic_see(l->traffic, e);
}

/* The calls and messages, one after the other, if any rule needs them. */
static int read_events(struct look *l)
{
	struct watch *w = &l->w;
	int rc = traffic_open(&l->traffic, w);
	if (!rc && asks_for_places(w->f))
		rc = place_book_new(&w->places, w->f, w->err);
	if (rc || (!w->places && !traffic_needs_events(l->traffic)))
		return rc;
	rc = events_read(w->c, w->people, EVENTS_BY_RECORD, see, l, w->err);
	if (!rc && w->places)
		place_book_close(w->places);
	return rc ? rc : traffic_close(l->traffic);
}

static int apply(struct look *l, uint32_t rule)
{
	const struct case_rule *r = &l->w.f->rule[rule];
	if (!r->runs)
		return 0;
	switch (r->rule->kind) {
	case RULE_TRAFFIC:
		return watch_traffic(l->traffic, rule);
	case RULE_SEQUENCE:
		return watch_sequence(&l->w, rule);
	case RULE_APPS:
		return watch_apps(&l->w, rule);
	case RULE_IDENTITY:
		return watch_identity(&l->w, rule);
	default:
		return 0;
	}
}

int score_watch(struct case_facts *f, struct case_db *c, const struct policy *p,
		struct people *people, struct err *err)
{
	struct look l = { .w = { .f = f, .c = c, .p = p, .people = people, .err = err } };
	int rc = episode_read(&l.w.missing, c, err);
	if (!rc) {
		keep_missing(&l.w);
		rc = read_events(&l);
	}
	if (!rc)
		rc = watch_near(&l.w);
	l.w.hits = f->n;
	for (uint32_t i = 0; !rc && i < f->rules; i++)
		rc = apply(&l, i);
	traffic_free(l.traffic);
	place_book_free(l.w.places);
	return rc;
}
