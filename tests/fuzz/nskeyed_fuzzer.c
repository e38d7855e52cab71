/* nskeyed_fuzzer.c - keyed archives, walked to a depth no archive needs. FUZZ_RUNS: 50000 */
#include "nskeyed.h"
#include <stdlib.h>

static unsigned steps;
static struct arena *arena;

static void walk(const struct nskeyed *k, const struct bplist_node *node, int depth)
{
	static const char *const names[] = { "NSString*string", "a", "NS.keys", NULL };
	struct bplist_node child;
	double date;
	int64_t number;
	bool nomem = false;
	span text = nskeyed_text(k, node, arena, &nomem);
	for (size_t i = 0; i < text.n; i++)
		steps += text.p[i] == 0;
	nskeyed_date(k, node, &date);
	nskeyed_int(node, &number);
	if (steps++ > 3000 || depth > 5)
		return;
	for (uint64_t i = 0; i < nskeyed_count(k, node) && i < 16; i++)
		if (nskeyed_item(k, node, i, &child))
			walk(k, &child, depth + 1);
	if (nskeyed_any(k, node, names, &child))
		walk(k, &child, depth + 1);
	if (nskeyed_get(k, node, "NS.objects", &child))
		walk(k, &child, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct nskeyed k;
	struct bplist_node root;
	steps = 0;
	if (!arena)
		arena = arena_new();
	if (nskeyed_open((span){ (const char *)data, n }, &k, NULL) == 0 &&
	    nskeyed_top(&k, "root", &root))
		walk(&k, &root, 0);
	arena_reset(arena);
	return 0;
}
