/* time.c - see time.h. Calendar arithmetic in years that begin in March, so that the leap day is
 * the last day of its year and 400 years are always 146,097 days. */
#include "base/time.h"
#include <assert.h>

#define DAY_MS INT64_C(86400000)
#define COCOA_EPOCH_MS INT64_C(978307200000) /* 2001-01-01 */
#define LIMIT_MS INT64_C(7289654400000)      /* 2201-01-01 */
/* Seconds stay below this until the year 5138, milliseconds and nanoseconds pass it within
 * three years of their epoch. */
#define SECONDS_END INT64_C(100000000000)

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Exactly 1970-01-01 is a clock that was never set, however it was written. */
static bool keep(int64_t ms, int64_t *ret_ms)
{
	if (ms <= 0 || ms >= LIMIT_MS)
		return false;
	*ret_ms = ms;
	return true;
}

bool time_from_int(enum time_unit unit, int64_t raw, int64_t *ret_ms)
{
	if (raw == 0)
		return false;
	bool small = raw > -SECONDS_END && raw < SECONDS_END;
	switch (unit) {
	case TIME_UNIX_S:
		return small && keep(raw * 1000, ret_ms);
	case TIME_UNIX_MS:
		return keep(raw, ret_ms);
	case TIME_UNIX_US:
		return keep(floor_div(raw, 1000), ret_ms);
	case TIME_UNIX_NS:
		return keep(floor_div(raw, 1000000), ret_ms);
	case TIME_UNIX_S_OR_MS:
		return keep(small ? raw * 1000 : raw, ret_ms);
	case TIME_COCOA:
		return keep((small ? raw * 1000 : floor_div(raw, 1000000)) + COCOA_EPOCH_MS,
			    ret_ms);
	case TIME_TEXT:
	case TIME_NO_ZONE:
	case TIME_NONE:
	case TIME_UNIT_MAX:
		break;
	}
	return false;
}

bool time_from_real(enum time_unit unit, double raw, int64_t *ret_ms)
{
	double ms, base = 0;
	bool small = raw > -(double)SECONDS_END && raw < (double)SECONDS_END;
	switch (unit) {
	case TIME_UNIX_S:
		ms = raw * 1e3;
		break;
	case TIME_UNIX_MS:
		ms = raw;
		break;
	case TIME_UNIX_US:
		ms = raw / 1e3;
		break;
	case TIME_UNIX_NS:
		ms = raw / 1e6;
		break;
	case TIME_UNIX_S_OR_MS:
		ms = small ? raw * 1e3 : raw;
		break;
	case TIME_COCOA:
		ms = small ? raw * 1e3 : raw / 1e6;
		base = (double)COCOA_EPOCH_MS;
		break;
	case TIME_TEXT:
	case TIME_NO_ZONE:
	case TIME_NONE:
	case TIME_UNIT_MAX:
	default:
		return false;
	}
	/* To the nearest millisecond: a double holds 539 ms as 538.99999. What rounds to 0 is 0,
	 * not set. Written so that not a number fails too. */
	if (ms > -0.5 && ms < 0.5)
		return false;
	ms += base;
	if (!(ms > 0 && ms < (double)LIMIT_MS))
		return false;
	return keep((int64_t)(ms + 0.5), ret_ms);
}

const char *time_unit_word(enum time_unit unit)
{
	static const char *const words[TIME_UNIT_MAX] = {
		[TIME_NONE] = "none",       [TIME_UNIX_S] = "unix-s",
		[TIME_UNIX_MS] = "unix-ms", [TIME_UNIX_US] = "unix-us",
		[TIME_UNIX_NS] = "unix-ns", [TIME_UNIX_S_OR_MS] = "unix-s-or-ms",
		[TIME_COCOA] = "cocoa",     [TIME_TEXT] = "text",
		[TIME_NO_ZONE] = "no-zone",
	};
	return (unsigned)unit < TIME_UNIT_MAX ? words[unit] : "none";
}

int64_t time_days(int year, unsigned month, unsigned day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t cycle = floor_div(y, 400);
	int64_t year_of = y - cycle * 400;
	int64_t day_of = (153 * (int64_t)((month + 9) % 12) + 2) / 5 + (int64_t)day - 1;
	return cycle * 146097 + year_of * 365 + year_of / 4 - year_of / 100 + day_of - 719468;
}

void time_civil(int64_t days, int *year, unsigned *month, unsigned *day)
{
	int64_t cycle = floor_div(days + 719468, 146097);
	int64_t of_cycle = days + 719468 - cycle * 146097;
	int64_t year_of = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
	int64_t day_of = of_cycle - (year_of * 365 + year_of / 4 - year_of / 100);
	int64_t month_of = (5 * day_of + 2) / 153; /* 0 is March */
	*day = (unsigned)(day_of - (153 * month_of + 2) / 5 + 1);
	*month = (unsigned)(month_of < 10 ? month_of + 3 : month_of - 9);
	*year = (int)(year_of + cycle * 400 + (*month <= 2));
}

static char *put_digits(char *out, unsigned value, unsigned digits)
{
	for (unsigned i = digits; i-- > 0; value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + digits;
}

void time_format(int64_t ms, char out[static 25])
{
	int year;
	unsigned month, day;
	int64_t days = floor_div(ms, DAY_MS);
	unsigned rest = (unsigned)(ms - days * DAY_MS);
	time_civil(days, &year, &month, &day);
	assert(year >= 0 && year <= 9999);
	char *p = put_digits(out, (unsigned)year, 4);
	*p++ = '-';
	p = put_digits(p, month, 2);
	*p++ = '-';
	p = put_digits(p, day, 2);
	*p++ = 'T';
	p = put_digits(p, rest / 3600000, 2);
	*p++ = ':';
	p = put_digits(p, rest / 60000 % 60, 2);
	*p++ = ':';
	p = put_digits(p, rest / 1000 % 60, 2);
	*p++ = '.';
	p = put_digits(p, rest % 1000, 3);
	*p++ = 'Z';
	*p = 0;
}

/* n digits at s[*pos]; moves *pos past them. */
static bool get_digits(span s, size_t *pos, unsigned n, unsigned *ret)
{
	unsigned value = 0;
	if (s.n - *pos < n)
		return false;
	for (unsigned i = 0; i < n; i++) {
		unsigned digit = (unsigned char)s.p[*pos + i] - (unsigned)'0';
		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*pos += n;
	*ret = value;
	return true;
}

static bool get_char(span s, size_t *pos, const char *any)
{
	if (*pos >= s.n || !s.p[*pos] || !strchr(any, s.p[*pos]))
		return false;
	++*pos;
	return true;
}

static bool get_date(span s, size_t *pos, int64_t *ret_days)
{
	static const unsigned char lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned year, month, day;
	if (!get_digits(s, pos, 4, &year) || !get_char(s, pos, "-") ||
	    !get_digits(s, pos, 2, &month) || !get_char(s, pos, "-") ||
	    !get_digits(s, pos, 2, &day) || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (day > lengths[month - 1] + (month == 2 && leap ? 1u : 0u))
		return false;
	*ret_days = time_days((int)year, month, day);
	return true;
}

bool time_parse_date(span s, int64_t *ret_ms)
{
	int64_t days;
	size_t pos = 0;
	if (s.n != 10 || !get_date(s, &pos, &days))
		return false;
	*ret_ms = days * DAY_MS;
	return true;
}

bool time_parse(span s, int64_t *ret_ms)
{
	int64_t days;
	unsigned hour, minute, second, ms = 0;
	size_t pos = 0;
	if (!get_date(s, &pos, &days) || !get_char(s, &pos, "Tt ") ||
	    !get_digits(s, &pos, 2, &hour) || !get_char(s, &pos, ":") ||
	    !get_digits(s, &pos, 2, &minute) || !get_char(s, &pos, ":") ||
	    !get_digits(s, &pos, 2, &second) || hour > 23 || minute > 59 || second > 60)
		return false;
	if (get_char(s, &pos, ".")) {
		unsigned digit, scale = 100;
		size_t start = pos;
		for (; get_digits(s, &pos, 1, &digit); scale /= 10)
			ms += digit * scale;
		if (pos == start)
			return false;
	}
	int64_t offset = 0;
	if (!get_char(s, &pos, "Zz")) {
		unsigned offset_hour, offset_minute;
		bool west = get_char(s, &pos, "-");
		if ((!west && !get_char(s, &pos, "+")) || !get_digits(s, &pos, 2, &offset_hour) ||
		    !get_char(s, &pos, ":") || !get_digits(s, &pos, 2, &offset_minute) ||
		    offset_hour > 23 || offset_minute > 59)
			return false;
		offset = (int64_t)(offset_hour * 60 + offset_minute) * (west ? -60000 : 60000);
	}
	if (pos != s.n)
		return false;
	int64_t result =
		days * DAY_MS + (int64_t)(hour * 60 + minute) * 60000 + second * 1000 + ms - offset;
	/* A leap second ends a UTC day; it counts as the first second of the next. */
	if (second == 60 && floor_div(result - ms, DAY_MS) * DAY_MS != result - ms)
		return false;
	if (result < time_days(0, 1, 1) * DAY_MS || result >= time_days(10000, 1, 1) * DAY_MS)
		return false;
	*ret_ms = result;
	return true;
}
