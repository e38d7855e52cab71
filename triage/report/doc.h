/*
 * doc.h - one content, two forms: a page for a browser and a document on paper.
 *
 * Words are those of this program; spans come from a case and are shown as hostile text is
 * (html.h, court/glyphs.h).
 */
#ifndef DOC_H
#define DOC_H
#include "court/pdf.h"
#include <stdio.h>

struct doc {
	struct pdf *pdf; /* one of the two */
	FILE *html;
	const struct pdf_column *columns;
	bool list; /* an HTML list is open */
};

/* title and marking stand on every page of paper and at the top of the browser's. */
void doc_begin(struct doc *d, const char *title, const char *marking, bool training);
void doc_end(struct doc *d);
void doc_page(struct doc *d); /* what follows begins a page on paper */
void doc_heading(struct doc *d, int level, const char *words);
void doc_text(struct doc *d, const char *words);
void doc_bold(struct doc *d, const char *words);
void doc_sentence(struct doc *d, span s);
void doc_item(struct doc *d, span s);
void doc_said(struct doc *d, span s);
void doc_pair(struct doc *d, const char *label, span value);
void doc_pair_z(struct doc *d, const char *label, const char *value);
void doc_blank(struct doc *d, const char *label);
void doc_table(struct doc *d, const struct pdf_column *columns);
void doc_row(struct doc *d, const span *cells);
void doc_table_end(struct doc *d);
#endif
