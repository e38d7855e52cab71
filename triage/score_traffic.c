/*
 * score_traffic.c - rules on calls and messages by number, time and direction.
 *
 * Each rule takes the events that fit it one by one, as they go by, or for a rule on hits of other
 * rules from the sightings; score_window.c says which of them lie in windows that hold enough.
 */
#include "numset.h"
#include "report/zone.h"
#include "score_quiet.h"
#include "score_watch_own.h"
#include "score_window.h"
#include <stdlib.h>

#define HOUR_MS INT64_C(3600000)
#define TEXTS_MAX 20000u /* messages of one rule whose texts are compared */

/* One rule. */
struct traffic {
	struct watch *w;
	const struct rule *r;
	const struct rule_watch *t;
	uint32_t rule;
	struct window window;
	struct quiet *quiet;
};

/* What there was with a person, in both directions; first: 0 where no event has a time. */
struct with {
	bool call[3], text[3]; /* by direction */
	uint32_t first;
	int64_t began;
};

/* All rules of a case. */
struct all_traffic {
	struct watch *w;
	struct traffic *rule;
	uint32_t n;
	bool asks; /* some rule asks what there was with each person */
	struct with *with;
	uint32_t persons;
	struct tallies tallies;
	struct numset *line; /* persons + 1 on the line list */
};

static bool of_kind(const struct rule_watch *t, const struct event *e)
{
	return e->kind == REC_CALL ? t->calls : t->texts;
}

static bool asks_of_person(const struct rule_watch *t)
{
	return t->one_way || t->first;
}

/* From the sightings, when all hits are there; the others see each event. */
static bool of_hits(const struct rule_watch *t)
{
	return t->of.n != 0;
}

void traffic_free(struct all_traffic *a)
{
	if (!a)
		return;
	for (uint32_t i = 0; i < a->n; i++) {
		window_free(&a->rule[i].window);
		quiet_free(a->rule[i].quiet);
	}
	free(a->rule);
	free(a->with);
	free(a->tallies.of);
	numset_free(a->line);
	free(a);
}

static bool open_rule(struct all_traffic *a, uint32_t rule)
{
	struct traffic *k = &a->rule[a->n++];
	const struct rule *r = a->w->f->rule[rule].rule;
	*k = (struct traffic){ .w = a->w, .r = r, .t = &r->watch, .rule = rule };
	/* What is asked of the phone as a whole is known when all events have gone by; hits come in
	 * any order. */
	bool later = asks_of_person(k->t) || k->t->quiet_hours || of_hits(k->t);
	window_open(&k->window, k->t, &a->tallies, !later, k->t->same_text ? TEXTS_MAX : 0);
	a->asks |= asks_of_person(k->t);
	if (k->t->quiet_hours)
		k->quiet = quiet_new(k->t->quiet_hours * HOUR_MS);
	return !k->t->quiet_hours || k->quiet;
}

static bool know_lines(struct all_traffic *a)
{
	const struct case_facts *f = a->w->f;
	bool ok = true;
	for (uint32_t i = 0; ok && i < f->n; i++) {
		const struct sighting *s = &f->sighting[i];
		if (s->sight == SIGHT_EVENT && s->person != NOBODY)
			ok = numset_put(a->line, (uint64_t)s->person + 1, 1);
	}
	return ok;
}

int traffic_open(struct all_traffic **ret, struct watch *w)
{
	const struct case_facts *f = w->f;
	struct all_traffic *a = calloc(1, sizeof *a);
	bool ok = a != NULL;
	if (ok) {
		a->w = w;
		a->rule = calloc(f->rules + 1u, sizeof *a->rule);
		a->line = numset_new(0);
		ok = a->rule && a->line && know_lines(a);
	}
	for (uint32_t i = 0; ok && i < f->rules; i++)
		if (f->rule[i].runs && f->rule[i].rule->kind == RULE_TRAFFIC)
			ok = open_rule(a, i);
	if (!ok) {
		traffic_free(a);
		return watch_no_memory(w);
	}
	*ret = a;
	return 0;
}

bool traffic_needs_events(const struct all_traffic *a)
{
	for (uint32_t i = 0; i < a->n; i++) {
		const struct rule_watch *t = a->rule[i].t;
		if (!of_hits(t) || asks_of_person(t) || t->quiet_hours)
			return true;
	}
	return false;
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

/* What an event says by itself. */
static bool fits(const struct all_traffic *a, const struct traffic *k, const struct event *e)
{
	const struct rule_watch *t = k->t;
	uint32_t who = e->person, value;
	if (!of_kind(t, e) || who == NOBODY || e->time == TIME_UNSET ||
	    !direction_fits(&k->r->when, (enum direction)e->direction) ||
	    !person_fits(k->w->f, k->w->p, k->r, who))
		return false;
	if (k->r->when.line_only && !numset_get(a->line, (uint64_t)who + 1, &value))
		return false;
	if (t->shorter && (e->kind != REC_CALL || e->seconds >= t->shorter))
		return false;
	if (k->r->when.missing && !episode_holds(&k->w->missing, e->time))
		return false;
	return in_hours(t, e->time);
}

/* With the other side of an event, the other way. */
static bool both_ways(const struct rule_watch *t, const struct with *with, enum direction d)
{
	enum direction other = d == DIR_IN ? DIR_OUT : DIR_IN;
	return (t->calls && with->call[other]) || (t->texts && with->text[other]);
}

/* What it says beside all others of the phone; closed: they have all gone by. */
static bool fits_phone(const struct all_traffic *a, const struct traffic *k, const struct one *one,
		       bool closed)
{
	static const struct with nothing;
	const struct with *with = one->person < a->persons ? &a->with[one->person] : &nothing;
	if (k->t->one_way && both_ways(k->t, with, (enum direction)one->direction))
		return false;
	if (k->t->first && with->first != one->record)
		return false;
	return !k->quiet ||
	       (closed ? quiet_before(k->quiet, one->time) : !quiet_broken(k->quiet, one->time));
}

static bool make_room(struct all_traffic *a, uint32_t person)
{
	if (person < a->persons)
		return true;
	uint32_t n = person + person / 2 + 64;
	struct with *more = realloc(a->with, n * sizeof *more);
	if (!more)
		return false;
	memset(more + a->persons, 0, (n - a->persons) * sizeof *more);
	a->with = more;
	a->persons = n;
	return true;
}

/* What is known of each person. */
static bool know(struct all_traffic *a, const struct event *e)
{
	if (!a->asks || e->person == NOBODY)
		return true;
	if (!make_room(a, e->person))
		return false;
	struct with *with = &a->with[e->person];
	(e->kind == REC_CALL ? with->call : with->text)[e->direction] = true;
	if (e->time != TIME_UNSET && (!with->first || e->time < with->began ||
				      (e->time == with->began && e->record < with->first))) {
		with->first = e->record;
		with->began = e->time;
	}
	return true;
}

static struct one one_of(const struct traffic *k, const struct event *e)
{
	return (struct one){ .time = e->time,
			     .record = e->record,
			     .person = e->person,
			     .group = k->t->people > 1 ? 0 : e->person,
			     .kind = e->kind,
			     .direction = e->direction };
}

int traffic_see(struct all_traffic *a, const struct event *e)
{
	bool ok = know(a, e);
	for (uint32_t i = 0; ok && i < a->n; i++) {
		struct traffic *k = &a->rule[i];
		if (k->quiet && e->direction == DIR_OUT && e->time != TIME_UNSET)
			ok = quiet_sent(k->quiet, e->time);
		if (!ok || of_hits(k->t) || !fits(a, k, e))
			continue;
		struct one one = one_of(k, e);
		if (fits_phone(a, k, &one, false))
			ok = window_add(&k->window, one, e->last_file);
	}
	return ok ? 0 : watch_no_memory(a->w);
}

static int see_again(void *user, const struct event *e)
{
	struct all_traffic *a = user;
	bool ok = true;
	for (uint32_t i = 0; ok && i < a->n; i++) {
		struct traffic *k = &a->rule[i];
		if (k->window.in_order && fits(a, k, e))
			ok = window_add(&k->window, one_of(k, e), false);
	}
	return ok ? 0 : watch_no_memory(a->w);
}

int traffic_close(struct all_traffic *a)
{
	struct watch *w = a->w;
	bool late = false;
	for (uint32_t i = 0; i < a->n; i++) {
		if (a->rule[i].quiet)
			quiet_close(a->rule[i].quiet);
		if (!a->rule[i].window.late)
			continue;
		late = true;
		window_again(&a->rule[i].window);
	}
	return late ? events_read(w->c, w->people, EVENTS_BY_TIME, see_again, a, w->err) : 0;
}

/* Seconds of a call, which a sighting does not hold. */
static int read_seconds(struct watch *w, uint32_t record, uint32_t *ret)
{
	sqlite3_stmt *st;
	int rc = case_prepare(w->c, "SELECT duration FROM record WHERE id=?", &st, w->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, record);
	if (sqlite3_step(st) == SQLITE_ROW)
		*ret = event_seconds(st, 0);
	sqlite3_finalize(st);
	return 0;
}

static int add_hit(struct all_traffic *a, struct traffic *k, const struct sighting *s)
{
	struct event e = { .time = s->time,
			   .record = s->record,
			   .person = s->person,
			   .kind = s->kind,
			   .direction = s->direction };
	int rc =
		k->t->shorter && e.kind == REC_CALL ? read_seconds(k->w, s->record, &e.seconds) : 0;
	struct one one = one_of(k, &e);
	if (rc || !fits(a, k, &e) || !fits_phone(a, k, &one, true))
		return rc;
	return window_add(&k->window, one, false) ? 0 : watch_no_memory(k->w);
}

static int by_record(const void *a, const void *b)
{
	const struct one *x = a, *y = b;
	return (x->record > y->record) - (x->record < y->record);
}

/* Each call or message with a hit of the rules asked for, once. */
static int add_hits(struct all_traffic *a, struct traffic *k)
{
	const struct case_facts *f = k->w->f;
	struct window *w = &k->window;
	int rc = 0;
	for (uint32_t i = 0; !rc && i < k->w->hits; i++) {
		const struct sighting *s = &f->sighting[i];
		const struct rule *r = s->sight == SIGHT_TEXT ? f->rule[s->subject].rule : NULL;
		if (r && s->event && rule_named(r, &k->t->of))
			rc = add_hit(a, k, s);
	}
	if (w->n)
		qsort(w->one, w->n, sizeof *w->one, by_record);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < w->n; i++)
		if (!kept || w->one[i].record != w->one[kept - 1].record)
			w->one[kept++] = w->one[i];
	w->n = kept;
	return rc;
}

static void keep_fitting(const struct all_traffic *a, struct traffic *k)
{
	struct window *w = &k->window;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < w->n; i++)
		if (fits_phone(a, k, &w->one[i], true))
			w->one[kept++] = w->one[i];
	w->n = kept;
}

/* Those whose texts are alike make a group. record and number have room for all of the window. */
static int group_alike(struct traffic *k, uint32_t *record, uint32_t *number)
{
	struct window *w = &k->window;
	uint32_t n = w->n;
	for (uint32_t i = 0; i < n; i++)
		record[i] = w->one[i].record;
	int rc = watch_same_texts(k->w, record, n, number);
	w->n = 0;
	for (uint32_t i = 0; !rc && i < n; i++)
		if (number[i]) {
			w->one[w->n] = w->one[i];
			w->one[w->n].in = false;
			w->one[w->n++].group = number[i];
		}
	return rc;
}

/* Of what has enough traffic whatever the texts, those whose texts are alike. */
static int keep_alike(struct traffic *k)
{
	struct window *w = &k->window;
	if (w->n > TEXTS_MAX) {
		k->w->f->rule[k->rule].left_after = w->one[TEXTS_MAX].record;
		w->n = TEXTS_MAX;
	}
	uint32_t *record = calloc((size_t)w->n + 1, sizeof *record);
	uint32_t *number = calloc((size_t)w->n + 1, sizeof *number);
	int rc = record && number ? group_alike(k, record, number) : watch_no_memory(k->w);
	free(record);
	free(number);
	return rc || window_close(w) ? rc : watch_no_memory(k->w);
}

static int add_found(struct traffic *k)
{
	struct watch *w = k->w;
	sqlite3_stmt *st;
	int rc = case_prepare(w->c, "SELECT thread,state FROM record WHERE id=?", &st, w->err);
	if (rc)
		return rc;
	for (uint32_t i = 0; !rc && i < k->window.n; i++) {
		const struct one *one = &k->window.one[i];
		struct event e = { .time = one->time,
				   .record = one->record,
				   .person = one->person,
				   .kind = one->kind,
				   .direction = one->direction };
		sqlite3_bind_int64(st, 1, one->record);
		if (sqlite3_step(st) == SQLITE_ROW) {
			bool group = (unsigned)sqlite3_column_int64(st, 1) & STATE_GROUP;
			e.conversation = conversation_of(sqlite3_column_int64(st, 0), group,
							 one->person, false);
			rc = watch_add(w, k->rule, &e);
		} else {
			rc = case_error(w->c, "reading calls and messages", w->err);
		}
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return rc;
}

static int find_traffic(struct all_traffic *a, struct traffic *k)
{
	int rc = 0;
	if (of_hits(k->t))
		rc = add_hits(a, k);
	else
		keep_fitting(a, k);
	if (!rc && !window_close(&k->window))
		rc = watch_no_memory(k->w);
	if (!rc && k->t->same_text)
		rc = keep_alike(k);
	if (!rc)
		rc = add_found(k);
	window_free(&k->window);
	return rc;
}

int watch_traffic(struct all_traffic *a, uint32_t rule)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (a->rule[i].rule == rule)
			return find_traffic(a, &a->rule[i]);
	return 0;
}
