/* bplist_fuzzer.c - property lists, walked to a depth no list needs. FUZZ_RUNS: 100000 */
#include "bplist.h"
#include <stdlib.h>

static unsigned steps;

static void walk(const struct bplist *b, const struct bplist_node *node, int depth)
{
	struct bplist_node name, child;
	if (node->bytes.n &&
	    (node->bytes.p < b->data.p || node->bytes.p + node->bytes.n > b->data.p + b->data.n))
		abort();
	for (uint64_t i = 0; depth < 6 && i < node->n && i < 16 && steps < 5000; i++, steps++) {
		if (bplist_item(b, node, i, &child))
			walk(b, &child, depth + 1);
		if (bplist_entry(b, node, i, &name, &child)) {
			walk(b, &name, depth + 1);
			walk(b, &child, depth + 1);
		}
	}
	bplist_get(b, node, "ec", &child);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct bplist b;
	struct bplist_node root;
	steps = 0;
	if (bplist_open((span){ (const char *)data, n }, &b, NULL) == 0 && bplist_root(&b, &root))
		walk(&b, &root, 0);
	return 0;
}
