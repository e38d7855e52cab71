/* name.c - see name.h */
#include "name.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <utf8proc.h>

static bool is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z');
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

static void add_words(span folded, struct buf *out)
{
	bool gap = false;
	for (size_t at = 0; at < folded.n;) {
		size_t start = at;
		uint32_t cp = utf8_next(folded, &at);
		if (cp == UTF8_BAD || !is_word(cp)) {
			gap = true;
			continue;
		}
		if (gap && out->n)
			buf_byte(out, ' ');
		gap = false;
		buf_add(out, span_sub(folded, start, at));
	}
}

static bool fold_ascii(span name, struct buf *out)
{
	char lower[NAME_MAX_BYTES];
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	add_words((span){ lower, name.n }, out);
	return !out->failed;
}

static bool fold_unicode(span name, struct buf *out)
{
	struct buf valid = { 0 };
	utf8_repair(&valid, name);
	if (valid.failed) {
		buf_free(&valid);
		return false;
	}
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)valid.data,
					  (utf8proc_ssize_t)valid.n, &folded,
					  UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
						  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
	buf_free(&valid);
	if (n < 0)
		return false;
	add_words((span){ (const char *)folded, (size_t)n }, out);
	free(folded);
	return !out->failed;
}

bool name_words(span name, struct buf *out)
{
	buf_clear(out);
	if (!name.p || name.n > NAME_MAX_BYTES)
		return false;
	bool ok = utf8_ascii(name) ? fold_ascii(name, out) : fold_unicode(name, out);
	if (!ok)
		buf_clear(out);
	return ok;
}
