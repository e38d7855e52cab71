/* protobuf_fuzzer.c - Protocol Buffers messages, walked as far down as they go. FUZZ_RUNS: 100000
 */
#include "protobuf.h"
#include <stdlib.h>

static span whole;
static unsigned steps;

static void walk(span message, int depth)
{
	struct protobuf_field f, last;
	struct err err = { 0 };
	size_t at = 0, before = 0;
	int rc;
	while ((rc = protobuf_next(message, &at, &f, &err)) == 1 && steps++ < 5000) {
		if (at <= before || at > message.n || f.number == 0)
			abort();
		before = at;
		if (!protobuf_get(message, f.number, f.wire, &last))
			abort();
		if (f.wire != PROTOBUF_BYTES)
			continue;
		if (f.bytes.n && (f.bytes.p < whole.p || f.bytes.p + f.bytes.n > whole.p + whole.n))
			abort();
		if (!PROTOBUF_AT(message, f.number).p)
			abort();
		if (depth < 6)
			walk(f.bytes, depth + 1);
	}
	if (rc < 0 && (rc != E_FORMAT || !err.message[0] || protobuf_valid(message)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	steps = 0;
	whole = (span){ (const char *)data, n };
	walk(whole, 0);
	return 0;
}
