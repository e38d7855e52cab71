/* fold_walk.h - what stands at a place of a layer, by character; for the steps that make forms. */
#ifndef FOLD_WALK_H
#define FOLD_WALK_H
#include "base/utf8.h"
#include "fold_chars.h"

struct glyph {
	unsigned flags; /* CHAR_... of fold_chars.h */
	size_t n;       /* its bytes */
};

/* p points to a character of a layer, or to the zero byte after the last: no flags, one byte. */
static inline struct glyph glyph_at(struct fold_chars *chars, const char *p)
{
	if ((unsigned char)*p < 0x80)
		return (struct glyph){ fold_flags_ascii(*p), 1 };
	size_t n = 0;
	uint32_t cp = utf8_next((span){ p, 4 }, &n);
	return (struct glyph){ fold_flags(chars, cp), n };
}

/* The character that ends before p, which is not the first of the layer. */
static inline struct glyph glyph_before(struct fold_chars *chars, const char *p)
{
	do
		p--;
	while (((unsigned char)*p & 0xC0) == 0x80);
	return glyph_at(chars, p);
}
#endif
