/* textin.c - see textin.h */
#include "textin.h"
#include "base/utf8.h"
#include <stdlib.h>

#define PIECE 65536
/* Enough of a file to know its charset: an XML declaration is shorter. */
#define HEAD 256

struct textin {
	const struct input *in;
	enum charset charset;
	bool begun, ended;
	char unknown[33]; /* the encoding that is named and not known; "" */
	size_t n;         /* bytes in raw that were read and not yet given */
	char raw[PIECE];
	struct buf out;
};

/* Windows-1252 where it differs from Latin-1: 0x80 to 0x9F; 0 is not assigned. */
static const uint16_t cp1252[32] = {
	0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

enum charset charset_of(span name)
{
	static const struct {
		span name;
		enum charset charset;
	} known[] = {
		{ SPAN_INIT("UTF-8"), CHARSET_UTF8 },
		{ SPAN_INIT("UTF8"), CHARSET_UTF8 },
		{ SPAN_INIT("US-ASCII"), CHARSET_UTF8 },
		{ SPAN_INIT("ASCII"), CHARSET_UTF8 },
		{ SPAN_INIT("UTF-16LE"), CHARSET_UTF16LE },
		{ SPAN_INIT("UTF-16BE"), CHARSET_UTF16BE },
		{ SPAN_INIT("ISO-8859-1"), CHARSET_LATIN1 },
		{ SPAN_INIT("ISO8859-1"), CHARSET_LATIN1 },
		{ SPAN_INIT("ISO_8859-1"), CHARSET_LATIN1 },
		{ SPAN_INIT("LATIN1"), CHARSET_LATIN1 },
		{ SPAN_INIT("WINDOWS-1252"), CHARSET_CP1252 },
		{ SPAN_INIT("CP1252"), CHARSET_CP1252 },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_eq_nocase(name, known[i].name))
			return known[i].charset;
	return CHARSET_UNKNOWN;
}

static void single_byte(struct buf *out, span s, bool windows)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		uint32_t cp = c;
		char utf8[4];
		if (windows && c >= 0x80 && c < 0xa0)
			cp = cp1252[c - 0x80] ? cp1252[c - 0x80] : 0xfffd;
		buf_add(out, (span){ utf8, utf8_put(cp, utf8) });
	}
}

void charset_decode(struct buf *out, span s, enum charset charset)
{
	switch (charset) {
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		utf8_from_utf16(out, s, charset == CHARSET_UTF16BE);
		break;
	case CHARSET_LATIN1:
	case CHARSET_CP1252:
		single_byte(out, s, charset == CHARSET_CP1252);
		break;
	default:
		buf_add(out, s);
	}
}

struct textin *textin_new(const struct input *in)
{
	struct textin *t = calloc(1, sizeof *t);
	if (t)
		t->in = in;
	return t;
}

void textin_free(struct textin *t)
{
	if (!t)
		return;
	buf_free(&t->out);
	free(t);
}

static int fill(struct textin *t, size_t until, struct err *err)
{
	while (!t->ended && t->n < until) {
		ptrdiff_t got = t->in->read(t->in->user, t->raw + t->n, PIECE - t->n, err);
		if (got < 0)
			return (int)got;
		t->ended = got == 0;
		t->n += (size_t)got;
	}
	return 0;
}

static bool starts(span s, const char *bytes, size_t n)
{
	return s.n >= n && memcmp(s.p, bytes, n) == 0;
}

/* What encoding="..." of an XML declaration names; blanks may stand around the sign. */
static span declared_name(span head)
{
	static const char blank[] = { '=', ' ', '\t', '\r', '\n' };
	static const span key = SPAN_INIT("encoding");
	if (!starts(head, "<?xml", 5))
		return SPAN_NONE;
	for (size_t i = 0; i + key.n < head.n && head.p[i] != '>'; i++) {
		if (memcmp(head.p + i, key.p, key.n) != 0)
			continue;
		span name = span_from(head, i + key.n);
		while (name.n && memchr(blank, *name.p, sizeof blank))
			name = span_from(name, 1);
		const char *stop = name.n > 1 && (*name.p == '"' || *name.p == '\'')
					   ? memchr(name.p + 1, *name.p, name.n - 1)
					   : NULL;
		return stop ? span_sub(name, 1, (size_t)(stop - name.p)) : SPAN_NONE;
	}
	return SPAN_NONE;
}

static enum charset declared(span head)
{
	span name = declared_name(head);
	enum charset charset = name.p ? charset_of(name) : CHARSET_UTF8;
	/* A declaration read as bytes is not in UTF-16, whatever it says. */
	return charset == CHARSET_LATIN1 || charset == CHARSET_CP1252 ? charset : CHARSET_UTF8;
}

static enum charset recognise(span head, size_t *bom)
{
	*bom = 2;
	if (starts(head, "\xff\xfe", 2))
		return CHARSET_UTF16LE;
	if (starts(head, "\xfe\xff", 2))
		return CHARSET_UTF16BE;
	*bom = 3;
	if (starts(head, "\xef\xbb\xbf", 3))
		return CHARSET_UTF8;
	*bom = 0;
	/* No text file begins with NUL, none has one after its first character. */
	if (head.n >= 2 && head.p[0] && !head.p[1])
		return CHARSET_UTF16LE;
	if (head.n >= 2 && !head.p[0] && head.p[1])
		return CHARSET_UTF16BE;
	return declared(head);
}

/* How many of the n bytes at p are whole UTF-16 characters: a pair is not cut in two. */
static size_t whole_utf16(const char *p, size_t n, bool big_endian)
{
	n &= ~(size_t)1;
	if (n < 2)
		return 0;
	unsigned char high = (unsigned char)p[big_endian ? n - 2 : n - 1];
	return high >= 0xd8 && high < 0xdc ? n - 2 : n;
}

static void drop(struct textin *t, size_t n)
{
	memmove(t->raw, t->raw + n, t->n - n);
	t->n -= n;
}

int textin_next(struct textin *t, span *ret, struct err *err)
{
	/* Room for one more character than the one that a piece may end in. */
	int rc = fill(t, t->begun ? 8 : HEAD, err);
	if (rc)
		return rc;
	if (!t->begun) {
		size_t bom;
		t->begun = true;
		t->charset = recognise((span){ t->raw, t->n }, &bom);
		span name = bom || t->charset != CHARSET_UTF8
				    ? SPAN_NONE
				    : declared_name((span){ t->raw, t->n });
		/* These bytes are not in UTF-16, whatever they say. */
		if (name.n && charset_of(name) == CHARSET_UNKNOWN &&
		    !span_eq_nocase(span_sub(name, 0, name.n < 6 ? name.n : 6), SPAN("UTF-16"))) {
			size_t n = name.n < sizeof t->unknown ? name.n : sizeof t->unknown - 1;
			memcpy(t->unknown, name.p, n);
		}
		drop(t, bom);
	}
	if (t->charset == CHARSET_UTF8) {
		*ret = (span){ t->raw, t->n };
		rc = t->n > 0;
		t->n = 0;
		return rc;
	}
	bool wide = t->charset == CHARSET_UTF16LE || t->charset == CHARSET_UTF16BE;
	size_t take = t->n;
	if (wide && !t->ended)
		take = whole_utf16(t->raw, t->n, t->charset == CHARSET_UTF16BE);
	buf_clear(&t->out);
	charset_decode(&t->out, (span){ t->raw, take }, t->charset);
	drop(t, take);
	if (t->out.failed)
		return err_set(err, E_NOMEM, "memory ran out");
	*ret = buf_span(&t->out);
	return ret->n > 0;
}

span textin_unknown(const struct textin *t)
{
	return t->unknown[0] ? span_z(t->unknown) : SPAN_NONE;
}

size_t textin_peek(span head, char *out, size_t cap)
{
	size_t bom;
	enum charset charset = recognise(head, &bom);
	size_t step = charset == CHARSET_UTF16LE || charset == CHARSET_UTF16BE ? 2 : 1;
	size_t n = 0;
	for (size_t i = bom + (charset == CHARSET_UTF16BE); i < head.n && n < cap; i += step)
		out[n++] = head.p[i];
	return n;
}
