/* emit.c - see emit.h */
#include "emit.h"
#include "base/identifier.h"
#include "base/time.h"
#include "base/utf8.h"
#include <assert.h>
#include <inttypes.h>

enum { DEPTH_MAX = sizeof((struct emit *)0)->some / sizeof(bool) };

bool emit_flush(struct emit *j)
{
	if (j->n)
		fwrite_unlocked(j->out, 1, j->n, j->to);
	j->n = 0;
	return !ferror_unlocked(j->to);
}

static void put(struct emit *j, const char *p, size_t n)
{
	if (n > sizeof j->out - j->n) {
		emit_flush(j);
		if (n > sizeof j->out) {
			fwrite_unlocked(p, 1, n, j->to);
			return;
		}
	}
	memcpy(j->out + j->n, p, n);
	j->n += n;
}

static void put_char(struct emit *j, char c)
{
	if (j->n == sizeof j->out)
		emit_flush(j);
	j->out[j->n++] = c;
}

static void line(struct emit *j)
{
	put_char(j, '\n');
	for (int i = 0; i < j->depth; i++)
		put(j, "  ", 2);
}

/* What stands between this value and the one before. */
static void begin(struct emit *j)
{
	if (j->keyed) {
		j->keyed = false;
		return;
	}
	if (j->some[j->depth])
		put_char(j, ',');
	if (j->depth > 0 && j->depth <= j->indent)
		line(j);
	j->some[j->depth] = true;
}

void emit_open(struct emit *j, char bracket)
{
	begin(j);
	put_char(j, bracket);
	assert(j->depth + 1 < (int)DEPTH_MAX);
	j->some[++j->depth] = false;
}

void emit_close(struct emit *j, char bracket)
{
	assert(j->depth > 0);
	bool some = j->some[j->depth--];
	if (some && j->depth < j->indent)
		line(j);
	put_char(j, bracket);
	if (j->depth == 0) {
		put_char(j, '\n');
		j->some[0] = false;
		if (j->n > sizeof j->out / 2)
			emit_flush(j);
	}
}

void emit_key(struct emit *j, const char *key)
{
	begin(j);
	put_char(j, '"');
	put(j, key, strlen(key));
	put(j, "\": ", j->indent ? 3 : 2);
	j->keyed = true;
}

void emit_null(struct emit *j)
{
	begin(j);
	put(j, "null", 4);
}

void emit_bool(struct emit *j, bool value)
{
	begin(j);
	put(j, value ? "true" : "false", value ? 4 : 5);
}

void emit_int(struct emit *j, int64_t value)
{
	char text[32];
	begin(j);
	put(j, text, (size_t)snprintf(text, sizeof text, "%" PRId64, value));
}

void emit_int_or_null(struct emit *j, int64_t value)
{
	if (value < 0)
		emit_null(j);
	else
		emit_int(j, value);
}

void emit_thousandths(struct emit *j, int64_t value)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%" PRId64 ".%03d", value / 1000, (int)(value % 1000));
	while (n > 2 && text[n - 1] == '0' && text[n - 2] != '.')
		n--;
	begin(j);
	put(j, text, (size_t)n);
}

void emit_word(struct emit *j, const char *ascii)
{
	if (!ascii) {
		emit_null(j);
		return;
	}
	begin(j);
	put_char(j, '"');
	put(j, ascii, strlen(ascii));
	put_char(j, '"');
}

static void put_unit(struct emit *j, unsigned unit)
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

static void put_escaped(struct emit *j, uint32_t cp)
{
	if (cp == '"' || cp == '\\') {
		put_char(j, '\\');
		put_char(j, (char)cp);
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

void emit_string(struct emit *j, span s)
{
	if (!s.p) {
		emit_null(j);
		return;
	}
	begin(j);
	put_char(j, '"');
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
	put_char(j, '"');
}

void emit_hex(struct emit *j, span s)
{
	static const char digits[] = "0123456789abcdef";
	begin(j);
	put_char(j, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i];
		put_char(j, digits[byte >> 4]);
		put_char(j, digits[byte & 15]);
	}
	put_char(j, '"');
}

void emit_pair(struct emit *j, const char *key, span s)
{
	emit_key(j, key);
	emit_string(j, s);
	if (!s.p || utf8_valid(s))
		return;
	begin(j);
	put_char(j, '"');
	put(j, key, strlen(key));
	put(j, "_hex\": ", j->indent ? 7 : 6);
	j->keyed = true;
	emit_hex(j, s);
}

void emit_pair_word(struct emit *j, const char *key, const char *ascii)
{
	emit_key(j, key);
	emit_word(j, ascii);
}

void emit_pair_int(struct emit *j, const char *key, int64_t value)
{
	emit_key(j, key);
	emit_int(j, value);
}

void emit_pair_bool(struct emit *j, const char *key, bool value)
{
	emit_key(j, key);
	emit_bool(j, value);
}

void emit_pair_time(struct emit *j, const char *key, int64_t ms)
{
	char text[25];
	emit_key(j, key);
	if (ms == TIME_UNSET) {
		emit_null(j);
		return;
	}
	time_format(ms, text);
	emit_word(j, text);
}

void emit_pair_e164(struct emit *j, const char *key, uint64_t e164)
{
	char text[17];
	emit_key(j, key);
	identifier_format(e164, text);
	emit_word(j, e164 ? text : NULL);
}
