/* xmlclean.c - see xmlclean.h. A machine of states that sees each byte once. */
#include "xmlclean.h"
#include "base/utf8.h"
#include <stdlib.h>

enum state {
	TEXT,
	OPEN,    /* after < */
	BANG,    /* after <! */
	COMMENT, /* to --> */
	CDATA,   /* to ]]> */
	PROCESS, /* to ?> */
	TAG,     /* between attributes */
	NAME,    /* of an attribute */
	VALUE,   /* of an attribute, within quotes */
	DATA     /* the value of `data` */
};

#define REFERENCE_MAX 12 /* &#x10FFFF; is the longest that means something */

struct xmlclean {
	xmlclean_tag *tag;
	void *user;
	enum state state;
	unsigned mended;
	char quote;
	size_t matched; /* bytes of what ends the state, or of what begins it after <! */
	unsigned long line;
	struct buf out;
	char name[8]; /* of the attribute; longer ones are not of interest */
	size_t name_n;
	size_t value_start; /* in out */
	bool cut;           /* the rest of this value is left out */
	char held[4];       /* a character that is not yet whole */
	size_t held_n, held_want;
	char reference[REFERENCE_MAX + 1];
	size_t reference_n; /* 0: not in one */
	uint32_t high;      /* first half of a pair, or 0 */
};

struct xmlclean *xmlclean_new(xmlclean_tag *tag, void *user)
{
	struct xmlclean *x = calloc(1, sizeof *x);
	if (x) {
		x->tag = tag;
		x->user = user;
		x->line = 1;
	}
	return x;
}

void xmlclean_free(struct xmlclean *x)
{
	if (!x)
		return;
	buf_free(&x->out);
	free(x);
}

bool xmlclean_between(const struct xmlclean *x)
{
	return x->state == TEXT;
}

unsigned long xmlclean_line(const struct xmlclean *x)
{
	return x->line;
}

/* ---- within a value ---- */

static size_t room(const struct xmlclean *x)
{
	size_t value = XML_VALUE_MAX - (x->out.n - x->value_start), tag = XML_TAG_MAX - x->out.n;
	return x->cut ? 0 : value < tag ? value : tag;
}

/* All or nothing: a character, a reference. */
static void put(struct xmlclean *x, const char *p, size_t n)
{
	if (n <= room(x)) {
		buf_add(&x->out, (span){ p, n });
		return;
	}
	x->cut = true;
	x->mended |= XML_TRUNCATED;
}

static void replacement(struct xmlclean *x, unsigned why)
{
	x->mended |= why;
	put(x, "\xEF\xBF\xBD", 3);
}

static void flush_high(struct xmlclean *x)
{
	if (x->high)
		replacement(x, XML_SURROGATE);
	x->high = 0;
}

/* What XML 1.0 calls a character, without the surrogates. */
static bool allowed(uint32_t cp)
{
	return cp == 9 || cp == 10 || cp == 13 || (cp >= 0x20 && cp < 0xd800) ||
	       (cp >= 0xe000 && cp <= 0xfffd) || (cp >= 0x10000 && cp <= 0x10ffff);
}

static bool reference_number(const char *s, size_t n, uint32_t *ret)
{
	bool hex = n > 1 && (s[0] == 'x' || s[0] == 'X');
	uint32_t cp = 0;
	if (n == (size_t)hex)
		return false;
	for (size_t i = hex; i < n; i++) {
		char c = s[i];
		uint32_t digit;
		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if (hex && (c | 32) >= 'a' && (c | 32) <= 'f')
			digit = (uint32_t)((c | 32) - 'a' + 10);
		else
			return false;
		cp = cp * (hex ? 16 : 10) + digit;
		if (cp > 0x10ffff)
			cp = 0x110000; /* stays out of range */
	}
	*ret = cp;
	return true;
}

static void number(struct xmlclean *x, uint32_t cp)
{
	char utf8[4];
	if (cp >= 0xd800 && cp < 0xdc00) {
		flush_high(x);
		x->high = cp;
	} else if (cp >= 0xdc00 && cp < 0xe000 && x->high) {
		cp = 0x10000 + ((x->high - 0xd800) << 10) + (cp - 0xdc00);
		x->high = 0;
		put(x, utf8, utf8_put(cp, utf8));
	} else if (cp >= 0xdc00 && cp < 0xe000) {
		replacement(x, XML_SURROGATE);
	} else {
		flush_high(x);
		if (allowed(cp)) /* as it was: a newline must stay a reference */
			put(x, x->reference, x->reference_n);
		else
			replacement(x, XML_BAD_BYTES);
	}
}

static bool is_known_name(span name)
{
	static const span known[] = { SPAN_INIT("amp"), SPAN_INIT("lt"), SPAN_INIT("gt"),
				      SPAN_INIT("quot"), SPAN_INIT("apos") };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_eq(name, known[i]))
			return true;
	return false;
}

/* An & that begins no reference is text. */
static void bare(struct xmlclean *x)
{
	size_t n = x->reference_n;
	x->reference_n = 0;
	flush_high(x);
	x->mended |= XML_BARE_MARK;
	put(x, "&amp;", 5);
	put(x, x->reference + 1, n - 1);
}

/* x->reference is "&...;" */
static void whole_reference(struct xmlclean *x)
{
	uint32_t cp;
	span inner = span_sub((span){ x->reference, x->reference_n }, 1, x->reference_n - 1);
	if (inner.n && inner.p[0] == '#' && reference_number(inner.p + 1, inner.n - 1, &cp)) {
		number(x, cp);
		x->reference_n = 0;
	} else if (is_known_name(inner)) {
		flush_high(x);
		put(x, x->reference, x->reference_n);
		x->reference_n = 0;
	} else {
		bare(x);
	}
}

/* How long the character that begins with c should be; 0 if none does. */
static size_t length_of(unsigned char c)
{
	return c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
}

static void drop_held(struct xmlclean *x)
{
	for (size_t i = 0; i < x->held_n; i++)
		replacement(x, XML_BAD_BYTES);
	x->held_n = 0;
}

/* A byte from 0x80 up. */
static void high_byte(struct xmlclean *x, char c)
{
	if (x->held_n && ((unsigned char)c & 0xc0) != 0x80)
		drop_held(x);
	if (!x->held_n) {
		x->held_want = length_of((unsigned char)c);
		if (!x->held_want) {
			replacement(x, XML_BAD_BYTES);
			return;
		}
	}
	x->held[x->held_n++] = c;
	if (x->held_n < x->held_want)
		return;
	size_t pos = 0;
	uint32_t cp = utf8_next((span){ x->held, x->held_n }, &pos);
	if (cp == UTF8_BAD || !allowed(cp)) {
		drop_held(x);
		return;
	}
	put(x, x->held, x->held_n);
	x->held_n = 0;
}

static void value_end(struct xmlclean *x)
{
	drop_held(x);
	if (x->reference_n)
		bare(x);
	flush_high(x);
	buf_byte(&x->out, x->quote);
	x->state = TAG;
}

static void value_byte(struct xmlclean *x, char c)
{
	unsigned char u = (unsigned char)c;
	if (x->reference_n) {
		bool fits =
			c == '#' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		if (c == ';' || fits)
			x->reference[x->reference_n++] = c;
		if (c == ';') {
			whole_reference(x);
			return;
		}
		if (fits && x->reference_n < REFERENCE_MAX)
			return;
		bare(x);
		if (fits)
			return;
	}
	if (c == x->quote) {
		value_end(x);
	} else if (c == '&') {
		drop_held(x);
		x->reference[0] = c;
		x->reference_n = 1;
	} else if (u >= 0x80) {
		flush_high(x);
		high_byte(x, c);
	} else {
		drop_held(x);
		flush_high(x);
		if (c == '<') {
			x->mended |= XML_BARE_MARK;
			put(x, "&lt;", 4);
		} else if (!allowed(u)) {
			replacement(x, XML_BAD_BYTES);
		} else {
			put(x, &c, 1);
		}
	}
}

/* Bytes that need no look, from the beginning of s: most of most messages. */
static size_t plain_run(const struct xmlclean *x, span s)
{
	size_t i = 0;
	if (x->held_n || x->reference_n || x->high)
		return 0;
	while (i < s.n && (unsigned char)s.p[i] >= 0x20 && (unsigned char)s.p[i] < 0x80 &&
	       s.p[i] != '&' && s.p[i] != '<' && s.p[i] != x->quote)
		i++;
	return i;
}

/* ---- outside of values ---- */

/* Does c go on with what ends the state? Sets the state back when it is whole. */
static void until(struct xmlclean *x, char c, const char *end)
{
	size_t n = strlen(end);
	if (c == end[x->matched]) {
		if (++x->matched == n)
			x->state = TEXT;
	} else if (!(c == end[0] && x->matched == n - 1 && end[0] == end[1])) {
		/* "--->" and "]]]>" still end. */
		x->matched = c == end[0];
	}
	if (x->state == TEXT)
		x->matched = 0;
}

static int after_bang(struct xmlclean *x, char c, struct err *err)
{
	static const char cdata[] = "[CDATA[";
	if (c == '-' && x->matched == 0) {
		x->state = COMMENT; /* the second hyphen is eaten by the comment */
	} else if (c == cdata[x->matched]) {
		if (++x->matched == sizeof cdata - 1) {
			x->state = CDATA;
			x->matched = 0;
		}
	} else {
		return err_set(
			err, E_REFUSED,
			"line %lu: a document type declaration, which no export of this kind "
			"has; the rest was not read",
			x->line);
	}
	return 0;
}

static int tag_end(struct xmlclean *x, struct err *err)
{
	if (x->out.failed)
		return err_set(err, E_NOMEM, "memory ran out");
	x->state = TEXT;
	int rc = x->tag(x->user, buf_span(&x->out), x->mended);
	/* A big one is rare: its memory is not kept for the small ones. */
	if (x->out.cap > 65536)
		buf_free(&x->out);
	buf_clear(&x->out);
	x->mended = 0;
	return rc;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int tag_byte(struct xmlclean *x, char c, struct err *err)
{
	if (x->out.n >= XML_TAG_MAX)
		return err_set(err, E_LIMIT,
			       "line %lu: a tag longer than linecheck reads; the rest was not read",
			       x->line);
	buf_byte(&x->out, c);
	if (c == '>')
		return tag_end(x, err);
	if (c == '"' || c == '\'') {
		bool data = x->name_n == 4 && memcmp(x->name, "data", 4) == 0;
		x->state = data ? DATA : VALUE;
		x->quote = c;
		x->value_start = x->out.n;
		x->cut = false;
		x->name_n = 0;
	} else if (is_blank(c) || c == '=') {
		if (x->state == NAME)
			x->state = TAG;
	} else {
		if (x->state != NAME)
			x->name_n = 0;
		x->state = NAME;
		if (x->name_n < sizeof x->name)
			x->name[x->name_n++] = c;
	}
	return 0;
}

static int byte(struct xmlclean *x, char c, struct err *err)
{
	switch (x->state) {
	case TEXT:
		if (c == '<')
			x->state = OPEN;
		break;
	case OPEN:
		x->matched = 0;
		if (c == '!') {
			x->state = BANG;
		} else if (c == '?') {
			x->state = PROCESS;
		} else {
			x->state = TAG;
			x->name_n = 0;
			buf_byte(&x->out, '<');
			return tag_byte(x, c, err);
		}
		break;
	case BANG:
		return after_bang(x, c, err);
	case COMMENT:
		until(x, c, "-->");
		break;
	case CDATA:
		until(x, c, "]]>");
		break;
	case PROCESS:
		until(x, c, "?>");
		break;
	case TAG:
	case NAME:
		return tag_byte(x, c, err);
	case VALUE:
		value_byte(x, c);
		break;
	case DATA:
		if (c == x->quote) {
			buf_byte(&x->out, c);
			x->state = TAG;
		}
		break;
	}
	return 0;
}

int xmlclean_feed(struct xmlclean *x, span piece, struct err *err)
{
	for (size_t i = 0; i < piece.n;) {
		if (x->state == VALUE) {
			size_t n = plain_run(x, span_from(piece, i));
			size_t fits = n < room(x) ? n : room(x);
			if (n) {
				/* Where a value is cut is not for the size of a piece to say. */
				put(x, piece.p + i, fits);
				if (fits < n)
					put(x, piece.p + i + fits, n - fits);
				i += n;
				continue;
			}
		} else if (x->state == DATA || x->state == TEXT) {
			/* Up to what ends a picture, or begins a tag. */
			char end = x->state == DATA ? x->quote : '<';
			const char *at = memchr(piece.p + i, end, piece.n - i);
			size_t n = at ? (size_t)(at - piece.p) - i : piece.n - i;
			for (size_t k = 0; k < n; k++)
				x->line += piece.p[i + k] == '\n';
			i += n;
			if (!at)
				break;
		}
		x->line += piece.p[i] == '\n';
		int rc = byte(x, piece.p[i++], err);
		if (rc)
			return rc;
	}
	return 0;
}
