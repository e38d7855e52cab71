/* canon_test.c - one value, one spelling; every other spelling is refused. */
#include "canon.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int write_text(const char *loose, struct buf *out, struct err *err)
{
	json_error_t why;
	json_t *v = json_loads(loose, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
	if (!v)
		fail_msg("%s: %s", loose, why.text);
	int rc = canon_write(out, v, err);
	json_decref(v);
	return rc;
}

static void test_written(void **state)
{
	(void)state;
	static const struct {
		const char *loose, *canonical;
	} cases[] = {
		{ " { } ", "{}" },
		{ "[ ]", "[]" },
		{ "true", "true" },
		{ "[false, true]", "[false,true]" },
		{ "{\"b\": 1, \"a\": -2, \"B\": 0, \"aa\": [ { \"z\": {}, \"y\": \"\" } ], \"\": "
		  "3}",
		  "{\"\":3,\"B\":0,\"a\":-2,\"aa\":[{\"y\":\"\",\"z\":{}}],\"b\":1}" },
		{ "-0", "0" },
		{ "9007199254740991", "9007199254740991" },
		{ "-9007199254740991", "-9007199254740991" },
		/* RFC 8785, 3.2.2.2: the string of its example, and all short escapes */
		{ "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"",
		  "\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"" },
		{ "\"\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001F\\u0020\\u007f\\u0080\"",
		  "\"\\b\\t\\n\\u000b\\f\\r\\u001f \x7f\xc2\x80\"" },
		{ "\"\\ud83d\\ude00\\u2028\"", "\"\xf0\x9f\x98\x80\xe2\x80\xa8\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };
		json_t *again = NULL;
		buf_add(&b, SPAN("before"));
		assert_int_equal(write_text(cases[i].loose, &b, NULL), 0);
		assert_string_equal(b.data + 6, cases[i].canonical);
		assert_int_equal(canon_read(&again, span_from(buf_span(&b), 6), NULL), 0);
		json_decref(again);
		buf_free(&b);
	}
}

static void test_not_written(void **state)
{
	(void)state;
	static const struct {
		const char *loose, *words;
	} cases[] = {
		{ "null", "null" },
		{ "[1,null]", "null" },
		{ "1.0", "fraction" },
		{ "{\"a\":1e2}", "exponent" },
		{ "9007199254740992", "2^53" },
		{ "-9007199254740992", "2^53" },
		{ "\"a\\u0000b\"", "zero" },
		{ "{\"\\u00e9\":1}", "ASCII" },
		{ "{\"a\\\"\":1}", "ASCII" },
		{ "{\"a\\\\\":1}", "ASCII" },
		{ "{\"a\\n\":1}", "ASCII" },
		{ "{\"\\u007f\":1}", "ASCII" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };
		struct err err = { 0 };
		buf_add(&b, SPAN("before"));
		assert_int_equal(write_text(cases[i].loose, &b, &err), E_FORMAT);
		assert_non_null(strstr(err.message, cases[i].words));
		assert_string_equal(b.data, "before");
		assert_int_equal(b.n, 6);
		buf_free(&b);
	}
	struct buf b = { 0 };
	json_t *bad = json_string_nocheck("\xff");
	assert_int_equal(canon_write(&b, bad, NULL), E_FORMAT);
	assert_int_equal(canon_write(&b, NULL, NULL), E_FORMAT);
	json_decref(bad);
	buf_free(&b);
}

static int read_text(span s, struct err *err)
{
	json_t *v = NULL;
	int rc = canon_read(&v, s, err);
	assert_true((rc == 0) == (v != NULL));
	json_decref(v);
	return rc;
}

static void test_other_spellings_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		" ",
		"{",
		"}",
		"nul",
		"null",
		"{} ",
		" {}",
		"{}\n",
		"{ }",
		"[ ]",
		"[1, 2]",
		"[1,2,]",
		"[,]",
		"{\"a\": 1}",
		"{\"a\" :1}",
		"{\"a\":1,}",
		"{a:1}",
		"{'a':1}",
		"{\"b\":1,\"a\":2}",
		"{\"a\":1,\"a\":1}",
		"{\"a\":1,\"a\":2}",
		"{\"\\u0061\":1}",
		"-0",
		"+1",
		"01",
		"1.0",
		"1.5",
		"1e0",
		"1E2",
		"10e-1",
		"0x1",
		"NaN",
		"Infinity",
		"9007199254740992",
		"9223372036854775808",
		"-9007199254740992",
		"True",
		"TRUE",
		"\"\\/\"",
		"\"\\u0041\"",
		"\"\\u000A\"",
		"\"\\u000a\"",
		"\"\\u001F\"",
		"\"\\u0020\"",
		"\"\\u007f\"",
		"\"\\u00e9\"",
		"\"\\ud83d\\ude00\"",
		"\"\\ud83d\"",
		"\"\\u0000\"",
		"\"\t\"",
		"\"\n\"",
		"\"\x01\"",
		"\"\xff\"",
		"\"\xc0\x80\"",
		"\"\xed\xa0\x80\"",
		"\"\\x41\"",
		"'a'",
		"\"a",
		"{}{}",
		"{}/**/",
		"\xef\xbb\xbf{}",
		"[1 ,2]",
		"{\"a\":{\"c\":1,\"b\":2}}",
		"\"\\\"",
		"\"\\'\"",
		"[\"a\"]]",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		if (read_text(span_z(bad[i]), &err) != E_FORMAT)
			fail_msg("taken: %s", bad[i]);
		assert_true(err.message[0]);
	}
	/* bytes after a NUL are bytes */
	assert_int_equal(read_text((span){ "{}\0", 3 }, NULL), E_FORMAT);
	assert_int_equal(read_text((span){ "\"a\0b\"", 5 }, NULL), E_FORMAT);
	assert_int_equal(read_text(SPAN_NONE, NULL), E_FORMAT);
}

static void test_limits(void **state)
{
	(void)state;
	struct buf b = { 0 };
	struct err err = { 0 };
	for (int depth = 32; depth <= 33; depth++) {
		buf_clear(&b);
		for (int i = 0; i < depth; i++)
			buf_byte(&b, '[');
		for (int i = 0; i < depth; i++)
			buf_byte(&b, ']');
		assert_int_equal(read_text(buf_span(&b), NULL), depth == 32 ? 0 : E_LIMIT);
	}
	json_t *deep = json_array(), *inner = deep;
	for (int i = 1; i < 32; i++) {
		assert_int_equal(json_array_append_new(inner, json_array()), 0);
		inner = json_array_get(inner, 0);
	}
	buf_clear(&b);
	assert_int_equal(canon_write(&b, deep, NULL), 0);
	json_array_append_new(inner, json_object());
	assert_int_equal(canon_write(&b, deep, NULL), E_LIMIT);
	json_decref(deep);
	/* brackets in a string are no depth; a string after a backslash goes on */
	assert_int_equal(
		read_text(SPAN("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[\""), NULL), 0);
	for (int n = CANON_VALUES_MAX - 1; n <= CANON_VALUES_MAX; n++) { /* and the array */
		buf_clear(&b);
		buf_byte(&b, '[');
		for (int i = 0; i < n - 1; i++)
			buf_add(&b, SPAN("1,"));
		buf_add(&b, SPAN("1]"));
		assert_int_equal(read_text(buf_span(&b), &err), n < CANON_VALUES_MAX ? 0 : E_LIMIT);
	}
	assert_non_null(strstr(err.message, "values"));
	buf_free(&b);
	char *large = malloc(CANON_BYTES_MAX + 1);
	assert_non_null(large);
	memset(large, 'a', CANON_BYTES_MAX + 1);
	large[0] = '"';
	large[CANON_BYTES_MAX - 1] = '"';
	assert_int_equal(read_text((span){ large, CANON_BYTES_MAX }, NULL), 0);
	assert_int_equal(read_text((span){ large, CANON_BYTES_MAX + 1 }, NULL), E_LIMIT);
	free(large);
}

/* Each byte of a good text replaced by each other byte: what is still read is written as it was. */
static void test_every_byte(void **state)
{
	(void)state;
	char text[] = "{\"a\":[1,-20,\"x\\n\xc3\xa9\"],\"b\":{\"c\":true}}";
	size_t n = sizeof text - 1, taken = 0;
	for (size_t i = 0; i < n; i++) {
		char was = text[i];
		for (int c = 0; c < 256; c++) {
			json_t *v = NULL;
			struct buf b = { 0 };
			text[i] = (char)c;
			if (canon_read(&v, (span){ text, n }, NULL))
				continue;
			taken++;
			assert_int_equal(canon_write(&b, v, NULL), 0);
			assert_true(span_eq(buf_span(&b), (span){ text, n }));
			buf_free(&b);
			json_decref(v);
		}
		text[i] = was;
	}
	assert_true(taken > n && taken < n * 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_not_written),
		cmocka_unit_test(test_other_spellings_are_refused),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_every_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
