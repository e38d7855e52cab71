/* score_events.c - see score_events.h */
#include "score_events.h"
#include "base/time.h"
#include "decision.h"
#include "report/zone.h"
#include <stdlib.h>

#define DAY_MS INT64_C(86400000)

#define COLUMNS                                                                     \
	"SELECT id,kind,time,direction,\"from\",\"to\",thread,state,duration,file " \
	"FROM record WHERE kind BETWEEN 2 AND 3 "

uint32_t event_seconds(sqlite3_stmt *st, int column)
{
	sqlite3_int64 seconds = sqlite3_column_int64(st, column) / 1000;
	return seconds < 0 ? 0 : seconds > 864000 ? 864000 : (uint32_t)seconds;
}

/* 0: there is none. */
static int last_file(struct case_db *c, sqlite3_int64 *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "SELECT file FROM record WHERE kind BETWEEN 2 AND 3 "
			      "ORDER BY id DESC LIMIT 1",
			      &st, err);
	if (rc)
		return rc;
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return 0;
}

static int read_event(sqlite3_stmt *st, struct people *p, sqlite3_int64 last, event_sink sink,
		      void *user, struct err *err)
{
	sqlite3_int64 id = sqlite3_column_int64(st, 0);
	sqlite3_int64 direction = sqlite3_column_int64(st, 3);
	unsigned state = (unsigned)sqlite3_column_int64(st, 7);
	struct event e = {
		.record = (uint32_t)id,
		.kind = (uint8_t)sqlite3_column_int(st, 1),
		.time = sighting_time(st, 2),
		.direction = direction == DIR_IN    ? DIR_IN
			     : direction == DIR_OUT ? DIR_OUT
						    : DIR_UNKNOWN,
		.seconds = event_seconds(st, 8),
		.last_file = sqlite3_column_int64(st, 9) == last,
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
	return sink(user, &e);
}

int events_read(struct case_db *c, struct people *p, enum events_order order, event_sink sink,
		void *user, struct err *err)
{
	sqlite3_stmt *st;
	sqlite3_int64 last;
	int rc = last_file(c, &last, err);
	if (rc)
		return rc;
	rc = case_prepare(c,
			  order == EVENTS_BY_TIME ? COLUMNS "AND time IS NOT NULL ORDER BY time,id"
						  : COLUMNS "ORDER BY id",
			  &st, err);
	if (rc)
		return rc;
	int step = SQLITE_DONE;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		rc = read_event(st, p, last, sink, user, err);
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading calls and messages", err);
	sqlite3_finalize(st);
	return rc;
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

int episode_read(struct episode *ret, struct case_db *c, struct err *err)
{
	json_t *choices = NULL;
	struct err none = { 0 };
	*ret = (struct episode){ TIME_UNSET, TIME_UNSET };
	int rc = decision_current(c, DECISION_AUTHORITY, NULL, &choices, &none);
	if (rc && rc != E_ABSENT)
		return err_set(err, rc, "%s", none.message);
	if (!rc) {
		ret->from = day_of(choices, "missing_from", 0);
		ret->until = day_of(choices, "found_on", 1);
	}
	json_decref(choices);
	return 0;
}

bool episode_holds(const struct episode *e, int64_t time)
{
	return time != TIME_UNSET && e->from != TIME_UNSET && time >= e->from &&
	       (e->until == TIME_UNSET || time < e->until);
}
