/* utf8.c - see utf8.h */
#include "base/utf8.h"

static bool continues(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Length of the well-formed sequence at p (RFC 3629 section 4), 0 if there is none. */
static size_t sequence(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];
	if (c < 0x80)
		return 1;
	if (c < 0xC2 || n < 2)
		return 0;
	if (c < 0xE0)
		return continues(p[1]) ? 2 : 0;
	if (n < 3)
		return 0;
	if (c < 0xF0) {
		unsigned char low = c == 0xE0 ? 0xA0 : 0x80, high = c == 0xED ? 0x9F : 0xBF;
		return p[1] >= low && p[1] <= high && continues(p[2]) ? 3 : 0;
	}
	if (c > 0xF4 || n < 4)
		return 0;
	unsigned char low = c == 0xF0 ? 0x90 : 0x80, high = c == 0xF4 ? 0x8F : 0xBF;
	return p[1] >= low && p[1] <= high && continues(p[2]) && continues(p[3]) ? 4 : 0;
}

uint32_t utf8_next(span s, size_t *pos)
{
	const unsigned char *p = (const unsigned char *)s.p + *pos;
	size_t length = sequence(p, s.n - *pos);
	*pos += length ? length : 1;
	switch (length) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	case 3:
		return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	case 4:
		return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
		       (p[3] & 0x3Fu);
	default:
		return UTF8_BAD;
	}
}

size_t utf8_put(uint32_t cp, char out[static 4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		if (cp >= 0xD800 && cp < 0xE000)
			return 0;
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	if (cp > 0x10FFFF)
		return 0;
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Bytes of s from pos on that are below 0x80, eight at a time. */
static size_t ascii_run(span s, size_t pos)
{
	size_t i = pos;
	for (uint64_t word; s.n - i >= sizeof word; i += sizeof word) {
		memcpy(&word, s.p + i, sizeof word);
		if (word & 0x8080808080808080u)
			break;
	}
	while (i < s.n && !((unsigned char)s.p[i] & 0x80))
		i++;
	return i - pos;
}

bool utf8_ascii(span s)
{
	return ascii_run(s, 0) == s.n;
}

bool utf8_valid(span s)
{
	for (size_t i = 0; (i += ascii_run(s, i)) < s.n;) {
		size_t length = sequence((const unsigned char *)s.p + i, s.n - i);
		if (!length)
			return false;
		i += length;
	}
	return true;
}

void utf8_repair(struct buf *out, span s)
{
	size_t good = 0; /* start of what is not yet appended */
	for (size_t i = 0; (i += ascii_run(s, i)) < s.n;) {
		size_t length = sequence((const unsigned char *)s.p + i, s.n - i);
		if (length) {
			i += length;
			continue;
		}
		buf_add(out, span_sub(s, good, i));
		buf_add(out, SPAN("\xEF\xBF\xBD"));
		good = ++i;
	}
	if (good < s.n)
		buf_add(out, span_sub(s, good, s.n));
}

static uint32_t unit16(const unsigned char *p, bool big_endian)
{
	return big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

void utf8_from_utf16(struct buf *out, span s, bool big_endian)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;
	while (s.n - i >= 2) {
		uint32_t cp = unit16(p + i, big_endian);
		i += 2;
		if (cp >= 0xD800 && cp < 0xE000) {
			uint32_t low = s.n - i >= 2 ? unit16(p + i, big_endian) : 0;
			if (cp < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
				cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			} else {
				cp = 0xFFFD;
			}
		}
		char bytes[4];
		buf_add(out, (span){ bytes, utf8_put(cp, bytes) });
	}
	if (i < s.n) /* half a code unit */
		buf_add(out, SPAN("\xEF\xBF\xBD"));
}

bool utf8_is_hidden(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} hidden[] = {
		{ 0x0000, 0x0008 },   { 0x000B, 0x001F },   { 0x007F, 0x009F },
		{ 0x00AD, 0x00AD }, /* soft hyphen */
		{ 0x034F, 0x034F }, /* combining grapheme joiner */
		{ 0x061C, 0x061C }, /* Arabic letter mark */
		{ 0x115F, 0x1160 }, /* Hangul fillers, also 3164 and FFA0 */
		{ 0x17B4, 0x17B5 }, /* Khmer inherent vowels */
		{ 0x180B, 0x180F }, /* Mongolian variation selectors, vowel separator */
		{ 0x200B, 0x200F }, /* zero-width, joiners, marks */
		{ 0x2028, 0x202E }, /* separators, embeddings, overrides */
		{ 0x2060, 0x206F }, /* word joiner, invisible operators, isolates */
		{ 0x3164, 0x3164 },   { 0xFE00, 0xFE0D },   { 0xFEFF, 0xFEFF },
		{ 0xFFA0, 0xFFA0 },   { 0xFFF9, 0xFFFB }, /* interlinear annotation */
		{ 0x1BCA0, 0x1BCA3 },                     /* shorthand formatting */
		{ 0x1D173, 0x1D17A },                     /* musical formatting */
		{ 0xE0000, 0xE007F }, { 0xE0100, 0xE01EF },
	};
	if (cp >= 0x20 && cp < 0x7F)
		return false;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden && hidden[i].first <= cp; i++)
		if (cp <= hidden[i].last)
			return true;
	return false;
}
