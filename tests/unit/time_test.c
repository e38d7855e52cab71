/* time_test.c - one clock, and the ways evidence and people write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* 2019-08-29T18:40:10.539Z */
#define MOMENT INT64_C(1567104010539)
#define COCOA_S INT64_C(588796810)
#define UNTOUCHED INT64_C(-77)

static const enum time_unit units[] = { TIME_NONE,    TIME_UNIX_S,  TIME_UNIX_MS,
					TIME_UNIX_US, TIME_UNIX_NS, TIME_UNIX_S_OR_MS,
					TIME_COCOA,   TIME_TEXT,    TIME_NO_ZONE };

static void expect_int(enum time_unit unit, int64_t raw, int64_t want)
{
	int64_t ms = UNTOUCHED;
	bool good = time_from_int(unit, raw, &ms);
	if (ms != want)
		print_error("%s of %lld\n", time_unit_word(unit), (long long)raw);
	assert_int_equal(ms, want);
	assert_int_equal(good, want != UNTOUCHED);
}

static void expect_real(enum time_unit unit, double raw, int64_t want)
{
	int64_t ms = UNTOUCHED;
	bool good = time_from_real(unit, raw, &ms);
	if (ms != want)
		print_error("%s of %.17g\n", time_unit_word(unit), raw);
	assert_int_equal(ms, want);
	assert_int_equal(good, want != UNTOUCHED);
}

static void each_unit_gives_the_same_moment(void **state)
{
	(void)state;
	expect_int(TIME_UNIX_S, MOMENT / 1000, MOMENT / 1000 * 1000);
	expect_int(TIME_UNIX_MS, MOMENT, MOMENT);
	expect_int(TIME_UNIX_US, MOMENT * 1000 + 999, MOMENT);
	expect_int(TIME_UNIX_NS, MOMENT * 1000000 + 999999, MOMENT);
	expect_int(TIME_UNIX_S_OR_MS, MOMENT, MOMENT);
	expect_int(TIME_UNIX_S_OR_MS, MOMENT / 1000, MOMENT / 1000 * 1000);
	expect_int(TIME_COCOA, COCOA_S, MOMENT / 1000 * 1000);
	expect_int(TIME_COCOA, COCOA_S * 1000000000 + 539000000, MOMENT);
	expect_int(TIME_COCOA, COCOA_S * 1000000000 + 539999999, MOMENT);
	expect_real(TIME_UNIX_S, 1567104010.539, MOMENT);
	expect_real(TIME_UNIX_MS, 1567104010539.0, MOMENT);
	expect_real(TIME_UNIX_MS, 1567104010539.4, MOMENT);
	expect_real(TIME_UNIX_US, 1567104010539000.0, MOMENT);
	expect_real(TIME_UNIX_NS, 1567104010539000000.0, MOMENT);
	expect_real(TIME_UNIX_S_OR_MS, 1567104010.539, MOMENT);
	expect_real(TIME_UNIX_S_OR_MS, 1567104010539.0, MOMENT);
	expect_real(TIME_COCOA, 588796810.539, MOMENT);
	expect_real(TIME_COCOA, 588796810539000000.0, MOMENT);
}

static void every_millisecond_survives_a_double(void **state)
{
	(void)state;
	for (int ms = 0; ms < 1000; ms++) {
		char text[32];
		snprintf(text, sizeof text, "588796810.%03d", ms);
		expect_real(TIME_COCOA, strtod(text, NULL), MOMENT - 539 + ms);
		expect_int(TIME_COCOA, COCOA_S * 1000000000 + ms * 1000000, MOMENT - 539 + ms);
	}
}

static void zero_is_not_set(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		expect_int(units[i], 0, UNTOUCHED);
		expect_real(units[i], 0.0, UNTOUCHED);
		expect_real(units[i], -0.0, UNTOUCHED);
		expect_real(units[i], 1e-12, UNTOUCHED);
		expect_real(units[i], NAN, UNTOUCHED);
		expect_real(units[i], INFINITY, UNTOUCHED);
		expect_real(units[i], -INFINITY, UNTOUCHED);
		expect_int(units[i], INT64_MIN, UNTOUCHED);
		expect_int(units[i], TIME_UNSET + 1, UNTOUCHED);
		expect_real(units[i], 1e300, UNTOUCHED);
		expect_real(units[i], -1e300, UNTOUCHED);
	}
	expect_int(TIME_NONE, MOMENT, UNTOUCHED);
	expect_real(TIME_NONE, 1.0, UNTOUCHED);
	expect_int(TIME_UNIT_MAX, MOMENT, UNTOUCHED);
	/* 1970 written in Apple's epoch is a clock that was never set. */
	expect_int(TIME_COCOA, -978307200, UNTOUCHED);
	expect_real(TIME_COCOA, -978307200.0, UNTOUCHED);
	expect_int(TIME_COCOA, INT64_C(-978307200000000000), UNTOUCHED);
}

static void range_is_1970_to_2200(void **state)
{
	(void)state;
	const int64_t last = INT64_C(7289654399999); /* 2200-12-31T23:59:59.999Z */
	expect_int(TIME_UNIX_MS, 1, 1);
	expect_int(TIME_UNIX_MS, -1, UNTOUCHED);
	expect_int(TIME_UNIX_MS, last, last);
	expect_int(TIME_UNIX_MS, last + 1, UNTOUCHED);
	expect_int(TIME_UNIX_MS, INT64_MAX, UNTOUCHED);
	expect_int(TIME_UNIX_S, last / 1000, last / 1000 * 1000);
	expect_int(TIME_UNIX_S, last / 1000 + 1, UNTOUCHED);
	expect_int(TIME_UNIX_S, INT64_MAX, UNTOUCHED);
	expect_int(TIME_UNIX_S, -1, UNTOUCHED);
	expect_int(TIME_UNIX_US, last * 1000 + 999, last);
	expect_int(TIME_UNIX_US, (last + 1) * 1000, UNTOUCHED);
	expect_int(TIME_UNIX_US, 999, UNTOUCHED);
	expect_int(TIME_UNIX_NS, last * 1000000, last);
	expect_int(TIME_UNIX_NS, INT64_MAX, UNTOUCHED);
	/* What is too late for seconds is milliseconds; between them lies nothing. */
	expect_int(TIME_UNIX_S_OR_MS, INT64_C(99999999999), UNTOUCHED);
	expect_int(TIME_UNIX_S_OR_MS, INT64_C(100000000000), INT64_C(100000000000));
	expect_int(TIME_COCOA, INT64_C(99999999999), UNTOUCHED);
	expect_int(TIME_COCOA, INT64_C(100000000000), INT64_C(978307300000));
	expect_int(TIME_COCOA, -1, INT64_C(978307199000));
	expect_real(TIME_COCOA, -0.25, INT64_C(978307199750));
	expect_int(TIME_COCOA, INT64_C(-100000000001), INT64_C(978307099999));
	expect_int(TIME_COCOA, INT64_MAX, UNTOUCHED);
	expect_int(TIME_COCOA, INT64_MIN, UNTOUCHED);
	expect_real(TIME_UNIX_MS, 7289654399999.0, last);
	expect_real(TIME_UNIX_MS, 7289654400000.0, UNTOUCHED);
	expect_real(TIME_UNIX_MS, 7289654399999.9, UNTOUCHED);
}

static void calendar_agrees_with_the_library(void **state)
{
	(void)state;
	int64_t days = time_days(0, 1, 1);
	assert_int_equal(days, -719528);
	for (; days < time_days(10000, 1, 1); days++) {
		time_t t = (time_t)(days * 86400);
		struct tm tm;
		gmtime_r(&t, &tm);
		int year;
		unsigned month, day;
		time_civil(days, &year, &month, &day);
		assert_true(year == tm.tm_year + 1900 && (int)month == tm.tm_mon + 1 &&
			    (int)day == tm.tm_mday);
		assert_int_equal(time_days(year, month, day), days);
	}
	assert_int_equal(time_days(1970, 1, 1), 0);
	assert_int_equal(time_days(1969, 12, 31), -1);
	assert_int_equal(time_days(2001, 1, 1) * 86400, 978307200);
	assert_int_equal(time_days(-1, 12, 31), time_days(0, 1, 1) - 1);
}

static void expect_format(int64_t ms, const char *want)
{
	char out[25];
	int64_t back = UNTOUCHED;
	time_format(ms, out);
	assert_string_equal(out, want);
	assert_true(time_parse(span_z(out), &back));
	assert_int_equal(back, ms);
}

static void format_and_back(void **state)
{
	(void)state;
	expect_format(MOMENT, "2019-08-29T18:40:10.539Z");
	expect_format(0, "1970-01-01T00:00:00.000Z");
	expect_format(-1, "1969-12-31T23:59:59.999Z");
	expect_format(INT64_C(951782400000), "2000-02-29T00:00:00.000Z");
	expect_format(INT64_C(-62167219200000), "0000-01-01T00:00:00.000Z");
	expect_format(INT64_C(253402300799999), "9999-12-31T23:59:59.999Z");
	for (int64_t ms = INT64_C(-62167219200000); ms < INT64_C(253402300799999);
	     ms += INT64_C(7777777777777) / 11) {
		char out[25];
		int64_t back;
		time_format(ms, out);
		assert_true(time_parse(span_z(out), &back));
		assert_int_equal(back, ms);
	}
}

static void dates(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t days; /* or UNTOUCHED */
	} cases[] = {
		{ "1970-01-01", 0 },
		{ "1969-12-31", -1 },
		{ "2000-02-29", 11016 },
		{ "2024-02-29", 19782 },
		{ "2023-02-29", UNTOUCHED },
		{ "1900-02-29", UNTOUCHED },
		{ "2100-02-29", UNTOUCHED },
		{ "2024-04-31", UNTOUCHED },
		{ "2024-12-31", 20088 },
		{ "2024-00-10", UNTOUCHED },
		{ "2024-13-10", UNTOUCHED },
		{ "2024-01-00", UNTOUCHED },
		{ "2024-01-32", UNTOUCHED },
		{ "2024-1-01", UNTOUCHED },
		{ "2024-01-1", UNTOUCHED },
		{ "24-01-01", UNTOUCHED },
		{ "2024/01/01", UNTOUCHED },
		{ "2024-01-01 ", UNTOUCHED },
		{ " 2024-01-01", UNTOUCHED },
		{ "2024-01-0a", UNTOUCHED },
		{ "+024-01-01", UNTOUCHED },
		{ "-024-01-01", UNTOUCHED },
		{ "2024-01-01T00:00:00Z", UNTOUCHED },
		{ "", UNTOUCHED },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t ms = UNTOUCHED;
		bool good = time_parse_date(span_z(cases[i].text), &ms);
		if (good != (cases[i].days != UNTOUCHED))
			fail_msg("'%s'", cases[i].text);
		assert_int_equal(ms, good ? cases[i].days * 86400000 : UNTOUCHED);
	}
	int64_t ms = UNTOUCHED;
	assert_false(time_parse_date(SPAN_NONE, &ms));
	assert_false(time_parse_date((span){ "2024-01-01", 9 }, &ms));
	assert_false(time_parse_date(SPAN("2024-01-0\0"), &ms));
	assert_int_equal(ms, UNTOUCHED);
}

static void moments(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ms; /* or UNTOUCHED */
	} cases[] = {
		{ "2019-08-29T18:40:10.539Z", MOMENT },
		{ "2019-08-29t18:40:10.539z", MOMENT },
		{ "2019-08-29 18:40:10.539Z", MOMENT },
		{ "2019-08-29T18:40:10Z", MOMENT - 539 },
		{ "2019-08-29T18:40:10.5Z", MOMENT - 39 },
		{ "2019-08-29T18:40:10.53Z", MOMENT - 9 },
		{ "2019-08-29T18:40:10.539999999999999999999Z", MOMENT },
		{ "2019-08-29T19:40:10.539+01:00", MOMENT },
		{ "2019-08-29T18:10:10.539-00:30", MOMENT },
		{ "2019-08-30T05:40:10.539+11:00", MOMENT },
		{ "2019-08-29T18:40:10.539-00:00", MOMENT },
		{ "2016-12-31T23:59:60Z", INT64_C(1483228800000) },
		{ "2017-01-01T00:59:60+01:00", INT64_C(1483228800000) },
		{ "2016-12-31T22:59:60Z", UNTOUCHED },
		{ "2016-12-31T23:58:60Z", UNTOUCHED },
		{ "0000-01-01T00:00:00Z", INT64_C(-62167219200000) },
		{ "0000-01-01T00:00:00+00:01", UNTOUCHED },
		{ "9999-12-31T23:59:59.999-00:01", UNTOUCHED },
		{ "9999-12-31T23:59:60Z", UNTOUCHED },
		{ "2019-08-29T24:00:00Z", UNTOUCHED },
		{ "2019-08-29T18:60:10Z", UNTOUCHED },
		{ "2019-08-29T18:40:61Z", UNTOUCHED },
		{ "2019-08-29T18:40:10", UNTOUCHED },
		{ "2019-08-29T18:40Z", UNTOUCHED },
		{ "2019-08-29T18:40:10.Z", UNTOUCHED },
		{ "2019-08-29T18:40:10,5Z", UNTOUCHED },
		{ "2019-08-29T18:40:10+0100", UNTOUCHED },
		{ "2019-08-29T18:40:10+24:00", UNTOUCHED },
		{ "2019-08-29T18:40:10+01:60", UNTOUCHED },
		{ "2019-08-29T18:40:10Z ", UNTOUCHED },
		{ "2019-08-29T18:40:10ZZ", UNTOUCHED },
		{ "2019-02-29T18:40:10Z", UNTOUCHED },
		{ "2019-08-29", UNTOUCHED },
		{ "", UNTOUCHED },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t ms = UNTOUCHED;
		bool good = time_parse(span_z(cases[i].text), &ms);
		if (ms != cases[i].ms || good != (cases[i].ms != UNTOUCHED))
			fail_msg("'%s' is %lld", cases[i].text, (long long)ms);
	}
	int64_t ms = UNTOUCHED;
	assert_false(time_parse(SPAN_NONE, &ms));
	for (size_t n = 0; n < 24; n++)
		assert_false(time_parse((span){ "2019-08-29T18:40:10.539Z", n }, &ms));
	assert_false(time_parse(SPAN("2019-08-29\0"
				     "18:40:10Z"),
				&ms));
	assert_int_equal(ms, UNTOUCHED);
}

static void words_are_stable(void **state)
{
	(void)state;
	static const char *const words[] = { "none",    "unix-s",  "unix-ms",
					     "unix-us", "unix-ns", "unix-s-or-ms",
					     "cocoa",   "text",    "no-zone" };
	for (int i = 0; i < TIME_UNIT_MAX; i++)
		assert_string_equal(time_unit_word((enum time_unit)i), words[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_unit_gives_the_same_moment),
		cmocka_unit_test(every_millisecond_survives_a_double),
		cmocka_unit_test(zero_is_not_set),
		cmocka_unit_test(range_is_1970_to_2200),
		cmocka_unit_test(calendar_agrees_with_the_library),
		cmocka_unit_test(format_and_back),
		cmocka_unit_test(dates),
		cmocka_unit_test(moments),
		cmocka_unit_test(words_are_stable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
