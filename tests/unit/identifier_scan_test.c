/*
 * identifier_scan_test.c - the scanner against texts with a known answer, against an independent
 * reading of the same rules as regular expressions, and against hostile texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/identifier.h"
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <utf8proc.h>

#define NBSP "\xC2\xA0"
#define POUND "\xC2\xA3"

/* ---- texts with a known answer ---- */

static const struct {
	const char *text;
	const char *found; /* "number@start-stop ..." */
} texts[] = {
	/* a number behind other digits, and before them */
	{ "45 07700 900123", "447700900123@3-15" },
	{ "2 for 15, 3 for 20 07700 900123", "447700900123@19-31" },
	{ "1. 07700 900123 2. 07700 900124", "447700900123@3-15 447700900124@19-31" },
	{ "1)07700900123 2)07700900124", "447700900123@2-13 447700900124@16-27" },
	{ "on till 10 07700 900123 45 min", "447700900123@11-23" },
	{ "45 7700 900123", "447700900123@3-14" },
	{ "07700 900123 07700 900124", "447700900123@0-12 447700900124@13-25" },
	{ "07700900123/07700900124", "447700900123@0-11 447700900124@12-23" },
	{ "07700900123,07700900124", "447700900123@0-11 447700900124@12-23" },
	{ "07700900123+447700900124", "447700900123@0-11 447700900124@11-24" },
	{ "+447700900123 447700900124", "447700900123@0-13 447700900124@14-26" },
	{ "141 07700 900123", "447700900123@4-16" },
	{ "#31#07700900123", "447700900123@4-15" },
	{ "(07700) 900123)", "447700900123@0-14" },
	{ "call +1 (202) 555-0100 20 quid", "12025550100@5-22" },
	{ "+1 202 555 0100 07700 900123", "12025550100@0-15 447700900123@16-28" },
	{ "+15550001 ok", "15550001@0-9" },
	{ "001 202 555 0100", "12025550100@0-16" },
	{ "+999 1234567 8", "" },
	{ "+9991234567 8", "9991234567@0-11" },
	/* glued to words */
	{ "tel07700900123", "447700900123@3-14" },
	{ "ring07700 900123now", "447700900123@4-16" },
	{ "07700900123call me", "447700900123@0-11" },
	{ "07700900123x12", "447700900123@0-11" },
	{ "AB07700900123", "" },
	{ "INV447700900123", "" },
	{ "aon07700900123", "" },
	{ "x_07700900123", "" },
	{ "07700900123_1", "" },
	{ "07700900123ab12", "" },
	{ "Jay+447700900123", "447700900123@3-16" },
	{ "Jay-07700900123", "447700900123@4-15" },
	{ "@447700900123 you there", "447700900123@1-13" },
	/* longer runs of digits, and shorter */
	{ "077009001234", "" },
	{ "1207700900123", "" },
	{ "4477009001234", "" },
	{ "+44770090012345", "" },
	{ "0077009001234567", "" },
	{ "07700 90012", "" },
	{ "07700 900 12", "" },
	{ "+44 7700 90012", "" },
	{ "7700 90012", "" },
	{ "0770 090 0123 4567 89", "447700900123@0-13" },
	{ "07700    900123", "" },
	{ "07700\n900123", "" },
	{ "07700, 900123", "" },
	/* accounts, cards, dates, prices, places */
	{ "sort code 01-02-03 account 07700900", "" },
	{ "12-34-56 12345678", "" },
	{ "07-70-09 00123456", "" },
	{ "4477 0090 0123 4567", "" },
	{ "4477 0090 0123", "447700900123@0-14" },
	{ "07/12/2024 100", "" },
	{ "07.12.2024 100", "" },
	{ "7/12/2024 100", "" },
	{ "7-12-2024 1000 5", "" },
	{ "07/12/24 12 345", "" },
	{ "2024-07-12 0770090", "" },
	{ "12-07-700 900 123", "" },
	{ "0.7700900123", "" },
	{ "51.5073, -0.1277583123", "" },
	{ POUND "07700900123", "" },
	{ "$07700900123", "" },
	{ "\xE2\x82\xAC"
	  "07700900123",
	  "" },
	{ "550e8400-e29b-41d4-a716-447700900123", "" },
	{ "1 702 555 0100", "" },
	{ "1 7025550100", "" },
	{ "702-555-0100", "" },
	{ "ref #7700900123", "" },
	{ "+33 7700900123", "" },
	{ "0033 7700900123", "" },
	{ "+33 447700900123", "" },
	{ "+33 x 7700900123", "447700900123@6-16" },
	/* addresses */
	{ "https://wa.me/447700900123?text=hi", "447700900123@14-26" },
	{ "wa.me/+447700900123", "447700900123@6-19" },
	{ "https://api.whatsapp.com/send?phone=447700900123", "447700900123@36-48" },
	{ "https://example.org/07700900123", "" },
	{ "https://example.org/?id=447700900123", "" },
	{ "http://example.org/a/447700900123/b", "" },
	{ "www.example.org/447700900123", "" },
	{ "example.org/447700900123", "" },
	{ "<a href=\"tel:+447700900123\">", "447700900123@13-26" },
	{ "https://example.org/ 07700900123", "447700900123@21-32" },
	{ "see https://example.org\n07700900123", "447700900123@24-35" },
	{ "07700900123@example.org", "" },
	{ "+447700900123@example.org", "" },
	{ "07700900123@5.30pm", "447700900123@0-11" },
	{ "07700900123 @ 5", "447700900123@0-11" },
	{ "447700900123-1438246424@g.us", "" },
	{ "447700900123@g.us", "" },
	{ "447700900123@lid", "" },
	{ "447700900123@s.whatsapp.net.", "447700900123@0-27" },
	{ "447700900123:12@s.whatsapp.net, ok", "447700900123@0-30" },
	{ "12025550100@s.whatsapp.net", "12025550100@0-26" },
	{ "12025550100", "" },
	/* nothing */
	{ "", "" },
	{ "+", "" },
	{ "0", "" },
	{ "+++++++++++++++", "" },
	{ "0 0 0 0 0 0 0 0 0 0 0", "" },
	{ "00000000000", "" },
	{ "(((((((07700 900123", "447700900123@7-19" },
};

static char *list(span text)
{
	static char out[4096];
	size_t n = 0, pos = 0;
	struct mention m;
	out[0] = 0;
	while (identifier_scan(text, &pos, &m)) {
		int k = snprintf(out + n, sizeof out - n, "%s%llu@%zu-%zu", n ? " " : "",
				 (unsigned long long)m.id.e164, m.start, m.stop);
		n += (size_t)k;
		assert_true(n < sizeof out);
	}
	return out;
}

static void known_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char *found = list(span_z(texts[i].text));
		if (strcmp(found, texts[i].found) != 0)
			fail_msg("'%s' gives '%s', not '%s'", texts[i].text, found, texts[i].found);
	}
}

/* A number of a country in three groups, so that only the plan can say where it ends; behind it a
 * price. Gives the national digits of the longest that is found, which is nobody's. */
static unsigned longest_number(unsigned code, unsigned pair)
{
	for (unsigned n = 13; n >= 4; n--) {
		char text[64];
		int k = snprintf(text, sizeof text, "+%u %02u %0*d", code, pair, (int)n - 2, 0);
		snprintf(text + k, sizeof text - (size_t)k, " 20 quid");
		struct mention m;
		size_t pos = 0;
		if (!identifier_scan(span_z(text), &pos, &m) || m.start != 0 || m.stop != (size_t)k)
			continue;
		assert_int_equal(m.id.kind, ID_E164);
		assert_int_equal(m.id.certainty, CERTAINTY_CERTAIN);
		assert_int_equal(m.id.e164, identifier_of((span){ text, (size_t)k }).e164);
		return n;
	}
	return 0;
}

static void every_country_code(void **state)
{
	(void)state;
	static bool used[1000];
	unsigned codes = 0;
	for (unsigned code = 1; code <= 999; code++) {
		if (code == 4 || code == 44 || code / 10 == 44 || used[code / 10] ||
		    used[code / 100])
			continue;
		/* A code in use has numbers whatever digits follow it; "2" has not, "20" has. */
		unsigned pair = 0, n = longest_number(code, 0);
		while (pair < 100 && longest_number(code, pair) == n && n)
			pair++;
		used[code] = pair == 100;
		codes += used[code];
	}
	assert_true(used[1] && used[7] && used[33] && used[353]);
	assert_false(used[2] || used[35] || used[44] || used[442] || used[999]);
	assert_int_equal(longest_number(1, 20), 10);
	assert_int_equal(longest_number(33, 70), 9);
	assert_int_equal(codes, 214);
}

/* ---- the same rules as regular expressions ---- */

/* On a shadow of the text in which every digit is 0-9, every separator its ASCII cousin, and what
 * is not seen is gone. */
/* clang-format off */
#define G "[ ()\\[\\]./-]{0,3}"
#define S "[ ()\\[\\]./-]{1,3}"
#define END "(?!\\d)"
#define TEN "(?<number>[1-9](?:" G "\\d){9})" END
#define NINE "(?<number>(?=1|[58]" G "0" G "0)[1-9](?:" G "\\d){8})(?!" G "\\d)"
#define WORDS                                                                                 \
	"(?:tel|mob|mobile|phone|fone|cell|num|number|no|on|call|ring|bell|text|txt|ph|line|" \
	"whatsapp|wa)"
#define DATE                                                                       \
	"(?!\\d{1,2}([-./])\\d{1,2}\\g{-1}(?:(?:19|20)\\d\\d(?!\\d)|\\d\\d(?!\\d)" \
	"(?:[ ()\\[\\]./-]{2,3}\\d|(?!\\g{-1})[ ()\\[\\]./-]\\d)))"
#define FRACTION "(?!0\\.\\d{7})"
#define DOMAIN "(?:[A-Za-z0-9-]+\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
#define NO_DOMAIN "(?![.-]*[A-Za-z0-9])"
#define NOT_AT \
	"(?!\\+?" G "(?=\\d{7,21}(?!\\d))\\d+[\\d./:_-]{0,24}@(?:(?i:g\\.us|lid|broadcast)" NO_DOMAIN \
	"|(?!(?i:s\\.whatsapp\\.net|c\\.us)" NO_DOMAIN ")" DOMAIN NO_DOMAIN "))"
#define RIGHT "(?!_)(?!(?!(?i:x|ext)\\d)[A-Za-z]{1,16}\\d)"

/* A bracketed 0 behind the country code is not dialled. */
#define TRUNK "(?:(?=[^\\d]*[(\\[])" G "0(?=[^\\d(\\[]*[)\\]]))"
#define FOREIGN(code, n) code "(?:" TRUNK "|(?!" TRUNK "))(?<number>(?:" G "\\d){" n "})" END RIGHT

enum rule { R_JID, R_PLUS, R_PLUS_RUN, R_NATIONAL_PLUS, R_NATIONAL, R_ZEROS, R_CODE, R_BARE };

static const struct {
	enum rule rule;
	unsigned code; /* before the digits of the group "number" */
	const char *pattern;
} rules[] = {
	{ R_JID, 0,
	  "(?<number>44(?:[1-9]\\d{9}|1\\d{8}|[58]00\\d{6})|(?!44)[1-9]\\d{6,14})"
	  "(?:[._]\\d+)?(?::\\d+)?@(?i:s\\.whatsapp\\.net|c\\.us)" NO_DOMAIN },
	{ R_PLUS, 44, "\\+" G "(?:00" G ")?4" G "4" G "(?:0" G ")?" TEN RIGHT },
	{ R_PLUS, 44, "\\+" G "(?:00" G ")?4" G "4" G "(?:0" G ")?" NINE RIGHT },
	{ R_PLUS, 1, "\\+" G "(?:00" G ")?" FOREIGN("1", "10") },
	{ R_PLUS, 33, "\\+" G "(?:00" G ")?" FOREIGN("3" G "3", "9") },
	{ R_PLUS_RUN, 0, "\\+" G "(?!0|4" G "4|(?:1(?:" G "\\d){10}|3" G "3(?:" G "\\d){9})" END
	  ")(?<number>\\d{7,15})" END RIGHT },
	{ R_NATIONAL_PLUS, 44, "\\+" G "0" G TEN RIGHT },
	{ R_ZEROS, 44, "00" G "4" G "4" G "(?:0" G ")?" TEN RIGHT },
	{ R_ZEROS, 44, "00" G "4" G "4" G "(?:0" G ")?" NINE RIGHT },
	{ R_ZEROS, 1, "00" G FOREIGN("1", "10") },
	{ R_ZEROS, 33, "00" G FOREIGN("3" G "3", "9") },
	{ R_NATIONAL, 44, FRACTION "(?!(?<=\\d[-./])\\d{1,2}(?!\\d))0" G TEN RIGHT },
	{ R_CODE, 44,
	  "(?!44[1-9]\\d" S "\\d{4}" S "\\d{4}" S "\\d)(?!(?<=-....-....-....-)(?<=.{24}))4" G "4" G
	  "(?:0" G ")?" TEN RIGHT },
	{ R_BARE, 44,
	  "(?<![#=&?%@\\\\])(?<!\\d[-./])(?<number>7\\d{9}|7\\d{3}" S "\\d{6}|7\\d{3}" S "\\d{3}" S
	  "\\d{3})" END "(?![-./]\\d)" RIGHT },
};
#define RULES (sizeof rules / sizeof *rules)

/* What may not stand between the last number and one without plus or 0. */
static const char bound_pattern[] = "(?:\\+" G "|(?<!\\d)(?:00\\d*|1)" S ")(?:\\d+" S ")*\\z";
/* Of the other countries the expressions know two. */
static const char unknown_pattern[] =
	"(?:\\+" G "(?:00" G ")?|(?<!\\d)00" G ")(?!0|1|3" G "3|4" G "4)\\d";
static const char address_pattern[] = "(?:://|^www\\.|[A-Za-z]\\.[A-Za-z][^ "
				      "]*/).*(?<!wa\\.me/|phone=|tel:|sms:|tel://|sms://)\\z";

/* clang-format on */

struct oracle {
	pcre2_code *rule[RULES], *bound, *address, *unknown, *some;
	pcre2_match_data *data;
};

static pcre2_code *compile(const char *pattern, uint32_t options)
{
	int code;
	PCRE2_SIZE at;
	pcre2_code *re = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
				       options | PCRE2_DOTALL, &code, &at, NULL);
	if (!re)
		fail_msg("pattern wrong at %zu: %s", (size_t)at, pattern);
	pcre2_jit_compile(re, PCRE2_JIT_COMPLETE);
	return re;
}

static void oracle_make(struct oracle *o)
{
	/* A look-behind has alternatives of fixed length: one for each word. */
	char left[1024] = "(?:(?<![A-Za-z0-9_$`])", words[] = WORDS;
	for (char *w = strtok(words + 3, "|)"); w; w = strtok(NULL, "|)")) {
		size_t n = strlen(left);
		snprintf(left + n, sizeof left - n, "|(?<=(?<![A-Za-z0-9_`~])(?i:%s))", w);
	}
	size_t end = strlen(left);
	snprintf(left + end, sizeof left - end, ")(?<!\\d)");
	for (size_t i = 0; i < RULES; i++) {
		enum rule rule = rules[i].rule;
		bool plus = rule == R_PLUS || rule == R_PLUS_RUN || rule == R_NATIONAL_PLUS;
		char pattern[4096];
		snprintf(pattern, sizeof pattern, "%s%s%s%s", plus ? "" : left,
			 plus || rule == R_JID ? "" : DATE, rule == R_JID ? "" : NOT_AT,
			 rules[i].pattern);
		o->rule[i] = compile(pattern, PCRE2_ANCHORED);
	}
	o->bound = compile(bound_pattern, 0);
	o->address = compile(address_pattern, PCRE2_CASELESS);
	o->unknown = compile(unknown_pattern, 0);
	o->some = compile("\\+?" G "\\d(?:" G "\\d){6}", PCRE2_ANCHORED);
	o->data = pcre2_match_data_create(32, NULL);
	assert_non_null(o->data);
}

static void oracle_free(struct oracle *o)
{
	for (size_t i = 0; i < RULES; i++)
		pcre2_code_free(o->rule[i]);
	pcre2_code_free(o->bound);
	pcre2_code_free(o->address);
	pcre2_code_free(o->unknown);
	pcre2_code_free(o->some);
	pcre2_match_data_free(o->data);
}

#define TEXT_MAX 2048
struct shadow {
	char text[TEXT_MAX + 1];
	size_t start[TEXT_MAX + 1], stop[TEXT_MAX + 1]; /* bytes of the original */
	size_t n;
	bool unsure; /* an '@', whose names are ASCII, beside other digits and what is not seen */
};

static void shadow_make(struct shadow *s, span text)
{
	s->n = 0;
	bool foreign = false;
	for (size_t i = 0; i < text.n;) {
		utf8proc_int32_t cp;
		utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)text.p + i,
						      (utf8proc_ssize_t)(text.n - i), &cp);
		size_t length = k > 0 ? (size_t)k : 1;
		char c = '~';
		if (k > 0) {
			utf8proc_category_t category = utf8proc_category(cp);
			foreign |= cp >= 0x80 && category == UTF8PROC_CATEGORY_ND;
			if (cp < 0x80)
				c = cp == '\t' ? ' ' : (char)(cp == '`' ? '~' : cp);
			else if (cp == 0xA3 || cp == 0x20AC)
				c = '`'; /* stands for both */
			else if (category == UTF8PROC_CATEGORY_ND)
				/* every row of digits begins at 0 or 6 of its sixteen, the
				 * mathematical ones at 1D7CE */
				c = (char)('0' +
					   (cp >= 0x1D7CE
						    ? (cp - 0x1D7CE) % 10
						    : (cp & 15) % 10 -
							      ((cp & 0xFFF0) == 0x660 ||
									       (cp & 0xFFF0) ==
										       0x6F0 ||
									       (cp & 0xFFF0) ==
										       0xFF10
								       ? 0
								       : 6)));
			else if (category == UTF8PROC_CATEGORY_CF || cp == 0xFE0F || cp == 0x20E3)
				c = 0;
			else if (category == UTF8PROC_CATEGORY_ZS)
				c = ' ';
			else if (category == UTF8PROC_CATEGORY_PD || cp == 0x2212)
				c = '-';
			else if (cp == 0xB7)
				c = '.';
			else if (cp == 0xFF0B)
				c = '+';
		}
		foreign |= !c;
		if (c) {
			s->text[s->n] = c;
			s->start[s->n] = i;
			s->stop[s->n++] = i + length;
		}
		i += length;
	}
	s->text[s->n] = 0;
	s->unsure = foreign && memchr(text.p, '@', text.n);
}

static bool matches(const struct oracle *o, const pcre2_code *re, const char *p, size_t n,
		    size_t at)
{
	int rc = pcre2_match(re, (PCRE2_SPTR)p, n, at, 0, o->data, NULL);
	assert_true(rc > 0 || rc == PCRE2_ERROR_NOMATCH);
	return rc > 0;
}

static uint64_t digits_of(const struct shadow *s, size_t start, size_t stop, uint64_t value)
{
	for (size_t i = start; i < stop; i++)
		if (s->text[i] >= '0' && s->text[i] <= '9')
			value = value * 10 + (uint64_t)(s->text[i] - '0');
	return value;
}

static enum id_kind kind_of(uint64_t e164)
{
	char digits[24];
	snprintf(digits, sizeof digits, "%llu", (unsigned long long)e164);
	size_t n = strlen(digits);
	if (strncmp(digits, "44", 2) != 0 || n < 11 || n > 12)
		return ID_E164;
	bool mobile = digits[2] == '7' && digits[3] != '0' &&
		      (digits[3] != '6' || strncmp(digits, "447624", 6) == 0);
	return mobile ? ID_GB_MOBILE : ID_GB_FIXED;
}

/* Fills out; false if the text is none of the oracle's business. */
static bool oracle_scan(const struct oracle *o, span text, struct mention *out, size_t max,
			size_t *ret_found)
{
	static struct shadow s;
	shadow_make(&s, text);
	size_t found = 0, last = 0;
	if (s.unsure || matches(o, o->unknown, s.text, s.n, 0))
		return false;
	for (size_t at = 0; at < s.n; at++) {
		char c = s.text[at];
		if (c != '+' &&
		    !(c >= '0' && c <= '9' &&
		      (at == last || !(s.text[at - 1] >= '0' && s.text[at - 1] <= '9'))))
			continue;
		if (!matches(o, o->some, s.text, s.n, at))
			continue;
		for (size_t i = 0; i < RULES; i++) {
			if (!matches(o, o->rule[i], s.text, s.n, at))
				continue;
			PCRE2_SIZE *v = pcre2_get_ovector_pointer(o->data);
			int number =
				pcre2_substring_number_from_name(o->rule[i], (PCRE2_SPTR) "number");
			assert_true(number > 0);
			size_t stop = v[1];
			uint64_t value =
				digits_of(&s, v[2 * number], v[2 * number + 1], rules[i].code);
			if ((rules[i].rule == R_BARE || rules[i].rule == R_CODE) &&
			    matches(o, o->bound, s.text + last, at - last, 0))
				break;
			size_t word = at;
			while (word && (unsigned char)s.text[word - 1] > ' ' &&
			       !strchr("\"'<>", s.text[word - 1]))
				word--;
			if (matches(o, o->address, s.text + word, at - word, 0))
				break;
			assert_true(found < max);
			struct mention *m = &out[found++];
			m->start = s.start[at];
			m->stop = s.stop[stop - 1];
			m->id.e164 = value;
			m->id.certainty =
				rules[i].rule < R_NATIONAL_PLUS || rules[i].rule == R_ZEROS
					? CERTAINTY_CERTAIN
					: CERTAINTY_ASSUMED;
			m->id.kind = kind_of(value);
			/* brackets and keycaps */
			const char *first = strpbrk(s.text + at, "()[]");
			if (rules[i].rule != R_JID && first && first < s.text + stop &&
			    strchr(")]", *first) && m->start && strchr("([", text.p[m->start - 1]))
				m->start--;
			while (rules[i].rule != R_JID && text.n - m->stop >= 3 &&
			       (!memcmp(text.p + m->stop, "\xEF\xB8\x8F", 3) ||
				!memcmp(text.p + m->stop, "\xE2\x83\xA3", 3)))
				m->stop += 3;
			last = stop;
			at = stop - 1;
			break;
		}
	}
	*ret_found = found;
	return true;
}

/* ---- generated texts ---- */

static uint64_t seed;
static uint32_t draw(uint32_t below) /* xorshift64* */
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (uint32_t)((seed * UINT64_C(2685821657736338717)) >> 32) % below;
}

struct gen {
	char text[TEXT_MAX];
	size_t n;
};

static void put(struct gen *g, const char *s)
{
	size_t n = strlen(s);
	if (g->n + n < TEXT_MAX) {
		memcpy(g->text + g->n, s, n);
		g->n += n;
	}
}

static const char *pick(const char *const *any, size_t n)
{
	return any[draw((uint32_t)n)];
}
#define PICK(...)                                  \
	pick((const char *const[]){ __VA_ARGS__ }, \
	     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* The digits of a number in a range kept for drama, in one of its forms. */
static void put_form(char *out, size_t cap)
{
	static const char *const forms[] = { "0%s",      "+44%s",   "0044%s", "44%s",
					     "+44(0)%s", "%s",      "+440%s", "00440%s",
					     "440%s",    "44(0)%s", "+0%s" };
	char national[16];
	switch (draw(8)) {
	case 0:
		snprintf(national, sizeof national, "1632960%03u", draw(1000));
		break;
	case 1:
		snprintf(national, sizeof national, "2079460%03u", draw(1000));
		break;
	case 2:
		snprintf(national, sizeof national, "8081570%03u", draw(1000));
		break;
	case 3:
		snprintf(out, cap, "%s12025550%03u", PICK("+", "00", "", "+", "(+"),
			 100 + draw(100));
		return;
	default:
		snprintf(national, sizeof national, "7700900%03u", draw(1000));
	}
	snprintf(out, cap, pick(forms, sizeof forms / sizeof *forms), national);
}

/* Write digits with separators, as other scripts write them, and with what is not seen. */
static void put_dressed(struct gen *g, const char *digits)
{
	bool foreign = draw(20) == 0, hidden = draw(8) == 0, keycap = draw(40) == 0;
	uint32_t often = (const uint32_t[]){ 0, 3, 4, 8, 1 }[draw(5)], script = draw(4);
	const char *usual = PICK(" ", "-", ".", "/", NBSP, "\xE2\x80\x91", " - ", ") ", "\t", "  ");
	if (draw(12) == 0)
		put(g, "(");
	for (const char *p = digits; *p; p++) {
		if (p != digits && often && draw(often) == 0)
			put(g, draw(6) ? usual
				       : PICK(" ", "-", ".", "/", "(", ") ", "   ", "    ", "\n",
					      ",", "\xC2\xB7", "\xE2\x88\x92", "\xE2\x80\x89", "]",
					      "[", " (", "+"));
		if (hidden && draw(3) == 0)
			put(g, PICK("\xE2\x80\x8B", "\xE2\x80\x8E", "\xE2\x80\xAA", "\xE2\x80\xAC",
				    "\xC2\xAD", "\xEF\xBB\xBF", "\xE2\x81\xA0", "\xD8\x9C"));
		char cell[8] = { *p, 0 };
		if (foreign && *p >= '0' && *p <= '9') {
			static const int32_t zero[] = { 0xFF10, 0x0660, 0x06F0, 0x1D7D8 };
			cell[utf8proc_encode_char(zero[script] + *p - '0',
						  (utf8proc_uint8_t *)cell)] = 0;
		} else if (foreign && *p == '+' && draw(2)) {
			memcpy(cell, "\xEF\xBC\x8B", 4);
		}
		put(g, cell);
		if (keycap && *p >= '0' && *p <= '9')
			put(g, "\xEF\xB8\x8F\xE2\x83\xA3");
	}
	if (hidden)
		put(g, PICK("", "\xE2\x80\xAC", "\xE2\x80\x8E"));
}

static void put_atom(struct gen *g)
{
	char form[40], more[80];
	switch (draw(16)) {
	default:
		put_form(form, sizeof form);
		put_dressed(g, form);
		break;
	case 6: { /* too short, too long */
		put_form(form, sizeof form);
		size_t n = strlen(form);
		if (draw(2))
			form[n - 1 - draw(4)] = 0;
		else
			snprintf(form + n, sizeof form - n, "%.*s", (int)draw(12) + 1,
				 "012345678901");
		put_dressed(g, form);
		break;
	}
	case 7: /* accounts of WhatsApp and others */
		snprintf(form, sizeof form, "%s%s",
			 PICK("447700900", "12025550", "07700900", "7700900"),
			 PICK("123", "1234", "99"));
		snprintf(more, sizeof more, "%s%s@%s%s", form,
			 PICK("", ":12", ".0:1", "_1", "-1438246424"),
			 PICK("s.whatsapp.net", "c.us", "g.us", "lid", "broadcast", "example.org",
			      "home", "5", "5.30pm"),
			 PICK("", "", ".", " "));
		put(g, more);
		break;
	case 8: /* dates, accounts, cards, amounts */
		put(g, PICK("07/12/2024", "2024-07-12", "7.12.24", "07-12-24", "01-02-03",
			    "12-34-56", "12345678", "07700900", "4477 0090 0123 4567", "1000", "00",
			    "0", "1", "44", "7", "0.7700900123", "51.5073,-0.12775831", "+33",
			    "0033", "+1", "45", "9.50", "2024", "10:30", "0044"));
		break;
	case 9:
		put(g, PICK("https://example.org/", "http://example.org/?id=", "www.example.org/",
			    "example.org/a/", "https://wa.me/", "wa.me/",
			    "tel:", "sms:", "call:", "https://api.whatsapp.com/send?phone=", "ref#",
			    "x=", "id:", "e.g. ", "550e8400-e29b-41d4-a716-", "@", "%", "&n="));
		break;
	case 10:
	case 11:
		put(g, PICK("call", "tel", "on", "Mob", "whatsapp", "AB", "ref", "x", "ext", "Jay",
			    "b4", "a1", "bell the line", "_", "about now", "line", "caLL me", "no",
			    "cannot"));
		break;
	case 12:
		put(g,
		    PICK(POUND, "$", "\xE2\x82\xAC", "\xF0\x9F\x93\x9E", "\xC3\xA9", "\xE7\x94\xB5",
			 "\xFF", "\xE2\x82", "#", "*", "\"", "(", ")", "+", "++", "-", "/", "\\"));
		break;
	}
}

static void differs(span text, const struct mention *m, const char *what, uint64_t case_seed)
{
	fail_msg("seed %llu: %s at %zu in '%.*s' (oracle: %llu@%zu-%zu certainty %d kind %d; scan: "
		 "%s)",
		 (unsigned long long)case_seed, what, m->start, (int)text.n, text.p,
		 (unsigned long long)m->id.e164, m->start, m->stop, (int)m->id.certainty,
		 (int)m->id.kind, list(text));
}

static void generated_texts_agree_with_regular_expressions(void **state)
{
	(void)state;
	struct oracle o;
	oracle_make(&o);
	size_t texts_n = 270000, compared = 0, numbers = 0, empty = 0;
	for (size_t i = 0; i < texts_n; i++) {
		static struct gen g;
		uint64_t case_seed = seed = (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
		g.n = 0;
		for (uint32_t atoms = 1 + draw(5); atoms; atoms--) {
			put_atom(&g);
			put(&g, PICK("", " ", " ", " ", ", ", "\n", ": ", "-", "/", ".", ". ", " (",
				     ") ", "=", "; ", "   ", "    "));
		}
		/* An exact copy, so that a read past the end is seen. */
		char *copy = malloc(g.n ? g.n : 1);
		assert_non_null(copy);
		memcpy(copy, g.text, g.n);
		span text = { copy, g.n };
		struct mention want[64], m;
		size_t n, pos = 0, k = 0, last = 0;
		if (!oracle_scan(&o, text, want, 64, &n)) {
			free(copy);
			continue;
		}
		compared++;
		for (; identifier_scan(text, &pos, &m); k++) {
			if (k == n)
				differs(text, &m, "scan finds one more", case_seed);
			if (m.start != want[k].start || m.stop != want[k].stop ||
			    m.id.e164 != want[k].id.e164 ||
			    m.id.certainty != want[k].id.certainty || m.id.kind != want[k].id.kind)
				differs(text, &want[k], "scan says otherwise", case_seed);
			/* What is found stands in the text, and alone it is the same number. */
			assert_true(m.start >= last && m.start < m.stop && m.stop <= text.n);
			assert_int_equal(pos, m.stop);
			struct identifier alone = identifier_of(span_sub(text, m.start, m.stop));
			if (alone.e164 != m.id.e164 || alone.kind != m.id.kind ||
			    alone.certainty != m.id.certainty || alone.reason != m.id.reason)
				differs(text, &want[k], "alone it is another", case_seed);
			last = m.stop;
		}
		if (k != n)
			differs(text, &want[k], "scan finds one less", case_seed);
		assert_int_equal(pos, text.n);
		numbers += n;
		empty += n == 0;
		free(copy);
	}
	oracle_free(&o);
	assert_true(compared >= 200000);
	/* The generator must make both. */
	assert_true(numbers > compared / 2);
	assert_true(empty > compared / 20);
	print_message("%zu texts, %zu numbers, %zu texts without\n", compared, numbers, empty);
}

/* ---- hostile texts ---- */

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double scan_time(const char *unit, size_t bytes, size_t *ret_found)
{
	size_t k = strlen(unit);
	char *p = malloc(bytes);
	assert_non_null(p);
	for (size_t i = 0; i < bytes; i++)
		p[i] = unit[i % k];
	struct mention m;
	size_t pos = 0, found = 0;
	double start = seconds();
	while (identifier_scan((span){ p, bytes }, &pos, &m))
		found++;
	start = seconds() - start;
	free(p);
	*ret_found = found;
	return start;
}

static void hostile_texts_take_linear_time(void **state)
{
	(void)state;
	static const char *const units[] = { "0",
					     "7",
					     "4",
					     "+",
					     " ",
					     "(",
					     "0 ",
					     "07700900123 ",
					     "+4",
					     "+44 ",
					     "0\xE2\x80\x8B",
					     "\xE2\x80\x8B",
					     "\xFF",
					     "\xEF\xBC\x90",
					     "/0770090012/",
					     "a",
					     "07700900123a",
					     "07700900123@",
					     "4477009001 ",
					     "447700900123:1",
					     "0-",
					     "7700900123-.",
					     "://0770090012",
					     "447700900123@g",
					     "1 ",
					     "0.0",
					     "07/07/2024 ",
					     "\xEF\xB8\x8F\xE2\x83\xA3",
					     "07700 900123/",
					     "0\u200B\u200B\u200B\u200B " };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t found, few;
		double small = scan_time(units[i], 1 << 17, &few);
		double large = scan_time(units[i], 1 << 20, &found);
		/* Eight times the text; were it quadratic, 64 times the time. */
		if (large > 24 * small + 0.1)
			fail_msg("'%s': %.3f s for 128 KiB, %.3f s for 1 MiB", units[i], small,
				 large);
		if (strcmp(units[i], "07700900123 ") == 0)
			assert_int_equal(found, (1 << 20) / 12);
	}
}

static void any_bytes_are_safe(void **state)
{
	(void)state;
	static const char some[] =
		"0123456789+() -./@:_xX\xE2\x80\x8B\xEF\xBC\x90\xFF\0\nwa.me/tel";
	seed = 20240712;
	for (size_t i = 0; i < 100000; i++) {
		size_t n = draw(64);
		char *p = malloc(n ? n : 1);
		assert_non_null(p);
		for (size_t k = 0; k < n; k++)
			p[k] = draw(8) ? some[draw(sizeof some - 1)] : (char)draw(256);
		span text = { p, n };
		struct mention m;
		char key[16], device[24];
		size_t pos = 0, last = 0;
		while (identifier_scan(text, &pos, &m)) {
			assert_true(m.start >= last && m.start < m.stop && m.stop <= n);
			assert_int_equal(pos, m.stop);
			assert_true(m.id.e164 > 0 && m.id.e164 < UINT64_C(1000000000000000));
			assert_int_equal(identifier_of(span_sub(text, m.start, m.stop)).e164,
					 m.id.e164);
			last = m.stop;
		}
		struct identifier id = identifier_of(text);
		assert_true((id.e164 != 0) == (id.certainty != CERTAINTY_NONE));
		assert_non_null(id.reason);
		identifier_key(text, key, sizeof key);
		identifier_of_device(text, (enum id_kind)draw(ID_KIND_MAX), device);
		free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_texts),
		cmocka_unit_test(every_country_code),
		cmocka_unit_test(generated_texts_agree_with_regular_expressions),
		cmocka_unit_test(hostile_texts_take_linear_time),
		cmocka_unit_test(any_bytes_are_safe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
