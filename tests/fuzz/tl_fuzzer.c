/* tl_fuzzer.c - Telegram's records. FUZZ_RUNS: 200000 */
#include "tl.h"
#include <stdlib.h>

static void within(span part, const uint8_t *data, size_t n)
{
	const char *p = (const char *)data;
	if (part.n && (part.p < p || part.p + part.n > p + n))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct tl_message m;
	struct tl_user u = { 0 };
	struct err err = { 0 };
	span blob = { (const char *)data, n };
	int rc = tl_message(blob, &m, &err);
	if (rc && (rc != E_FORMAT || !err.message[0] || m.text.p))
		abort();
	if (rc == 0 && m.kind == TL_MESSAGE && !m.text.p)
		abort();
	if (m.from != TL_NOBODY && !m.from_read)
		abort();
	within(m.text, data, n);
	within(m.title, data, n);
	if (tl_user(blob, &u, NULL) == 0) {
		within(u.first, data, n);
		within(u.last, data, n);
		within(u.user_name, data, n);
		within(u.phone, data, n);
	}
	return 0;
}
