/* check_sink.c - see check_sink.h */
#include "check_sink.h"
#include <stdio.h>
#include <stdlib.h>

#define PROMISE(x)                                                                              \
	do {                                                                                    \
		if (!(x)) {                                                                     \
			fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #x); \
			abort();                                                                \
		}                                                                               \
	} while (0)

static void sum_int(struct check *c, uint64_t value)
{
	c->sum = (c->sum ^ value) * 0x100000001b3u;
}

static void sum_span(struct check *c, span s)
{
	PROMISE(s.p || s.n == 0);
	sum_int(c, s.p ? s.n : UINT64_MAX);
	for (size_t i = 0; i < s.n; i++)
		sum_int(c, (unsigned char)s.p[i]);
}

static void check_party(struct check *c, const struct party *p)
{
	PROMISE(p->role == ROLE_UNKNOWN || p->role == ROLE_OWNER || p->role == ROLE_PERSON);
	sum_int(c, p->role);
	sum_span(c, p->raw);
	sum_span(c, p->name);
}

static void check_sides(struct check *c, const struct record *r)
{
	size_t owners = 0;
	PROMISE(r->direction == DIR_UNKNOWN || r->direction == DIR_IN || r->direction == DIR_OUT);
	check_party(c, &r->from);
	PROMISE(r->to_n == 0 || r->to);
	for (size_t i = 0; i < r->to_n; i++) {
		check_party(c, &r->to[i]);
		owners += r->to[i].role == ROLE_OWNER;
	}
	if (r->direction == DIR_OUT)
		PROMISE(r->from.role == ROLE_OWNER);
	if (r->direction == DIR_IN) {
		PROMISE(r->from.role != ROLE_OWNER);
		PROMISE(owners >= 1);
	}
	if (r->direction == DIR_UNKNOWN)
		PROMISE(r->from.role == ROLE_UNKNOWN);
}

static int on_record(void *user, const struct record *r)
{
	struct check *c = user;
	PROMISE(r->kind < REC_KIND_MAX);
	PROMISE(c->parser->kinds & KIND_BIT(r->kind));
	PROMISE(r->table && *r->table);
	PROMISE(r->time_unit < TIME_UNIT_MAX);
	PROMISE(r->time == TIME_UNSET || (r->time >= 0 && r->time < INT64_C(7289654400000)));
	PROMISE(r->time == TIME_UNSET || r->time_raw.p);
	PROMISE(r->local == 0 || (r->time_unit == TIME_NO_ZONE && r->time == TIME_UNSET));
	PROMISE(r->local >= 0 && r->local < INT64_C(7289654400000));
	PROMISE(r->duration >= -1);
	PROMISE(r->read <= ANSWER_YES);
	PROMISE((r->state & ~(unsigned)STATE_ALL) == 0);
	if (r->kind == REC_CONTACT || r->kind == REC_ACCOUNT)
		PROMISE(r->to_n == 0);
	else
		check_sides(c, r);
	sum_int(c, r->kind);
	sum_int(c, (uint64_t)r->row);
	sum_int(c, (uint64_t)r->time);
	sum_int(c, (uint64_t)r->local);
	sum_int(c, (uint64_t)r->duration);
	sum_int(c, r->state | (unsigned)r->read << 24 | (unsigned)r->direction << 26);
	const span fields[] = { r->time_raw, r->thread, r->thread_name, r->service,
				r->text,     r->quoted, r->name };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		sum_span(c, fields[i]);
	for (size_t i = 0; i < r->ids_n; i++) {
		sum_span(c, r->ids[i].raw);
		sum_span(c, r->ids[i].label);
	}
	for (size_t i = 0; i < r->attachments_n; i++) {
		sum_span(c, r->attachments[i].name);
		sum_span(c, r->attachments[i].type);
	}
	c->records++;
	return c->stop_after && c->records == c->stop_after ? E_STOPPED : 0;
}

static int on_warn(void *user, enum warning kind, const char *table, int64_t row,
		   const char *detail)
{
	struct check *c = user;
	PROMISE(kind < WARN_KIND_MAX);
	PROMISE(detail && *detail);
	sum_int(c, kind);
	sum_int(c, (uint64_t)row);
	sum_span(c, span_z(table));
	sum_span(c, span_z(detail));
	c->warnings++;
	return 0;
}

struct sink check_sink(struct check *check)
{
	return (struct sink){ on_record, on_warn, check };
}
