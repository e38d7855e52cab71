/* Hostile text in a form that cannot hide or change anything. */
#include "base/utf8.h"
#include "report/html.h"
#include "report/shown.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define TOKEN(words) SHOWN_OPEN words SHOWN_CLOSE

static void prints(span in, size_t max, const char *expect)
{
	char *out = NULL;
	size_t n = 0;
	FILE *to = open_memstream(&out, &n);
	shown_print(to, in, max);
	fclose(to);
	assert_string_equal(out, expect);
	assert_int_equal(n, strlen(expect));
	free(out);
}

static void terminal(void **state)
{
	(void)state;
	prints(SPAN("plain \xc2\xa3"
		    "20 \xe2\x82\xac"),
	       99,
	       "plain \xc2\xa3"
	       "20 \xe2\x82\xac");
	prints(SPAN("\x1b[31mred"), 99, "\xe2\x9f\xa6U+001B\xe2\x9f\xa7[31mred");
	prints(SPAN("a\0b"), 99,
	       "a\xe2\x9f\xa6U+0000\xe2\x9f\xa7"
	       "b");
	prints(SPAN("a\x9b"
		    "1m"),
	       99,
	       "a\xe2\x9f\xa6"
	       "byte 9B\xe2\x9f\xa7"
	       "1m");
	prints(SPAN("a\xc2\x9b"
		    "1m"),
	       99,
	       "a\xe2\x9f\xa6U+009B\xe2\x9f\xa7"
	       "1m");
	prints(SPAN("x\xe2\x80\xaey"), 99, "x\xe2\x9f\xa6U+202E\xe2\x9f\xa7y");
	prints(SPAN("one\ntwo\r\nthree\rfour\tfive"), 99,
	       "one / two / three\xe2\x9f\xa6U+000D\xe2\x9f\xa7"
	       "four five");
	prints(SPAN("\xe2\x9f\xa6U+0041\xe2\x9f\xa7"), 99,
	       "\xe2\x9f\xa6U+27E6\xe2\x9f\xa7U+0041\xe2\x9f\xa6U+27E7\xe2\x9f\xa7");
	prints(SPAN("\xed\xa0\x80"), 99,
	       "\xe2\x9f\xa6"
	       "byte ED byte A0 byte 80\xe2\x9f\xa7");
	prints(SPAN("a\xe2\x80\x8b\xe2\x80\x8b\xe2\x80\x8b\xe2\x80\x8b\xe2\x80\x8b"
		    "b"),
	       99,
	       "a\xe2\x9f\xa6U+200B U+200B U+200B and 2 more hidden\xe2\x9f\xa7"
	       "b");
	prints(SPAN(""), 99, "");
	prints(SPAN_NONE, 99, "");
	prints(SPAN("0123456789"), 4,
	       "0123... \xe2\x9f\xa6"
	       "10 bytes in all\xe2\x9f\xa7");
}

/* A path or a name has no line end and no tab of its own: each is shown as what it is. */
static void names(void **state)
{
	(void)state;
	char *out = NULL;
	size_t n = 0;
	FILE *to = open_memstream(&out, &n);
	shown_name(to, SPAN("one\ntwo\r\nthree\tfour\x1b[1m"), 99);
	fclose(to);
	assert_string_equal(out, "one" TOKEN("U+000A") "two" TOKEN("U+000D U+000A") "three" TOKEN(
					 "U+0009") "four" TOKEN("U+001B") "[1m");
	free(out);
}

static void heaps_of_marks(void **state)
{
	(void)state;
	/* e with three accents is a letter, with five it is a heap */
	prints(SPAN("e\xcc\x81\xcc\x82\xcc\x83x"), 99, "e\xcc\x81\xcc\x82\xcc\x83x");
	prints(SPAN("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85x"), 99,
	       "e\xcc\x81\xcc\x82\xcc\x83\xe2\x9f\xa6U+0304 U+0305\xe2\x9f\xa7x");
	/* Vietnamese and Thai as people write them stay as they are */
	prints(SPAN("ti\xe1\xba\xbfng"), 99, "ti\xe1\xba\xbfng");
	prints(SPAN("\xe0\xb8\x97\xe0\xb8\xb5\xe0\xb9\x88"), 99,
	       "\xe0\xb8\x97\xe0\xb8\xb5\xe0\xb9\x88");
}

static void no_hidden_character_survives(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		char in[8], *out = NULL;
		size_t n = 0, len = utf8_put(cp, in);
		if (!len || (!utf8_is_hidden(cp) && cp != '\n'))
			continue;
		FILE *to = open_memstream(&out, &n);
		shown_print(to, (span){ in, len }, 99);
		html_word(to, (span){ in, len });
		fclose(to);
		for (size_t pos = 0; pos < n;) {
			uint32_t got = utf8_next((span){ out, n }, &pos);
			if (utf8_is_hidden(got) || got == UTF8_BAD || got == '\n')
				fail_msg("U+%04X comes out as U+%04X", (unsigned)cp, (unsigned)got);
		}
		free(out);
	}
}

static void windows(void **state)
{
	(void)state;
	span text = SPAN("0123456789abcdefghij");
	span part = shown_window(text, 12, 14, 10);
	assert_true(part.p <= text.p + 12 && part.p + part.n >= text.p + 14);
	assert_int_equal(part.n, 10);
	part = shown_window(text, 18, 20, 10);
	assert_true(part.p + part.n == text.p + text.n);
	part = shown_window(text, 0, 0, 10);
	assert_true(part.p == text.p);
	part = shown_window(text, 3, 999, 5); /* longer than the window: its start is kept */
	assert_true(part.p == text.p + 3);
	part = shown_window(text, 999, 2, 5); /* nonsense stays inside */
	assert_true(part.p >= text.p && part.p + part.n <= text.p + text.n);
	/* whole characters: four euro signs, cut at any byte */
	text = SPAN("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac");
	for (size_t start = 0; start < text.n; start++)
		for (size_t max = 1; max < text.n; max++) {
			part = shown_window(text, start, start + 1, max);
			assert_true(utf8_valid(part));
			assert_true(part.n >= 1 && part.n <= max + 4);
		}
}

static void page(span in, int64_t start, int64_t stop, const char *expect)
{
	char *out = NULL;
	size_t n = 0;
	FILE *to = open_memstream(&out, &n);
	html_said(to, in, start, stop);
	fclose(to);
	assert_string_equal(out, expect);
	free(out);
}

static void messages_on_a_page(void **state)
{
	(void)state;
	page(SPAN("a <b> & \"c\" 'd'"), -1, -1,
	     "<blockquote><bdi dir=\"auto\">a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</bdi>"
	     "</blockquote>\n");
	page(SPAN("on till 1"), 3, 7,
	     "<blockquote><bdi dir=\"auto\">on <mark>till</mark> 1</bdi></blockquote>\n");
	page(SPAN("on till 1"), 0, 9,
	     "<blockquote><bdi dir=\"auto\"><mark>on till 1</mark></bdi></blockquote>\n");
	/* a mark that is not in the text is left out, not moved */
	page(SPAN("short"), 3, 99, "<blockquote><bdi dir=\"auto\">short</bdi></blockquote>\n");
	page(SPAN("short"), 4, 2, "<blockquote><bdi dir=\"auto\">short</bdi></blockquote>\n");
	/* a mark that splits a character moves to its end */
	page(SPAN("\xe2\x82\xac"
		  "9"),
	     1, 4, "<blockquote><bdi dir=\"auto\">\xe2\x82\xac<mark>9</mark></bdi></blockquote>\n");
	page(SPAN("one\ntwo\x00"), -1, -1,
	     "<blockquote><bdi dir=\"auto\">one\ntwo<span "
	     "class=\"tok\">\xe2\x9f\xa6U+0000\xe2\x9f\xa7"
	     "</span></bdi></blockquote>\n");
}

static void long_texts_are_cut_and_said(void **state)
{
	(void)state;
	enum { N = 100000 };
	char *text = malloc(N), *out = NULL;
	size_t n = 0;
	memset(text, 'x', N);
	for (size_t i = 0; i < 6; i++)
		text[50000 + i] = "needle"[i];
	FILE *to = open_memstream(&out, &n);
	html_said(to, (span){ text, N }, 50000, 50006);
	fclose(to);
	assert_non_null(strstr(out, "<mark>needle</mark>"));
	assert_non_null(strstr(out, "cut here: 100,000 bytes in all"));
	assert_true(n < 2000);
	free(out);
	/* nor can line breaks make a page long */
	memset(text, '\n', N);
	to = open_memstream(&out, &n);
	html_said(to, (span){ text, N }, -1, -1);
	fclose(to);
	size_t lines = 0;
	for (size_t i = 0; i < n; i++)
		lines += out[i] == '\n';
	assert_true(lines < 20);
	free(out);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminal),
		cmocka_unit_test(names),
		cmocka_unit_test(heaps_of_marks),
		cmocka_unit_test(no_hidden_character_survives),
		cmocka_unit_test(windows),
		cmocka_unit_test(messages_on_a_page),
		cmocka_unit_test(long_texts_are_cut_and_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
