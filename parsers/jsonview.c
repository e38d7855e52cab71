/* jsonview.c - see jsonview.h */
#include "jsonview.h"
#include "base/buf.h"
#include "base/utf8.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blank(span s, size_t at)
{
	while (at < s.n && is_blank(s.p[at]))
		at++;
	return at;
}

/* Behind the text that begins with the quotation mark at `at`, or 0. */
static size_t skip_text(span s, size_t at)
{
	for (at++; at < s.n; at++) {
		if (s.p[at] == '\\')
			at++;
		else if (s.p[at] == '"')
			return at + 1;
	}
	return 0;
}

/* Behind the value at `at`, or 0. Brackets are counted, whatever they are: what does not pair is
 * found when it is read. */
static size_t skip_value(span s, size_t at)
{
	size_t depth = 0, start = at;
	while (at < s.n) {
		char c = s.p[at];
		if (c == '"') {
			at = skip_text(s, at);
			if (!at)
				return 0;
		} else if (c == '{' || c == '[') {
			depth++;
			at++;
		} else if (c == '}' || c == ']') {
			if (depth == 0)
				return at > start ? at : 0;
			depth--;
			at++;
		} else if (depth == 0 && (c == ',' || c == ':' || is_blank(c))) {
			return at > start ? at : 0;
		} else {
			at++;
			if (depth == 0)
				continue; /* a bare word or number goes on */
		}
		if (depth == 0)
			return at;
	}
	return depth == 0 ? at : 0;
}

enum jsonview_kind jsonview_kind(span value)
{
	if (!value.n)
		return JSONVIEW_NONE;
	switch (value.p[0]) {
	case '{':
		return JSONVIEW_OBJECT;
	case '[':
		return JSONVIEW_ARRAY;
	case '"':
		return JSONVIEW_TEXT;
	case 'n':
		return span_eq(value, SPAN("null")) ? JSONVIEW_NULL : JSONVIEW_NONE;
	case 't':
	case 'f':
		return span_eq(value, SPAN("true")) || span_eq(value, SPAN("false"))
			       ? JSONVIEW_BOOL
			       : JSONVIEW_NONE;
	default:
		return value.p[0] == '-' || (value.p[0] >= '0' && value.p[0] <= '9')
			       ? JSONVIEW_NUMBER
			       : JSONVIEW_NONE;
	}
}

span jsonview_first(span text)
{
	size_t at = skip_blank(text, 0), end = at < text.n ? skip_value(text, at) : 0;
	return end ? span_sub(text, at, end) : SPAN_NONE;
}

bool jsonview_next(span container, size_t *at, span *ret_name, span *ret_value)
{
	enum jsonview_kind kind = jsonview_kind(container);
	if (kind != JSONVIEW_ARRAY && kind != JSONVIEW_OBJECT)
		return false;
	size_t i = *at ? *at : 1, end;
	span name = SPAN_NONE;
	i = skip_blank(container, i);
	if (i < container.n && container.p[i] == ',' && *at)
		i = skip_blank(container, i + 1);
	if (i >= container.n || container.p[i] == ']' || container.p[i] == '}')
		return false;
	if (kind == JSONVIEW_OBJECT) {
		if (container.p[i] != '"' || !(end = skip_text(container, i)))
			return false;
		name = span_sub(container, i + 1, end - 1);
		i = skip_blank(container, end);
		if (i >= container.n || container.p[i] != ':')
			return false;
		i = skip_blank(container, i + 1);
	}
	end = i < container.n ? skip_value(container, i) : 0;
	if (!end)
		return false;
	if (ret_name)
		*ret_name = name;
	*ret_value = span_sub(container, i, end);
	*at = end;
	return true;
}

span jsonview_get(span object, const char *name)
{
	span member, value;
	size_t at = 0;
	if (jsonview_kind(object) != JSONVIEW_OBJECT)
		return SPAN_NONE;
	while (jsonview_next(object, &at, &member, &value))
		if (span_eq(member, span_z(name)))
			return value;
	return SPAN_NONE;
}

static bool hex4(span s, size_t at, uint32_t *ret)
{
	uint32_t value = 0;
	if (s.n < 4 || at > s.n - 4)
		return false;
	for (size_t i = at; i < at + 4; i++) {
		char c = s.p[i];
		uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
							: 16;
		if (digit == 16)
			return false;
		value = value << 4 | digit;
	}
	*ret = value;
	return true;
}

/* \uXXXX, and the second half of a pair; *at stands behind the 'u'. */
static uint32_t code_point(span s, size_t *at)
{
	uint32_t cp, low;
	if (!hex4(s, *at, &cp))
		return UTF8_BAD;
	*at += 4;
	if (cp >= 0xD800 && cp <= 0xDBFF && s.n - *at >= 6 && s.p[*at] == '\\' &&
	    s.p[*at + 1] == 'u' && hex4(s, *at + 2, &low) && low >= 0xDC00 && low <= 0xDFFF) {
		*at += 6;
		return 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
	}
	return cp;
}

static void unescape(span s, struct buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	for (size_t i = 0; i < s.n;) {
		const char *known;
		char bytes[4];
		if (s.p[i] != '\\' || i + 1 >= s.n) {
			buf_byte(out, s.p[i++]);
		} else if (s.p[i + 1] == 'u') {
			i += 2;
			size_t n = utf8_put(code_point(s, &i), bytes);
			buf_add(out, n ? (span){ bytes, n } : SPAN("\xef\xbf\xbd"));
		} else {
			known = memchr(from, s.p[i + 1], sizeof from - 1);
			buf_byte(out, known ? to[known - from] : s.p[i + 1]);
			i += 2;
		}
	}
}

span jsonview_text(span value, struct arena *a, bool *nomem)
{
	struct buf out = { 0 };
	bool ok = true;
	if (jsonview_kind(value) != JSONVIEW_TEXT || value.n < 2)
		return SPAN_NONE;
	span s = span_sub(value, 1, value.n - 1);
	if (!s.n || !memchr(s.p, '\\', s.n))
		return s;
	unescape(s, &out);
	span text = out.n ? arena_copy(a, buf_span(&out), &ok) : SPAN("");
	*nomem |= out.failed || !ok;
	buf_free(&out);
	return text;
}

bool jsonview_int(span value, int64_t *ret)
{
	int64_t n = 0;
	if (jsonview_kind(value) == JSONVIEW_TEXT && value.n >= 2)
		value = span_sub(value, 1, value.n - 1);
	bool minus = value.n && value.p[0] == '-';
	size_t i = minus;
	if (i >= value.n)
		return false;
	for (; i < value.n; i++) {
		int digit = value.p[i] - '0';
		if (digit < 0 || digit > 9 || n < (INT64_MIN + digit) / 10)
			return false;
		n = n * 10 - digit;
	}
	if (!minus && n == INT64_MIN)
		return false;
	*ret = minus ? n : -n;
	return true;
}

span jsonview_number_or_text(span value, struct arena *a, bool *nomem)
{
	return jsonview_kind(value) == JSONVIEW_NUMBER ? value : jsonview_text(value, a, nomem);
}

bool jsonview_true(span value)
{
	return span_eq(value, SPAN("true"));
}
