/*
 * time.h - one clock: int64 milliseconds since 1970-01-01 00:00:00 UTC.
 *
 * TIME_UNSET stands for "not set". 0 and NULL in evidence mean "not set" in every
 * epoch: they never become 1970 or 2001.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H
#include "base/span.h"
#include <stdint.h>

#define TIME_UNSET INT64_MIN

enum time_unit {
	TIME_NONE,         /* no time in this query */
	TIME_UNIX_S,       /* seconds since 1970 */
	TIME_UNIX_MS,      /* milliseconds since 1970 */
	TIME_UNIX_US,      /* microseconds since 1970 */
	TIME_UNIX_NS,      /* nanoseconds since 1970 */
	TIME_UNIX_S_OR_MS, /* Android: told apart by size */
	TIME_COCOA,   /* seconds (integer or fraction) or, from 1e11 up, nanoseconds since 2001 */
	TIME_TEXT,    /* a date and time as text that names its zone; no number is one */
	TIME_NO_ZONE, /* a date and time as text, of a clock whose zone is not said: gives no time
		       */
	TIME_UNIT_MAX
};

/* Values beyond the years 1970-2200 are unset (*ret untouched, false). */
bool time_from_int(enum time_unit unit, int64_t raw, int64_t *ret_ms);
bool time_from_real(enum time_unit unit, double raw, int64_t *ret_ms);

/* "unix-ms", "cocoa" ...: stored with every record, never changes. */
const char *time_unit_word(enum time_unit unit);

/* RFC 3339 in UTC with milliseconds, "2019-08-29T18:40:10.539Z"; writes 25 bytes with the NUL.
 * ms must be set and within 0000-9999. */
void time_format(int64_t ms, char out[static 25]);

/* "YYYY-MM-DD" to the first millisecond of that UTC day; false if it is not a real date. */
bool time_parse_date(span s, int64_t *ret_ms);

/* RFC 3339 with "Z" or an offset, optional fraction. */
bool time_parse(span s, int64_t *ret_ms);

/* Days since 1970 of a UTC civil date, and back. Proleptic Gregorian. */
int64_t time_days(int year, unsigned month, unsigned day);
void time_civil(int64_t days, int *year, unsigned *month, unsigned *day);
#endif
