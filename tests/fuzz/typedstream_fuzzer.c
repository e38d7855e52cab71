/* typedstream_fuzzer.c - archived text. FUZZ_RUNS: 200000 */
#include "typedstream.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *bytes = (const char *)data;
	struct err err = { 0 };
	span text, less;
	int rc = typedstream_text((span){ bytes, n }, &text, &err);
	if (rc) {
		if (rc != E_FORMAT || !err.message[0])
			abort();
		return 0;
	}
	if (text.p < bytes || text.n > n || text.p + text.n > bytes + n)
		abort();
	/* The text is the same however much follows it, and none if it does not end. */
	size_t whole = (size_t)(text.p - bytes) + text.n + 1;
	if (typedstream_text((span){ bytes, whole }, &less, NULL) || !span_eq(text, less))
		abort();
	if (!typedstream_text((span){ bytes, whole - 1 }, &less, NULL))
		abort();
	return 0;
}
