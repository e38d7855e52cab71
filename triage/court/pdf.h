/*
 * pdf.h - a document on A4 pages as PDF/A-1b (ISO 19005-1, level B), black on white.
 *
 * The content is built twice, first to count the pages and then to draw, so build must do the same
 * both times. Each page bears the marking, a foot and "page x of y". All text may be hostile: it
 * goes through glyphs.h. The same calls give the same bytes, whatever the machine's language, time
 * zone or clock says. Points are 1/72 inch.
 */
#ifndef PDF_H
#define PDF_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

struct pdf;

struct pdf_about {
	const char *title;   /* fixed words of this program, ASCII */
	const char *marking; /* at the top and the bottom of every page */
	const char *foot;    /* what binds a page to its report: number, hash */
	int64_t date;        /* ms UTC: the document's date */
};
typedef int pdf_build_fn(struct pdf *p, void *user, struct err *err);

/* The document's bytes, appended to ret. */
int pdf_make(struct buf *ret, const struct pdf_about *about, pdf_build_fn *build, void *user,
	     struct err *err);

/* Level 1 or 2; stands in the outline. Fixed words. */
void pdf_heading(struct pdf *p, int level, const char *text);
void pdf_page(struct pdf *p); /* what follows begins a page */
void pdf_space(struct pdf *p);
/* Our own words, or text that may stand as a paragraph: bytes past max are cut and that is said. */
enum { PDF_TEXT_MAX = 6000, PDF_CELL_MAX = 400 };
void pdf_text(struct pdf *p, const char *text);
void pdf_sentence(struct pdf *p, span text);
void pdf_bold(struct pdf *p, const char *text);
void pdf_item(struct pdf *p, span text); /* of a list */
void pdf_said(struct pdf *p, span text); /* of the case: indented, a line at its side */
void pdf_pair(struct pdf *p, const char *label, span value);
void pdf_pair_z(struct pdf *p, const char *label, const char *value);
void pdf_pair_int(struct pdf *p, const char *label, int64_t value);
void pdf_blank(struct pdf *p, const char *label); /* a line to write on */

enum { PDF_COLUMNS = 8 };
struct pdf_column {
	const char *title; /* NULL ends the list */
	int width;         /* parts; the columns share the width of the page */
};
/* columns stay as they are until the table ends. */
void pdf_table(struct pdf *p, const struct pdf_column *columns);
void pdf_row(struct pdf *p, const span *cells);
void pdf_table_end(struct pdf *p);
#endif
