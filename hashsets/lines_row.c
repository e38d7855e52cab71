/*
 * lines_row.c - see lines_row.h.
 *
 * What an identifier is, when 14 to 20 digits could be more than one thing:
 *   1. a prefix says it: "imei:", "imsi:", "iccid:" (or "tel:"),
 *   2. a leading + or 00 is a phone number,
 *   3. 18 to 20 digits that begin with 89 are an ICCID; 19 must pass the Luhn check,
 *   4. any others that start with 0 (but 01) or 44 are refused: a phone number with too many
 * digits,
 *   5. 15 digits from 234 or 235 (UK networks) are an IMSI,
 *   6. 15 digits that pass the Luhn check are an IMEI,
 *   7. 14 digits (no check digit) or 16 (software version) are one if they start with the code of a
 *      body that allocates them,
 *   8. any other 15 digits that start like a country code of a network (2 to 7) are an IMSI,
 *   9. the rest is refused.
 */
#include "lines_row.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <utf8proc.h>

#define SHOWN 48       /* bytes of a bad value that a message repeats */
#define ONE_NUMBER 7   /* digits from which text may hold a phone number */
#define TWO_NUMBERS 16 /* one number has at most 15 */
#define YEAR_FIRST 1980
#define YEAR_LAST 2100

static const char *const status_words[LINE_STATUS_MAX] = {
	[LINE_UNKNOWN] = "unknown",
	[LINE_SUSPECTED] = "suspected",
	[LINE_ACTIVE] = "active",
	[LINE_SEIZED] = "seized",
	[LINE_POLICE_OPERATED] = "police-operated",
	[LINE_DDTRO] = "ddtro",
	[LINE_DORMANT] = "dormant",
	[LINE_CLOSED] = "closed",
	[LINE_TAKEN_OVER] = "taken-over",
	[LINE_CONTACT_UNIT] = "contact the unit first",
	[LINE_CURRENT] = "current",
	[LINE_PAST] = "past",
};

const char *line_status_word(enum line_status status)
{
	return status_words[status];
}

bool line_status_from_word(const char *word, enum line_status *ret)
{
	for (int i = 0; i < LINE_STATUS_CSV; i++)
		if (strcmp(word, status_words[i]) == 0) {
			*ret = (enum line_status)i;
			return true;
		}
	return false;
}

struct shown {
	char text[SHOWN + 8];
};

/* A value as a message repeats it: short. What hides in it stays: whoever prints it shows it. */
static struct shown show(span s)
{
	struct shown r;
	size_t at = 0;
	while (at < s.n) {
		size_t next = at;
		utf8_next(s, &next);
		if (next > SHOWN)
			break;
		at = next;
	}
	memcpy(r.text, s.p, at);
	memcpy(r.text + at, at < s.n ? "..." : "", at < s.n ? 4 : 1);
	return r;
}

__attribute__((format(printf, 2, 3))) static bool refuse(char *why, const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	vsnprintf(why, ROW_WHY_MAX, format, ap);
	va_end(ap);
	return false;
}

/* Spreadsheets protect +, 0, =, - and @ at the start of a cell with an apostrophe. */
static span unguard(span s)
{
	if (s.n > 1 && s.p[0] == '\'' && strchr("+0=-@", s.p[1]))
		return span_from(s, 1);
	return s;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

static span trim(span s)
{
	while (s.n && is_space(s.p[0]))
		s = span_from(s, 1);
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t count(span s, bool (*is)(char))
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += is(s.p[i]);
	return n;
}

/* Joiners are part of some emoji and scripts; all else that hides or reorders is not. */
static bool hides(uint32_t cp)
{
	return utf8_is_hidden(cp) && cp != 0x200C && cp != 0x200D && cp < 0xE0000;
}

static bool read_line(span s, struct row_value *ret, char *why)
{
	s = trim(s);
	if (!s.n)
		return refuse(why, "the line has no name: fill in the column 'line'");
	if (s.n > ROW_FIELD_MAX)
		return refuse(why, "the name of the line is longer than %d bytes: shorten it",
			      ROW_FIELD_MAX);
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		size_t start = at;
		uint32_t cp = utf8_next(s, &at);
		if (is_space(s.p[start])) {
			if (n && ret->line[n - 1] != ' ')
				ret->line[n++] = ' ';
			continue;
		}
		if (hides(cp))
			return refuse(
				why,
				"the name of the line '%s' holds the hidden character U+%04X: "
				"type the name again",
				show(s).text, (unsigned)cp);
		memcpy(ret->line + n, s.p + start, at - start);
		n += at - start;
	}
	ret->line[n] = 0;
	return true;
}

static bool starts(span s, const char *word, span *ret_rest)
{
	size_t n = strlen(word);
	if (s.n < n || !span_eq_nocase((span){ s.p, n }, span_z(word)))
		return false;
	*ret_rest = trim(span_from(s, n));
	return true;
}

static void device_key(enum key_space space, span digits, struct row_key *ret)
{
	ret->bytes[0] = (char)space;
	memcpy(ret->bytes + 1, digits.p, digits.n);
	ret->n = digits.n + 1;
}

void lines_row_key(enum key_space space, span raw, struct row_key *ret)
{
	ret->n = 0;
	if (raw.n > ROW_FIELD_MAX)
		return;
	if (space != KEY_HANDLE) {
		device_key(space, raw, ret);
		return;
	}
	char plain[ROW_FIELD_MAX * 2];
	size_t n = identifier_key(raw, plain, sizeof plain);
	if (!n || n > sizeof plain)
		return;
	span key = { plain, n };
	if (key.n > 1 && key.p[0] == '@')
		key = span_from(key, 1); /* "@name" and "name" are one account */
	if (utf8_ascii(key)) {
		for (size_t i = 0; i < key.n; i++) {
			char c = key.p[i];
			ret->bytes[1 + i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
		}
		n = key.n;
	} else {
		utf8proc_int32_t wide[sizeof plain];
		utf8proc_ssize_t got =
			utf8proc_decompose((const utf8proc_uint8_t *)key.p, (utf8proc_ssize_t)key.n,
					   wide, (utf8proc_ssize_t)(sizeof wide / sizeof *wide),
					   UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
		if (got < 0 || got > (utf8proc_ssize_t)(sizeof wide / sizeof *wide))
			return;
		got = utf8proc_normalize_utf32(wide, got, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
		n = 0;
		for (utf8proc_ssize_t i = 0; i < got; i++) {
			char out[4];
			size_t len = utf8_put((uint32_t)wide[i], out);
			if (1 + n + len > sizeof ret->bytes)
				return;
			memcpy(ret->bytes + 1 + n, out, len);
			n += len;
		}
	}
	ret->bytes[0] = (char)space;
	ret->n = n + 1;
}

static bool as_device(span s, enum id_kind kind, struct row_value *ret)
{
	static const enum key_space space[ID_KIND_MAX] = {
		[ID_IMEI] = KEY_IMEI, [ID_IMSI] = KEY_IMSI, [ID_ICCID] = KEY_ICCID
	};
	char digits[24];
	struct identifier id = identifier_of_device(s, kind, digits);
	if (id.kind != kind || !digits[0])
		return false;
	ret->a.id = id;
	device_key(space[kind], span_z(digits), &ret->key);
	return true;
}

/* The digits of s if all else in it only groups them. */
static size_t bare_digits(span s, char out[static 32])
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (is_digit(c)) {
			if (n == 31)
				return 0;
			out[n++] = c;
		} else if (c != ' ' && c != '-' && c != '/' && c != '.') {
			return 0;
		}
	}
	out[n] = 0;
	return n;
}

/* Rules 3 to 9 of the head of this file. */
static bool long_digits(span s, struct row_value *ret)
{
	char d[32];
	size_t n = bare_digits(s, d);
	span bare = { d, n };
	if (n >= 18 && n <= 20)
		return as_device(bare, ID_ICCID, ret);
	if (n < 14 || n > 16 || (d[0] == '0' && d[1] != '1') || memcmp(d, "44", 2) == 0)
		return false;
	if (n != 15) {
		static const char bodies[][3] = { "01", "35", "86", "91", "98", "99" };
		for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
			if (memcmp(d, bodies[i], 2) == 0)
				return as_device(bare, ID_IMEI, ret);
		return false;
	}
	if (memcmp(d, "234", 3) == 0 || memcmp(d, "235", 3) == 0)
		return as_device(bare, ID_IMSI, ret);
	if (as_device(bare, ID_IMEI, ret))
		return true;
	return d[0] >= '2' && d[0] <= '7' && as_device(bare, ID_IMSI, ret);
}

/* 4.47701E+11: what a spreadsheet makes of a long number. */
static bool is_scientific(span s)
{
	size_t i = 0;
	while (i < s.n && (is_digit(s.p[i]) || s.p[i] == '.' || s.p[i] == ','))
		i++;
	if (!i || i + 2 >= s.n || (s.p[i] != 'E' && s.p[i] != 'e'))
		return false;
	i++;
	i += s.p[i] == '+' || s.p[i] == '-';
	return i < s.n && count(span_from(s, i), is_digit) == s.n - i;
}

static bool refuse_identifier(span s, char *why)
{
	size_t digits = count(s, is_digit);
	struct shown v = show(s);
	if (digits >= 14 && digits <= 20)
		return refuse(why,
			      "'%s' has %zu digits but is no IMEI, IMSI or ICCID that passes its "
			      "check, and no phone number: check it, or say which with "
			      "'imei:', 'imsi:' or 'iccid:' before it",
			      v.text, digits);
	return refuse(why,
		      "'%s' is not a whole phone number (%zu digits): numbers are never padded or "
		      "guessed; give it in full, for example '07700 900123' or '+447700900123'",
		      v.text, digits);
}

/* What handles of apps and names of senders are made of: letters of any script, digits, emoji and
 * a few signs. */
static bool is_of_handle(uint32_t cp)
{
	if (cp < 0x80)
		return is_letter((char)cp) || is_digit((char)cp) ||
		       (cp && strchr("._-+&'@:#/", (int)cp));
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_ZS:
		return false;
	default:
		return true;
	}
}

/* False with the reason if it is neither: a handle is one word; the name of a sender (GSM 03.40)
 * may have spaces. */
static bool take_handle(span s, enum id_kind kind, char *why)
{
	size_t odd = 0, spaces = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t cp = utf8_next(s, &at);
		spaces += cp == ' ';
		odd += cp != ' ' && !is_of_handle(cp);
	}
	if (!odd && (!spaces || kind == ID_ALPHA))
		return true;
	return refuse(why,
		      "'%s' is no number, e-mail address, handle (one word of letters, digits and "
		      "._-) or sender's name (up to 11 letters, digits and spaces): check it",
		      show(s).text);
}

static bool prefixed(span s, struct row_value *ret, char *why, bool *ret_done)
{
	static const struct {
		const char *word;
		enum id_kind kind;
	} kinds[] = { { "imei:", ID_IMEI }, { "imsi:", ID_IMSI }, { "iccid:", ID_ICCID } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		span rest;
		if (!starts(s, kinds[i].word, &rest))
			continue;
		*ret_done = true;
		return as_device(rest, kinds[i].kind, ret) ||
		       refuse(why, "'%s' is not a whole %.*s: check its digits", show(rest).text,
			      (int)strlen(kinds[i].word) - 1, kinds[i].word);
	}
	return false;
}

static size_t numbers_in(span s)
{
	struct mention m;
	size_t pos = 0, n = 0;
	while (n < 2 && identifier_scan(s, &pos, &m))
		n++;
	return n;
}

static bool read_identifier(span s, struct row_value *ret, char *why)
{
	s = trim(unguard(trim(s)));
	if (!s.n)
		return refuse(why, "the identifier is empty: give a number, an e-mail address or a "
				   "handle, or delete the row");
	if (s.n > ROW_FIELD_MAX)
		return refuse(why,
			      "the identifier is longer than %d bytes: give one identifier a row",
			      ROW_FIELD_MAX);
	memcpy(ret->raw, s.p, s.n);
	ret->raw[s.n] = 0;
	ret->key.n = 0;
	bool done = false;
	bool ok = prefixed(s, ret, why, &done);
	if (done)
		return ok;
	if (is_scientific(s))
		return refuse(
			why,
			"'%s' is what a spreadsheet makes of a long number: format the column "
			"as text and enter the number again",
			show(s).text);
	struct identifier id = identifier_of(s);
	ret->a.id = id;
	if (count(s, is_digit) >= TWO_NUMBERS && numbers_in(s) > 1)
		return refuse(why, "'%s' holds more than one number: give one number a row",
			      show(s).text);
	if (id.e164)
		return true;
	if (long_digits(s, ret))
		return true;
	switch (id.kind) {
	case ID_SHORT:
		if (s.p[0] == '0') /* the start of a number, not a short code */
			return refuse_identifier(s, why);
		break;
	case ID_EMAIL:
	case ID_JID_GROUP:
	case ID_JID_LID:
		break;
	case ID_ALPHA:
	case ID_RAW:
		if (!count(s, is_letter))
			return refuse_identifier(s, why);
		if (count(s, is_digit) >= ONE_NUMBER && numbers_in(s))
			return refuse(why,
				      "'%s' holds a phone number among other text: give the number "
				      "alone",
				      show(s).text);
		if (count(s, is_digit) >= ONE_NUMBER && (s.p[0] == '+' || is_digit(s.p[0])))
			return refuse(
				why,
				"'%s' looks like a phone number with a letter in it: give one "
				"number a row, digits only",
				show(s).text);
		if (memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n))
			return refuse(why,
				      "the identifier '%s' goes over two lines: give one "
				      "identifier a row",
				      show(s).text);
		if (!take_handle(s, id.kind, why))
			return false;
		break;
	default:
		return refuse(
			why, "'%s' names nobody (%s): give a number, an e-mail address or a handle",
			show(s).text, id.reason);
	}
	lines_row_key(KEY_HANDLE, s, &ret->key);
	if (!ret->key.n)
		return refuse(why, "the identifier '%s' cannot be compared: type it again",
			      show(s).text);
	return true;
}

static bool read_date(span s, const char *column, int64_t *ret, char *why)
{
	s = trim(unguard(trim(s)));
	*ret = TIME_UNSET;
	if (!s.n)
		return true;
	int64_t ms;
	if (!time_parse_date(s, &ms))
		return refuse(why,
			      "'%s' in the column '%s' is not a date: write it as YYYY-MM-DD, for "
			      "example 2024-05-31, or leave it empty if it is not known",
			      show(s).text, column);
	if (ms < time_days(YEAR_FIRST, 1, 1) * 86400000 ||
	    ms >= time_days(YEAR_LAST + 1, 1, 1) * 86400000)
		return refuse(why,
			      "the date %s in the column '%s' is not between %d and %d: leave it "
			      "empty if the window is open",
			      show(s).text, column, YEAR_FIRST, YEAR_LAST);
	*ret = ms;
	return true;
}

static bool read_status(span s, enum line_status *ret, char *why)
{
	s = trim(s);
	*ret = LINE_UNKNOWN;
	if (!s.n)
		return true;
	for (int i = 0; i < LINE_STATUS_CSV; i++)
		if (span_eq_nocase(s, span_z(status_words[i]))) {
			*ret = (enum line_status)i;
			return true;
		}
	return refuse(why,
		      "the status '%s' is not known: use suspected, active, seized, "
		      "police-operated, ddtro, dormant, closed, taken-over or unknown",
		      show(s).text);
}

static bool read_grade(span s, struct assertion *a, char *why)
{
	s = trim(s);
	if (!s.n)
		return true;
	bool ok = (s.n == 2 || s.n == 3) && s.p[0] >= '1' && s.p[0] <= '3' && s.p[1] >= 'A' &&
		  s.p[1] <= 'E' && (s.n == 2 || s.p[2] == 'P' || s.p[2] == 'C');
	if (!ok)
		return refuse(
			why,
			"the grade '%s' is not one: write source 1 to 3, assessment A to E and "
			"handling P or C or nothing, for example 1AP or 2B; or leave it empty",
			show(s).text);
	a->source = s.p[0];
	a->assessment = s.p[1];
	a->handling = s.n == 3 ? s.p[2] : 0;
	return true;
}

static bool clean(const span field[static COL_MAX], char *why)
{
	bool any = false;
	for (int i = 0; i < COL_MAX; i++) {
		any = any || trim(field[i]).n;
		if (field[i].n && memchr(field[i].p, 0, field[i].n))
			return refuse(why, "the row holds a NUL byte: the file is damaged, or was "
					   "not saved as 'CSV UTF-8'");
		if (!utf8_valid(field[i]))
			return refuse(why, "the row is not UTF-8: save the file as 'CSV UTF-8'");
	}
	return any || refuse(why, "the row is empty: delete it");
}

bool lines_row_read(const span field[static COL_MAX], struct row_value *ret,
		    char why[static ROW_WHY_MAX])
{
	ret->a = (struct assertion){ 0 };
	int64_t last;
	if (!clean(field, why) || !read_line(unguard(trim(field[COL_LINE])), ret, why) ||
	    !read_identifier(field[COL_IDENTIFIER], ret, why) ||
	    !read_date(field[COL_FROM], "from", &ret->a.from, why) ||
	    !read_date(field[COL_TO], "to", &last, why) ||
	    !read_status(field[COL_STATUS], &ret->a.status, why) ||
	    !read_grade(field[COL_GRADE], &ret->a, why))
		return false;
	if (last != TIME_UNSET && ret->a.from != TIME_UNSET && last < ret->a.from)
		return refuse(why,
			      "the date in 'to' (%.*s) is before the date in 'from' (%.*s): "
			      "correct one of them",
			      (int)trim(field[COL_TO]).n, trim(field[COL_TO]).p,
			      (int)trim(field[COL_FROM]).n, trim(field[COL_FROM]).p);
	ret->a.until = last == TIME_UNSET ? TIME_UNSET : last + 86400000;
	return true;
}
