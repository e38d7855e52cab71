/* pl_fuzzer.c - property lists that a phone sends. FUZZ_RUNS: 50000 */
#include "acquire/pl.h"
#include <stdlib.h>

static size_t walk(const struct pl_node *n, int depth)
{
	size_t all = 1, children = 0;
	volatile char last = 0; /* the bytes are there */
	if (depth > PL_DEPTH_MAX + 1)
		abort();
	if (n->bytes.n)
		last = n->bytes.p[n->bytes.n - 1];
	if (n->kind == PL_TEXT && n->bytes.p && n->bytes.p[n->bytes.n])
		abort();
	(void)last;
	for (const struct pl_node *c = n->first; c; c = c->next) {
		all += walk(c, depth + 1);
		children++;
	}
	if (children != n->n)
		abort();
	return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pl *p;
	if (pl_read(&p, (span){ (const char *)data, n }, NULL) != 0)
		return 0;
	if (walk(pl_root(p), 0) > PL_NODES_MAX + 1)
		abort();
	pl_free(p);
	return 0;
}
