/* jsonview_fuzzer.c - JSON that is read in place. FUZZ_RUNS: 100000 */
#include "jsonview.h"
#include <stdlib.h>

static unsigned steps;
static struct arena *arena;

static void within(span part, span all)
{
	if (part.n && (part.p < all.p || part.p + part.n > all.p + all.n))
		abort();
}

static void walk(span value, int depth)
{
	span name, child;
	bool nomem = false;
	int64_t number;
	size_t at = 0, before = 0;
	span text = jsonview_text(value, arena, &nomem);
	for (size_t i = 0; i < text.n; i++)
		steps += text.p[i] == 0;
	jsonview_int(value, &number);
	jsonview_number_or_text(value, arena, &nomem);
	while (jsonview_next(value, &at, &name, &child) && steps++ < 3000) {
		if (at <= before || at > value.n || !child.n)
			abort();
		before = at;
		within(name, value);
		within(child, value);
		if (depth < 6)
			walk(child, depth + 1);
	}
	jsonview_get(value, "id");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	steps = 0;
	if (!arena)
		arena = arena_new();
	span text = { (const char *)data, n }, value = jsonview_first(text);
	within(value, text);
	walk(value, 0);
	arena_reset(arena);
	return 0;
}
