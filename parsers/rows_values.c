/* rows_values.c - see rows_inside.h */
#include "rows_inside.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TIME_OUTSIDE "time is outside the years 1970 to 2200"

int rows_nomem(struct run *run)
{
	return run->stop = err_set(run->err, E_NOMEM, "memory ran out");
}

span rows_keep(struct run *run, span s)
{
	bool ok;
	if (!s.p)
		return SPAN_NONE;
	run->arena_used = true;
	span copy = arena_copy(run->arena, s, &ok);
	if (!ok)
		rows_nomem(run);
	return copy;
}

static size_t format_int(int64_t value, char out[static 24])
{
	char digits[24];
	size_t n = 0, at = 0;
	uint64_t u = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do
		digits[n++] = (char)('0' + u % 10);
	while (u /= 10);
	if (value < 0)
		out[at++] = '-';
	while (n)
		out[at++] = digits[--n];
	return at;
}

/* The shortest form that reads back as the same number. */
static size_t format_real(double d, char out[static 32])
{
	int n = 0;
	for (int precision = 15; precision <= 17; precision++) {
		n = snprintf(out, 32, "%.*g", precision, d);
		if (strtod(out, NULL) == d)
			break;
	}
	return n > 0 ? (size_t)n : 0;
}

void rows_take_time(struct row *row, struct record *r)
{
	struct statement *s = &row->cursor->main;
	char *text = row->run->time_text;
	int64_t i = 0;
	double d = 0;
	bool ok = true;
	enum number number = statement_number(s, s->col[F_TIME], &i, &d);
	if (number == NUMBER_NONE)
		return;
	if (number == NUMBER_INT)
		ok = i == 0 || time_from_int(r->time_unit, i, &r->time);
	else if (number == NUMBER_REAL)
		ok = d == 0 || time_from_real(r->time_unit, d, &r->time);
	switch (sqlite3_column_type(s->st, s->col[F_TIME])) {
	case SQLITE_INTEGER:
		r->time_raw = (span){ text, format_int(i, text) };
		break;
	case SQLITE_FLOAT:
		r->time_raw = (span){ text, format_real(d, text) };
		break;
	default:
		r->time_raw = statement_field(s, F_TIME);
		break;
	}
	if (number == NUMBER_BAD)
		row_warn(row, WARN_FIELD_UNKNOWN, "time is not a number");
	else if (!ok)
		row_warn(row, WARN_FIELD_UNKNOWN, TIME_OUTSIDE);
}

void row_time_int(const struct row *row, struct record *r, enum time_unit unit, int64_t raw)
{
	char *text = row->run->time_text;
	r->time = TIME_UNSET;
	r->time_unit = unit;
	r->time_raw = (span){ text, format_int(raw, text) };
	if (raw && !time_from_int(unit, raw, &r->time))
		row_warn(row, WARN_FIELD_UNKNOWN, TIME_OUTSIDE);
}

void row_time_real(const struct row *row, struct record *r, enum time_unit unit, double raw)
{
	char *text = row->run->time_text;
	r->time = TIME_UNSET;
	r->time_unit = unit;
	r->time_raw = (span){ text, format_real(raw, text) };
	if (raw != 0 && !time_from_real(unit, raw, &r->time))
		row_warn(row, WARN_FIELD_UNKNOWN, TIME_OUTSIDE);
}

void rows_take_duration(struct row *row, struct record *r)
{
	const struct statement *s = &row->cursor->main;
	int64_t i = 0;
	double d = 0;
	enum number number = statement_number(s, s->col[F_DURATION], &i, &d);
	if (number == NUMBER_NONE)
		return;
	if (number == NUMBER_INT)
		d = (double)i;
	/* 10 years: longer than any call, and within what milliseconds say exactly. */
	if (number == NUMBER_BAD || !(d >= 0 && d <= 315360000))
		row_warn(row, WARN_FIELD_UNKNOWN, "duration is not a number of seconds");
	else
		r->duration = (int64_t)llround(d * 1000);
}

/* What the row refers to and is not there, as the query words it. */
void rows_tell_lost(const struct row *row, struct statement *s)
{
	char detail[200];
	if (s->col[F_LOST] < 0)
		return;
	span words = statement_bytes(s, s->col[F_LOST]);
	if (!words.n)
		return;
	snprintf(detail, sizeof detail, "%.*s", words.n < 190 ? (int)words.n : 190, words.p);
	row_warn(row, WARN_FIELD_UNKNOWN,
		 *detail ? detail : "a part of it is lost; which one is not said in words");
}

/* What the main row, or one read along with it, says: each field that r still lacks. */
static void fill(span *have, struct statement *s, enum field f)
{
	if (!have->p && s->col[f] >= 0)
		*have = statement_bytes(s, s->col[f]);
}

/* What the app stores, without what it adds of its own. */
span rows_bare(span raw, handle_fn *strip)
{
	return strip && raw.p ? strip(raw) : raw;
}

static void fill_handle(span *have, struct statement *s, enum field f, handle_fn *strip)
{
	if (!have->p && s->col[f] >= 0)
		*have = rows_bare(statement_bytes(s, s->col[f]), strip);
}

void rows_fill(struct statement *s, const struct query *q, struct record *r, struct row_handles *h)
{
	int64_t i;
	if (r->direction == DIR_UNKNOWN && statement_integer(s, F_SENT, &i) && (i == 0 || i == 1))
		r->direction = i ? DIR_OUT : DIR_IN;
	if (r->read == ANSWER_UNKNOWN && statement_integer(s, F_READ, &i) && (i == 0 || i == 1))
		r->read = i ? ANSWER_YES : ANSWER_NO;
	if (statement_integer(s, F_STATE, &i))
		r->state |= (unsigned)((uint64_t)i & (uint64_t)STATE_ALL);
	fill_handle(&h->peer, s, F_PEER, q->peer_handle);
	fill(&h->peer_name, s, F_PEER_NAME);
	fill_handle(&h->owner, s, F_OWNER, q->owner_handle);
	fill(&r->thread, s, F_THREAD);
	fill(&r->thread_name, s, F_THREAD_NAME);
	fill(&r->service, s, F_SERVICE);
	fill(&r->text, s, F_TEXT);
	fill(&r->quoted, s, F_QUOTED);
	fill(&r->name, s, F_NAME);
}
