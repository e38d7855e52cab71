/* ab_fuzzer.c - heads, keys and bytes of Android backups that nobody would write. The first byte
 * says in what pieces the file comes. FUZZ_RUNS: 6000 */
#include "acquire/ab.h"
#include <stdint.h>
#include <stdlib.h>

#define MOST ((uint64_t)1 << 20)

struct stream {
	const uint8_t *data;
	size_t n, piece;
};

static ptrdiff_t read_piece(void *user, void *buf, size_t n, struct err *err)
{
	struct stream *s = user;
	size_t take = s->n < n ? s->n : n;
	(void)err;
	if (take > s->piece)
		take = s->piece;
	memcpy(buf, s->data, take);
	s->data += take;
	s->n -= take;
	return (ptrdiff_t)take;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct ab *a = NULL;
	struct err err = { 0 };
	const void *block;
	uint64_t given = 0;
	ptrdiff_t got;
	if (n < 2)
		return 0;
	struct stream s = { data + 1, n - 1, (size_t)data[0] + 1 };
	ab_is((span){ (const char *)data + 1, n - 1 });
	int rc = ab_open(&a, read_piece, &s, MOST, NULL, &err);
	if (rc) {
		/* without a password, an encrypted one has no words: its reader has */
		if (rc != E_ABSENT && !err.message[0])
			abort();
		return 0;
	}
	if (ab_encrypted(a))
		abort();
	while ((got = ab_next(a, &block, &err)) > 0)
		given += (uint64_t)got;
	if (given > MOST + (256 << 10) || (got < 0 && !err.message[0]) || ab_done(a) > n)
		abort();
	ab_free(a);
	return 0;
}
