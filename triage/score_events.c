/* score_events.c - see score_events.h */
#include "score_events.h"
#include "base/time.h"
#include "decision.h"
#include "report/zone.h"
#include <stdlib.h>

#define DAY_MS INT64_C(86400000)

void events_free(struct events *ev)
{
	free(ev->at);
	*ev = (struct events){ 0 };
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "memory ran out while scoring the case");
}

static int add(struct events *ev, struct event e, struct err *err)
{
	if (ev->n == ev->cap) {
		uint32_t cap = ev->cap ? ev->cap + ev->cap / 2 : 1024;
		struct event *more = realloc(ev->at, cap * sizeof *more);
		if (!more)
			return no_memory(err);
		ev->at = more;
		ev->cap = cap;
	}
	ev->at[ev->n++] = e;
	return 0;
}

static int read_event(struct events *ev, sqlite3_stmt *st, struct people *p, struct err *err)
{
	sqlite3_int64 id = sqlite3_column_int64(st, 0),
		      seconds = sqlite3_column_int64(st, 8) / 1000;
	sqlite3_int64 direction = sqlite3_column_int64(st, 3);
	unsigned state = (unsigned)sqlite3_column_int64(st, 7);
	struct event e = {
		.record = (uint32_t)id,
		.kind = (uint8_t)sqlite3_column_int(st, 1),
		.time = sighting_time(st, 2),
		.direction = direction == DIR_IN    ? DIR_IN
			     : direction == DIR_OUT ? DIR_OUT
						    : DIR_UNKNOWN,
		.seconds = seconds < 0        ? 0
			   : seconds > 864000 ? 864000
					      : (uint32_t)seconds,
	};
	bool hidden;
	if (id <= 0 || id >= UINT32_MAX || state & STATE_DRAFT)
		return 0;
	int rc = people_of(p, sqlite3_column_int64(st, 4), sqlite3_column_int64(st, 5),
			   (enum direction)e.direction, &e.person, &hidden, err);
	if (rc)
		return rc;
	e.conversation =
		conversation_of(sqlite3_column_int64(st, 6), state & STATE_GROUP, e.person, hidden);
	return add(ev, e, err);
}

static int by_conversation(const void *a, const void *b)
{
	const struct event *const *x = a, *const *y = b;
	if ((*x)->conversation != (*y)->conversation)
		return (*x)->conversation < (*y)->conversation ? -1 : 1;
	if ((*x)->time != (*y)->time)
		return (*x)->time < (*y)->time ? -1 : 1;
	return ((*x)->record > (*y)->record) - ((*x)->record < (*y)->record);
}

static int number_positions(struct events *ev, struct err *err)
{
	struct event **order = calloc((size_t)ev->n + 1, sizeof(struct event *));
	if (!order)
		return no_memory(err);
	for (uint32_t i = 0; i < ev->n; i++)
		order[i] = &ev->at[i];
	qsort(order, ev->n, sizeof(struct event *), by_conversation);
	for (uint32_t i = 1; i < ev->n; i++)
		if (order[i]->conversation == order[i - 1]->conversation)
			order[i]->position = order[i - 1]->position + 1;
	free(order);
	return 0;
}

/* A day of the decision, as its first ms in the UK; TIME_UNSET where there is none. */
static int64_t day_of(const json_t *choices, const char *key, int more)
{
	const char *day = json_string_value(json_object_get(choices, key));
	int64_t ms, offset;
	const char *zone;
	if (!day || !time_parse_date(span_z(day), &ms))
		return TIME_UNSET;
	ms += more * DAY_MS;
	return zone_offset(ms, &offset, &zone) ? ms - offset : ms;
}

static int read_missing(struct events *ev, struct case_db *c, struct err *err)
{
	json_t *choices = NULL;
	struct err none = { 0 };
	ev->missing_from = ev->missing_until = TIME_UNSET;
	int rc = decision_current(c, DECISION_AUTHORITY, NULL, &choices, &none);
	if (rc && rc != E_ABSENT)
		return err_set(err, rc, "%s", none.message);
	if (!rc) {
		ev->missing_from = day_of(choices, "missing_from", 0);
		ev->missing_until = day_of(choices, "found_on", 1);
	}
	json_decref(choices);
	return 0;
}

int events_read(struct events *ev, struct case_db *c, struct people *p, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "SELECT id,kind,time,direction,\"from\",\"to\",thread,state,duration "
			      "FROM record WHERE kind IN (2,3) ORDER BY id",
			      &st, err);
	if (rc)
		return rc;
	int step = SQLITE_DONE;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		rc = read_event(ev, st, p, err);
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading calls and messages", err);
	sqlite3_finalize(st);
	if (!rc)
		rc = number_positions(ev, err);
	return rc ? rc : read_missing(ev, c, err);
}

static int by_record(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	return (x->record > y->record) - (x->record < y->record);
}

const struct event *events_of(const struct events *ev, uint32_t record)
{
	struct event key = { .record = record };
	return ev->n ? bsearch(&key, ev->at, ev->n, sizeof key, by_record) : NULL;
}

bool events_missing(const struct events *ev, int64_t time)
{
	return time != TIME_UNSET && ev->missing_from != TIME_UNSET && time >= ev->missing_from &&
	       (ev->missing_until == TIME_UNSET || time < ev->missing_until);
}
