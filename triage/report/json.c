/* json.c - see json.h */
#include "json.h"
#include "base/identifier.h"
#include "base/time.h"
#include "base/utf8.h"
#include <assert.h>
#include <inttypes.h>

enum { DEPTH_MAX = sizeof((struct json *)0)->some / sizeof(bool) };

static void put(struct json *j, const char *p, size_t n)
{
	fwrite_unlocked(p, 1, n, j->to);
}

static void line(struct json *j)
{
	putc_unlocked('\n', j->to);
	for (int i = 0; i < j->depth; i++)
		put(j, "  ", 2);
}

/* What stands between this value and the one before. */
static void begin(struct json *j)
{
	if (j->keyed) {
		j->keyed = false;
		return;
	}
	if (j->some[j->depth])
		putc_unlocked(',', j->to);
	if (j->depth > 0 && j->depth <= j->indent)
		line(j);
	j->some[j->depth] = true;
}

void json_open(struct json *j, char bracket)
{
	begin(j);
	putc_unlocked(bracket, j->to);
	assert(j->depth + 1 < (int)DEPTH_MAX);
	j->some[++j->depth] = false;
}

void json_close(struct json *j, char bracket)
{
	assert(j->depth > 0);
	bool some = j->some[j->depth--];
	if (some && j->depth < j->indent)
		line(j);
	putc_unlocked(bracket, j->to);
	if (j->depth == 0) {
		putc_unlocked('\n', j->to);
		j->some[0] = false;
	}
}

void json_key(struct json *j, const char *key)
{
	begin(j);
	putc_unlocked('"', j->to);
	put(j, key, strlen(key));
	put(j, "\": ", j->indent ? 3 : 2);
	j->keyed = true;
}

void json_null(struct json *j)
{
	begin(j);
	put(j, "null", 4);
}

void json_bool(struct json *j, bool value)
{
	begin(j);
	put(j, value ? "true" : "false", value ? 4 : 5);
}

void json_int(struct json *j, int64_t value)
{
	char text[32];
	begin(j);
	put(j, text, (size_t)snprintf(text, sizeof text, "%" PRId64, value));
}

void json_int_or_null(struct json *j, int64_t value)
{
	if (value < 0)
		json_null(j);
	else
		json_int(j, value);
}

void json_thousandths(struct json *j, int64_t value)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%" PRId64 ".%03d", value / 1000, (int)(value % 1000));
	while (n > 2 && text[n - 1] == '0' && text[n - 2] != '.')
		n--;
	begin(j);
	put(j, text, (size_t)n);
}

void json_word(struct json *j, const char *ascii)
{
	if (!ascii) {
		json_null(j);
		return;
	}
	begin(j);
	putc_unlocked('"', j->to);
	put(j, ascii, strlen(ascii));
	putc_unlocked('"', j->to);
}

static void put_unit(struct json *j, unsigned unit)
{
	static const char digits[] = "0123456789abcdef";
	char text[6] = { '\\',
			 'u',
			 digits[unit >> 12 & 15],
			 digits[unit >> 8 & 15],
			 digits[unit >> 4 & 15],
			 digits[unit & 15] };
	put(j, text, sizeof text);
}

static void put_escaped(struct json *j, uint32_t cp)
{
	if (cp == '"' || cp == '\\') {
		putc_unlocked('\\', j->to);
		putc_unlocked((int)cp, j->to);
	} else if (cp == '\n') {
		put(j, "\\n", 2);
	} else if (cp == '\t') {
		put(j, "\\t", 2);
	} else if (cp >= 0x10000) {
		put_unit(j, 0xd800 + ((cp - 0x10000) >> 10));
		put_unit(j, 0xdc00 + (cp & 0x3ff));
	} else {
		put_unit(j, cp);
	}
}

void json_string(struct json *j, span s)
{
	if (!s.p) {
		json_null(j);
		return;
	}
	begin(j);
	putc_unlocked('"', j->to);
	size_t start = 0;
	for (size_t pos = 0; pos < s.n;) {
		unsigned char byte = (unsigned char)s.p[pos];
		if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
			pos++;
			continue;
		}
		size_t at = pos;
		uint32_t cp = utf8_next(s, &pos);
		if (cp != UTF8_BAD && cp > 0x7f && !utf8_is_hidden(cp))
			continue;
		put(j, s.p + start, at - start);
		if (cp == UTF8_BAD)
			put(j, "\xef\xbf\xbd", 3);
		else
			put_escaped(j, cp);
		start = pos;
	}
	put(j, s.p + start, s.n - start);
	putc_unlocked('"', j->to);
}

void json_hex(struct json *j, span s)
{
	static const char digits[] = "0123456789abcdef";
	begin(j);
	putc_unlocked('"', j->to);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i];
		putc_unlocked(digits[byte >> 4], j->to);
		putc_unlocked(digits[byte & 15], j->to);
	}
	putc_unlocked('"', j->to);
}

void json_pair(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_string(j, s);
	if (!s.p || utf8_valid(s))
		return;
	begin(j);
	putc_unlocked('"', j->to);
	put(j, key, strlen(key));
	put(j, "_hex\": ", j->indent ? 7 : 6);
	j->keyed = true;
	json_hex(j, s);
}

void json_pair_word(struct json *j, const char *key, const char *ascii)
{
	json_key(j, key);
	json_word(j, ascii);
}

void json_pair_int(struct json *j, const char *key, int64_t value)
{
	json_key(j, key);
	json_int(j, value);
}

void json_pair_bool(struct json *j, const char *key, bool value)
{
	json_key(j, key);
	json_bool(j, value);
}

void json_pair_time(struct json *j, const char *key, int64_t ms)
{
	char text[25];
	json_key(j, key);
	if (ms == TIME_UNSET) {
		json_null(j);
		return;
	}
	time_format(ms, text);
	json_word(j, text);
}

void json_pair_e164(struct json *j, const char *key, uint64_t e164)
{
	char text[17];
	json_key(j, key);
	identifier_format(e164, text);
	json_word(j, e164 ? text : NULL);
}
