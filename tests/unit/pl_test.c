/* pl_test.c - property lists from a phone: read as they are, and refused when they are a trap. */
#include "acquire/pl.h"
#include "base/buf.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka needs them before */
#include <cmocka.h>
#include <plist/plist.h>

static plist_t sample(void)
{
	plist_t d = plist_new_dict(), a = plist_new_array(), in = plist_new_dict();
	plist_array_append_item(a, plist_new_string("DLMessageUploadFiles"));
	plist_array_append_item(a, plist_new_uint(4294967296));
	plist_array_append_item(a, plist_new_real(2.5));
	plist_array_append_item(a, plist_new_bool(1));
	plist_array_append_item(a, plist_new_data("\0\1\2", 3));
	plist_dict_set_item(in, "Name", plist_new_string("Robin\xe2\x80\x99s"));
	plist_dict_set_item(d, "List", a);
	plist_dict_set_item(d, "In", in);
	plist_dict_set_item(d, "Minus", plist_new_uint((uint64_t)-13));
	return d;
}

static void check_sample(span bytes)
{
	struct pl *p;
	int64_t n;
	double real;
	char text[8];
	assert_int_equal(pl_read(&p, bytes, NULL), 0);
	const struct pl_node *root = pl_root(p), *list = pl_get(root, "List");
	assert_true(pl_is(pl_item(list, 0), "DLMessageUploadFiles"));
	assert_true(pl_int(pl_item(list, 1), &n) && n == 4294967296);
	assert_true(pl_real(pl_item(list, 2), &real) && real == 2.5);
	assert_true(pl_true(pl_item(list, 3)));
	assert_true(span_eq(pl_data(pl_item(list, 4)), ((span){ "\0\1\2", 3 })));
	assert_null(pl_item(list, 5));
	assert_true(pl_is(pl_get(pl_get(root, "In"), "Name"), "Robin\xe2\x80\x99s"));
	pl_string(pl_get(pl_get(root, "In"), "Name"), text, sizeof text);
	assert_memory_equal(text, "Robin", 5);
	assert_int_equal(text[7], 0);
	/* asking the wrong thing is no crash */
	assert_null(pl_get(list, "x"));
	assert_null(pl_item(root, 0));
	assert_null(pl_text(root).p);
	assert_false(pl_int(pl_item(list, 0), &n));
	assert_null(pl_get(NULL, "x"));
	pl_free(p);
}

static void test_both_forms(void **state)
{
	(void)state;
	char *bytes = NULL;
	uint32_t n;
	plist_t d = sample();
	plist_to_xml(d, &bytes, &n);
	check_sample((span){ bytes, n });
	free(bytes);
	bytes = NULL;
	plist_to_bin(d, &bytes, &n);
	check_sample((span){ bytes, n });
	free(bytes);
	plist_free(d);
}

static void refused(span bytes, int want)
{
	struct pl *p = NULL;
	struct err err = { 0 };
	int rc = pl_read(&p, bytes, &err);
	assert_int_equal(rc, want);
	assert_true(err.message[0]);
}

static void test_not_lists(void **state)
{
	(void)state;
	refused(SPAN(""), E_FORMAT);
	refused(SPAN("hello"), E_FORMAT);
	refused(SPAN("<plist version=\"1.0\"></plist>"), E_FORMAT);
	refused(SPAN("<plist><dict><key>a</key>"), E_FORMAT);
	refused(SPAN("<plist><string>a</string><string>b</string></plist>"), E_FORMAT);
	refused(SPAN("<plist><strange/></plist>"), E_FORMAT);
	refused(SPAN("bplist00"), E_FORMAT);
	/* entities of its own: the way to gigabytes from a hundred bytes */
	refused(SPAN("<!DOCTYPE plist [<!ENTITY a \"aaaa\">]><plist><string>&a;</string></plist>"),
		E_FORMAT);
}

static void test_too_deep(void **state)
{
	(void)state;
	struct buf b = { 0 };
	buf_add(&b, SPAN("<plist>"));
	for (int i = 0; i < 100000; i++)
		buf_add(&b, SPAN("<array>"));
	refused(buf_span(&b), E_LIMIT);
	buf_free(&b);
}

/* Arrays that each name the next one twice: 2^40 objects in 500 bytes. libplist would go on for
 * years. */
static void test_shared_objects(void **state)
{
	(void)state;
	enum { LEVELS = 28 };
	unsigned char bytes[8 + LEVELS * 3 + 1 + LEVELS + 1 + 32] = "bplist00";
	size_t at = 8, table;
	for (unsigned i = 0; i < LEVELS; i++) {
		bytes[at++] = 0xa2;
		bytes[at++] = (unsigned char)(i + 1);
		bytes[at++] = (unsigned char)(i + 1);
	}
	bytes[at++] = 0x09; /* true */
	table = at;
	for (unsigned i = 0; i <= LEVELS; i++)
		bytes[at++] = (unsigned char)(8 + i * 3);
	unsigned char *trailer = bytes + at;
	trailer[6] = trailer[7] = 1;
	trailer[15] = LEVELS + 1;
	trailer[31] = (unsigned char)table;
	refused((span){ (char *)bytes, at + 32 }, E_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_forms),
		cmocka_unit_test(test_not_lists),
		cmocka_unit_test(test_too_deep),
		cmocka_unit_test(test_shared_objects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
