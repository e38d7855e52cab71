/* zone.c - see zone.h */
#include "zone.h"
#include "base/time.h"
#include <stdio.h>

#define DAY_MS 86400000

const char *const zone_months[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static int64_t day_of(int64_t ms)
{
	return ms / DAY_MS - (ms % DAY_MS < 0);
}

/* 1970-01-01 was a Thursday; Sunday is 0. */
static int64_t weekday(int64_t day)
{
	return ((day + 4) % 7 + 7) % 7;
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t change(int year, unsigned month)
{
	int64_t last = time_days(year, month, 31);
	return (last - weekday(last)) * DAY_MS + 3600000;
}

bool zone_offset(int64_t ms, int64_t *ret_ms, const char **ret_name)
{
	int year;
	unsigned month, day;
	time_civil(day_of(ms), &year, &month, &day);
	if (year < 1996)
		return false;
	bool summer = ms >= change(year, 3) && ms < change(year, 10);
	*ret_ms = summer ? 3600000 : 0;
	*ret_name = summer ? "BST" : "GMT";
	return true;
}

int64_t zone_day(int64_t ms)
{
	int64_t offset = 0;
	const char *name;
	zone_offset(ms, &offset, &name);
	return day_of(ms + offset);
}

void zone_day_words(int64_t day, char out[static 24])
{
	int year;
	unsigned month, d;
	time_civil(day, &year, &month, &d);
	snprintf(out, 24, "%u %s %d", d, zone_months[month - 1], year);
}

void zone_words(int64_t ms, char out[static 80])
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	char utc[25], local[25], date[24];
	int64_t offset;
	const char *name;
	time_format(ms, utc);
	if (!zone_offset(ms, &offset, &name)) {
		snprintf(out, 80, "%.10s %.8s UTC", utc, utc + 11);
		return;
	}
	time_format(ms + offset, local);
	zone_day_words(day_of(ms + offset), date);
	snprintf(out, 80, "%.10s %.8s UTC = %s %s %.8s %s", utc, utc + 11,
		 days[weekday(day_of(ms + offset))], date, local + 11, name);
}

bool zone_parse(span s, int64_t *ret)
{
	int64_t ms, offset;
	const char *name;
	if (time_parse(s, ret))
		return true;
	if (s.n != 16 || s.p[10] != ' ' || s.p[13] != ':' ||
	    !time_parse_date((span){ s.p, 10 }, &ms))
		return false;
	for (int i = 11; i < 16; i++)
		if (i != 13 && (s.p[i] < '0' || s.p[i] > '9'))
			return false;
	int hour = (s.p[11] - '0') * 10 + s.p[12] - '0',
	    minute = (s.p[14] - '0') * 10 + s.p[15] - '0';
	if (hour > 23 || minute > 59)
		return false;
	ms += ((int64_t)hour * 60 + minute) * 60000;
	if (zone_offset(ms, &offset, &name) && offset && zone_offset(ms - offset, &offset, &name))
		ms -= offset;
	*ret = ms;
	return true;
}
