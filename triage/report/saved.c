/* saved.c - see saved.h */
#include "saved.h"
#include "base/arena.h"
#include "facts.h"
#include <stdlib.h>

enum { NUMBERS_MAX = 20000 }; /* far more than a page shows */

struct saved {
	struct arena *arena;
	struct saved_number {
		uint64_t e164;
		span name;
		size_t more;
	} * numbers; /* ascending */
	size_t n, cap;
};

static int add(struct saved *s, uint64_t e164, span name, struct err *err)
{
	bool ok = true;
	if (s->n && s->numbers[s->n - 1].e164 == e164) {
		s->numbers[s->n - 1].more++;
		return 0;
	}
	if (!s->numbers || s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 64;
		void *more = realloc(s->numbers, s->cap * sizeof *s->numbers);
		if (!more)
			return err_set(err, E_NOMEM, "Memory ran out while reading contacts.");
		s->numbers = more;
	}
	span copy = arena_copy(s->arena, name.p ? name : SPAN(""), &ok);
	if (!ok)
		return err_set(err, E_NOMEM, "Memory ran out while reading contacts.");
	s->numbers[s->n++] = (struct saved_number){ .e164 = e164, .name = copy };
	return 0;
}

int saved_load(struct saved **ret, struct case_db *c, struct err *err)
{
	struct rows rows;
	uint64_t e164;
	span name;
	struct saved *s = calloc(1, sizeof *s);
	if (!s || !(s->arena = arena_new())) {
		saved_free(s);
		return err_set(err, E_NOMEM, "Memory ran out while reading contacts.");
	}
	int rc = facts_saved_numbers(&rows, c, NUMBERS_MAX, err);
	while (!rc && (rc = facts_saved_number(&rows, &e164, &name, err)) > 0)
		rc = add(s, e164, name, err);
	rows_close(&rows);
	if (rc)
		saved_free(s);
	else
		*ret = s;
	return rc;
}

void saved_free(struct saved *s)
{
	if (!s)
		return;
	arena_free(s->arena);
	free(s->numbers);
	free(s);
}

static int order(const void *a, const void *b)
{
	const struct saved_number *x = a, *y = b;
	return (x->e164 > y->e164) - (x->e164 < y->e164);
}

span saved_name(const struct saved *s, uint64_t e164, size_t *ret_more)
{
	const struct saved_number key = { .e164 = e164 };
	const struct saved_number *at =
		s->n && e164 ? bsearch(&key, s->numbers, s->n, sizeof key, order) : NULL;
	*ret_more = at ? at->more : 0;
	return at ? at->name : SPAN_NONE;
}
