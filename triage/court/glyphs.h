/*
 * glyphs.h - the fonts of documents, and text in a form that they can draw.
 *
 * Only the fonts of fonts.list are seen, whatever else the machine has or its fontconfig says: the
 * same case gives the same document everywhere. What hides or changes text becomes a token as in
 * report/shown.h; so does an emoji or sign ("U+1F50C ELECTRIC PLUG") and whatever no font can draw
 * ("U+10FF80, no glyph"). Variation selectors are left out.
 */
#ifndef GLYPHS_H
#define GLYPHS_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

struct glyphs;
typedef struct _PangoFontMap PangoFontMap; /* as Pango declares it */

/* E_ABSENT: a font is not installed; the message names its package. */
int glyphs_new(struct glyphs **ret, struct err *err);
void glyphs_free(struct glyphs *g); /* NULL is legal */
PangoFontMap *glyphs_map(const struct glyphs *g);

/* Append text, at most about max bytes of it; a cut is said. Line ends stay with lines, else they
 * are " / ". The result is UTF-8 without controls. */
void glyphs_text(const struct glyphs *g, struct buf *out, span text, size_t max, bool lines);

/* The name of an emoji or sign, or NULL. */
const char *glyphs_name(uint32_t cp);
#endif
