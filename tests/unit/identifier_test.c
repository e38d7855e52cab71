/* identifier_test.c - what a stored handle is, and which numbers stand in a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/identifier.h"
#include <stdio.h>
#include <stdlib.h>

#define NUMBER UINT64_C(447700900123)
#define NBSP "\xC2\xA0"
#define NB_HYPHEN "\xE2\x80\x91"
#define RLE "\xE2\x80\xAB"
#define PDF "\xE2\x80\xAC"
#define LRM "\xE2\x80\x8E"
#define ZWSP "\xE2\x80\x8B"
#define KEYCAP "\xEF\xB8\x8F\xE2\x83\xA3"
#define FULL_WIDTH                                                                                 \
	"\xEF\xBC\x90\xEF\xBC\x97\xEF\xBC\x97\xEF\xBC\x90\xEF\xBC\x90\xEF\xBC\x99\xEF\xBC\x90\xEF" \
	"\xBC\x90\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x93"
#define ARABIC \
	"\xD9\xA0\xD9\xA7\xD9\xA7\xD9\xA0\xD9\xA0\xD9\xA9\xD9\xA0\xD9\xA0\xD9\xA1\xD9\xA2\xD9\xA3"

/* The list of spellings: each is 07700 900123, alone in a handle and inside a text. */
static const struct {
	const char *text;
	enum id_certainty certainty;
} spellings[] = {
	/* the nine */
	{ "07700 900123", CERTAINTY_ASSUMED },
	{ "07700900123", CERTAINTY_ASSUMED },
	{ "+44 7700 900123", CERTAINTY_CERTAIN },
	{ "+447700900123", CERTAINTY_CERTAIN },
	{ "0044 7700-900123", CERTAINTY_CERTAIN },
	{ "447700900123", CERTAINTY_ASSUMED },
	{ "+44 (0)7700 900 123", CERTAINTY_CERTAIN },
	{ "7700900123", CERTAINTY_ASSUMED },
	{ "447700900123@s.whatsapp.net", CERTAINTY_CERTAIN },
	/* more of the same */
	{ "+4407700900123", CERTAINTY_CERTAIN },
	{ "00447700900123", CERTAINTY_CERTAIN },
	{ "004407700900123", CERTAINTY_CERTAIN },
	{ "+0044 7700 900123", CERTAINTY_CERTAIN },
	{ "+07700 900123", CERTAINTY_ASSUMED },
	{ "44 7700 900123", CERTAINTY_ASSUMED },
	{ "44 (0)7700 900123", CERTAINTY_ASSUMED },
	{ "447700 900 123", CERTAINTY_ASSUMED },
	{ "7700 900123", CERTAINTY_ASSUMED },
	{ "7700-900-123", CERTAINTY_ASSUMED },
	{ "447700900123:12@s.whatsapp.net", CERTAINTY_CERTAIN },
	{ "447700900123.0:1@s.whatsapp.net", CERTAINTY_CERTAIN },
	{ "447700900123_1:12@s.whatsapp.net", CERTAINTY_CERTAIN },
	{ "447700900123@c.us", CERTAINTY_CERTAIN },
	{ "447700900123@S.WhatsApp.net", CERTAINTY_CERTAIN },
	/* separators */
	{ "07700.900.123", CERTAINTY_ASSUMED },
	{ "07700-900-123", CERTAINTY_ASSUMED },
	{ "07700/900123", CERTAINTY_ASSUMED },
	{ "07700 - 900123", CERTAINTY_ASSUMED },
	{ "(07700) 900123", CERTAINTY_ASSUMED },
	{ "(07700) (900123)", CERTAINTY_ASSUMED },
	{ "[07700] 900 123", CERTAINTY_ASSUMED },
	{ "(+44) 7700 900123", CERTAINTY_CERTAIN },
	{ "+44(0)7700900123", CERTAINTY_CERTAIN },
	{ "+44 (0) 7700 900123", CERTAINTY_CERTAIN },
	{ "+44-7700-900123", CERTAINTY_CERTAIN },
	{ "+44.7700.900123", CERTAINTY_CERTAIN },
	{ "+ 44 7700 900123", CERTAINTY_CERTAIN },
	{ "07700\t900123", CERTAINTY_ASSUMED },
	{ "07 70 09 00 12 3", CERTAINTY_ASSUMED },
	{ "0 7 7 0 0 9 0 0 1 2 3", CERTAINTY_ASSUMED },
	{ "0-7-7-0-0-9-0-0-1-2-3", CERTAINTY_ASSUMED },
	{ "07-70-09-00-12-3", CERTAINTY_ASSUMED },
	{ "07700" NBSP "900" NBSP "123", CERTAINTY_ASSUMED },
	{ "+44\xE2\x80\x89"
	  "7700\xE2\x80\xAF"
	  "900123",
	  CERTAINTY_CERTAIN },
	{ "07700" NB_HYPHEN "900" NB_HYPHEN "123", CERTAINTY_ASSUMED },
	{ "07700\xE2\x80\x93"
	  "900123",
	  CERTAINTY_ASSUMED },
	{ "07700\xE2\x88\x92"
	  "900123",
	  CERTAINTY_ASSUMED },
	{ "07700\xC2\xB7"
	  "900123",
	  CERTAINTY_ASSUMED },
	/* what is not seen */
	{ "07700" ZWSP " 900" ZWSP ZWSP "123", CERTAINTY_ASSUMED },
	{ "+44" LRM " 7700" LRM " 900123", CERTAINTY_CERTAIN },
	{ "0" ZWSP "7" ZWSP "7" ZWSP "0" ZWSP "0" ZWSP "9" ZWSP "0" ZWSP "0" ZWSP "1" ZWSP "2" ZWSP
	  "3",
	  CERTAINTY_ASSUMED },
	{ "07700\xC2\xAD"
	  "900123",
	  CERTAINTY_ASSUMED },
	{ "07700\xEF\xBB\xBF"
	  "900123",
	  CERTAINTY_ASSUMED },
	{ "0" KEYCAP "7" KEYCAP "7" KEYCAP "0" KEYCAP "0" KEYCAP "900123", CERTAINTY_ASSUMED },
	/* digits of other scripts */
	{ FULL_WIDTH, CERTAINTY_ASSUMED },
	{ ARABIC, CERTAINTY_ASSUMED },
	{ "\xEF\xBC\x8B\xEF\xBC\x94\xEF\xBC\x94"
	  "7700900123",
	  CERTAINTY_CERTAIN },
	{ "\xDB\xB0\xDB\xB7\xDB\xB7\xDB\xB0\xDB\xB0 900123", CERTAINTY_ASSUMED },
	{ "\xF0\x9D\x9F\x8E\xF0\x9D\x9F\x95\xF0\x9D\x9F\x95\xF0\x9D\x9F\x8E\xF0\x9D\x9F\x8E 900123",
	  CERTAINTY_ASSUMED },
	{ "\xE2\x93\xAA\xE2\x91\xA6\xE2\x91\xA6\xE2\x93\xAA\xE2\x93\xAA 900123",
	  CERTAINTY_ASSUMED },
};

static void expect_number(const char *text, struct identifier id, uint64_t e164,
			  enum id_certainty certainty)
{
	if (id.e164 != e164 || id.certainty != certainty)
		print_error("in '%s'\n", text);
	assert_int_equal(id.e164, e164);
	assert_int_equal(id.certainty, certainty);
	assert_non_null(id.reason);
}

static void spelling_is_handle(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
		struct identifier id = identifier_of(span_z(spellings[i].text));
		expect_number(spellings[i].text, id, NUMBER, spellings[i].certainty);
		assert_int_equal(id.kind, ID_GB_MOBILE);
		char key[64];
		size_t n = identifier_key(span_z(spellings[i].text), key, sizeof key);
		assert_int_equal(n, 13);
		assert_memory_equal(key, "+447700900123", 13);
	}
}

static void spelling_is_found_in_text(void **state)
{
	(void)state;
	static const struct {
		const char *before, *behind;
	} places[] = {
		{ "", "" },
		{ "call me on ", " after 8" },
		{ "Jay: ", "" },
		{ "\xF0\x9F\x93\x9E", "\xF0\x9F\x93\x9E" }, /* telephone emoji */
		{ "new num (", "), delete the old one" },
		{ "ask for Jay...", "... or Mo" },
		{ "\n", "\n" },
		{ "\"", "\"" },
		{ RLE, PDF },
		{ "*", "*" },
		{ "tel:", "," },
		{ "Mob", "" },
		{ "", " 45" },
		{ "\xE7\x94\xB5\xE8\xAF\x9D", "\xE5\x8F\xB7" }, /* no spaces between words */
		{ "\xFF\xFE", "\xFF" },
	};
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
			char text[256];
			int n = snprintf(text, sizeof text, "%s%s%s", places[k].before,
					 spellings[i].text, places[k].behind);
			span s = { text, (size_t)n };
			size_t pos = 0;
			struct mention m;
			if (!identifier_scan(s, &pos, &m))
				fail_msg("nothing in '%s'", text);
			expect_number(text, m.id, NUMBER, spellings[i].certainty);
			size_t start = strlen(places[k].before);
			size_t stop = start + strlen(spellings[i].text);
			/* A bracket that closes inside the number belongs to it. */
			assert_in_range(m.start, start, start + 1);
			assert_in_range(m.stop, stop - 1, stop);
			assert_int_equal(pos, m.stop);
			expect_number(text, identifier_of(span_sub(s, m.start, m.stop)), NUMBER,
				      spellings[i].certainty);
			if (identifier_scan(s, &pos, &m))
				fail_msg("a second number in '%s'", text);
			assert_int_equal(pos, s.n);
		}
}

static const struct {
	const char *raw;
	enum id_kind kind;
	enum id_certainty certainty;
	uint64_t e164;
} handles[] = {
	/* around the number */
	{ "tel:+447700900123", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "TEL:07700900123", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "tel:+44-7700-900123;ext=12", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "tel:07700900123;phone-context=+44", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "tel:07700900123;phone-context=+1", ID_RAW, CERTAINTY_NONE, 0 },
	{ "tel:07700900123;phone-context=+447700", ID_RAW, CERTAINTY_NONE, 0 },
	{ "tel:07700900123;phone-context=example.org", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "tel:+447700900123;phone-context=+1", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "sms:07700900123", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "p:+447700900123", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "P:+447700900123", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "SMS;-;+447700900123", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "iMessage;-;+447700900123", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "iMessage;-;someone@example.org", ID_EMAIL, CERTAINTY_NONE, 0 },
	{ "iMessage;+;chat123456789", ID_RAW, CERTAINTY_NONE, 0 },
	{ "chat1234567", ID_RAW, CERTAINTY_NONE, 0 },
	{ "urn:biz:0123", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+447700900123(smsft_fi)", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "+447700900123(filtered)", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "61234(smsfp)", ID_SHORT, CERTAINTY_NONE, 0 },
	{ "+447700900123/TYPE=PLMN", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "sip:+447700900123@ims.example.org;user=phone", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "sip:someone@example.org", ID_RAW, CERTAINTY_NONE, 0 },
	{ " \t07700 900123\r\n", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "\xE2\x80\xAA+44 7700 900123\xE2\x80\xAC", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "\xE2\x81\xA8"
	  "07700 900123\xE2\x81\xA9",
	  ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	/* pauses, extensions, prefixes */
	{ "07700900123,", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700900123;", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700 900123,,12#", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700900123p12w3", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700 900123 x12", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700 900123 ext. 4567", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700 900123 extension 1", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "07700 900123 #4", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "#31#07700900123", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "*31#+447700900123", ID_GB_MOBILE, CERTAINTY_CERTAIN, NUMBER },
	{ "14107700900123", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "141 07700 900123", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "147007700900123", ID_GB_MOBILE, CERTAINTY_ASSUMED, NUMBER },
	{ "141447700900123", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700 900123;07700 900124", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700 900123, +447700900124", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700 900123 07700 900124", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700 900123 Jay", ID_RAW, CERTAINTY_NONE, 0 },
	/* other UK numbers */
	{ "01632 960001", ID_GB_FIXED, CERTAINTY_ASSUMED, UINT64_C(441632960001) },
	{ "+44 1632 960001", ID_GB_FIXED, CERTAINTY_CERTAIN, UINT64_C(441632960001) },
	{ "020 7946 0001", ID_GB_FIXED, CERTAINTY_ASSUMED, UINT64_C(442079460001) },
	{ "+44 (0)20 7946 0001", ID_GB_FIXED, CERTAINTY_CERTAIN, UINT64_C(442079460001) },
	{ "0808 157 0001", ID_GB_FIXED, CERTAINTY_ASSUMED, UINT64_C(448081570001) },
	{ "1632960001", ID_RAW, CERTAINTY_NONE, 0 },
	/* never padded, never cut */
	{ "07700 90012", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700 9001234", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+44 7700 90012", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+44 7700 9001234", ID_RAW, CERTAINTY_NONE, 0 },
	{ "44770090012", ID_RAW, CERTAINTY_NONE, 0 },
	{ "0044770090012", ID_RAW, CERTAINTY_NONE, 0 },
	{ "770090012", ID_RAW, CERTAINTY_NONE, 0 },
	{ "44770090012@s.whatsapp.net", ID_RAW, CERTAINTY_NONE, 0 },
	{ "0800 1111", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+0800 1111", ID_RAW, CERTAINTY_NONE, 0 },
	{ "0770o900123", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700 900 12?", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700\n900123", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07-12-2024 100", ID_RAW, CERTAINTY_NONE, 0 },
	/* other countries: only where it is said */
	{ "+1 202 555 0100", ID_E164, CERTAINTY_CERTAIN, UINT64_C(12025550100) },
	{ "+1 (202) 555-0100", ID_E164, CERTAINTY_CERTAIN, UINT64_C(12025550100) },
	{ "001 202 555 0100", ID_E164, CERTAINTY_CERTAIN, UINT64_C(12025550100) },
	{ "12025550100@s.whatsapp.net", ID_E164, CERTAINTY_CERTAIN, UINT64_C(12025550100) },
	{ "+15550001", ID_E164, CERTAINTY_CERTAIN, 15550001 },
	{ "+1555000", ID_E164, CERTAINTY_CERTAIN, 1555000 },
	{ "+155500", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+123456789012345", ID_E164, CERTAINTY_CERTAIN, UINT64_C(123456789012345) },
	{ "+1234567890123456", ID_RAW, CERTAINTY_NONE, 0 },
	{ "12025550100", ID_RAW, CERTAINTY_NONE, 0 },
	{ "2025550100", ID_RAW, CERTAINTY_NONE, 0 },
	{ "(202) 555-0100", ID_RAW, CERTAINTY_NONE, 0 },
	{ "702-555-0100", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+999 (0)12 345 678", ID_E164, CERTAINTY_CERTAIN, UINT64_C(99912345678) },
	{ "+39 (0)12 345 678", ID_RAW, CERTAINTY_NONE, 0 },
	/* short codes */
	{ "999", ID_SHORT, CERTAINTY_NONE, 0 },
	{ "61234", ID_SHORT, CERTAINTY_NONE, 0 },
	{ "118 118", ID_SHORT, CERTAINTY_NONE, 0 },
	{ "1234567", ID_RAW, CERTAINTY_NONE, 0 },
	{ "+999", ID_RAW, CERTAINTY_NONE, 0 },
	{ "12", ID_RAW, CERTAINTY_NONE, 0 },
	{ "*#06#", ID_RAW, CERTAINTY_NONE, 0 },
	/* names, e-mail, WhatsApp */
	{ "T-Mobile", ID_ALPHA, CERTAINTY_NONE, 0 },
	{ "O2", ID_ALPHA, CERTAINTY_NONE, 0 },
	{ "Deal4U", ID_ALPHA, CERTAINTY_NONE, 0 },
	{ "\xC3\x89pargne", ID_ALPHA, CERTAINTY_NONE, 0 },
	{ "Elevenchars", ID_ALPHA, CERTAINTY_NONE, 0 },
	{ "Twelve chars", ID_RAW, CERTAINTY_NONE, 0 },
	{ "bad\xFF", ID_RAW, CERTAINTY_NONE, 0 },
	{ "a\x1b[31m", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700900I23", ID_RAW, CERTAINTY_NONE, 0 },
	{ "someone@example.org", ID_EMAIL, CERTAINTY_NONE, 0 },
	{ "e:someone@example.org", ID_EMAIL, CERTAINTY_NONE, 0 },
	{ "E:someone@example.org", ID_EMAIL, CERTAINTY_NONE, 0 },
	{ "mailto:someone@example.org", ID_EMAIL, CERTAINTY_NONE, 0 },
	{ "447700900123@example.org", ID_EMAIL, CERTAINTY_NONE, 0 },
	{ "someone@example", ID_RAW, CERTAINTY_NONE, 0 },
	{ "some one@example.org", ID_RAW, CERTAINTY_NONE, 0 },
	{ "a@b@example.org", ID_RAW, CERTAINTY_NONE, 0 },
	{ "someone@.example.org", ID_RAW, CERTAINTY_NONE, 0 },
	{ "someone@example..org", ID_RAW, CERTAINTY_NONE, 0 },
	{ "123456789012345@lid", ID_JID_LID, CERTAINTY_NONE, 0 },
	{ "123456789012345:3@lid", ID_JID_LID, CERTAINTY_NONE, 0 },
	{ "447700900123@lid", ID_JID_LID, CERTAINTY_NONE, 0 },
	{ "447700900123-1438246424@g.us", ID_JID_GROUP, CERTAINTY_NONE, 0 },
	{ "120363000000000001@g.us", ID_JID_GROUP, CERTAINTY_NONE, 0 },
	{ "status@broadcast", ID_JID_BROADCAST, CERTAINTY_NONE, 0 },
	{ "1438246424@broadcast", ID_JID_BROADCAST, CERTAINTY_NONE, 0 },
	{ "0@s.whatsapp.net", ID_RAW, CERTAINTY_NONE, 0 },
	{ "server@c.us", ID_RAW, CERTAINTY_NONE, 0 },
	{ "07700900123@s.whatsapp.net", ID_RAW, CERTAINTY_NONE, 0 },
	{ "447700900123:@s.whatsapp.net", ID_RAW, CERTAINTY_NONE, 0 },
	{ "120363000000000001@newsletter", ID_RAW, CERTAINTY_NONE, 0 },
	/* nobody */
	{ "", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ " \t", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "-1", ID_UNKNOWN, CERTAINTY_NONE, 0 },
	{ "-2", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "-3", ID_PAYPHONE, CERTAINTY_NONE, 0 },
	{ "-4", ID_RAW, CERTAINTY_NONE, 0 },
	{ "Unknown", ID_UNKNOWN, CERTAINTY_NONE, 0 },
	{ "PRIVATE NUMBER", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "withheld", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "No Caller ID", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "anonymous@anonymous.invalid", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "sip:anonymous@anonymous.invalid", ID_WITHHELD, CERTAINTY_NONE, 0 },
	{ "payphone", ID_PAYPHONE, CERTAINTY_NONE, 0 },
	{ "insert-address-token", ID_RAW, CERTAINTY_NONE, 0 },
	{ "tel:", ID_RAW, CERTAINTY_NONE, 0 },
	{ "@", ID_RAW, CERTAINTY_NONE, 0 },
	{ "@deano_d", ID_RAW, CERTAINTY_NONE, 0 },
	{ "@447700900123", ID_RAW, CERTAINTY_NONE, 0 },
	{ "@two words", ID_ALPHA, CERTAINTY_NONE, 0 },
	{ "+", ID_RAW, CERTAINTY_NONE, 0 },
	{ "()", ID_RAW, CERTAINTY_NONE, 0 },
};

static void handle_has_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof handles / sizeof *handles; i++) {
		struct identifier id = identifier_of(span_z(handles[i].raw));
		if (id.kind != handles[i].kind)
			print_error("'%s' is %s\n", handles[i].raw, id_kind_word(id.kind));
		assert_int_equal(id.kind, handles[i].kind);
		expect_number(handles[i].raw, id, handles[i].e164, handles[i].certainty);
	}
}

static void bytes_without_an_end_are_read_to_their_length(void **state)
{
	(void)state;
	assert_int_equal(identifier_of(SPAN_NONE).kind, ID_ABSENT);
	assert_int_equal(identifier_of(SPAN("07700900123\0")).e164, NUMBER);
	assert_int_equal(identifier_of(SPAN("07700\0"
					    "900123"))
				 .kind,
			 ID_RAW);
	char *exact = malloc(11);
	assert_non_null(exact);
	memcpy(exact, spellings[1].text, 11); /* and no end */
	assert_int_equal(identifier_of((span){ exact, 11 }).e164, NUMBER);
	assert_int_equal(identifier_of((span){ exact, 10 }).kind, ID_RAW);
	size_t pos = 0;
	struct mention m;
	assert_true(identifier_scan((span){ exact, 11 }, &pos, &m));
	assert_false(identifier_scan((span){ exact, 11 }, &pos, &m));
	free(exact);
}

static void range_is_named_and_drops_nothing(void **state)
{
	(void)state;
	static const struct {
		const char *raw, *word;
		enum id_kind kind;
	} ranges[] = {
		{ "07700 900123", "a UK mobile", ID_GB_MOBILE },
		{ "01632 960001", "landline", ID_GB_FIXED },
		{ "020 7946 0001", "landline", ID_GB_FIXED },
		{ "0808 157 0001", "service", ID_GB_FIXED },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		struct identifier id = identifier_of(span_z(ranges[i].raw));
		assert_non_null(strstr(id.reason, ranges[i].word));
		assert_int_equal(id.kind, ranges[i].kind);
	}
	/* Every block of the national plan: ten digits are a number, whatever the range. Built
	 * here, because they are nobody's to write down. */
	static const struct {
		unsigned first, last;
		const char *word;
		enum id_kind kind;
	} blocks[] = {
		{ 1534, 1534, "Jersey", ID_GB_FIXED },
		{ 7509, 7509, "Jersey", ID_GB_MOBILE },
		{ 7829, 7829, "Jersey", ID_GB_MOBILE },
		{ 7937, 7937, "Jersey", ID_GB_MOBILE },
		{ 1481, 1481, "Guernsey", ID_GB_FIXED },
		{ 7781, 7781, "Guernsey", ID_GB_MOBILE },
		{ 7839, 7839, "Guernsey", ID_GB_MOBILE },
		{ 7911, 7911, "Guernsey", ID_GB_MOBILE },
		{ 1624, 1624, "Isle of Man", ID_GB_FIXED },
		{ 7524, 7524, "Isle of Man", ID_GB_MOBILE },
		{ 7624, 7624, "Isle of Man", ID_GB_MOBILE },
		{ 7924, 7924, "Isle of Man", ID_GB_MOBILE },
		{ 7000, 7099, "personal number", ID_GB_FIXED },
		{ 7600, 7623, "pager", ID_GB_FIXED },
		{ 7625, 7699, "pager", ID_GB_FIXED },
		{ 5600, 5699, "(05)", ID_GB_FIXED },
		{ 3000, 3999, "(03)", ID_GB_FIXED },
		{ 9000, 9999, "service", ID_GB_FIXED },
		{ 4000, 4999, "outside", ID_GB_FIXED },
		{ 6000, 6999, "outside", ID_GB_FIXED },
	};
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		for (unsigned block = blocks[i].first; block <= blocks[i].last; block++) {
			char raw[16];
			snprintf(raw, sizeof raw, "+44%u000000", block);
			struct identifier id = identifier_of(span_z(raw));
			assert_int_equal(id.e164, UINT64_C(440000000000000) / 1000 +
							  UINT64_C(1000000) * block);
			assert_int_equal(id.kind, blocks[i].kind);
			if (!strstr(id.reason, blocks[i].word))
				fail_msg("%s: %s", raw, id.reason);
			struct mention m;
			size_t pos = 0;
			assert_true(identifier_scan(span_z(raw), &pos, &m));
			assert_int_equal(m.id.e164, id.e164);
		}
}

static void expect_key(const char *raw, const char *want)
{
	char key[64];
	memset(key, '~', sizeof key);
	size_t n = identifier_key(span_z(raw), key, sizeof key);
	if (n != strlen(want) || memcmp(key, want, n) != 0)
		fail_msg("key of '%s' is '%.*s'", raw, (int)n, key);
	assert_int_equal(key[n], '~');
	/* A short buffer is filled, never passed. */
	memset(key, '~', sizeof key);
	assert_int_equal(identifier_key(span_z(raw), key, 3), n);
	assert_memory_equal(key, want, n < 3 ? n : 3);
	assert_int_equal(key[3], '~');
	assert_int_equal(identifier_key(span_z(raw), NULL, 0), n);
}

static void key_compares_handles(void **state)
{
	(void)state;
	expect_key("Someone@Example.ORG", "someone@example.org");
	expect_key("e:Someone@Example.ORG", "someone@example.org");
	expect_key("@Deano_D", "@deano_d");
	expect_key("telegram:447700900123", "telegram:447700900123");
	expect_key("\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9");
	expect_key(" T-Mobile ", "t-mobile");
	expect_key("123456789012345:3@LID", "123456789012345@lid");
	expect_key("447700900123-1438246424@g.us", "447700900123-1438246424@g.us");
	expect_key("status@broadcast", "status@broadcast");
	expect_key("118 118", "118118");
	expect_key("61234(smsfp)", "61234");
	expect_key("0800 1111", "08001111");
	expect_key("+999", "+999");
	expect_key("1-202-555-0100", "12025550100");
	expect_key(" Somebody with a long name ", "Somebody with a long name");
	expect_key("tel:+1 202 555 0100", "+12025550100");
	expect_key("bad\xFF", "bad\xFF");
	/* Two hidden callers are not one person. */
	expect_key("", "");
	expect_key("-1", "");
	expect_key("-2", "");
	expect_key("Private", "");
	assert_int_equal(identifier_key(SPAN_NONE, NULL, 0), 0);
}

static void words_are_stable(void **state)
{
	(void)state;
	static const char *const kinds[ID_KIND_MAX] = {
		"ABSENT",  "RAW",      "GB_MOBILE", "GB_FIXED", "E164",          "SHORT",
		"ALPHA",   "EMAIL",    "JID_GROUP", "JID_LID",  "JID_BROADCAST", "WITHHELD",
		"UNKNOWN", "PAYPHONE", "IMEI",      "IMSI",     "ICCID",
	};
	for (int i = 0; i < ID_KIND_MAX; i++) {
		enum id_kind kind = ID_KIND_MAX;
		assert_string_equal(id_kind_word((enum id_kind)i), kinds[i]);
		assert_true(id_kind_from_word(span_z(kinds[i]), &kind));
		assert_int_equal(kind, i);
	}
	enum id_kind kind = ID_KIND_MAX;
	assert_false(id_kind_from_word(SPAN("imei"), &kind));
	assert_false(id_kind_from_word(SPAN(""), &kind));
	assert_false(id_kind_from_word(SPAN_NONE, &kind));
	assert_int_equal(kind, ID_KIND_MAX);
	assert_string_equal(id_certainty_word(CERTAINTY_NONE), "none");
	assert_string_equal(id_certainty_word(CERTAINTY_ASSUMED), "assumed");
	assert_string_equal(id_certainty_word(CERTAINTY_CERTAIN), "certain");
	char out[17];
	identifier_format(NUMBER, out);
	assert_string_equal(out, "+447700900123");
	identifier_format(UINT64_C(999999999999999), out);
	assert_string_equal(out, "+999999999999999");
	identifier_format(0, out);
	assert_string_equal(out, "");
}

/* Luhn's check digit, so that no number of a real device stands here. */
static char check_digit(const char *digits)
{
	int sum = 0;
	size_t n = strlen(digits);
	for (size_t i = 0; i < n; i++) {
		int d = digits[n - 1 - i] - '0';
		sum += i % 2 ? d : d * 2 / 10 + d * 2 % 10;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

static void expect_device(const char *raw, enum id_kind want, const char *digits)
{
	char out[24];
	memset(out, '~', sizeof out);
	struct identifier id = identifier_of_device(span_z(raw), want, out);
	if (strcmp(out, digits) != 0)
		fail_msg("'%s' gives '%s': %s", raw, out, id.reason);
	assert_int_equal(id.kind, *digits ? want : ID_RAW);
	assert_int_equal(id.e164, 0);
	assert_int_equal(id.certainty, CERTAINTY_NONE);
	assert_non_null(id.reason);
}

static void device_numbers(void **state)
{
	(void)state;
	char raw[40];
	const char *imei = "00123456789012"; /* the test range of TAC */
	expect_device(imei, ID_IMEI, imei);
	expect_device("0012345678901277", ID_IMEI, imei);
	for (int c = '0'; c <= '9'; c++) {
		snprintf(raw, sizeof raw, "00-123456-789012-%c", c);
		expect_device(raw, ID_IMEI, c == check_digit(imei) ? imei : "");
	}
	expect_device("0012345678901", ID_IMEI, "");
	expect_device("00123456789012777", ID_IMEI, "");
	expect_device("0012345678901X", ID_IMEI, "");
	expect_device("00123456789012F", ID_IMEI, "");
	expect_device("", ID_IMEI, "");
	expect_device("001010123456789", ID_IMSI, "001010123456789");
	expect_device("00101012345678", ID_IMSI, "00101012345678");
	expect_device("0010101234567", ID_IMSI, "");
	expect_device("0010101234567890", ID_IMSI, "");
	const char *card = "899900000000000001";
	for (int c = '0'; c <= '9'; c++) {
		snprintf(raw, sizeof raw, "%s%c", card, c);
		char want[20];
		snprintf(want, sizeof want, "%s%c", card, c);
		expect_device(raw, ID_ICCID, c == check_digit(card) ? want : "");
		snprintf(raw, sizeof raw, "%s%cF", card, c);
		expect_device(raw, ID_ICCID, c == check_digit(card) ? want : "");
	}
	expect_device(card, ID_ICCID, card);
	expect_device("89990000000000000123", ID_ICCID, "89990000000000000123");
	expect_device("8999 0000 0000 0000 0123", ID_ICCID, "89990000000000000123");
	expect_device("89990000000000000", ID_ICCID, "");
	expect_device("899900000000000001234", ID_ICCID, "");
	expect_device("799900000000000001", ID_ICCID, "");
	expect_device("8999000F00000000001", ID_ICCID, "");
	expect_device("001010123456789", ID_GB_MOBILE, "");
	char out[24] = "~";
	assert_int_equal(identifier_of_device(SPAN_NONE, ID_IMEI, out).kind, ID_ABSENT);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spelling_is_handle),
		cmocka_unit_test(spelling_is_found_in_text),
		cmocka_unit_test(handle_has_kind),
		cmocka_unit_test(bytes_without_an_end_are_read_to_their_length),
		cmocka_unit_test(range_is_named_and_drops_nothing),
		cmocka_unit_test(key_compares_handles),
		cmocka_unit_test(words_are_stable),
		cmocka_unit_test(device_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
