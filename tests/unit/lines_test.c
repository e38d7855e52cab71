/* lines_test.c - the line list: what is read, what is refused and with which words. */
#include "base/buf.h"
#include "lines.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "line,identifier,from,to,status,grade\n"
#define NAME "list.csv"

struct bad {
	int n;
	uint32_t row[64];
	char why[64][400];
};

static void hear(void *user, uint32_t row, const char *why)
{
	struct bad *b = user;
	if (b->n < 64) {
		b->row[b->n] = row;
		snprintf(b->why[b->n], sizeof b->why[0], "%s", why);
	}
	b->n++;
}

static struct lines *load_bytes(span csv)
{
	struct lines *l = NULL;
	struct err err = { 0 };
	int rc = lines_load_csv_bytes(&l, csv, NAME, false, NULL, NULL, &err);
	if (rc)
		fail_msg("%s", err.message);
	return l;
}

static struct lines *load(const char *csv)
{
	return load_bytes(span_z(csv));
}

static void assert_fails(span csv, int code, const char *message)
{
	struct lines *l = NULL;
	struct err err = { 0 };
	assert_int_equal(lines_load_csv_bytes(&l, csv, NAME, true, NULL, NULL, &err), code);
	assert_null(l);
	assert_string_equal(err.message, message);
}

static uint32_t find(const struct lines *l, const char *raw)
{
	struct identifier id = identifier_of(span_z(raw));
	return lines_find(l, &id, span_z(raw));
}

/* One row after the header is refused, with these words; the other rows stand. */
static void assert_refused(span row, const char *why)
{
	struct buf csv = { 0 };
	buf_add(&csv, SPAN(HEAD "Before,07700900001,,,,\n"));
	buf_add(&csv, row);
	buf_add(&csv, SPAN("\nAfter,07700900002,,,,\n"));
	struct bad bad = { 0 };
	struct lines *l = NULL;
	struct err err = { 0 };
	int rc = lines_load_csv_bytes(&l, buf_span(&csv), NAME, false, hear, &bad, &err);
	assert_int_equal(rc, E_USER);
	assert_null(l);
	assert_int_equal(bad.n, 1);
	assert_int_equal(bad.row[0], 3);
	assert_string_equal(bad.why[0], why);
	char message[480];
	snprintf(message, sizeof message, NAME ": row 3: %s", why);
	assert_string_equal(err.message, message);

	err = (struct err){ 0 };
	assert_int_equal(lines_load_csv_bytes(&l, buf_span(&csv), NAME, true, NULL, NULL, &err), 0);
	assert_int_equal(lines_count(l), 2);
	assert_int_equal(lines_skipped(l), 1);
	assert_int_equal(find(l, "07700 900002"), 1);
	assert_int_equal(lines_at(l, 1)->row, 4);
	lines_free(l);
	buf_free(&csv);
}

static void reads_each_column(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "Deano,07700 900123,2024-01-31,2024-02-29,Active,1AP\n"
				    "Ricky,deano@example.org,,2024-02-29,POLICE-operated,3EC\n"
				    "Ricky,+12025550143,2024-02-29,,,2D\n"
				    "Ricky,447700900123:12@s.whatsapp.net,,,,\n");
	assert_int_equal(lines_count(l), 4);
	assert_int_equal(lines_distinct(l), 2);
	assert_int_equal(lines_skipped(l), 0);
	assert_string_equal(lines_ignored(l), "");
	const struct assertion *a = lines_at(l, 0);
	assert_string_equal(a->line, "Deano");
	assert_string_equal(a->raw, "07700 900123");
	assert_string_equal(a->key, "");
	assert_int_equal(a->id.kind, ID_GB_MOBILE);
	assert_true(a->id.e164 == 447700900123);
	assert_true(a->from == INT64_C(1706659200000));  /* 2024-01-31 */
	assert_true(a->until == INT64_C(1709251200000)); /* 2024-03-01: the 29th is inside */
	assert_int_equal(a->status, LINE_ACTIVE);
	assert_int_equal(a->source, '1');
	assert_int_equal(a->assessment, 'A');
	assert_int_equal(a->handling, 'P');
	assert_int_equal(a->row, 2);
	a = lines_at(l, 1);
	assert_int_equal(a->id.kind, ID_EMAIL);
	assert_string_equal(a->key, "deano@example.org");
	assert_true(a->from == TIME_UNSET);
	assert_true(a->until == INT64_C(1709251200000));
	assert_int_equal(a->status, LINE_POLICE_OPERATED);
	assert_int_equal(a->assessment, 'E');
	assert_int_equal(a->handling, 'C');
	a = lines_at(l, 2);
	assert_true(a->from == INT64_C(1709164800000));
	assert_true(a->until == TIME_UNSET);
	assert_int_equal(a->status, LINE_UNKNOWN);
	assert_int_equal(a->source, '2');
	assert_int_equal(a->handling, 0);
	assert_int_equal(lines_at(l, 3)->source, 0);
	assert_true(lines_at(l, 3)->id.e164 == 447700900123);
	lines_free(l);
}

static void every_status_word(void **state)
{
	(void)state;
	static const char *const words[] = { "unknown", "suspected",       "active",
					     "seized",  "police-operated", "ddtro",
					     "dormant", "closed",          "taken-over" };
	for (int i = 0; i < LINE_STATUS_CSV; i++) {
		char csv[200];
		snprintf(csv, sizeof csv, HEAD "D,07700900123,,,%s,\n", words[i]);
		struct lines *l = load(csv);
		assert_int_equal(lines_at(l, 0)->status, i);
		assert_string_equal(line_status_word((enum line_status)i), words[i]);
		lines_free(l);
	}
}

static void header_in_any_form(void **state)
{
	(void)state;
	static const char *const files[] = {
		"\xef\xbb\xbfline,identifier\r\nDeano,07700900123\r\n",
		"GRADE, Identifier ,notes,LINE\r1A,07700900123,\"x\",Deano\r",
		"\"line\",\"identifier\"\n\n  \n\"Deano\",\"07700900123\"",
		"identifier,line\n07700900123,Deano",
		"line,identifier,to,from,grade,status\r\n\r\nDeano,07700900123,,,,\r\n",
		"line,identifier,notes\nDeano,07700900123,\"two\nlines, \"\"quoted\"\"\"\n",
	};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct lines *l = load(files[i]);
		assert_int_equal(lines_count(l), 1);
		assert_string_equal(lines_at(l, 0)->line, "Deano");
		assert_int_equal(find(l, "+44 7700 900123"), 0);
		lines_free(l);
	}
	struct lines *l = load("owner,line,identifier,my notes,\nx,D,07700900123,y,z\n");
	assert_string_equal(lines_ignored(l), "owner, my notes");
	lines_free(l);
}

static void header_refused(void **state)
{
	(void)state;
	assert_fails(SPAN(""), E_USER,
		     NAME
		     ": is empty: the first line must be line,identifier,from,to,status,grade");
	assert_fails(SPAN("\xef\xbb\xbf\n\n"), E_USER,
		     NAME
		     ": is empty: the first line must be line,identifier,from,to,status,grade");
	assert_fails(SPAN("line,number\nD,07700900123\n"), E_USER,
		     NAME ": the header has no column 'identifier': the first line must be "
			  "line,identifier,from,to,status,grade (line and identifier are needed)");
	assert_fails(SPAN("identifier\n"), E_USER,
		     NAME ": the header has no column 'line': the first line must be "
			  "line,identifier,from,to,status,grade (line and identifier are needed)");
	assert_fails(SPAN("line;identifier;from\nD;07700900123;\n"), E_USER,
		     NAME ": the columns are not separated by commas: save the file as 'CSV UTF-8 "
			  "(comma delimited)'; the column 'line' is missing");
	assert_fails(SPAN("line,identifier,Line\n"), E_USER,
		     NAME ": the header names the column 'line' twice: keep one");
	assert_fails(SPAN("\xff\xfel\0i\0n\0e\0"), E_USER,
		     NAME ": is UTF-16: save the file as 'CSV UTF-8 (comma delimited)'");
	assert_fails(SPAN("line,identifier,\xe9\n"), E_USER,
		     NAME ": the header is not UTF-8: save the file as 'CSV UTF-8'");
	assert_fails(SPAN("line,identifier\0,x\n"), E_USER,
		     NAME ": the header is not UTF-8: save the file as 'CSV UTF-8'");
	struct buf wide = { 0 };
	buf_add(&wide, SPAN("line,identifier"));
	for (int i = 0; i < 70; i++)
		buf_addf(&wide, ",c%d", i);
	assert_fails(buf_span(&wide), E_USER,
		     NAME ": the header has 72 columns; at most 64 are read");
	buf_free(&wide);
}

#define NO_HANDLE                                                                                  \
	" is no number, e-mail address, handle (one word of letters, digits and ._-) or sender's " \
	"name (up to 11 letters, digits and spaces): check it"

static void each_refusal(void **state)
{
	(void)state;
	static const struct {
		const char *row, *why;
	} rows[] = {
		{ ",07700900123,,,,", "the line has no name: fill in the column 'line'" },
		{ "\"  \",07700900123,,,,", "the line has no name: fill in the column 'line'" },
		{ ",,,,,", "the row is empty: delete it" },
		{ "D,,,,,", "the identifier is empty: give a number, an e-mail address or a "
			    "handle, or delete the row" },
		{ "D,07700900123", "the row has 2 columns where the header has 6: add or remove "
				   "commas; put a value that holds a comma in quotation marks" },
		{ "D", "the row has 1 column where the header has 6: add or remove commas; put a "
		       "value that holds a comma in quotation marks" },
		{ "D,07700900123,,,,,", "the row has 7 columns where the header has 6: add or "
					"remove commas; put a value that holds a comma in "
					"quotation marks" },
		{ "D,07700 90012,,,,",
		  "'07700 90012' is not a whole phone number (10 digits): numbers are never padded "
		  "or guessed; give it in full, for example '07700 900123' or '+447700900123'" },
		{ "D,+44 7700 90012,,,,",
		  "'+44 7700 90012' is not a whole phone number (11 digits): numbers are never "
		  "padded or guessed; give it in full, for example '07700 900123' or "
		  "'+447700900123'" },
		{ "D,07700,,,,",
		  "'07700' is not a whole phone number (5 digits): numbers are never padded or "
		  "guessed; give it in full, for example '07700 900123' or '+447700900123'" },
		{ "D,4.47701E+11,,,,",
		  "'4.47701E+11' is what a spreadsheet makes of a long number: format the column "
		  "as text and enter the number again" },
		{ "D,07700 9OO123,,,,",
		  "'07700 9OO123' looks like a phone number with a letter in it: give one number a "
		  "row, digits only" },
		{ "D,\"07700900123, 07700900124\",,,,",
		  "'07700900123, 07700900124' holds more than one number: give one number a row" },
		{ "D,Deano on 07700900123,,,,",
		  "'Deano on 07700900123' holds a phone number among other text: give the number "
		  "alone" },
		{ "D,withheld,,,,", "'withheld' names nobody (The caller hid the number): give a "
				    "number, an e-mail address or a handle" },
		{ "D,status@broadcast,,,,",
		  "'status@broadcast' names nobody (A WhatsApp broadcast list or status): give a "
		  "number, an e-mail address or a handle" },
		{ "D,123456789012345,,,,",
		  "'123456789012345' has 15 digits but is no IMEI, IMSI or ICCID that passes its "
		  "check, and no phone number: check it, or say which with 'imei:', 'imsi:' or "
		  "'iccid:' before it" },
		{ "D,44770090012300,,,,",
		  "'44770090012300' has 14 digits but is no IMEI, IMSI or ICCID that passes its "
		  "check, and no phone number: check it, or say which with 'imei:', 'imsi:' or "
		  "'iccid:' before it" },
		{ "D,imei:123456789012345,,,,",
		  "'123456789012345' is not a whole imei: check its digits" },
		{ "D,07700900123,2024-06-01,2024-05-31,,",
		  "the date in 'to' (2024-05-31) is before the date in 'from' (2024-06-01): "
		  "correct one of them" },
		{ "D,07700900123,2023-02-29,,,",
		  "'2023-02-29' in the column 'from' is not a date: write it as YYYY-MM-DD, for "
		  "example 2024-05-31, or leave it empty if it is not known" },
		{ "D,07700900123,,31/05/2024,,",
		  "'31/05/2024' in the column 'to' is not a date: write it as YYYY-MM-DD, for "
		  "example 2024-05-31, or leave it empty if it is not known" },
		{ "D,07700900123,,2024-04-31,,",
		  "'2024-04-31' in the column 'to' is not a date: write it as YYYY-MM-DD, for "
		  "example 2024-05-31, or leave it empty if it is not known" },
		{ "D,07700900123,,9999-12-31,,",
		  "the date 9999-12-31 in the column 'to' is not between 1980 and 2100: leave it "
		  "empty if the window is open" },
		{ "D,07700900123,1979-12-31,,,",
		  "the date 1979-12-31 in the column 'from' is not between 1980 and 2100: leave it "
		  "empty if the window is open" },
		{ "D,07700900123,,,live,",
		  "the status 'live' is not known: use suspected, active, seized, police-operated, "
		  "ddtro, dormant, closed, taken-over or unknown" },
		{ "D,07700900123,,,,A1",
		  "the grade 'A1' is not one: write source 1 to 3, assessment A to E and handling "
		  "P or C or nothing, for example 1AP or 2B; or leave it empty" },
		{ "D,07700900123,,,,4A",
		  "the grade '4A' is not one: write source 1 to 3, assessment A to E and handling "
		  "P or C or nothing, for example 1AP or 2B; or leave it empty" },
		{ "D,07700900123,,,,1F",
		  "the grade '1F' is not one: write source 1 to 3, assessment A to E and handling "
		  "P or C or nothing, for example 1AP or 2B; or leave it empty" },
		{ "D,07700900123,,,,1AX",
		  "the grade '1AX' is not one: write source 1 to 3, assessment A to E and handling "
		  "P or C or nothing, for example 1AP or 2B; or leave it empty" },
		{ "D,07700900123,,,,1APP",
		  "the grade '1APP' is not one: write source 1 to 3, assessment A to E and "
		  "handling "
		  "P or C or nothing, for example 1AP or 2B; or leave it empty" },
		{ "D\xe9,07700900123,,,,", "the row is not UTF-8: save the file as 'CSV UTF-8'" },
		{ "De\xe2\x80\xaeno,07700900123,,,,",
		  "the name of the line 'De\xe2\x80\xaeno' holds the hidden character U+202E: type "
		  "the name again" },
		{ "De\x01no,07700900123,,,,", "the name of the line 'De\x01no' holds the hidden "
					      "character U+0001: type the name "
					      "again" },
		{ "D,zz zz!!,,,,", "'zz zz!!'" NO_HANDLE },
		{ "D,(deano),,,,", "'(deano)'" NO_HANDLE },
		{ "D,\xe2\x80\x9c"
		  "deano\xe2\x80\x9d,,,,",
		  "'\xe2\x80\x9c"
		  "deano\xe2\x80\x9d'" NO_HANDLE },
		{ "D,deano deals of town,,,,", "'deano deals of town'" NO_HANDLE },
		{ "before ,07700 900 001,,,,",
		  "it says the same as row 2 (same line, identifier and dates): delete one of the "
		  "two" },
		{ "D\"x,07700900123,,,,",
		  "a quotation mark is out of place (line 3): put the whole value in quotation "
		  "marks and write each one inside it twice" },
		{ "\"D\"x,07700900123,,,,",
		  "a quotation mark is out of place (line 3): put the whole value in quotation "
		  "marks and write each one inside it twice" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(span_z(rows[i].row), rows[i].why);
	assert_refused(SPAN("D\0x,07700900123,,,,"),
		       "the row holds a NUL byte: the file is damaged, or was not saved as 'CSV "
		       "UTF-8'");
	char row[400];
	memset(row, 'x', sizeof row);
	memcpy(row + 201, ",07700900123,,,,", 17);
	assert_refused(span_z(row), "the name of the line is longer than 200 bytes: shorten it");
	memset(row, 'x', sizeof row);
	row[0] = 'D';
	row[1] = ',';
	memcpy(row + 203, ",,,,", 5);
	assert_refused(span_z(row),
		       "the identifier is longer than 200 bytes: give one identifier a row");
}

static void several_bad_rows(void **state)
{
	(void)state;
	struct lines *l = NULL;
	struct err err = { 0 };
	struct bad bad = { 0 };
	span csv = SPAN(HEAD "D,07700900123,,,,\r\n\"\r\nD\",1,,,,\r\nE,,,,,\r\nF,,,,,\r\n");
	assert_int_equal(lines_load_csv_bytes(&l, csv, NAME, false, hear, &bad, &err), E_USER);
	assert_int_equal(bad.n, 3);
	assert_int_equal(bad.row[0], 3); /* starts on line 3 and ends on line 4 */
	assert_int_equal(bad.row[1], 5);
	assert_int_equal(bad.row[2], 6);
	assert_string_equal(
		err.message,
		NAME ": 3 rows are bad. The first is row 3: '1' is not a whole phone number (1 "
		     "digits): numbers are never padded or guessed; give it in full, for example "
		     "'07700 900123' or '+447700900123'");
}

/* A missing closing quotation mark must not swallow the rows after it in silence. */
static void open_quotation(void **state)
{
	(void)state;
	struct lines *l = NULL;
	struct err err = { 0 };
	struct bad bad = { 0 };
	span csv = SPAN(HEAD "A,07700900001,,,,\n\"B,07700900002,,,,\nC,07700900003,,,,\n");
	assert_int_equal(lines_load_csv_bytes(&l, csv, NAME, true, hear, &bad, &err), 0);
	assert_int_equal(lines_count(l), 1);
	assert_int_equal(bad.n, 1);
	assert_int_equal(bad.row[0], 3);
	assert_string_equal(bad.why[0], "a quotation mark opens a value and is never closed: "
					"nothing from here to the end of the file was read");
	lines_free(l);
	bad = (struct bad){ 0 };
	csv = SPAN(HEAD "\"B,07700900002,,,,\n\"C\",07700900003,,,,\nD,07700900004,,,,\n");
	assert_int_equal(lines_load_csv_bytes(&l, csv, NAME, true, hear, &bad, &err), 0);
	assert_int_equal(lines_count(l), 1);
	assert_int_equal(find(l, "07700900004"), 0);
	assert_int_equal(bad.row[0], 2);
	assert_string_equal(bad.why[0],
			    "a quotation mark is out of place (line 3): put the whole value in "
			    "quotation marks and write each one inside it twice");
	lines_free(l);
	struct buf large = { 0 };
	buf_add(&large, SPAN(HEAD "\""));
	for (int i = 0; i < 70 * 1024; i++)
		buf_byte(&large, 'x');
	assert_fails(buf_span(&large), E_LIMIT,
		     NAME ": row 2: a value is longer than 64 KiB: a closing quotation mark may be "
			  "missing");
	buf_free(&large);
}

static void spreadsheet_guard(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "'=Deano,'+447700900123,,,,\n"
				    "'@home,'07700900124,,,,\n"
				    "'90s line,'@deano_99,,,,\n");
	assert_string_equal(lines_at(l, 0)->line, "=Deano");
	assert_string_equal(lines_at(l, 0)->raw, "+447700900123");
	assert_string_equal(lines_at(l, 1)->line, "@home");
	assert_int_equal(find(l, "07700900124"), 1);
	assert_string_equal(lines_at(l, 2)->line, "'90s line");
	assert_int_equal(find(l, "deano_99"), 2);
	lines_free(l);
}

/* Each spelling in the list is found by each spelling in the phone. */
static void every_spelling(void **state)
{
	(void)state;
	static const char *const spellings[] = {
		"07700 900123",
		"07700-900-123",
		"(07700) 900123",
		"07700.900.123",
		"+44 7700 900123",
		"0044 7700-900123",
		"447700900123",
		"+44 (0)7700 900 123",
		"7700900123",
		"+4407700900123",
		"tel:+447700900123",
		"447700900123@s.whatsapp.net",
		"447700900123:12@s.whatsapp.net",
		"\xe2\x80\xaa+44 7700 900123\xe2\x80\xac",
		"07700\u00A0900123",
		"07700\u2011900123",
	};
	size_t n = sizeof spellings / sizeof *spellings;
	for (size_t i = 0; i < n; i++) {
		char csv[300];
		snprintf(csv, sizeof csv, HEAD "D,\"%s\",,,,\n", spellings[i]);
		struct lines *l = load(csv);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(find(l, spellings[k]), 0);
		assert_true(find(l, "07700 900124") == LINES_NONE);
		assert_true(find(l, "07700 90012") == LINES_NONE);
		lines_free(l);
	}
}

static void handles_and_devices(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "D,Deano@Example.org,,,,\n"       /* 0 */
				    "D,@Deano_The_Great,,,,\n"        /* 1 */
				    "D,123456789012345678@lid,,,,\n"  /* 2 */
				    "D,120363000000000001@g.us,,,,\n" /* 3 */
				    "D,60123,,,,\n"                   /* 4 */
				    "D,DEALS,,,,\n"                   /* 5 */
				    "D,imei:001000000000009,,,,\n"    /* 6: of the test range */
				    "D,350000000000006,,,,\n"         /* 7: check digit fits */
				    "D,234000000000000,,,,\n"         /* 8: begins like a UK SIM */
				    "D,8944000000000000001,,,,\n"     /* 9 */
				    "D,IMSI: 001010000000001,,,,\n"   /* 10: of the test network */
				    "D,3500000000000106,,,,\n");      /* 11: software version 06 */
	static const enum id_kind kinds[] = { ID_EMAIL, ID_RAW,   ID_JID_LID, ID_JID_GROUP,
					      ID_SHORT, ID_ALPHA, ID_IMEI,    ID_IMEI,
					      ID_IMSI,  ID_ICCID, ID_IMSI,    ID_IMEI };
	for (uint32_t i = 0; i < lines_count(l); i++)
		assert_int_equal(lines_at(l, i)->id.kind, kinds[i]);
	assert_string_equal(lines_at(l, 7)->key, "35000000000000");
	assert_int_equal(find(l, "DEANO@example.ORG"), 0);
	assert_int_equal(find(l, "deano_the_great"), 1);
	assert_int_equal(find(l, "@DEANO_the_great"), 1);
	assert_int_equal(find(l, "123456789012345678:3@lid"), 2);
	assert_true(find(l, "123456789012345678") == LINES_NONE);
	assert_int_equal(find(l, "120363000000000001@g.us"), 3);
	assert_int_equal(find(l, "60123"), 4);
	assert_int_equal(find(l, "deals"), 5);
	assert_int_equal(find(l, "350000000000006"), 7);
	assert_int_equal(find(l, "35-000000-000000-6"), 7);
	assert_int_equal(find(l, "3500000000000001"), 7);
	assert_true(find(l, "350000000000007") == LINES_NONE);
	assert_int_equal(find(l, "234000000000000"), 8);
	assert_int_equal(find(l, "8944000000000000001"), 9);
	struct identifier imei = { .kind = ID_IMEI };
	assert_int_equal(lines_find(l, &imei, SPAN("001000000000009")), 6);
	struct identifier imsi = { .kind = ID_IMSI };
	assert_true(lines_find(l, &imsi, SPAN("350000000000006")) == LINES_NONE);
	assert_int_equal(lines_find(l, &imsi, SPAN("001010000000001")), 10);
	lines_free(l);
}

static void chains(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "A,07700900123,2024-01-01,2024-01-31,,\n"
				    "B,07700900124,,,,\n"
				    "B,+447700900123,2024-02-01,,,\n"
				    "A,07700 900123,2024-03-01,,,\n"
				    "A,a@example.org,,,,\n"
				    "B,A@EXAMPLE.ORG,,,,\n");
	uint32_t i = find(l, "447700900123");
	assert_int_equal(i, 0);
	assert_int_equal(i = lines_next(l, i), 2);
	assert_int_equal(i = lines_next(l, i), 3);
	assert_true(lines_next(l, i) == LINES_NONE);
	assert_true(lines_next(l, 1) == LINES_NONE);
	assert_int_equal(i = find(l, "a@example.org"), 4);
	assert_int_equal(i = lines_next(l, i), 5);
	assert_true(lines_next(l, i) == LINES_NONE);
	lines_free(l);
}

static void one_line_in_several_spellings(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "Deano,07700900001,,,,\n"
				    "DEANO,07700900002,,,,\n"
				    "\" deano \n\",07700900003,,,,\n"
				    "Deano line,07700900004,,,,\n"
				    "\xf0\x9f\x94\xa5,07700900005,,,,\n"
				    "\xf0\x9f\x94\xa5,07700900006,,,,\n"
				    "\xf0\x9f\x8d\x80,07700900007,,,,\n");
	assert_int_equal(lines_distinct(l), 4);
	assert_string_equal(lines_at(l, 1)->line, "Deano");
	assert_string_equal(lines_at(l, 2)->line, "Deano");
	assert_string_equal(lines_at(l, 3)->line, "Deano line");
	assert_ptr_equal(lines_at(l, 4)->line, lines_at(l, 5)->line);
	assert_string_equal(lines_at(l, 6)->line, "\xf0\x9f\x8d\x80");
	lines_free(l);
}

static void names(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "Deano,07700900001,,,,\n"
				    "Big Ricky line,07700900002,,,,\n"
				    "\xc3\x89lan,07700900003,,,,\n"
				    "Line 7,07700900004,,,,\n"
				    "line,07700900005,,,,\n");
	static const struct {
		const char *name;
		uint32_t want;
	} cases[] = {
		{ "Deano line", 0 },
		{ "LINE deano", 0 },
		{ "deano LINE 2", 0 },
		{ "line deano 2", 0 },
		{ "Deano  -  Line!", 0 },
		{ "\xf0\x9f\x93\x9e Deano line", 0 },
		{ "\xef\xbc\xa4\xef\xbc\xa5\xef\xbc\xa1\xef\xbc\xae\xef\xbc\xaf line", 0 },
		{ "Deano", LINES_NONE },
		{ "Deano Smith line", LINES_NONE },
		{ "Deano mum line", LINES_NONE },
		{ "Deano's mum", LINES_NONE },
		{ "Deanoline", LINES_NONE },
		{ "Deano lines", LINES_NONE },
		{ "big ricky LINE", 1 },
		{ "big ricky", LINES_NONE },
		{ "ricky line", LINES_NONE },
		{ "E\xcc\x81LAN line", 2 },
		{ "Elan line", LINES_NONE },
		{ "line 7", 3 },
		{ "7 line", 3 },
		{ "line", LINES_NONE },
		{ "Line line", LINES_NONE },
		{ "", LINES_NONE },
		{ "\xff\xfe", LINES_NONE },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (lines_find_name(l, span_z(cases[i].name)) != cases[i].want)
			fail_msg("'%s'", cases[i].name);
	}
	assert_true(lines_find_name(l, SPAN_NONE) == LINES_NONE);
	struct buf large = { 0 };
	for (int i = 0; i < 5000; i++)
		buf_add(&large, SPAN("line "));
	assert_true(lines_find_name(l, buf_span(&large)) == LINES_NONE);
	buf_free(&large);
	lines_free(l);
}

static void nobody_is_never_found(void **state)
{
	(void)state;
	struct lines *l = load(HEAD "D,07700900123,,,,\nD,deano_the_great,,,,\n");
	static const char *const raws[] = {
		"", "-1", "-2", "withheld", "unknown", "status@broadcast", "123", "990000000000000"
	};
	for (size_t i = 0; i < sizeof raws / sizeof *raws; i++)
		assert_true(find(l, raws[i]) == LINES_NONE);
	struct identifier absent = identifier_of(SPAN_NONE);
	assert_true(lines_find(l, &absent, SPAN_NONE) == LINES_NONE);
	lines_free(l);
}

static void from_a_file(void **state)
{
	(void)state;
	char path[] = "/tmp/lines_test.XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	span csv = SPAN(HEAD "Deano,07700900123,,,,\n");
	assert_int_equal(write(fd, csv.p, csv.n), csv.n);
	close(fd);
	struct lines *l = NULL;
	struct err err = { 0 };
	assert_int_equal(lines_load_csv(&l, path, false, NULL, NULL, &err), 0);
	assert_int_equal(lines_count(l), 1);
	/* printf of the same bytes | sha256sum */
	assert_string_equal(lines_sha256(l),
			    "f53e4a92bb0aabab747b72a00d1b3efe7901cfff127318b17b0024cdc2f44ca6");
	lines_free(l);
	unlink(path);
	l = NULL;
	assert_int_equal(lines_load_csv(&l, path, false, NULL, NULL, &err), E_ABSENT);
	assert_null(l);
	err = (struct err){ 0 };
	assert_int_equal(lines_load_csv(&l, "/tmp", false, NULL, NULL, &err), E_USER);
	assert_string_equal(err.message,
			    "'/tmp' is a folder, not a file: give the CSV file of the deal lines.");
	err = (struct err){ 0 };
	assert_int_equal(lines_load_csv(&l, "/dev/zero", false, NULL, NULL, &err), E_USER);
	assert_null(l);
}

/* However many assertions an identifier has, one that says the same as another is told with its
 * row. */
static void duplicates_far_back(void **state)
{
	(void)state;
	for (int n = 1; n <= 24; n++) {
		struct buf csv = { 0 };
		buf_add(&csv, SPAN(HEAD));
		for (int i = 0; i < n; i++)
			buf_addf(&csv,
				 "D,07700900123,2024-01-%02d,,,\nD,a@example.org,,2024-02-%02d,,\n",
				 i + 1, i + 1);
		for (int i = 0; i < n; i++)
			buf_addf(&csv, "d,07700 900 123,2024-01-%02d,,active,1A\n", i + 1);
		struct bad bad = { 0 };
		struct lines *l = NULL;
		struct err err = { 0 };
		assert_int_equal(
			lines_load_csv_bytes(&l, buf_span(&csv), NAME, true, hear, &bad, &err), 0);
		assert_int_equal(lines_count(l), 2 * n);
		assert_int_equal(bad.n, n);
		for (int i = 0; i < n; i++) {
			char why[200];
			assert_int_equal(bad.row[i], 2 + 2 * n + i);
			snprintf(why, sizeof why,
				 "it says the same as row %d (same line, identifier and dates): "
				 "delete one of the two",
				 2 + 2 * i);
			assert_string_equal(bad.why[i], why);
		}
		lines_free(l);
		buf_free(&csv);
	}
}

/* Long chains, in the order of the file; the neighbour of a number on the list is not found. */
static void many(void **state)
{
	(void)state;
	struct buf csv = { 0 };
	buf_add(&csv, SPAN(HEAD));
	for (int i = 0; i < 500; i++)
		for (int n = 0; n < 1000; n += 5)
			buf_addf(&csv, "Line %d,07700900%03d,,,active,1A\n", i, n);
	struct lines *l = load_bytes(buf_span(&csv));
	assert_int_equal(lines_count(l), 100000);
	assert_int_equal(lines_distinct(l), 500);
	for (int n = 0; n < 1000; n++) {
		char raw[24];
		snprintf(raw, sizeof raw, "07700 900%03d", n);
		uint32_t length = 0, last = 0;
		for (uint32_t i = find(l, raw); i != LINES_NONE; i = lines_next(l, i)) {
			assert_true(length == 0 || i > last);
			last = i;
			length++;
		}
		assert_int_equal(length, n % 5 ? 0 : 500);
	}
	lines_free(l);
	buf_free(&csv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_each_column),
		cmocka_unit_test(every_status_word),
		cmocka_unit_test(header_in_any_form),
		cmocka_unit_test(header_refused),
		cmocka_unit_test(each_refusal),
		cmocka_unit_test(several_bad_rows),
		cmocka_unit_test(open_quotation),
		cmocka_unit_test(spreadsheet_guard),
		cmocka_unit_test(every_spelling),
		cmocka_unit_test(handles_and_devices),
		cmocka_unit_test(chains),
		cmocka_unit_test(one_line_in_several_spellings),
		cmocka_unit_test(names),
		cmocka_unit_test(nobody_is_never_found),
		cmocka_unit_test(from_a_file),
		cmocka_unit_test(duplicates_far_back),
		cmocka_unit_test(many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
