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
		if (!r || !r->when.missing || events_missing(w->ev, s->time))
			f->sighting[kept++] = *s;
	}
	f->n = kept;
}

int score_watch(struct case_facts *f, struct case_db *c, const struct policy *p,
		const struct events *ev, struct err *err)
{
	struct watch w = { .f = f, .c = c, .p = p, .ev = ev, .err = err };
	keep_missing(&w);
	int rc = watch_near(&w);
	w.hits = f->n;
	for (uint32_t i = 0; !rc && i < f->rules; i++) {
		const struct case_rule *r = &f->rule[i];
		if (!r->runs)
			continue;
		if (r->rule->kind == RULE_TRAFFIC)
			rc = watch_traffic(&w, i);
		else if (r->rule->kind == RULE_SEQUENCE)
			rc = watch_sequence(&w, i);
		else if (r->rule->kind == RULE_APPS)
			rc = watch_apps(&w, i);
		else if (r->rule->kind == RULE_IDENTITY)
			rc = watch_identity(&w, i);
	}
	return rc;
}
