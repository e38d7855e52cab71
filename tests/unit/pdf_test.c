/* pdf_test.c - documents: PDF/A-1b structure, every script drawn or named, the same bytes always.
 */
#include "court/glyphs.h"
#include "court/pdf.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define HOSTILE                                                                    \
	"<script>alert(1)</script>\x1b[31m\xe2\x80\xae evil\xe2\x80\xac \xff\xc0 " \
	"\xe2\x9f\xa6U+0041"                                                       \
	"\xe2\x9f\xa7 endobj stream %%EOF )>>"

/* Twenty scripts and emoji. */
static const char *const scripts[] = {
	"Latin \xc3\xa9\xc3\x9f\xc5\x82",
	"\xce\x95\xce\xbb\xce\xbb\xce\xb7\xce\xbd\xce\xb9\xce\xba\xce\xac",
	"\xd0\xa0\xd1\x83\xd1\x81\xd1\x81\xd0\xba\xd0\xb8\xd0\xb9",
	"\xd5\x80\xd5\xa1\xd5\xb5\xd5\xa5\xd6\x80\xd5\xa5\xd5\xb6",
	"\xd7\xa2\xd7\x91\xd7\xa8\xd7\x99\xd7\xaa",
	"\xd8\xa7\xd9\x84\xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a\xd8\xa9",
	"\xdc\xa3\xdc\x98\xdc\xaa\xdc\x9d\xdc\x9d\xdc\x90",
	"\xde\x8b\xde\xa8\xde\x88\xde\xac\xde\x80\xde\xa8",
	"\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d\xe0\xa4\xa6\xe0\xa5\x80",
	"\xe0\xa6\xac\xe0\xa6\xbe\xe0\xa6\x82\xe0\xa6\xb2\xe0\xa6\xbe",
	"\xe0\xa8\xaa\xe0\xa9\xb0\xe0\xa8\x9c\xe0\xa8\xbe\xe0\xa8\xac\xe0\xa9\x80",
	"\xe0\xaa\x97\xe0\xab\x81\xe0\xaa\x9c\xe0\xaa\xb0\xe0\xaa\xbe\xe0\xaa\xa4\xe0\xab\x80",
	"\xe0\xae\xa4\xe0\xae\xae\xe0\xae\xbf\xe0\xae\xb4\xe0\xaf\x8d",
	"\xe0\xb0\xa4\xe0\xb1\x86\xe0\xb0\xb2\xe0\xb1\x81\xe0\xb0\x97\xe0\xb1\x81",
	"\xe0\xb2\x95\xe0\xb2\xa8\xe0\xb3\x8d\xe0\xb2\xa8\xe0\xb2\xa1",
	"\xe0\xb4\xae\xe0\xb4\xb2\xe0\xb4\xaf\xe0\xb4\xbe\xe0\xb4\xb3\xe0\xb4\x82",
	"\xe0\xb7\x83\xe0\xb7\x92\xe0\xb6\x82\xe0\xb7\x84\xe0\xb6\xbd",
	"\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2",
	"\xe0\xba\xa5\xe0\xba\xb2\xe0\xba\xa7",
	"\xe0\xbd\x96\xe0\xbd\xbc\xe0\xbd\x91",
	"\xe1\x83\xa5\xe1\x83\x90\xe1\x83\xa0\xe1\x83\x97\xe1\x83\xa3\xe1\x83\x9a\xe1\x83\x98",
	"\xe1\x8a\xa0\xe1\x88\x9b\xe1\x88\xad\xe1\x8a\x9b",
	"\xe1\x9e\x81\xe1\x9f\x92\xe1\x9e\x98\xe1\x9f\x82\xe1\x9e\x9a",
	"\xe4\xb8\xad\xe6\x96\x87 \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
	"\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4",
	"\xf0\x9f\x94\x8c \xe2\x9d\x84\xef\xb8\x8f \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
};

static int build(struct pdf *p, void *user, struct err *err)
{
	static const struct pdf_column columns[] = { { "Number", 1 }, { "Text", 3 }, { NULL, 0 } };
	const int *rows = user;
	(void)err;
	pdf_heading(p, 1, "1  Cover");
	pdf_text(p, "Words of this program.");
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
		pdf_said(p, span_z(scripts[i]));
	pdf_said(p, SPAN(HOSTILE));
	pdf_pair(p, "Label", SPAN(HOSTILE));
	pdf_pair(p, "Nothing", SPAN_NONE);
	pdf_item(p, SPAN("One thing."));
	pdf_blank(p, "Signature");
	pdf_heading(p, 2, "1.1  A table");
	pdf_table(p, columns);
	for (int i = 0; i < *rows; i++) {
		char number[16];
		snprintf(number, sizeof number, "%d", i);
		pdf_row(p, (span[]){ span_z(number), SPAN(HOSTILE) });
	}
	pdf_table_end(p);
	return 0;
}

static struct buf make(int rows)
{
	const struct pdf_about about = { .title = "A report",
					 .marking = "OFFICIAL-SENSITIVE",
					 .foot = "MC/25/001",
					 .date = 1700000000000 };
	struct buf b = { 0 };
	struct err err = { 0 };
	if (pdf_make(&b, &about, build, &rows, &err))
		fail_msg("%s", err.message);
	return b;
}

static bool has(const struct buf *b, const char *what)
{
	return memmem(b->data, b->n, what, strlen(what)) != NULL;
}

static void test_structure(void **state)
{
	(void)state;
	struct buf b = make(200);
	assert_memory_equal(b.data, "%PDF-1.4", 8);
	assert_true(has(&b, "<pdfaid:part>1</pdfaid:part>"));
	assert_true(has(&b, "/GTS_PDFA1"));
	assert_true(has(&b, "/CIDSet"));
	assert_true(has(&b, "/Outlines"));
	assert_false(has(&b, "/JavaScript"));
	assert_false(has(&b, "/Transparency"));
	assert_false(has(&b, "/SMask"));
	const char *to = getenv("LINECHECK_KEEP_PDF");
	if (to) {
		FILE *f = fopen(to, "w");
		assert_non_null(f);
		fwrite(b.data, 1, b.n, f);
		fclose(f);
	}
	buf_free(&b);
}

static void test_same_bytes(void **state)
{
	(void)state;
	struct buf a = make(30);
	setenv("TZ", "Pacific/Kiritimati", 1);
	setenv("LANGUAGE", "ja:ar", 1);
	setenv("PANGO_LANGUAGE", "ko", 1);
	setenv("FONTCONFIG_FILE", "/nonexistent", 1);
	tzset();
	setlocale(LC_ALL, "C.UTF-8");
	struct buf b = make(30), c = make(31);
	setlocale(LC_ALL, "C");
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.data, b.data, a.n);
	assert_false(c.n == a.n && memcmp(c.data, a.data, a.n) == 0);
	buf_free(&a);
	buf_free(&b);
	buf_free(&c);
}

static void check_text(const struct glyphs *g, const char *text, size_t max, const char *expect)
{
	struct buf b = { 0 };
	glyphs_text(g, &b, span_z(text), max, false);
	assert_string_equal(b.data ? b.data : "", expect);
	buf_free(&b);
}

static void test_glyphs(void **state)
{
	struct glyphs *g;
	struct err err = { 0 };
	(void)state;
	assert_int_equal(glyphs_new(&g, &err), 0);
	check_text(g, "\xf0\x9f\x94\x8c", 100, "\xe2\x9f\xa6U+1F50C ELECTRIC PLUG\xe2\x9f\xa7");
	check_text(g, "a\nb", 100, "a / b");
	check_text(g, "\xe2\x80\xae", 100, "\xe2\x9f\xa6U+202E\xe2\x9f\xa7");
	for (size_t i = 0; i + 1 < sizeof scripts / sizeof *scripts; i++)
		check_text(g, scripts[i], 100, scripts[i]); /* each is drawn, none is named */
	check_text(g, "\xf0\x93\x82\x80\xf0\x90\xbf\xbf", 100,
		   "\xf0\x93\x82\x80\xe2\x9f\xa6U+10FFF, no glyph\xe2\x9f\xa7");
	check_text(g, "abcdef", 3,
		   "abc\xe2\x9f\xa6"
		   "cut here: 6 bytes in all\xe2\x9f\xa7");
	assert_string_equal(glyphs_name(0x2744), "SNOWFLAKE");
	assert_null(glyphs_name('a'));
	glyphs_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_glyphs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
