/* width.c - see width.h */
#include "width.h"
#include "base/time.h"
#include <string.h>

#define DAY ((int64_t)86400000)
#define WIDE 90 /* days that one person may decide alone */

/* ms, or TIME_UNSET */
static int64_t day_of(const json_t *choices, const char *key)
{
	const char *text = json_string_value(json_object_get(choices, key));
	int64_t ms;
	return text && time_parse_date(span_z(text), &ms) ? ms : TIME_UNSET;
}

static bool around_episode(int64_t from, int64_t to, const json_t *authority)
{
	int64_t missing = day_of(authority, "missing_from"), found = day_of(authority, "found_on");
	if (missing == TIME_UNSET || from < missing - SCOPE_MARGIN * DAY)
		return false;
	return found == TIME_UNSET || (to != TIME_UNSET && to <= found + SCOPE_MARGIN * DAY);
}

bool scope_is_wide(const json_t *scope, const json_t *authority, int64_t at)
{
	int64_t from = day_of(scope, "from"), to = day_of(scope, "to");
	if (from == TIME_UNSET)
		return true;
	if (around_episode(from, to, authority))
		return false;
	return (to == TIME_UNSET ? at : to) - from > WIDE * DAY;
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
