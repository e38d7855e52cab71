/* width.c - see width.h */
#include "width.h"
#include "base/time.h"
#include <stdlib.h>
#include <string.h>

#define DAY ((int64_t)86400000)
#define LONG_MISSING (3 * 365)

struct window {
	int64_t from, to; /* ms of the days; to: as far as was asked for, TIME_UNSET: open */
};

/* ms, or TIME_UNSET */
static int64_t day_of(const json_t *choices, const char *key)
{
	const char *text = json_string_value(json_object_get(choices, key));
	int64_t ms;
	return text && time_parse_date(span_z(text), &ms) ? ms : TIME_UNSET;
}

static struct window window_of(const json_t *scope)
{
	return (struct window){ day_of(scope, "from"), day_of(scope, "to") };
}

/* from unset: open */
static bool is_inside(struct window w, struct window in)
{
	return (in.from == TIME_UNSET || (w.from != TIME_UNSET && w.from >= in.from)) &&
	       (in.to == TIME_UNSET || (w.to != TIME_UNSET && w.to <= in.to));
}

static bool is_long(struct window w, int64_t at)
{
	return w.from == TIME_UNSET ||
	       (w.to == TIME_UNSET ? at : w.to) - w.from > SCOPE_DAYS_ALONE * DAY;
}

/* The days around the episode of an authority. false: it has none. */
static bool episode_of(const json_t *authority, struct window *ret)
{
	int64_t missing = day_of(authority, "missing_from"), found = day_of(authority, "found_on");
	if (missing == TIME_UNSET)
		return false;
	*ret = (struct window){ missing - SCOPE_MARGIN * DAY,
				found == TIME_UNSET ? TIME_UNSET : found + SCOPE_MARGIN * DAY };
	return true;
}

bool scope_is_wide(const json_t *scope, const json_t *authority, int64_t at)
{
	struct window w = window_of(scope), episode;
	if (!is_long(w, at))
		return false;
	return !episode_of(authority, &episode) || episode.to != TIME_UNSET ||
	       at - episode.from > LONG_MISSING * DAY || !is_inside(w, episode);
}

/* A row: from, to, second. */
static struct window window_at(sqlite3_stmt *st)
{
	struct window w = { TIME_UNSET, TIME_UNSET };
	for (int i = 0; i < 2; i++) {
		const char *text = (const char *)sqlite3_column_text(st, i);
		int64_t ms;
		if (text && time_parse_date(span_z(text), &ms))
			*(i ? &w.to : &w.from) = ms;
	}
	return w;
}

int scope_needs_second(struct case_db *c, const json_t *scope, const json_t *authority, int64_t id,
		       int64_t at, bool *ret, struct err *err)
{
	struct window own = window_of(scope), episode, all = own;
	bool has_episode = episode_of(authority, &episode), covered = false;
	sqlite3_stmt *st;
	*ret = scope_is_wide(scope, authority, at);
	if (*ret || (has_episode && is_inside(own, episode)))
		return 0;
	int rc = case_prepare(c,
			      "SELECT json_extract(body,'$.choices.from'), "
			      "json_extract(body,'$.choices.to'), second FROM decision WHERE "
			      "kind='scope' AND (?1=0 OR id<?1) ORDER BY id",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct window w = window_at(st);
		covered |= is_inside(own, w);
		if (sqlite3_column_type(st, 2) != SQLITE_NULL ||
		    (has_episode && is_inside(w, episode)))
			continue;
		if (w.from == TIME_UNSET || (all.from != TIME_UNSET && w.from < all.from))
			all.from = w.from;
		if (w.to == TIME_UNSET || (all.to != TIME_UNSET && w.to > all.to))
			all.to = w.to;
	}
	sqlite3_finalize(st);
	*ret = !covered && is_long(all, at);
	return 0;
}

int stage_needs_second(struct case_db *c, const json_t *stage, int64_t id, bool *ret,
		       struct err *err)
{
	int64_t n = json_integer_value(json_object_get(stage, "stage"));
	const json_t *threads = json_object_get(stage, "threads");
	sqlite3_stmt *st;
	*ret = n > 2;
	if (*ret || !json_array_size(threads))
		return 0;
	char *own = json_dumps(threads, JSON_COMPACT);
	if (!own)
		return err_set(err, E_NOMEM, "Memory ran out.");
	/* chosen now, chosen by one person so far, and how many of now were chosen before */
	int rc = case_prepare(
		c,
		"WITH own(t) AS (SELECT value FROM json_each(?1)), before(t,s) AS (SELECT j.value, "
		"d.second FROM decision d, json_each(d.body,'$.choices.threads') j WHERE "
		"d.kind='stage' AND (?2=0 OR d.id<?2)) SELECT (SELECT count(*) FROM (SELECT t FROM "
		"own UNION SELECT t FROM before WHERE s IS NULL)), (SELECT count(*) FROM own WHERE "
		"t NOT IN (SELECT t FROM before))",
		&st, err);
	if (!rc) {
		sqlite3_bind_text(st, 1, own, -1, SQLITE_STATIC);
		sqlite3_bind_int64(st, 2, id);
		*ret = sqlite3_step(st) != SQLITE_ROW ||
		       (sqlite3_column_int64(st, 0) > SCOPE_THREADS_ALONE &&
			sqlite3_column_int64(st, 1) > 0);
		sqlite3_finalize(st);
	}
	free(own);
	return rc;
}

/* Does b name something that a does not? Absent: everything. */
static bool list_wider(const json_t *a, const json_t *b)
{
	if (!a || !b)
		return a && !b;
	for (size_t i = 0; i < json_array_size(b); i++) {
		bool there = false;
		for (size_t k = 0; k < json_array_size(a); k++)
			there |= json_equal(json_array_get(a, k), json_array_get(b, i)) != 0;
		if (!there)
			return true;
	}
	return false;
}

/* Days as YYYY-MM-DD sort as text. */
static bool day_wider(const json_t *a, const json_t *b, bool first)
{
	const char *x = json_string_value(a), *y = json_string_value(b);
	if (!x || !y)
		return x && !y;
	return first ? strcmp(y, x) < 0 : strcmp(y, x) > 0;
}

bool scope_is_wider(const json_t *old, const json_t *scope)
{
	static const char *const names[] = { "kinds", "with", "from", "to" };
	for (int i = 0; i < 4; i++) {
		const json_t *a = json_object_get(old, names[i]),
			     *b = json_object_get(scope, names[i]);
		if (i < 2 ? list_wider(a, b) : day_wider(a, b, i == 2))
			return true;
	}
	return false;
}
