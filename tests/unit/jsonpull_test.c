/* jsonpull: what tokens a text gives, what is refused, and where. */
#include "base/buf.h"
#include "jsonpull.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct stream {
	span left;
	size_t piece;
};

static ptrdiff_t read_piece(void *user, void *buf, size_t n, struct err *err)
{
	struct stream *s = user;
	(void)err;
	size_t take = s->left.n < n ? s->left.n : n;
	if (take > s->piece)
		take = s->piece;
	if (take)
		memcpy(buf, s->left.p, take);
	s->left = span_from(s->left, take);
	return (ptrdiff_t)take;
}

/* One character a token, with the text of keys, strings and numbers; what ended it at the end. */
static void tokens(span text, size_t piece, struct buf *out)
{
	static const char signs[] = "{}[]ksntf0";
	struct stream s = { text, piece };
	struct input in = { .read = read_piece, .user = &s, .size = text.n };
	struct jsonpull *j = jsonpull_new(&in);
	struct json_token t;
	struct err err = { 0 };
	int rc;
	assert_non_null(j);
	while ((rc = jsonpull_next(j, &t, &err)) > 0) {
		buf_byte(out, signs[t.kind]);
		if (t.text.p) {
			buf_byte(out, '<');
			buf_add(out, t.text);
			buf_byte(out, '>');
		}
		if (t.flaws)
			buf_addf(out, "!%u", t.flaws);
	}
	if (rc < 0)
		buf_addf(out, " %s", err.message);
	jsonpull_free(j);
}

static void gives(const char *text, const char *want)
{
	for (size_t piece = 1; piece < 100000; piece = piece * 9 + 2) {
		struct buf got = { 0 };
		tokens(span_z(text), piece, &got);
		assert_string_equal(got.data, want);
		buf_free(&got);
	}
}

static void values(void **state)
{
	(void)state;
	gives("{}", "{}");
	gives(" [ ] \n", "[]");
	gives("\"a\"", "s<a>");
	gives("-12.5e+3", "n<-12.5e+3>");
	gives("[1,true,false,null,\"\"]", "[n<1>tf0s<>]");
	gives("{\"a\":{\"b\":[1,{}]},\"c\":2}", "{k<a>{k<b>[n<1>{}]}k<c>n<2>}");
	gives("\xEF\xBB\xBF[1]", "[n<1>]");
}

static void strings(void **state)
{
	(void)state;
	gives("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "s<\"\\/\b\f\n\r\t>");
	gives("\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"",
	      "s<A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80>");
	/* half a pair, an unknown escape, too few digits */
	gives("\"a\\ud83db\"", "s<a\xEF\xBF\xBD"
			       "b>!2");
	gives("\"\\ude00\"", "s<\xEF\xBF\xBD>!2");
	gives("\"\\ud83d\\ud83d\\ude00\"", "s<\xEF\xBF\xBD\xF0\x9F\x98\x80>!2");
	gives("\"\\ud83d\"", "s<\xEF\xBF\xBD>!2");
	gives("\"\\x\"", "s<\xEF\xBF\xBD>!2");
	gives("\"\\u12g\"", "s<\xEF\xBF\xBDg>!2");
	/* as they are: bytes that are no UTF-8, a tab, a line's end */
	gives("\"\xFF\xC3(\t\n\"", "s<\xFF\xC3(\t\n>");
}

static void refused(void **state)
{
	(void)state;
	gives("", " byte 0: the file ends in the middle; the rest was not read");
	gives("{\"a\":1", "{k<a>n<1> byte 6: the file ends in the middle; the rest was not read");
	gives("[\"abc", "[ byte 5: the file ends in the middle; the rest was not read");
	gives("[1 2]", "[n<1> byte 3: a comma is missing; the rest was not read");
	gives("[1,]", "[n<1> byte 3: not JSON; the rest was not read");
	gives("{\"a\" 1}", "{ byte 5: a name without a colon; the rest was not read");
	gives("{1:2}", "{ byte 1: a name is missing; the rest was not read");
	gives("[1}", "[n<1> byte 2: a comma is missing; the rest was not read");
	gives("[truth]", "[ byte 4: not JSON; the rest was not read");
	gives("1 2", "n<1> byte 2: more than one value; the rest was not read");
	gives("<html>", " byte 0: not JSON; the rest was not read");
}

static void every_cut(void **state)
{
	static const char whole[] =
		"{\"a\":[1,\"b\\u00e9\\ud83d\\ude00\",true,null],\"c\":{\"d\":-1}}";
	(void)state;
	for (size_t n = 0; n + 1 < sizeof whole; n++) {
		struct buf got = { 0 };
		tokens((span){ whole, n }, 3, &got);
		assert_non_null(strstr(got.data, "the file ends in the middle"));
		buf_free(&got);
	}
	gives(whole, "{k<a>[n<1>s<b\xC3\xA9\xF0\x9F\x98\x80>t0]k<c>{k<d>n<-1>}}");
}

static void depth(void **state)
{
	struct buf text = { 0 }, got = { 0 };
	(void)state;
	for (size_t i = 0; i < JSON_DEPTH_MAX; i++)
		buf_byte(&text, '[');
	for (size_t i = 0; i < JSON_DEPTH_MAX; i++)
		buf_byte(&text, ']');
	tokens(buf_span(&text), 7, &got);
	assert_int_equal(got.n, 2 * JSON_DEPTH_MAX);
	buf_clear(&text);
	buf_clear(&got);
	for (size_t i = 0; i < 1000000; i++)
		buf_byte(&text, '[');
	tokens(buf_span(&text), 65536, &got);
	assert_non_null(strstr(got.data, " byte 64: values within values deeper than any export"));
	buf_free(&text);
	buf_free(&got);
}

static void long_string(void **state)
{
	struct buf text = { 0 }, got = { 0 };
	(void)state;
	buf_byte(&text, '"');
	for (size_t i = 0; i < JSON_TEXT_MAX - 1; i++)
		buf_byte(&text, 'x');
	buf_add(&text, SPAN("\xC3\xA9 and more\"")); /* does not fit, and is not cut in two */
	tokens(buf_span(&text), 65536, &got);
	assert_int_equal(got.n, 2 + (JSON_TEXT_MAX - 1) + 3);
	assert_memory_equal(got.data + got.n - 4, "x>!1", 4);
	buf_free(&text);
	buf_free(&got);
}

static void utf16(void **state)
{
	struct buf got = { 0 };
	(void)state;
	tokens((span){ "\xFF\xFE[\0\"\0\xE9\0\"\0]\0", 12 }, 5, &got);
	assert_string_equal(got.data, "[s<\xC3\xA9>]");
	buf_free(&got);
}

static void heads(void **state)
{
	static const span head = SPAN_INIT(
		"{\"a\":[{\"b\":1,\"c\":{\"d\":2}}],\"e\":{\"f\":[{\"g\":0},{\"h\":\"cut");
	(void)state;
	assert_true(json_head_has(head, "a"));
	assert_true(json_head_has(head, "a/b"));
	assert_true(json_head_has(head, "a/c/d"));
	assert_true(json_head_has(head, "e/f/h"));
	assert_true(json_head_has(head, "*/c"));
	assert_true(json_head_has(head, "*/*/h"));
	assert_false(json_head_has(head, "b"));
	assert_false(json_head_has(head, "a/d"));
	assert_false(json_head_has(head, "e/c/d"));
	assert_false(json_head_has(head, "a/b/c"));
	assert_false(json_head_has(head, "e/h"));
	assert_false(json_head_has(SPAN("plain text"), "a"));
	assert_false(json_head_has(SPAN(""), "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),  cmocka_unit_test(strings),
		cmocka_unit_test(refused), cmocka_unit_test(every_cut),
		cmocka_unit_test(depth),   cmocka_unit_test(long_string),
		cmocka_unit_test(utf16),   cmocka_unit_test(heads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
