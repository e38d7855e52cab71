/*
 * contact.c - see contact.h.
 *
 * Contact may lie partly inside the dates of a line and partly outside. Counting only what is
 * inside gives the best time factor, counting more gives the better interaction: each cut in the
 * order of the time factors is tried and the best taken. So one more event never counts for less.
 */
#include "contact.h"

#define DAY_MS INT64_C(86400000)

static int time_factor(const struct policy *p, enum zone zone)
{
	const struct time_policy *t = &p->line.time;
	const int factor[ZONE_MAX] = { [ZONE_INSIDE] = t->inside,
				       [ZONE_NEAR] = t->near,
				       [ZONE_UNDATED] = t->undated,
				       [ZONE_OUTSIDE] = t->outside,
				       [ZONE_FAR] = t->far };
	return factor[zone];
}

enum zone contact_zone(const struct policy *p, int64_t from, int64_t until, int64_t time)
{
	if (time == TIME_UNSET || (from == TIME_UNSET && until == TIME_UNSET))
		return ZONE_UNDATED;
	int64_t away = 0; /* ms to the nearer edge */
	if (from != TIME_UNSET && time < from)
		away = from - time;
	else if (until != TIME_UNSET && time >= until)
		away = time - until + 1;
	if (away == 0)
		return ZONE_INSIDE;
	if (away <= p->line.time.near_days * DAY_MS)
		return ZONE_NEAR;
	return away <= p->line.time.far_days * DAY_MS ? ZONE_OUTSIDE : ZONE_FAR;
}

static void add_day(struct contact_zone *z, int32_t day)
{
	for (uint32_t i = 0; i < z->days; i++)
		if (z->day[i] == day)
			return;
	if (z->days < FACT_MAX)
		z->day[z->days++] = day;
}

void contact_event(struct contact *c, enum zone zone, enum direction direction, int32_t day)
{
	struct contact_zone *z = &c->zone[zone];
	z->in += direction == DIR_IN;
	z->out += direction == DIR_OUT;
	z->unknown += direction == DIR_UNKNOWN;
	if (day != INT32_MIN)
		add_day(z, day);
}

static int interaction(const struct policy *p, const struct contact_zone *z)
{
	uint64_t events = (uint64_t)z->in + z->out + z->unknown;
	int best = 0;
	for (unsigned i = 0; i < p->line.steps; i++) {
		const struct step *s = &p->line.step[i];
		if (events >= (uint64_t)s->events && z->days >= (uint32_t)s->days &&
		    s->factor > best)
			best = s->factor;
	}
	return events ? best : 0;
}

static int direction_factor(const struct direction_policy *d, const struct contact_zone *z)
{
	if (z->in && z->out)
		return d->two_way;
	if (z->out)
		return z->out == 1 ? d->out_once : d->out;
	return z->in ? d->in : d->unknown;
}

static void add_zone(struct contact_zone *sum, const struct contact_zone *z)
{
	sum->in += z->in;
	sum->out += z->out;
	sum->unknown += z->unknown;
	sum->mentioned += z->mentioned;
	sum->member += z->member;
	for (uint32_t i = 0; i < z->days; i++)
		add_day(sum, z->day[i]);
}

static int64_t greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

struct contact_score contact_score(const struct policy *p, int grade, const struct contact *c)
{
	const struct line_policy *l = &p->line;
	struct contact_score r = { 0 };
	int64_t best = 0; /* time x interaction x direction, each per mille */
	for (int cut = 0; cut < ZONE_MAX; cut++) {
		int64_t t = time_factor(p, (enum zone)cut);
		struct contact_zone sum = { 0 };
		for (int z = 0; z < ZONE_MAX; z++)
			if (time_factor(p, (enum zone)z) >= t)
				add_zone(&sum, &c->zone[z]);
		int64_t i = interaction(p, &sum), d = direction_factor(&l->direction, &sum);
		best = greater(best, t * i * d);
		best = greater(best, sum.mentioned ? t * l->mentioned * PER_MILLE : 0);
		best = greater(best, sum.member ? t * l->member * PER_MILLE : 0);
		bool met = i || sum.mentioned || sum.member;
		r.near = r.near || (met && t >= l->near);
		r.sure = r.sure || (i && grade >= l->sure.grade && t >= l->sure.time &&
				    d >= l->sure.direction);
	}
	int64_t undated = l->time.undated;
	best = greater(best, c->saved ? undated * l->saved * PER_MILLE : 0);
	best = greater(best, c->own ? undated * l->own * PER_MILLE : 0);
	r.near = r.near || ((c->saved || c->own) && undated >= l->near);
	/* points x 1000 thousandths x four factors, each of which brings a thousand */
	const int64_t unit = INT64_C(1000000000);
	r.milli = (l->points * (int64_t)grade * best + unit / 2) / unit;
	return r;
}
