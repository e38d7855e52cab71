/*
 * fold_property_test.c - on random text in many scripts: no form changes a digit, a price or a
 * currency sign that is none of a word's letters, and every piece of every form stands for whole
 * characters of the original. LINECHECK_LONG: many more texts.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "fold.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka.h wants the four above first */
#include <cmocka.h>
#include <utf8proc.h>

static uint64_t seed = 1632960;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static const char *one_of(const char *const *list, size_t n)
{
	return list[pick((unsigned)n)];
}
#define ONE_OF(list) one_of(list, sizeof(list) / sizeof *(list))

static unsigned rounds(unsigned n)
{
	return getenv("LINECHECK_LONG") ? 50 * n : n;
}

static const char *const currencies[] = { "£",  "€",  "$", "¥", "₹", "₿", "₨", "¢",   "﷼",
					  "￡", "＄", "₴", "₦", "฿", "﹩",  "₺", "GBP", "eur" };
static const char *const digits[] = { "0", "1",  "3",  "4", "5", "7", "8", "9", "2",
				      "6", "５", "７", "٥", "५", "๗", "৩", "²", "½" };
/* No single letters: those with a digit among them are a word spelt apart, "s h 4 n k". */
static const char *const words[] = { "each", "note", "bag",  "for",   "shot", "hank", "c0k3",
				     "ea",   "trap", "TRAP", "plug",  "quid", "ow",   "xx",
				     "pp",   "kg",   "food", "soooo", "рот",  "नम",   "你好" };
static const char *const units[] = { "pm",   "am", "g",  "th",   "st",  "each", "bags", "zs",
				     "hrs",  "k",  "ea", "quid", "gbp", "days", "oz",   "shots",
				     "for£", "kg", "ml", "p",    "x",   "",     "",     "" };
static const char *const separators[] = { " ",    "  ",  ", ",         "\n", " 🔥 ", " × ",
					  " ® ",  " - ", " / ",        "! ", "? ",  " … ",
					  " 你 ", " и ", " 👍🏽 ", "; " };
static const char *const soup[] = { "a",
				    "b",
				    "C",
				    "x",
				    "s h 4 n k",
				    " ",
				    " ",
				    " ",
				    ".",
				    ",",
				    "-",
				    "'",
				    "!",
				    "@",
				    "$",
				    "0",
				    "1",
				    "3",
				    "5",
				    "7",
				    "9",
				    "2",
				    "£",
				    "€",
				    "₨",
				    "５",
				    "٥",
				    "५",
				    "½",
				    "²",
				    "①",
				    "жо",
				    "α",
				    "и",
				    "é",
				    "e\xCC\x81",
				    "न",
				    "ा",
				    "你",
				    "한",
				    "ﬁ",
				    "م",
				    "🔥",
				    "👍🏽",
				    "🇹",
				    "🅱",
				    "×",
				    "®",
				    "\xE2\x80\x8B",
				    "\xEF\xB8\x8F",
				    "ooo",
				    "aaa",
				    "c u n",
				    "l.i.",
				    "\xFF",
				    "\xE2\x82",
				    "\xF0\x9F",
				    "",
				    "\xE2\xA0\x80" };

/* A number that no form may change: how it is written decides what may stand around it. */
static void put_amount(struct buf *out)
{
	unsigned kind = pick(7), count = 1 + pick(4);
	if (kind == 0) { /* a price, words stuck to it */
		buf_add(out, span_z(ONE_OF(currencies)));
		if (pick(3) == 0)
			buf_byte(out, ' ');
	}
	if (kind == 3) {
		buf_addf(out, "%u for %u", pick(10), pick(100));
		return;
	}
	if (kind == 4) {
		buf_addf(out, "%ufor%u", 1 + pick(10), 1 + pick(60));
		return;
	}
	if (kind == 5) {
		buf_addf(out, "07700 9000%02u", pick(100));
		return;
	}
	if (kind == 6) { /* two different ones end a word: a number */
		unsigned first = pick(10);
		buf_addf(out, "bag%u%u", first, (first + 1 + pick(9)) % 10);
		return;
	}
	for (unsigned i = 0; i < count; i++)
		buf_add(out, span_z(ONE_OF(digits)));
	if (pick(4) == 0)
		buf_addf(out, "%c%u", ".,:"[pick(3)], pick(100));
	if (kind == 0)
		buf_add(out, span_z(pick(3) ? ONE_OF(words) : ""));
	if (kind == 1) { /* the currency after it, and perhaps more */
		const char *money = ONE_OF(currencies);
		bool sign = (unsigned char)*money >= 0x80 || *money == '$';
		buf_addf(out, "%s%s", money, sign && pick(2) ? ONE_OF(words) : "");
	}
	if (kind == 2)
		buf_add(out, span_z(ONE_OF(units)));
}

static bool guarded(uint32_t cp)
{
	int category = utf8proc_category((utf8proc_int32_t)cp);
	return category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NO ||
	       category == UTF8PROC_CATEGORY_SC;
}

static void show(span s)
{
	for (size_t i = 0; i < s.n; i++)
		printf((unsigned char)s.p[i] < ' ' ? "\\x%02X" : "%c", (unsigned char)s.p[i]);
}

/* The characters [start, stop) of the text that are digits or currency signs, as they fold. */
static void guarded_of_text(struct folder *f, span text, size_t start, size_t stop, struct buf *out)
{
	buf_clear(out);
	for (size_t pos = start; pos < stop;) {
		uint32_t cp = utf8_next(text, &pos);
		if (cp == UTF8_BAD || !guarded(cp))
			continue;
		const struct fold_char *c = fold_char(f, cp);
		buf_add(out, (span){ c->utf8, c->n });
	}
}

/* What stands for them in the form; a letter in the place of one shows as itself. */
static void guarded_of_form(const struct folder *f, const struct form *form, span text,
			    size_t start, size_t stop, struct buf *out)
{
	buf_clear(out);
	for (size_t pos = 0; pos < form->text.n;) {
		size_t from = pos, a = pos, b;
		utf8_next(form->text, &pos);
		b = pos;
		fold_origin(f, &a, &b);
		size_t at = a;
		uint32_t cp = utf8_next(text, &at);
		if (a >= start && a < stop && cp != UTF8_BAD && guarded(cp))
			buf_add(out, span_sub(form->text, from, pos));
	}
}

static void numbers_and_prices_stay_in_every_form(void **state)
{
	(void)state;
	struct folder *f = folder_new(), *chars = folder_new();
	struct buf text = { 0 }, want = { 0 }, got = { 0 };
	size_t further = 0;
	for (unsigned i = 0; i < rounds(12000); i++) {
		buf_clear(&text);
		for (unsigned k = pick(4); k > 0; k--) {
			buf_add(&text, span_z(ONE_OF(words)));
			buf_add(&text, span_z(ONE_OF(separators)));
		}
		size_t start = text.n;
		put_amount(&text);
		size_t stop = text.n;
		for (unsigned k = pick(4); k > 0; k--) {
			buf_add(&text, span_z(ONE_OF(separators)));
			buf_add(&text, span_z(ONE_OF(words)));
		}
		assert_false(text.failed);
		span s = buf_span(&text);
		guarded_of_text(chars, s, start, stop, &want);
		fold_begin(f, s, false);
		const struct form *form;
		for (unsigned k = 0; (form = fold_next(f)) != NULL; k++) {
			guarded_of_form(f, form, s, start, stop, &got);
			further += k > 0;
			if (span_eq(buf_span(&got), buf_span(&want)))
				continue;
			printf("form %u of '", k);
			show(s);
			printf("': '");
			show(form->text);
			fail_msg("'");
		}
	}
	assert_true(further > 1000); /* else nothing was tried */
	buf_free(&text);
	buf_free(&want);
	buf_free(&got);
	folder_free(f);
	folder_free(chars);
}

/* Of any soup: digits with a currency sign of any script beside them are never letters,
 * and pieces of forms are whole characters of the text. */
static void soup_keeps_its_prices_and_characters(void **state)
{
	(void)state;
	struct folder *f = folder_new();
	struct buf text = { 0 };
	for (unsigned i = 0; i < rounds(8000); i++) {
		buf_clear(&text);
		for (unsigned k = pick(30); k > 0; k--)
			buf_add(&text, span_z(ONE_OF(soup)));
		span s = buf_span(&text);
		char edge[2048] = { 0 }, priced[2048] = { 0 };
		assert_true(s.n < sizeof edge);
		uint32_t before = 0;
		for (size_t pos = 0, last = 0; pos < s.n;) {
			size_t from = pos;
			uint32_t cp = utf8_next(s, &pos);
			edge[from] = edge[pos] = 1;
			bool digit = cp >= '0' && cp <= '9', was = before >= '0' && before <= '9';
			bool money =
				cp != UTF8_BAD && guarded(cp) && !digit && cp >= 0xA0 &&
				utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_SC;
			bool paid =
				before != UTF8_BAD && before >= 0xA0 && guarded(before) &&
				utf8proc_category((utf8proc_int32_t)before) == UTF8PROC_CATEGORY_SC;
			priced[from] = digit && paid;
			if (money && was)
				priced[last] = 1;
			before = cp;
			last = from;
		}
		edge[s.n] = 1;
		fold_begin(f, s, false);
		const struct form *form;
		while ((form = fold_next(f)) != NULL)
			for (size_t pos = 0; pos < form->text.n;) {
				size_t from = pos, a = pos, b;
				utf8_next(form->text, &pos);
				b = pos;
				fold_origin(f, &a, &b);
				assert_true(a < b && b <= s.n && edge[a] && edge[b]);
				if (priced[a] && form->text.p[from] != s.p[a]) {
					show(s);
					fail_msg(": '%c' became '%c'", s.p[a], form->text.p[from]);
				}
				/* and any stretch of it */
				size_t to = pos;
				for (unsigned k = pick(6); k > 0 && to < form->text.n; k--)
					utf8_next(form->text, &to);
				a = from;
				b = to;
				fold_origin(f, &a, &b);
				assert_true(a < b && b <= s.n && edge[a] && edge[b]);
			}
	}
	buf_free(&text);
	folder_free(f);
}

static void fold_all(struct folder *f, const utf8proc_uint8_t *p, struct buf *out)
{
	span s = span_z((const char *)p);
	buf_clear(out);
	for (size_t pos = 0; pos < s.n;) {
		const struct fold_char *c = fold_char(f, utf8_next(s, &pos));
		buf_add(out, (span){ c->utf8, c->n });
	}
}

/* Why one may fold to something else than its compatibility form does: an apostrophe, which would
 * be a space; Hangul in a circle; a whole sentence; what would join a number or lose a currency. */
static bool keeps_itself(uint32_t cp, span folded, const struct buf *form)
{
	char text[5] = { 0 };
	utf8_put(cp, text);
	bool digit = false;
	for (size_t i = 0; i < form->n; i++)
		digit |= form->data[i] >= '0' && form->data[i] <= '9';
	if (span_eq(folded, SPAN("'")) || (cp >= 0x320E && cp <= 0x327E))
		return true;
	return span_eq(folded, span_z(text)) && (digit || guarded(cp) || form->n > FOLD_CHAR_MAX);
}

/* Every character folds as its composed and decomposed forms do; but for what keeps numbers and
 * prices apart, as its compatibility form does. */
static void forms_of_unicode_fold_alike(void **state)
{
	(void)state;
	struct folder *f = folder_new();
	struct buf a = { 0 }, b = { 0 };
	unsigned kept = 0;
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		char text[5] = { 0 };
		/* Hangul is folded as it is written. */
		if ((cp >= 0xD800 && cp < 0xE000) || (cp >= 0xAC00 && cp < 0xD7A4))
			continue;
		utf8_put(cp, text);
		const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text;
		fold_all(f, p, &a);
		utf8proc_uint8_t *form[] = { utf8proc_NFD(p), utf8proc_NFC(p), utf8proc_NFKC(p),
					     utf8proc_NFKD(p) };
		for (int i = 0; i < 4; i++) {
			assert_non_null(form[i]);
			fold_all(f, form[i], &b);
			bool same = span_eq(buf_span(&a), buf_span(&b));
			if (!same && i < 2)
				fail_msg("U+%04X folds to '%.*s', form %d of it to '%.*s'", cp,
					 (int)a.n, a.data, i, (int)b.n, b.data);
			if (!same && !keeps_itself(cp, buf_span(&a), &b))
				fail_msg("U+%04X folds to '%.*s', form %d of it to '%.*s'", cp,
					 (int)a.n, a.data, i, (int)b.n, b.data);
			kept += !same;
			free(form[i]);
		}
	}
	assert_true(kept > 100);
	buf_free(&a);
	buf_free(&b);
	folder_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_prices_stay_in_every_form),
		cmocka_unit_test(soup_keeps_its_prices_and_characters),
		cmocka_unit_test(forms_of_unicode_fold_alike),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
