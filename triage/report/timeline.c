/* timeline.c - see timeline.h */
#include "timeline.h"
#include "facts.h"
#include "zone.h"
#include <stdio.h>
#include <stdlib.h>

/* Which lane the assertion with an id belongs to; ascending by id. */
struct assertion_lane {
	int64_t id;
	size_t lane; /* TIMELINE_LANES: none */
};

/* A record that met lines waits here until all its matches have been seen: it counts once for each
 * line, as the strongest way in which it met it. */
struct pending {
	bool set;
	int64_t time;
	enum record_kind kind;
	enum event event;
};

struct pass {
	struct timeline *t;
	struct assertion_lane *assertions;
	size_t n, cap;
	int64_t record;
	struct pending pending[TIMELINE_LANES];
	bool counting; /* false: only the range and the totals */
	int64_t first, last;
};

static int by_id(const void *a, const void *b)
{
	const struct assertion_lane *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t stretch_of(enum stretch stretch, int64_t day)
{
	int year;
	unsigned month, d;
	switch (stretch) {
	case STRETCH_DAY:
		return day;
	case STRETCH_WEEK:
		return floor_div(day + 3, 7); /* Monday to Sunday; 1970-01-01 was a Thursday */
	case STRETCH_MONTH:
	case STRETCH_YEAR:
	default:
		time_civil(day, &year, &month, &d);
		return stretch == STRETCH_MONTH ? (int64_t)year * 12 + (int64_t)month - 1 : year;
	}
}

void timeline_bin_words(const struct timeline *t, size_t bin, char out[static 40])
{
	int64_t n = t->first + (int64_t)bin;
	char day[24];
	switch (t->stretch) {
	case STRETCH_DAY:
		zone_day_words(n, day);
		snprintf(out, 40, "%s", day);
		break;
	case STRETCH_WEEK:
		zone_day_words(n * 7 - 3, day);
		snprintf(out, 40, "week of %s", day);
		break;
	case STRETCH_MONTH:
		snprintf(out, 40, "%s %d", zone_months[n % 12], (int)(n / 12));
		break;
	case STRETCH_YEAR:
	default:
		snprintf(out, 40, "%d", (int)n);
		break;
	}
}

static enum event event_of(const struct fact_contact *c)
{
	bool call = c->kind == REC_CALL;
	if (!span_eq(c->via, SPAN("from")) && !span_eq(c->via, SPAN("to")))
		return EVENT_MENTIONED;
	if (c->direction == DIR_IN)
		return call ? EVENT_CALL_IN : EVENT_MESSAGE_IN;
	if (c->direction == DIR_OUT)
		return call ? EVENT_CALL_OUT : EVENT_MESSAGE_OUT;
	return EVENT_UNCLEAR;
}

static void flush_lane(struct pass *p, struct lane *lane, const struct pending *e)
{
	struct timeline *t = p->t;
	if (e->kind == REC_CONTACT || e->kind == REC_ACCOUNT) {
		lane->saved += !p->counting;
		return;
	}
	if (p->counting) {
		int64_t bin = e->time == TIME_UNSET
				      ? -1
				      : stretch_of(t->stretch, zone_day(e->time)) - t->first;
		if (bin >= 0 && bin < (int64_t)t->bins)
			lane->bin[bin][e->event]++;
		return;
	}
	lane->total[e->event]++;
	if (e->time == TIME_UNSET) {
		lane->undated++;
		return;
	}
	if (lane->first == TIME_UNSET || e->time < lane->first)
		lane->first = e->time;
	if (lane->last == TIME_UNSET || e->time > lane->last)
		lane->last = e->time;
	if (p->first == TIME_UNSET || e->time < p->first)
		p->first = e->time;
	if (p->last == TIME_UNSET || e->time > p->last)
		p->last = e->time;
}

static void flush(struct pass *p)
{
	for (size_t i = 0; i < p->t->lanes; i++) {
		if (p->pending[i].set)
			flush_lane(p, &p->t->lane[i], &p->pending[i]);
		p->pending[i].set = false;
	}
}

static void take(struct pass *p, const struct fact_contact *c)
{
	const struct assertion_lane key = { .id = c->line };
	const struct assertion_lane *at =
		p->n ? bsearch(&key, p->assertions, p->n, sizeof key, by_id) : NULL;
	if (c->record != p->record)
		flush(p);
	p->record = c->record;
	if (!at || at->lane >= p->t->lanes)
		return;
	struct pending *e = &p->pending[at->lane];
	enum event event = event_of(c);
	if (e->set && e->event <= event)
		return;
	*e = (struct pending){ .set = true, .time = c->time, .kind = c->kind, .event = event };
}

static int run_pass(struct pass *p, struct case_db *c, struct err *err)
{
	struct rows rows;
	struct fact_contact contact;
	int rc = facts_contacts(&rows, c, err);
	while (!rc && (rc = facts_contact(&rows, &contact, err)) > 0) {
		take(p, &contact);
		rc = 0;
	}
	rows_close(&rows);
	flush(p);
	return rc;
}

static void choose_stretch(struct timeline *t, int64_t first_ms, int64_t last_ms)
{
	static const int64_t most[] = { 62, 62, 62, TIMELINE_BINS };
	int64_t first = zone_day(first_ms), last = zone_day(last_ms), bins = 0;
	for (int s = STRETCH_DAY; s <= STRETCH_YEAR; s++) {
		t->stretch = (enum stretch)s;
		t->first = stretch_of(t->stretch, first);
		bins = stretch_of(t->stretch, last) - t->first + 1;
		if (bins <= most[s])
			break;
	}
	/* Years that no calendar of a phone gives are left out of the picture, not out of the
	 * totals. */
	t->bins = (size_t)(bins > TIMELINE_BINS ? TIMELINE_BINS : bins);
}

/* The lane of a brand. Assertions come brand by brand, so it is the last one or a new one. */
static int lane_of(struct timeline *t, span *brand, span line, size_t *ret, struct err *err)
{
	bool ok = true;
	if (!brand->p || !span_eq(*brand, line)) {
		*brand = arena_copy(t->arena, line.p ? line : SPAN(""), &ok);
		if (!ok)
			return err_set(err, E_NOMEM, "Memory ran out while drawing the timeline.");
		if (t->lanes < TIMELINE_LANES)
			t->lane[t->lanes++] = (struct lane){ .line = *brand,
							     .first = TIME_UNSET,
							     .last = TIME_UNSET };
		else
			t->more_lines++;
	}
	*ret = t->more_lines ? TIMELINE_LANES : t->lanes - 1;
	return 0;
}

static int add_assertion(struct pass *p, int64_t id, size_t lane, struct err *err)
{
	if (!p->assertions || p->n == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 64;
		void *more = realloc(p->assertions, p->cap * sizeof *p->assertions);
		if (!more)
			return err_set(err, E_NOMEM, "Memory ran out while drawing the timeline.");
		p->assertions = more;
	}
	p->assertions[p->n++] = (struct assertion_lane){ .id = id, .lane = lane };
	return 0;
}

/* Lanes in the order of the findings, and the assertions that belong to them. */
static int load_lanes(struct pass *p, struct case_db *c, struct err *err)
{
	struct rows rows;
	struct fact_line line;
	span brand = SPAN_NONE;
	size_t lane = TIMELINE_LANES;
	int rc = facts_lines(&rows, c, err);
	while (!rc && (rc = facts_line(&rows, &line, err)) > 0) {
		rc = lane_of(p->t, &brand, line.line, &lane, err);
		if (!rc)
			rc = add_assertion(p, line.id, lane, err);
	}
	rows_close(&rows);
	if (p->n)
		qsort(p->assertions, p->n, sizeof *p->assertions, by_id);
	return rc;
}

int timeline_load(struct timeline **ret, struct case_db *c, struct err *err)
{
	struct timeline *t = calloc(1, sizeof *t);
	struct pass p = { .t = t, .first = TIME_UNSET, .last = TIME_UNSET };
	if (!t || !(t->arena = arena_new())) {
		timeline_free(t);
		return err_set(err, E_NOMEM, "Memory ran out while drawing the timeline.");
	}
	int rc = load_lanes(&p, c, err);
	if (!rc)
		rc = run_pass(&p, c, err);
	if (!rc && p.first != TIME_UNSET) {
		choose_stretch(t, p.first, p.last);
		p.counting = true;
		p.record = 0;
		rc = run_pass(&p, c, err);
	}
	free(p.assertions);
	if (rc)
		timeline_free(t);
	else
		*ret = t;
	return rc;
}

void timeline_free(struct timeline *t)
{
	if (!t)
		return;
	arena_free(t->arena);
	free(t);
}
