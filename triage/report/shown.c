/* shown.c - see shown.h */
#include "shown.h"
#include "base/utf8.h"
#include <utf8proc.h>

enum {
	MARKS_MAX = 3, /* combining marks on one letter: more than any living script needs */
	NAMED_MAX = 3  /* of a run of hidden characters, this many are named */
};

static bool is_mark(uint32_t cp)
{
	if (cp < 0x300)
		return false;
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static bool is_hidden(uint32_t cp)
{
	if (cp < 0x7f)
		return cp < 0x20 && cp != '\t' && cp != '\n';
	if (cp == UTF8_BAD || utf8_is_hidden(cp))
		return true;
	/* Braille blank has no dots; the last two are our own brackets. */
	if (cp == 0x2800 || cp == 0x27e6 || cp == 0x27e7)
		return true;
	if ((cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef))
		return true;
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

/* A run of hidden characters (or, after too many, of combining marks) as one token. */
static void token(span text, size_t *pos, size_t limit, bool marks, struct shown *ret)
{
	size_t n = 0, len = 0;
	while (*pos < limit) {
		size_t at = *pos;
		uint32_t cp = utf8_next(text, &at);
		if (!(marks ? is_mark(cp) : is_hidden(cp)))
			break;
		if (n && cp == '\r' && at < text.n && text.p[at] == '\n')
			break;
		if (n < NAMED_MAX) {
			const char *space = n ? " " : "";
			int m = cp == UTF8_BAD ? snprintf(ret->token + len, sizeof ret->token - len,
							  "%sbyte %02X", space,
							  (unsigned char)text.p[*pos])
					       : snprintf(ret->token + len, sizeof ret->token - len,
							  "%sU+%04X", space, (unsigned)cp);
			len += (size_t)m;
		}
		n++;
		*pos = at;
	}
	if (n > NAMED_MAX)
		snprintf(ret->token + len, sizeof ret->token - len, " and %zu more hidden",
			 n - NAMED_MAX);
	ret->kind = SHOWN_TOKEN;
}

/* How many combining marks stand before pos, at most MARKS_MAX. */
static size_t marks_before(span text, size_t pos)
{
	size_t n = 0;
	while (n < MARKS_MAX && pos > 0) {
		size_t at = pos - 1, next;
		while (at > 0 && pos - at < 4 && ((unsigned char)text.p[at] & 0xc0) == 0x80)
			at--;
		next = at;
		if (!is_mark(utf8_next(text, &next)) || next != pos)
			break;
		pos = at;
		n++;
	}
	return n;
}

bool shown_next(span text, size_t *pos, size_t limit, struct shown *ret)
{
	if (limit > text.n)
		limit = text.n;
	if (*pos >= limit)
		return false;
	const char *at = text.p + *pos;
	if (*at == '\n' || (*at == '\r' && *pos + 1 < text.n && at[1] == '\n')) {
		*pos += *at == '\n' ? 1 : 2;
		ret->kind = SHOWN_NEWLINE;
		return true;
	}
	size_t start = *pos, marks = marks_before(text, start);
	bool heap = false;
	while (*pos < limit) {
		unsigned char byte = (unsigned char)text.p[*pos];
		if (byte >= 0x20 && byte < 0x7f) {
			marks = 0;
			++*pos;
			continue;
		}
		size_t next = *pos;
		uint32_t cp = utf8_next(text, &next);
		if (cp == '\n' || is_hidden(cp))
			break;
		marks = is_mark(cp) ? marks + 1 : 0;
		heap = marks > MARKS_MAX;
		if (heap)
			break;
		*pos = next;
	}
	if (*pos == start) {
		token(text, pos, limit, heap, ret);
	} else {
		ret->kind = SHOWN_PLAIN;
		ret->plain = span_sub(text, start, *pos);
	}
	return true;
}

static bool continues(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

span shown_window(span text, size_t start, size_t stop, size_t max)
{
	if (text.n <= max)
		return text;
	if (start > text.n)
		start = text.n;
	if (stop < start || stop > text.n)
		stop = text.n;
	size_t hit = stop - start;
	size_t before = hit < max ? (max - hit) / 3 : 0;
	size_t from = start > before ? start - before : 0;
	if (from + max > text.n)
		from = text.n - max;
	if (from > start)
		from = start;
	size_t to = from + max < text.n ? from + max : text.n;
	/* Four steps are enough for UTF-8; other bytes may be cut anywhere. */
	for (int i = 0; i < 3 && from > 0 && continues(text.p[from]); i++)
		from--;
	for (int i = 0; i < 3 && to < text.n && continues(text.p[to]); i++)
		to++;
	return span_sub(text, from, to);
}

static void print(FILE *to, span text, size_t max, bool name)
{
	span part = shown_window(text, 0, 0, max);
	struct shown s;
	for (size_t pos = 0, at = 0; shown_next(part, &pos, part.n, &s); at = pos) {
		if (s.kind == SHOWN_TOKEN)
			fprintf(to, SHOWN_OPEN "%s" SHOWN_CLOSE, s.token);
		else if (s.kind == SHOWN_NEWLINE)
			fputs(!name                ? " / "
			      : part.p[at] == '\r' ? SHOWN_OPEN "U+000D U+000A" SHOWN_CLOSE
						   : SHOWN_OPEN "U+000A" SHOWN_CLOSE,
			      to);
		else
			for (size_t i = 0; i < s.plain.n; i++)
				if (s.plain.p[i] != '\t')
					putc(s.plain.p[i], to);
				else
					fputs(name ? SHOWN_OPEN "U+0009" SHOWN_CLOSE : " ", to);
	}
	if (part.n < text.n)
		fprintf(to, "... " SHOWN_OPEN "%zu bytes in all" SHOWN_CLOSE, text.n);
}

void shown_print(FILE *to, span text, size_t max)
{
	print(to, text, max, false);
}

void shown_name(FILE *to, span name, size_t max)
{
	print(to, name, max, true);
}
