/* pdf.c - see pdf.h */
#include "pdf.h"
#include "base/time.h"
#include "glyphs.h"
#include "pdfa.h"
#include <cairo-pdf.h>
#include <inttypes.h>
#include <pango/pangocairo.h>
#include <stdio.h>

#define WIDTH 595.0
#define HEIGHT 842.0
#define MARGIN 50.0
#define TOP 64.0
#define BOTTOM (HEIGHT - 64.0)
#define BODY (WIDTH - 2 * MARGIN)
#define LABEL 128.0
#define FONT "Noto Sans"

enum { SMALL = 7500, CELL = 8000, NORMAL = 9500, LEVEL_2 = 11000, LEVEL_1 = 14000 };

struct pdf {
	const struct pdf_about *about;
	const struct glyphs *glyphs;
	PangoContext *context;
	cairo_surface_t *surface; /* NULL while counting */
	cairo_t *cr;
	double y;
	int page, pages, chapter; /* chapter: outline id of the last heading of level 1 */
	const struct pdf_column *columns;
	double left[PDF_COLUMNS + 1];
	int column_n;
	struct buf text; /* of the layout that is made now */
};

struct style {
	int size; /* thousandths of a point */
	bool bold;
};

static PangoLayout *layout_of(struct pdf *p, span text, size_t max, bool lines, double width,
			      struct style style)
{
	PangoLayout *l = pango_layout_new(p->context);
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *attributes = pango_attr_list_new();
	buf_clear(&p->text);
	glyphs_text(p->glyphs, &p->text, text, max, lines);
	pango_font_description_set_family_static(font, FONT);
	pango_font_description_set_size(font, style.size * PANGO_SCALE / 1000);
	pango_font_description_set_weight(font,
					  style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	/* one letter stays one glyph, for whoever copies text out of the document */
	pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, clig=0, dlig=0"));
	pango_layout_set_font_description(l, font);
	pango_layout_set_attributes(l, attributes);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(l, p->text.data ? p->text.data : "", (int)p->text.n);
	pango_font_description_free(font);
	pango_attr_list_unref(attributes);
	return l;
}

static void draw_line(struct pdf *p, PangoLayoutLine *line, double x, double baseline)
{
	if (!p->cr)
		return;
	cairo_move_to(p->cr, x, baseline);
	pango_cairo_show_layout_line(p->cr, line);
}

static void rule(struct pdf *p, double x, double y, double to_x, double to_y, double width)
{
	if (!p->cr)
		return;
	cairo_set_line_width(p->cr, width);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, to_x, to_y);
	cairo_stroke(p->cr);
}

/* One line at y, at the left, the middle (0.5) or the right (1). */
static void put_fixed(struct pdf *p, const char *text, double y, double where, struct style style)
{
	int w, h;
	if (!p->cr)
		return;
	PangoLayout *l = layout_of(p, span_z(text), PDF_CELL_MAX, false, BODY, style);
	pango_layout_set_width(l, -1);
	pango_layout_get_size(l, &w, &h);
	PangoLayoutLine *line = pango_layout_get_line_readonly(l, 0);
	draw_line(p, line, MARGIN + where * (BODY - (double)w / PANGO_SCALE),
		  y + (double)pango_layout_get_baseline(l) / PANGO_SCALE);
	g_object_unref(l);
}

static void page_end(struct pdf *p)
{
	char number[48];
	const struct style small = { SMALL, false }, marked = { NORMAL, true };
	if (!p->page || !p->cr)
		return;
	snprintf(number, sizeof number, "Page %d of %d", p->page, p->pages);
	put_fixed(p, p->about->marking, 28, 0.5, marked);
	put_fixed(p, p->about->title, 42, 0, small);
	rule(p, MARGIN, 55, WIDTH - MARGIN, 55, 0.5);
	rule(p, MARGIN, HEIGHT - 56, WIDTH - MARGIN, HEIGHT - 56, 0.5);
	put_fixed(p, p->about->foot, HEIGHT - 52, 0, small);
	put_fixed(p, number, HEIGHT - 52, 1, small);
	put_fixed(p, p->about->marking, HEIGHT - 40, 0.5, marked);
	cairo_show_page(p->cr);
}

void pdf_page(struct pdf *p)
{
	page_end(p);
	p->page++;
	p->y = TOP;
}

static void need(struct pdf *p, double height)
{
	if (p->y + height > BOTTOM)
		pdf_page(p);
}

static double line_height(PangoLayoutLine *line, double *ret_ascent)
{
	PangoRectangle logical;
	pango_layout_line_get_extents(line, NULL, &logical);
	*ret_ascent = (double)PANGO_ASCENT(logical) / PANGO_SCALE;
	return (double)logical.height / PANGO_SCALE;
}

/* All lines from the y of now on, over as many pages as they need. side: a line at the left. */
static void flow(struct pdf *p, PangoLayout *l, double x, bool side)
{
	double ascent;
	int n = pango_layout_get_line_count(l);
	for (int i = 0; i < n; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(l, i);
		double h = line_height(line, &ascent);
		need(p, h);
		/* text from right to left stands at the right */
		double at = x;
		if (pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL) {
			PangoRectangle logical;
			pango_layout_line_get_extents(line, NULL, &logical);
			at += (double)(pango_layout_get_width(l) - logical.width) / PANGO_SCALE;
		}
		draw_line(p, line, at, p->y + ascent);
		if (side)
			rule(p, x - 6, p->y, x - 6, p->y + h, 1);
		p->y += h;
	}
}

static void put_text(struct pdf *p, span text, double indent, bool bold, bool side)
{
	const struct style style = { NORMAL, bold };
	PangoLayout *l = layout_of(p, text, PDF_TEXT_MAX, true, BODY - indent, style);
	flow(p, l, MARGIN + indent, side);
	p->y += 3;
	g_object_unref(l);
}

void pdf_heading(struct pdf *p, int level, const char *text)
{
	const struct style style = { level == 1 ? LEVEL_1 : LEVEL_2, true };
	char to[64];
	p->y += level == 1 ? 12 : 7;
	need(p, level == 1 ? 90 : 60);
	if (p->surface) {
		snprintf(to, sizeof to, "page=%d pos=[0 %d]", p->page, (int)p->y);
		int id = cairo_pdf_surface_add_outline(
			p->surface, level == 1 ? CAIRO_PDF_OUTLINE_ROOT : p->chapter, text, to,
			CAIRO_PDF_OUTLINE_FLAG_OPEN);
		if (level == 1)
			p->chapter = id;
	}
	PangoLayout *l = layout_of(p, span_z(text), PDF_TEXT_MAX, false, BODY, style);
	flow(p, l, MARGIN, false);
	p->y += 4;
	g_object_unref(l);
}

void pdf_space(struct pdf *p)
{
	p->y += 6;
}

void pdf_text(struct pdf *p, const char *text)
{
	put_text(p, span_z(text), 0, false, false);
}

void pdf_sentence(struct pdf *p, span text)
{
	put_text(p, text, 0, false, false);
}

void pdf_bold(struct pdf *p, const char *text)
{
	need(p, 40);
	put_text(p, span_z(text), 0, true, false);
}

void pdf_item(struct pdf *p, span text)
{
	const struct style style = { NORMAL, false };
	PangoLayout *l = layout_of(p, SPAN("\xe2\x80\xa2"), PDF_CELL_MAX, false, BODY, style);
	double ascent, h = line_height(pango_layout_get_line_readonly(l, 0), &ascent);
	need(p, h);
	draw_line(p, pango_layout_get_line_readonly(l, 0), MARGIN + 4, p->y + ascent);
	g_object_unref(l);
	put_text(p, text, 16, false, false);
}

void pdf_said(struct pdf *p, span text)
{
	put_text(p, text, 20, false, true);
}

void pdf_pair(struct pdf *p, const char *label, span value)
{
	const struct style left = { CELL, true }, right = { CELL, false };
	double ascent, h = 0;
	PangoLayout *a = layout_of(p, span_z(label), PDF_CELL_MAX, false, LABEL - 8, left);
	PangoLayout *b = layout_of(p, value.p ? value : SPAN("\xe2\x80\x93"), PDF_TEXT_MAX, true,
				   BODY - LABEL, right);
	int n = pango_layout_get_line_count(a);
	for (int i = 0; i < n; i++)
		h += line_height(pango_layout_get_line_readonly(a, i), &ascent);
	need(p, h);
	double y = p->y;
	int page = p->page;
	for (int i = 0; i < n; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(a, i);
		double one = line_height(line, &ascent);
		draw_line(p, line, MARGIN, y + ascent);
		y += one;
	}
	flow(p, b, MARGIN + LABEL, false);
	if (page == p->page && p->y < y)
		p->y = y;
	p->y += 2;
	g_object_unref(a);
	g_object_unref(b);
}

void pdf_pair_z(struct pdf *p, const char *label, const char *value)
{
	pdf_pair(p, label, value && *value ? span_z(value) : SPAN_NONE);
}

void pdf_pair_int(struct pdf *p, const char *label, int64_t value)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, value);
	pdf_pair_z(p, label, text);
}

void pdf_blank(struct pdf *p, const char *label)
{
	need(p, 34);
	p->y += 12;
	double line = p->y + 12;
	pdf_pair_z(p, label, " ");
	rule(p, MARGIN + LABEL, line, WIDTH - MARGIN, line, 0.5);
	p->y += 4;
}

/* The cells of a row side by side, line by line: a row may be longer than a page. */
static void put_row(struct pdf *p, const span *cells, bool bold)
{
	PangoLayout *l[PDF_COLUMNS] = { NULL };
	const struct style style = { SMALL, bold };
	double ascent[PDF_COLUMNS], all = 0;
	int most = 0;
	const int columns = p->column_n;
	for (int i = 0; i < columns; i++) {
		int w, h;
		l[i] = layout_of(p, cells[i].p ? cells[i] : SPAN("\xe2\x80\x93"), PDF_CELL_MAX,
				 false, p->left[i + 1] - p->left[i] - 6, style);
		int n = pango_layout_get_line_count(l[i]);
		pango_layout_get_size(l[i], &w, &h);
		most = n > most ? n : most;
		all = h > all * PANGO_SCALE ? (double)h / PANGO_SCALE : all;
	}
	if (!bold && all < (BOTTOM - TOP) / 2 && p->y + all > BOTTOM)
		pdf_page(p);
	for (int k = 0; k < most; k++) {
		double height = 0;
		PangoLayoutLine *line[PDF_COLUMNS] = { NULL };
		for (int i = 0; i < columns; i++) {
			if (k >= pango_layout_get_line_count(l[i]))
				continue;
			line[i] = pango_layout_get_line_readonly(l[i], k);
			double h = line_height(line[i], &ascent[i]);
			height = h > height ? h : height;
		}
		need(p, height);
		for (int i = 0; i < columns; i++)
			if (line[i])
				draw_line(p, line[i], p->left[i], p->y + ascent[i]);
		p->y += height;
	}
	p->y += 1.5;
	rule(p, MARGIN, p->y, WIDTH - MARGIN, p->y, bold ? 0.8 : 0.25);
	p->y += 1.5;
	for (int i = 0; i < columns; i++)
		g_object_unref(l[i]);
}

static void put_titles(struct pdf *p)
{
	span titles[PDF_COLUMNS];
	for (int i = 0; i < p->column_n; i++)
		titles[i] = span_z(p->columns[i].title);
	put_row(p, titles, true);
}

void pdf_table(struct pdf *p, const struct pdf_column *columns)
{
	int sum = 0;
	p->columns = columns;
	p->column_n = 0;
	for (; p->column_n < PDF_COLUMNS && columns[p->column_n].title; p->column_n++)
		sum += columns[p->column_n].width;
	p->left[0] = MARGIN;
	for (int i = 0; i < p->column_n; i++)
		p->left[i + 1] = p->left[i] + BODY * columns[i].width / sum;
	need(p, 60);
	put_titles(p);
}

void pdf_row(struct pdf *p, const span *cells)
{
	if (p->y + 24 > BOTTOM) {
		pdf_page(p);
		put_titles(p);
	}
	put_row(p, cells, false);
}

void pdf_table_end(struct pdf *p)
{
	p->column_n = 0;
	p->y += 6;
}

static cairo_status_t keep(void *user, const unsigned char *bytes, unsigned n)
{
	struct buf *b = user;
	buf_add(b, (span){ (const char *)bytes, n });
	return b->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static int pass(struct pdf *p, pdf_build_fn *build, void *user, struct err *err)
{
	p->page = p->chapter = 0;
	pdf_page(p);
	int rc = build(p, user, err);
	page_end(p);
	return rc;
}

static int draw(struct pdf *p, struct buf *raw, pdf_build_fn *build, void *user, struct err *err)
{
	char when[25];
	time_format(p->about->date, when);
	memcpy(when + 19, "Z", 2);
	p->surface = cairo_pdf_surface_create_for_stream(keep, raw, WIDTH, HEIGHT);
	/* 1.5 for ActualText alone, which says what several glyphs stand for: text that is taken
	 * out is then the record's in every script. pdfa.c writes it as 1.4, whose readers pass it
	 * by.
	 */
	cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, p->about->title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
	p->cr = cairo_create(p->surface);
	int rc = pass(p, build, user, err);
	cairo_surface_finish(p->surface);
	if (!rc && (cairo_status(p->cr) != CAIRO_STATUS_SUCCESS ||
		    cairo_surface_status(p->surface) != CAIRO_STATUS_SUCCESS))
		rc = err_set(err, E_IO, "The document could not be drawn: %s.",
			     cairo_status_to_string(cairo_status(p->cr)));
	cairo_destroy(p->cr);
	cairo_surface_destroy(p->surface);
	return rc;
}

int pdf_make(struct buf *ret, const struct pdf_about *about, pdf_build_fn *build, void *user,
	     struct err *err)
{
	struct pdf p = { .about = about };
	struct glyphs *glyphs;
	struct buf raw = { 0 };
	int rc = glyphs_new(&glyphs, err);
	if (rc)
		return rc;
	p.glyphs = glyphs;
	p.context = pango_font_map_create_context(glyphs_map(glyphs));
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(p.context, options);
	cairo_font_options_destroy(options);
	pango_context_set_language(p.context, pango_language_from_string("en-gb"));
	pango_context_set_round_glyph_positions(p.context, FALSE);
	rc = pass(&p, build, user, err);
	p.pages = p.page;
	if (!rc)
		rc = draw(&p, &raw, build, user, err);
	if (!rc && (raw.failed || p.text.failed))
		rc = err_set(err, E_NOMEM, "Memory ran out while a document was made.");
	if (!rc)
		rc = pdfa_make(ret, buf_span(&raw), about->title, about->date, err);
	buf_free(&raw);
	buf_free(&p.text);
	g_object_unref(p.context);
	glyphs_free(glyphs);
	return rc;
}
