/* numset_test.c - the set of numbers against a sorted array, and the map of texts against a list.
 */
#include "numset.h"
#include "textmap.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static uint64_t seed = 0x2545f4914f6cdd1du;

static uint64_t draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

struct pair {
	uint64_t key;
	uint32_t value, order;
};

static int by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The last value that was put for key, by binary search in pairs sorted by key and order. */
static const struct pair *oracle(const struct pair *p, size_t n, uint64_t key)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (p[mid].key <= key)
			low = mid + 1;
		else
			high = mid;
	}
	return low && p[low - 1].key == key ? &p[low - 1] : NULL;
}

static void against_sorted_array(void **state)
{
	(void)state;
	enum { N = 50000 };
	/* dense, sparse, and keys that differ in high bits only */
	static const uint64_t range[] = { 1000, 1000000, UINT64_C(1000000000000000) };
	struct pair *p = calloc(N, sizeof *p);
	assert_non_null(p);
	for (size_t r = 0; r < sizeof range / sizeof *range; r++) {
		struct numset *s = numset_new(r == 1 ? N : 0);
		assert_non_null(s);
		for (uint32_t i = 0; i < N; i++) {
			p[i] = (struct pair){ 1 + draw() % range[r], (uint32_t)draw(), i };
			if (i % 7 == 0)
				p[i].key <<= 40;
			assert_true(numset_put(s, p[i].key, p[i].value));
		}
		qsort(p, N, sizeof *p, by_key);
		size_t distinct = 0;
		for (uint32_t i = 0; i < N; i++)
			distinct += !i || p[i].key != p[i - 1].key;
		assert_int_equal(numset_count(s), distinct);
		for (uint32_t i = 0; i < N; i++) {
			uint32_t value = 0;
			uint64_t key = i % 2 ? p[i].key : 1 + draw() % range[r];
			const struct pair *want = oracle(p, N, key);
			assert_int_equal(numset_get(s, key, &value), want != NULL);
			if (want)
				assert_int_equal(value, want->value);
		}
		numset_free(s);
	}
	free(p);
}

static void zero_is_no_key(void **state)
{
	(void)state;
	struct numset *s = numset_new(0);
	uint32_t value = 7;
	assert_false(numset_put(s, 0, 1));
	assert_false(numset_get(s, 0, &value));
	assert_false(numset_get(s, 447700900123, &value));
	assert_int_equal(value, 7);
	assert_int_equal(numset_count(s), 0);
	assert_true(numset_put(s, UINT64_MAX, UINT32_MAX));
	assert_true(numset_get(s, UINT64_MAX, &value));
	assert_true(value == UINT32_MAX);
	numset_free(s);
	numset_free(NULL);
}

static void texts(void **state)
{
	(void)state;
	enum { N = 20000 };
	static char key[N][16];
	struct textmap *m = textmap_new();
	assert_non_null(m);
	for (uint32_t i = 0; i < N; i++) {
		/* lengths 1 to 15, and zero bytes at the end that count */
		int n = snprintf(key[i], sizeof key[i], "%x", (unsigned)i * 2654435761u);
		size_t length = (size_t)n + i % 7;
		assert_true(textmap_put(m, (span){ key[i], length }, i));
	}
	assert_int_equal(textmap_count(m), N);
	for (uint32_t i = 0; i < N; i++) {
		size_t length = strlen(key[i]) + i % 7;
		uint32_t value = 0;
		assert_true(textmap_get(m, (span){ key[i], length }, &value));
		assert_int_equal(value, i);
		assert_false(textmap_get(m, (span){ key[i], length - 1 }, &value) && value == i);
	}
	uint32_t value = 0;
	assert_true(textmap_put(m, (span){ key[5], strlen(key[5]) + 5 }, 99));
	assert_true(textmap_get(m, (span){ key[5], strlen(key[5]) + 5 }, &value));
	assert_int_equal(value, 99);
	assert_int_equal(textmap_count(m), N);
	assert_false(textmap_get(m, SPAN(""), &value));
	assert_true(textmap_put(m, SPAN(""), 3));
	assert_true(textmap_get(m, SPAN(""), &value));
	assert_int_equal(value, 3);
	assert_false(textmap_put(m, SPAN_NONE, 1));
	textmap_free(m);
	textmap_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(against_sorted_array),
		cmocka_unit_test(zero_is_no_key),
		cmocka_unit_test(texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
