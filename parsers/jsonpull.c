/* jsonpull.c - see jsonpull.h */
#include "jsonpull.h"
#include "base/utf8.h"
#include "textin.h"
#include <stdlib.h>

#define NUMBER_MAX 64
#define NO_BYTE (-1) /* the file ends, or j->rc says why not */

/* What may come next. */
enum expect {
	EXPECT_VALUE,
	EXPECT_FIRST_KEY, /* or the end of the object */
	EXPECT_KEY,
	EXPECT_COLON,
	EXPECT_FIRST_ITEM, /* or the end of the array */
	EXPECT_AFTER,      /* a comma or the end of what we are in */
	EXPECT_END
};

struct jsonpull {
	struct textin *in;
	struct err *err; /* of the call at hand */
	span piece;
	size_t at;
	uint64_t before; /* bytes of the pieces before this one */
	int rc;          /* why reading ended: negative */
	bool ended;
	enum expect expect;
	size_t depth;
	bool object[JSON_DEPTH_MAX];
	struct buf text;
	unsigned flaws;
};

struct jsonpull *jsonpull_new(const struct input *in)
{
	struct jsonpull *j = calloc(1, sizeof *j);
	if (j)
		j->in = textin_new(in);
	if (j && !j->in) {
		free(j);
		return NULL;
	}
	return j;
}

void jsonpull_free(struct jsonpull *j)
{
	if (!j)
		return;
	textin_free(j->in);
	buf_free(&j->text);
	free(j);
}

static int peek(struct jsonpull *j)
{
	while (j->at == j->piece.n && !j->ended && !j->rc) {
		j->before += j->piece.n;
		j->at = 0;
		j->piece = SPAN_NONE;
		int rc = textin_next(j->in, &j->piece, j->err);
		if (rc < 0)
			j->rc = rc;
		j->ended = rc <= 0;
		if (rc <= 0)
			j->piece = SPAN_NONE;
	}
	return j->at < j->piece.n ? (unsigned char)j->piece.p[j->at] : NO_BYTE;
}

static int wrong(struct jsonpull *j, const char *what)
{
	if (!j->rc)
		j->rc = err_set(j->err, E_FORMAT, "byte %llu: %s; the rest was not read",
				(unsigned long long)(j->before + j->at), what);
	return j->rc;
}

static int ends_early(struct jsonpull *j)
{
	return wrong(j, "the file ends in the middle");
}

static int peek_token(struct jsonpull *j)
{
	int c;
	while ((c = peek(j)) == ' ' || c == '\t' || c == '\n' || c == '\r')
		j->at++;
	return c;
}

/* ---- strings ---- */

static void add(struct jsonpull *j, span s)
{
	size_t room = JSON_TEXT_MAX - j->text.n;
	if (j->flaws & JSON_CUT)
		return;
	if (s.n > room) {
		j->flaws |= JSON_CUT;
		/* A character is not cut in two. */
		while (room && ((unsigned char)s.p[room] & 0xC0) == 0x80)
			room--;
		s.n = room;
	}
	buf_add(&j->text, s);
}

static void add_character(struct jsonpull *j, uint32_t cp)
{
	char utf8[4];
	add(j, (span){ utf8, utf8_put(cp, utf8) });
}

/* Four hexadecimal digits; what else stands there is left for the text. */
static bool hex4(struct jsonpull *j, unsigned *ret)
{
	unsigned value = 0;
	for (int i = 0; i < 4; i++) {
		int c = peek(j);
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;
		if (digit < 0)
			return false;
		value = value * 16 + (unsigned)digit;
		j->at++;
	}
	*ret = value;
	return true;
}

static void bad(struct jsonpull *j)
{
	j->flaws |= JSON_BAD;
	add_character(j, 0xFFFD);
}

/* \u was read. *high is the first half of a pair that waits for its second, or 0. */
static void unicode(struct jsonpull *j, unsigned *high)
{
	unsigned unit;
	if (!hex4(j, &unit)) {
		if (*high)
			bad(j);
		*high = 0;
		bad(j);
		return;
	}
	bool second = unit >= 0xDC00 && unit < 0xE000;
	if (*high && second) {
		add_character(j, 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00));
		*high = 0;
		return;
	}
	if (*high)
		bad(j);
	*high = 0;
	if (unit >= 0xD800 && unit < 0xDC00)
		*high = unit;
	else if (second)
		bad(j);
	else
		add_character(j, unit);
}

/* After a backslash. */
static void escape(struct jsonpull *j, unsigned *high)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	int c = peek(j);
	if (c == NO_BYTE)
		return;
	j->at++;
	if (c == 'u') {
		unicode(j, high);
		return;
	}
	if (*high)
		bad(j);
	*high = 0;
	const char *known = c ? strchr(from, c) : NULL;
	if (known)
		add(j, (span){ to + (known - from), 1 });
	else
		bad(j);
}

/* The opening quote is at hand. */
static int string(struct jsonpull *j)
{
	unsigned high = 0;
	buf_clear(&j->text);
	j->flaws = 0;
	j->at++;
	for (;;) {
		if (peek(j) == NO_BYTE)
			return ends_early(j);
		span rest = span_from(j->piece, j->at);
		size_t n = 0;
		while (n < rest.n && rest.p[n] != '"' && rest.p[n] != '\\')
			n++;
		if (n && high) {
			bad(j);
			high = 0;
		}
		add(j, span_sub(rest, 0, n));
		j->at += n;
		if (n == rest.n)
			continue;
		j->at++;
		if (rest.p[n] == '"')
			break;
		escape(j, &high);
	}
	if (high)
		bad(j);
	return 0;
}

/* ---- other values ---- */

static int number(struct jsonpull *j)
{
	int c;
	bool digit = false;
	buf_clear(&j->text);
	j->flaws = 0;
	while ((c = peek(j)) == '-' || c == '+' || c == '.' || c == 'e' || c == 'E' ||
	       (c >= '0' && c <= '9')) {
		digit |= c >= '0' && c <= '9';
		if (j->text.n < NUMBER_MAX)
			buf_byte(&j->text, (char)c);
		else
			j->flaws |= JSON_CUT;
		j->at++;
	}
	return digit ? 0 : c == NO_BYTE ? ends_early(j) : wrong(j, "not JSON");
}

static int word(struct jsonpull *j, const char *w)
{
	for (; *w; w++) {
		int c = peek(j);
		if (c == NO_BYTE)
			return ends_early(j);
		if (c != *w)
			return wrong(j, "not JSON");
		j->at++;
	}
	return 0;
}

static void value_ended(struct jsonpull *j)
{
	j->expect = j->depth ? EXPECT_AFTER : EXPECT_END;
}

static int open(struct jsonpull *j, bool object)
{
	if (j->depth == JSON_DEPTH_MAX) {
		j->rc = err_set(j->err, E_LIMIT,
				"byte %llu: values within values deeper than any export; the rest "
				"was not read",
				(unsigned long long)(j->before + j->at));
		return j->rc;
	}
	j->at++;
	j->object[j->depth++] = object;
	j->expect = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_ITEM;
	return 0;
}

static void close(struct jsonpull *j, struct json_token *t)
{
	j->at++;
	t->kind = j->object[--j->depth] ? JSON_OBJECT_END : JSON_ARRAY_END;
	value_ended(j);
}

static int value(struct jsonpull *j, int c, struct json_token *t)
{
	switch (c) {
	case '{':
		t->kind = JSON_OBJECT;
		return open(j, true);
	case '[':
		t->kind = JSON_ARRAY;
		return open(j, false);
	case '"':
		t->kind = JSON_STRING;
		value_ended(j);
		return string(j);
	case 't':
		t->kind = JSON_TRUE;
		value_ended(j);
		return word(j, "true");
	case 'f':
		t->kind = JSON_FALSE;
		value_ended(j);
		return word(j, "false");
	case 'n':
		t->kind = JSON_NULL;
		value_ended(j);
		return word(j, "null");
	default:
		t->kind = JSON_NUMBER;
		value_ended(j);
		return number(j);
	}
}

static int key(struct jsonpull *j, struct json_token *t)
{
	int rc = string(j);
	if (rc)
		return rc;
	t->kind = JSON_KEY;
	int c = peek_token(j);
	if (c != ':')
		return c == NO_BYTE ? ends_early(j) : wrong(j, "a name without a colon");
	j->at++;
	j->expect = EXPECT_VALUE;
	return 0;
}

/* One token, with the commas before it. */
static int token(struct jsonpull *j, struct json_token *t)
{
	int c = peek_token(j);
	if (j->rc)
		return j->rc;
	if (c == NO_BYTE)
		return ends_early(j);
	if (j->expect == EXPECT_AFTER) {
		bool object = j->object[j->depth - 1];
		if (c == (object ? '}' : ']')) {
			close(j, t);
			return 0;
		}
		if (c != ',')
			return wrong(j, "a comma is missing");
		j->at++;
		j->expect = object ? EXPECT_KEY : EXPECT_VALUE;
		c = peek_token(j);
	}
	if ((j->expect == EXPECT_FIRST_KEY && c == '}') ||
	    (j->expect == EXPECT_FIRST_ITEM && c == ']')) {
		close(j, t);
		return 0;
	}
	if (c == NO_BYTE)
		return ends_early(j);
	if (j->expect == EXPECT_KEY || j->expect == EXPECT_FIRST_KEY)
		return c == '"' ? key(j, t) : wrong(j, "a name is missing");
	return value(j, c, t);
}

int jsonpull_next(struct jsonpull *j, struct json_token *ret, struct err *err)
{
	struct json_token t = { JSON_NULL, SPAN_NONE, 0 };
	j->err = err;
	if (j->rc)
		return j->rc;
	if (j->expect == EXPECT_END) {
		int c = peek_token(j);
		return j->rc ? j->rc : c == NO_BYTE ? 0 : wrong(j, "more than one value");
	}
	int rc = token(j, &t);
	if (rc || j->rc)
		return j->rc ? j->rc : rc;
	if (j->text.failed)
		return j->rc = err_set(err, E_NOMEM, "memory ran out");
	if (t.kind == JSON_KEY || t.kind == JSON_STRING || t.kind == JSON_NUMBER) {
		t.text = buf_span(&j->text);
		t.flaws = j->flaws;
	}
	*ret = t;
	return 1;
}
