/*
 * time_fuzzer.c - any number in any unit, and any bytes as a written time.
 *
 * FUZZ_RUNS: 100000
 */
#include "base/time.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define UNTOUCHED INT64_C(-77)

static void demand(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "%s\n", what);
		abort();
	}
}

/* ret is read here, behind the call that may have written it. */
static void check_moment(bool good, const int64_t *ret, int64_t first, int64_t end)
{
	int64_t ms = *ret;
	if (!good) {
		demand(ms == UNTOUCHED, "touched on failure");
		return;
	}
	demand(ms >= first && ms < end, "out of range");
	char out[25];
	int64_t back = UNTOUCHED;
	time_format(ms, out);
	demand(strlen(out) == 24, "a format of another length");
	demand(time_parse(span_z(out), &back) && back == ms, "does not come back");
	demand(time_parse_date((span){ out, 10 }, &back) && back <= ms && ms - back < 86400000,
	       "another day");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int64_t ms = UNTOUCHED;
	span s = { (const char *)data, n };
	int64_t first = time_days(0, 1, 1) * 86400000, end = time_days(10000, 1, 1) * 86400000;
	check_moment(time_parse(s, &ms), &ms, first, end);
	ms = UNTOUCHED;
	check_moment(time_parse_date(s, &ms), &ms, first, end);
	uint64_t bits = 0;
	double real;
	memcpy(&bits, data, n < sizeof bits ? n : sizeof bits);
	memcpy(&real, &bits, sizeof real);
	int64_t limit = time_days(2201, 1, 1) * 86400000;
	for (int unit = TIME_NONE; unit <= TIME_UNIT_MAX; unit++) {
		ms = UNTOUCHED;
		check_moment(time_from_int((enum time_unit)unit, (int64_t)bits, &ms), &ms, 1,
			     limit);
		ms = UNTOUCHED;
		check_moment(time_from_real((enum time_unit)unit, real, &ms), &ms, 1, limit);
		ms = UNTOUCHED;
		check_moment(time_from_real((enum time_unit)unit, (double)(int64_t)bits, &ms), &ms,
			     1, limit);
	}
	return 0;
}
