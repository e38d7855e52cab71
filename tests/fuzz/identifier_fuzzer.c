/*
 * identifier_fuzzer.c - any bytes as a handle, as a device number and as a text: what is said of
 * them holds together.
 *
 * FUZZ_RUNS: 60000
 */
#include "base/identifier.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "%s\n", what);
		abort();
	}
}

static void check_identifier(struct identifier id)
{
	bool gb = id.kind == ID_GB_MOBILE || id.kind == ID_GB_FIXED;
	demand(id.kind < ID_KIND_MAX && id.reason != NULL, "no kind or reason");
	demand((id.e164 != 0) == (gb || id.kind == ID_E164), "a number that is none");
	demand((id.e164 != 0) == (id.certainty != CERTAINTY_NONE), "certainty without a number");
	if (!id.e164)
		return;
	char digits[17];
	identifier_format(id.e164, digits);
	size_t length = strlen(digits) - 1;
	demand(length >= 7 && length <= 15 && digits[1] != '0', "not an E.164 number");
	if (gb)
		demand(strncmp(digits, "+44", 3) == 0 && (length == 12 || length == 11) &&
			       digits[3] != '0',
		       "not a UK number");
	/* Its own form is the same number. */
	struct identifier again = identifier_of(span_z(digits));
	demand(again.e164 == id.e164 && again.kind == id.kind &&
		       again.certainty == CERTAINTY_CERTAIN,
	       "its E.164 form is another");
}

static void check_handle(span raw)
{
	struct identifier id = identifier_of(raw);
	check_identifier(id);
	size_t length = identifier_key(raw, NULL, 0);
	demand(length <= 4 * raw.n + 16, "the key is longer than its handle");
	char *key = malloc(length + 1);
	demand(key != NULL, "no memory");
	key[length] = '~';
	demand(identifier_key(raw, key, length) == length && key[length] == '~',
	       "the key does not keep to its length");
	bool hidden = id.kind == ID_ABSENT || id.kind == ID_WITHHELD || id.kind == ID_UNKNOWN ||
		      id.kind == ID_PAYPHONE;
	demand(!hidden || length == 0, "a hidden caller has a key");
	if (id.e164) {
		char want[17];
		identifier_format(id.e164, want);
		demand(span_eq((span){ key, length }, span_z(want)), "the key of a number");
	}
	free(key);
}

static void check_device(span raw)
{
	static const enum id_kind kinds[] = { ID_IMEI, ID_IMSI, ID_ICCID };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char out[24];
		struct identifier id = identifier_of_device(raw, kinds[i], out);
		size_t length = strlen(out);
		demand(id.kind == kinds[i] ? length >= 14 && length <= 20 : length == 0,
		       "a device number of the wrong length");
		demand(id.e164 == 0 && id.reason != NULL, "a device number that is a telephone");
	}
}

static void check_text(span text)
{
	struct mention m;
	size_t pos = 0, last = 0;
	while (identifier_scan(text, &pos, &m)) {
		demand(m.start >= last && m.start < m.stop && m.stop <= text.n && pos == m.stop,
		       "a span out of order");
		check_identifier(m.id);
		struct identifier alone = identifier_of(span_sub(text, m.start, m.stop));
		demand(alone.e164 == m.id.e164 && alone.kind == m.id.kind &&
			       alone.certainty == m.id.certainty,
		       "alone it is another number");
		last = m.stop;
	}
	demand(pos == text.n, "the scan did not reach the end");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span s = { (const char *)data, n };
	check_handle(s);
	check_device(s);
	check_text(s);
	/* The bytes made whole say the same of what they name. */
	struct buf b = { 0 };
	utf8_repair(&b, s);
	demand(!b.failed && utf8_valid(buf_span(&b)), "not repaired");
	check_text(buf_span(&b));
	buf_free(&b);
	return 0;
}
