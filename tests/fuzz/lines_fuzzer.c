/* lines_fuzzer.c - any bytes as a line list: a list or a reason, and what was read can be found.
 * FUZZ_RUNS: 20000 */
#include "base/utf8.h"
#include "lines.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(condition) ((condition) ? (void)0 : abort())

static void hear(void *user, uint32_t row, const char *why)
{
	uint32_t *n = user;
	++*n;
	MUST(row > 1 && *why && strlen(why) < 400);
	MUST(utf8_valid(span_z(why))); /* cut after whole characters; shown by whoever prints it */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span csv = { n ? (const char *)data : "", n };
	struct lines *l = NULL, *strict = NULL;
	struct err err = { 0 }, strict_err = { 0 };
	uint32_t bad = 0;
	int rc = lines_load_csv_bytes(&l, csv, "list.csv", true, hear, &bad, &err);
	int strict_rc =
		lines_load_csv_bytes(&strict, csv, "list.csv", false, NULL, NULL, &strict_err);
	MUST((strict_rc == 0) == (rc == 0 && bad == 0));
	lines_free(strict);
	if (rc) {
		MUST(!l && err.code == rc && err.message[0]);
		return 0;
	}
	MUST(lines_skipped(l) == bad);
	for (uint32_t i = 0; i < lines_count(l); i++) {
		const struct assertion *a = lines_at(l, i);
		span raw = span_z(a->raw);
		MUST(a->line[0] && raw.n && utf8_valid(span_z(a->line)) && utf8_valid(raw));
		MUST(a->from == TIME_UNSET || a->until == TIME_UNSET || a->from < a->until);
		MUST((a->id.e164 != 0) == (a->key[0] == 0));
		uint32_t at = lines_find(l, &a->id, a->id.kind >= ID_IMEI ? span_z(a->key) : raw);
		while (at != LINES_NONE && at < i)
			at = lines_next(l, at);
		MUST(at == i);
		lines_find_name(l, span_z(a->line));
	}
	lines_find_name(l, csv);
	lines_free(l);
	return 0;
}
