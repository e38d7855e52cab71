/* glyphs.c - see glyphs.h */
#include "glyphs.h"
#include "base/utf8.h"
#include "report/shown.h"
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FOLDER "/usr/share/fonts/truetype/"

struct glyphs {
	FcConfig *config;
	FcCharSet *drawn;
	PangoFontMap *map;
};

static const char *const fonts[] = {
#define F(path) FOLDER path,
#include "fonts.list"
#undef F
};

static const struct symbol {
	uint32_t cp;
	const char *name;
} symbols[] = {
#define N(cp, name) { cp, name },
#include "symbols.list"
#undef N
};

static int by_cp(const void *key, const void *item)
{
	uint32_t a = *(const uint32_t *)key, b = ((const struct symbol *)item)->cp;
	return (a > b) - (a < b);
}

const char *glyphs_name(uint32_t cp)
{
	const struct symbol *s =
		bsearch(&cp, symbols, sizeof symbols / sizeof *symbols, sizeof *symbols, by_cp);
	return s ? s->name : NULL;
}

static int add_fonts(struct glyphs *g, struct err *err)
{
	for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
		if (access(fonts[i], R_OK) != 0 ||
		    !FcConfigAppFontAddFile(g->config, (const FcChar8 *)fonts[i]))
			return err_set(
				err, E_ABSENT,
				"The font '%s' is not installed, and documents are made with "
				"fixed fonts only. Install the packages fonts-noto-core and "
				"fonts-wqy-zenhei.",
				fonts[i]);
	return 0;
}

static int join_charsets(struct glyphs *g, struct err *err)
{
	const FcFontSet *set = FcConfigGetFonts(g->config, FcSetApplication);
	FcCharSet *one;
	g->drawn = FcCharSetCreate();
	for (int i = 0; g->drawn && set && i < set->nfont; i++)
		if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &one) == FcResultMatch &&
		    !FcCharSetMerge(g->drawn, one, NULL))
			return err_set(err, E_NOMEM, "Memory ran out.");
	return g->drawn ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
}

int glyphs_new(struct glyphs **ret, struct err *err)
{
	struct glyphs *g = calloc(1, sizeof *g);
	if (!g)
		return err_set(err, E_NOMEM, "Memory ran out.");
	/* Pango asks these which of two fonts a language likes better. */
	unsetenv("PANGO_LANGUAGE");
	unsetenv("LANGUAGE");
	g->config = FcConfigCreate();
	g->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	/* the one configuration of this process: Pango 1.50 never lets go of one of its own */
	int rc = g->config && g->map ? add_fonts(g, err) : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = join_charsets(g, err);
	if (!rc && !FcConfigSetCurrent(g->config))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (rc) {
		glyphs_free(g);
		return rc;
	}
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(g->map), 72);
	*ret = g;
	return 0;
}

void glyphs_free(struct glyphs *g)
{
	if (!g)
		return;
	if (g->map)
		g_object_unref(g->map);
	if (g->drawn)
		FcCharSetDestroy(g->drawn);
	if (g->config)
		FcConfigDestroy(g->config);
	FcFini();
	free(g);
}

PangoFontMap *glyphs_map(const struct glyphs *g)
{
	return g->map;
}

static void put_token(struct buf *out, const char *token)
{
	buf_add(out, SPAN(SHOWN_OPEN));
	buf_add(out, span_z(token));
	buf_add(out, SPAN(SHOWN_CLOSE));
}

static void put_plain(const struct glyphs *g, struct buf *out, span s)
{
	char token[96];
	for (size_t pos = 0, from; pos < s.n;) {
		from = pos;
		uint32_t cp = utf8_next(s, &pos);
		const char *name = cp < 0x80 ? NULL : glyphs_name(cp);
		if (cp == 0xfe0e || cp == 0xfe0f)
			continue;
		if (cp == '\t') {
			buf_byte(out, ' ');
		} else if (name) {
			snprintf(token, sizeof token, "U+%04X %s", cp, name);
			put_token(out, token);
		} else if (FcCharSetHasChar(g->drawn, cp)) {
			buf_add(out, span_sub(s, from, pos));
		} else {
			snprintf(token, sizeof token, "U+%04X, no glyph", cp);
			put_token(out, token);
		}
	}
}

void glyphs_text(const struct glyphs *g, struct buf *out, span text, size_t max, bool lines)
{
	char cut[64];
	struct shown piece;
	if (!text.p)
		return;
	span part = shown_window(text, 0, 0, max);
	for (size_t pos = 0; shown_next(part, &pos, part.n, &piece);)
		if (piece.kind == SHOWN_PLAIN)
			put_plain(g, out, piece.plain);
		else if (piece.kind == SHOWN_TOKEN)
			put_token(out, piece.token);
		else
			buf_add(out, lines ? SPAN("\n") : SPAN(" / "));
	if (part.n < text.n) {
		snprintf(cut, sizeof cut, "cut here: %zu bytes in all", text.n);
		put_token(out, cut);
	}
}
