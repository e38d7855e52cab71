/* utf8_test.c - strict UTF-8, checked against utf8proc and by exhaustion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include <stdlib.h>
#include <utf8proc.h>

static void every_character_goes_out_and_back(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < 0x120000; cp++) {
		char bytes[4];
		size_t n = utf8_put(cp, bytes), pos = 0;
		bool real = cp < 0xD800 || (cp >= 0xE000 && cp < 0x110000);
		assert_int_equal(n, !real          ? 0
				    : cp < 0x80    ? 1
				    : cp < 0x800   ? 2
				    : cp < 0x10000 ? 3
						   : 4);
		if (!real)
			continue;
		span s = { bytes, n };
		assert_int_equal(utf8_next(s, &pos), cp);
		assert_int_equal(pos, n);
		assert_true(utf8_valid(s));
		assert_int_equal(utf8_ascii(s), cp < 0x80);
	}
	char bytes[4];
	assert_int_equal(utf8_put(UTF8_BAD, bytes), 0);
}

/* All sequences of up to four bytes whose bytes are at the edges of the rules. */
static void sequences_agree_with_utf8proc(void **state)
{
	(void)state;
	static const unsigned char edges[] = { 0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
					       0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
					       0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1,
					       0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFE, 0xFF };
	enum { N = sizeof edges };
	for (size_t n = 1; n <= 4; n++)
		for (size_t k = 0; k < (n == 1   ? 256
					: n == 2 ? N * N
					: n == 3 ? N * N * N
						 : N * N * N * N);
		     k++) {
			unsigned char p[4];
			size_t rest = k;
			for (size_t i = 0; i < n; i++, rest /= N)
				p[i] = n == 1 ? (unsigned char)k : edges[rest % N];
			span s = { (const char *)p, n };
			size_t pos = 0;
			uint32_t cp = utf8_next(s, &pos);
			utf8proc_int32_t want;
			utf8proc_ssize_t length = utf8proc_iterate(p, (utf8proc_ssize_t)n, &want);
			if (length > 0) {
				assert_int_equal(cp, want);
				assert_int_equal(pos, length);
			} else {
				assert_int_equal(cp, UTF8_BAD);
				assert_int_equal(pos, 1);
			}
		}
}

static void known_bad(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"\x80",
		"\xC0\x80",
		"\xC1\xBF",
		"\xE0\x80\x80",
		"\xE0\x9F\xBF",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xF0\x80\x80\x80",
		"\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xFF",
		"good\xC3",
		"good\xE2\x82",
		"good\xF0\x9F\x98",
		"0123456\x80\x38\x39",
		"01234567\xC3",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(utf8_valid(span_z(bad[i])));
		assert_false(utf8_ascii(span_z(bad[i])));
	}
	assert_true(utf8_valid(SPAN("")));
	assert_true(utf8_valid(SPAN_NONE));
	assert_true(utf8_ascii(SPAN_NONE));
	assert_true(utf8_valid(SPAN("nul \0 inside, \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80")));
	assert_true(utf8_ascii(SPAN("nul \0 inside and longer than a word")));
}

/* In memory of exactly its length, so that a read past the end is seen. */
static void at_every_length(void **state)
{
	(void)state;
	static const char text[] = "0123456789abcdef\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80!";
	for (size_t n = 0; n < sizeof text; n++) {
		char *p = malloc(n ? n : 1);
		assert_non_null(p);
		memcpy(p, text, n);
		span s = { p, n };
		assert_int_equal(utf8_ascii(s), n <= 16);
		bool whole = n <= 16 || n == 18 || n == 21 || n >= 25;
		assert_int_equal(utf8_valid(s), whole);
		struct buf b = { 0 };
		utf8_repair(&b, s);
		assert_true(utf8_valid(buf_span(&b)));
		assert_int_equal(span_eq(buf_span(&b), s), whole);
		buf_free(&b);
		free(p);
	}
}

static void expect_repair(span in, const char *want)
{
	struct buf b = { 0 };
	utf8_repair(&b, in);
	assert_true(span_eq(buf_span(&b), span_z(want)));
	/* It appends. */
	utf8_repair(&b, SPAN("!"));
	assert_int_equal(b.n, strlen(want) + 1);
	buf_free(&b);
}

#define FFFD "\xEF\xBF\xBD"

static void repair(void **state)
{
	(void)state;
	expect_repair(SPAN(""), "");
	expect_repair(SPAN_NONE, "");
	expect_repair(SPAN("caf\xC3\xA9"), "caf\xC3\xA9");
	expect_repair(SPAN("caf\xE9 au lait"), "caf" FFFD " au lait");
	expect_repair(SPAN("\xFF\xFE"), FFFD FFFD);
	expect_repair(SPAN("\xE2\x82"), FFFD FFFD);
	expect_repair(SPAN("\xE2\x82\xC3\xA9"), FFFD FFFD "\xC3\xA9");
	expect_repair(SPAN("\xED\xA0\xBD\xED\xB8\x80"), FFFD FFFD FFFD FFFD FFFD FFFD);
	expect_repair(SPAN("end\xF0\x9F"), "end" FFFD FFFD);
}

static void expect_utf16(span in, bool big_endian, const char *want)
{
	struct buf b = { 0 };
	utf8_from_utf16(&b, in, big_endian);
	assert_true(span_eq(buf_span(&b), span_z(want)));
	buf_free(&b);
}

static void utf16(void **state)
{
	(void)state;
	expect_utf16(SPAN("a\0\xE9\0\xAC\x20\x3D\xD8\x00\xDE"), false,
		     "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
	expect_utf16(SPAN("\0a\0\xE9\x20\xAC\xD8\x3D\xDE\x00"), true,
		     "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
	expect_utf16(SPAN(""), false, "");
	expect_utf16(SPAN("a"), false, FFFD);
	expect_utf16(SPAN("a\0b"), false, "a" FFFD);
	/* surrogates without their other half */
	expect_utf16(SPAN("\x3D\xD8"), false, FFFD);
	expect_utf16(SPAN("\x3D\xD8"
			  "a\0"),
		     false, FFFD "a");
	expect_utf16(SPAN("\x00\xDE"
			  "a\0"),
		     false, FFFD "a");
	expect_utf16(SPAN("\x3D\xD8\x3D\xD8\x00\xDE"), false, FFFD "\xF0\x9F\x98\x80");
	expect_utf16(SPAN("\x3D\xD8\x00"), false, FFFD FFFD);
	expect_utf16(SPAN("\xFF\xDB\xFF\xDF"), false, "\xF4\x8F\xBF\xBF");
}

static void hidden(void **state)
{
	(void)state;
	static const struct {
		uint32_t first, last;
	} yes[] = {
		{ 0x00, 0x08 },       { 0x0B, 0x1F },       { 0x7F, 0x9F },     { 0xAD, 0xAD },
		{ 0x061C, 0x061C },   { 0x200B, 0x200F },   { 0x2028, 0x202E }, { 0x2060, 0x2064 },
		{ 0x2066, 0x206F },   { 0xFE00, 0xFE0D },   { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB },
		{ 0xE0000, 0xE007F }, { 0xE0100, 0xE01EF },
	};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		for (uint32_t cp = yes[i].first; cp <= yes[i].last; cp++)
			assert_true(utf8_is_hidden(cp));
	static const uint32_t no[] = { '\t',    '\n',    ' ',     'a',      '~',     0xA0,
				       0xE9,    0x0627,  0x2010,  0x2027,   0x202F,  0x20AC,
				       0x3000,  0xFE0E,  0xFE0F,  0xFE10,   0xFF10,  0xFFFD,
				       0x1F600, 0xDFFFF, 0xE0200, 0x10FFFF, UTF8_BAD };
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(utf8_is_hidden(no[i]));
	/* All that Unicode calls a format character, but the few that are drawn. */
	for (utf8proc_int32_t cp = 0; cp < 0x110000; cp++)
		if (utf8proc_category(cp) == UTF8PROC_CATEGORY_CF && !utf8_is_hidden((uint32_t)cp))
			assert_true((cp >= 0x600 && cp <= 0x605) || cp == 0x6DD || cp == 0x70F ||
				    cp == 0x890 || cp == 0x891 || cp == 0x8E2 || cp == 0x110BD ||
				    cp == 0x110CD || (cp >= 0x13430 && cp <= 0x1343F));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_goes_out_and_back),
		cmocka_unit_test(sequences_agree_with_utf8proc),
		cmocka_unit_test(known_bad),
		cmocka_unit_test(at_every_length),
		cmocka_unit_test(repair),
		cmocka_unit_test(utf16),
		cmocka_unit_test(hidden),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
