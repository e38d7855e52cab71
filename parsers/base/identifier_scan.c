/* identifier_scan.c - telephone numbers in running text; see identifier.h. */
#include "base/identifier.h"
#include "base/number.h"

/* No number has fewer digits than this. */
#define FEWEST 7

/* True if FEWEST digits may stand in text from i on; every byte that begins a character beyond
 * U+007F may be one. Stops where it knows, so that a whole scan stays linear. */
static bool enough(span text, size_t i)
{
	unsigned count = 0;
	for (; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		count += (unsigned char)(c - '0') < 10 || c >= 0xC0;
		if (count >= FEWEST)
			return true;
	}
	return false;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c >= '0' && c <= '9');
}

static bool candidate(span text, size_t start, struct mention *ret)
{
	struct number d;
	unsigned used;
	struct identifier id;
	if (start && is_word(text.p[start - 1]) && text.p[start] != '+')
		return false;
	if (!number_read(text, start, &d) || !number_prefix(&d, &id, &used))
		return false;
	*ret = (struct mention){ start, d.stop[used - 1], id };
	return true;
}

bool identifier_scan(span text, size_t *pos, struct mention *ret)
{
	size_t i = *pos;
	bool inside = false; /* behind a digit of the same run */
	if (i >= text.n || !enough(text, i)) {
		*pos = text.n;
		return false;
	}
	while (i < text.n) {
		struct glyph g = glyph_at(text, i);
		if ((g.class == GLYPH_DIGIT && !inside) || g.class == GLYPH_PLUS) {
			if (candidate(text, i, ret)) {
				*pos = ret->stop;
				return true;
			}
		}
		if (g.class != GLYPH_HIDDEN)
			inside = g.class == GLYPH_DIGIT;
		i += g.length;
	}
	*pos = text.n;
	return false;
}
