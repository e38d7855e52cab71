/*
 * score_same_text.c - which messages say nearly the same: 5-gram shingles of the text in lower case
 * with digits as #, Jaccard 0.8 or more (broadcast likeness).
 */
#include "base/buf.h"
#include "score_watch_own.h"
#include <stdlib.h>

#define GRAM 5
#define SHINGLES_MAX 512u /* of one text; the rest is not compared */
#define KNOWN_MAX 256u    /* different texts that are remembered, the latest */

struct text {
	uint32_t *shingle; /* in order, each once */
	uint64_t seen;     /* a bit for each, several to a bit */
	uint32_t n, number;
};

struct texts {
	struct text known[KNOWN_MAX];
	uint32_t n, next, last_number;
	struct buf plain;
};

static int by_value(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Lower case, digits as one #, runs of anything else but letters as one space. */
static void plain(struct buf *out, span text)
{
	buf_clear(out);
	for (size_t i = 0; i < text.n && out->n < SHINGLES_MAX + GRAM; i++) {
		unsigned char c = (unsigned char)text.p[i];
		char last = out->n ? out->data[out->n - 1] : ' ';
		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c | 0x20);
		if (c >= '0' && c <= '9')
			c = '#';
		else if (c < 0x80 && (c < 'a' || c > 'z'))
			c = ' ';
		if ((c != ' ' && c != '#') || c != (unsigned char)last)
			buf_byte(out, (char)c);
	}
}

static uint32_t hash(const char *p)
{
	uint32_t h = 2166136261u;
	for (int i = 0; i < GRAM; i++)
		h = (h ^ (unsigned char)p[i]) * 16777619u;
	return h;
}

static bool shingles(struct texts *t, span text, struct text *ret)
{
	plain(&t->plain, text);
	*ret = (struct text){ 0 };
	if (t->plain.failed)
		return false;
	if (t->plain.n < GRAM)
		return true;
	uint32_t n = (uint32_t)t->plain.n - GRAM + 1;
	ret->shingle = calloc(n, sizeof *ret->shingle);
	if (!ret->shingle)
		return false;
	for (uint32_t i = 0; i < n; i++)
		ret->shingle[i] = hash(t->plain.data + i);
	qsort(ret->shingle, n, sizeof *ret->shingle, by_value);
	for (uint32_t i = 0; i < n; i++)
		if (!i || ret->shingle[i] != ret->shingle[i - 1])
			ret->shingle[ret->n++] = ret->shingle[i];
	for (uint32_t i = 0; i < ret->n; i++)
		ret->seen |= UINT64_C(1) << (ret->shingle[i] >> 26);
	return true;
}

static uint32_t bits(uint64_t v)
{
	v -= v >> 1 & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) + (v >> 2 & UINT64_C(0x3333333333333333));
	v = (v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (uint32_t)(v * UINT64_C(0x0101010101010101) >> 56);
}

/* Whether those in both are 0.8 of those in either, or more: 18 of those in both are then at least
 * 8 of all. Nearly all pairs are told apart by their lengths and bits alone. */
static bool alike(const struct text *a, const struct text *b)
{
	uint32_t needed = ((a->n + b->n) * 8 + 17) / 18;
	if (a->n < needed || b->n < needed || a->n - needed < bits(a->seen & ~b->seen) ||
	    b->n - needed < bits(b->seen & ~a->seen))
		return false;
	uint32_t i = 0, j = 0, both = 0;
	while (both < needed && a->n - i >= needed - both && b->n - j >= needed - both) {
		both += a->shingle[i] == b->shingle[j];
		bool first = a->shingle[i] <= b->shingle[j],
		     second = b->shingle[j] <= a->shingle[i];
		i += first;
		j += second;
	}
	return both >= needed;
}

/* The number of a text: that of the first known one that is like it, or a new one. Takes *x. */
static uint32_t number_of(struct texts *t, struct text *x)
{
	for (uint32_t i = 0; i < t->n; i++)
		if (alike(&t->known[i], x)) {
			free(x->shingle);
			return t->known[i].number;
		}
	x->number = ++t->last_number;
	struct text *at = &t->known[t->next];
	free(at->shingle);
	*at = *x;
	t->next = (t->next + 1) % KNOWN_MAX;
	t->n = t->n < KNOWN_MAX ? t->n + 1 : KNOWN_MAX;
	return x->number;
}

int watch_same_texts(struct watch *w, const uint32_t *record, uint32_t n, uint32_t *ret_number)
{
	sqlite3_stmt *st;
	struct texts *t = calloc(1, sizeof *t);
	if (!t)
		return watch_no_memory(w);
	int rc = case_prepare(w->c, "SELECT text FROM record WHERE id=?", &st, w->err);
	if (rc) {
		free(t);
		return rc;
	}
	for (uint32_t i = 0; !rc && i < n; i++) {
		struct text x = { 0 };
		ret_number[i] = 0;
		sqlite3_bind_int64(st, 1, record[i]);
		if (sqlite3_step(st) == SQLITE_ROW) {
			const void *bytes = sqlite3_column_blob(st, 0);
			int size = sqlite3_column_bytes(st, 0);
			span text = { bytes ? bytes : "", size > 0 ? (size_t)size : 0 };
			if (!shingles(t, text, &x))
				rc = watch_no_memory(w);
			else if (x.n)
				ret_number[i] = number_of(t, &x);
		}
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	for (uint32_t i = 0; i < t->n; i++)
		free(t->known[i].shingle);
	buf_free(&t->plain);
	free(t);
	return rc;
}
