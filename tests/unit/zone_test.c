/* UK local time against the C library's, where its time zone files are there. */
#include "base/time.h"
#include "report/zone.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void words_are(int64_t ms, const char *expect)
{
	char text[80];
	zone_words(ms, text);
	assert_string_equal(text, expect);
}

static void known_moments(void **state)
{
	(void)state;
	words_are(1567104010539, "2019-08-29 18:40:10 UTC = Thu 29 Aug 2019 19:40:10 BST");
	/* 2025: BST from 30 March 01:00 UTC to 26 October 01:00 UTC */
	words_are(1743296399000, "2025-03-30 00:59:59 UTC = Sun 30 Mar 2025 00:59:59 GMT");
	words_are(1743296400000, "2025-03-30 01:00:00 UTC = Sun 30 Mar 2025 02:00:00 BST");
	words_are(1761440399000, "2025-10-26 00:59:59 UTC = Sun 26 Oct 2025 01:59:59 BST");
	words_are(1761440400000, "2025-10-26 01:00:00 UTC = Sun 26 Oct 2025 01:00:00 GMT");
	/* the local day is the next one */
	words_are(1751324400000, "2025-06-30 23:00:00 UTC = Tue 1 Jul 2025 00:00:00 BST");
	/* other rules held before 1996: no local time is claimed */
	words_are(820454399000, "1995-12-31 23:59:59 UTC");
	words_are(820454400000, "1996-01-01 00:00:00 UTC = Mon 1 Jan 1996 00:00:00 GMT");
	words_are(-1, "1969-12-31 23:59:59 UTC");
}

static void as_the_c_library_has_it(void **state)
{
	(void)state;
	if (access("/usr/share/zoneinfo/Europe/London", R_OK) != 0)
		skip();
	setenv("TZ", "Europe/London", 1);
	tzset();
	for (int64_t s = 820454400; s < 2145916800; s += 1799) { /* 1996 to 2037, twice an hour */
		struct tm tm;
		int64_t offset;
		const char *name;
		time_t t = (time_t)s;
		localtime_r(&t, &tm);
		assert_true(zone_offset(s * 1000, &offset, &name));
		if (offset != tm.tm_gmtoff * 1000 || strcmp(name, tm.tm_zone) != 0)
			fail_msg("%lld: %lld %s, the C library has %ld %s", (long long)s,
				 (long long)offset, name, tm.tm_gmtoff, tm.tm_zone);
	}
	unsetenv("TZ");
	tzset();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_moments),
		cmocka_unit_test(as_the_c_library_has_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
