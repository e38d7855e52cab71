/* annex_html.h - every record on pages of ANNEX_CHUNK, each small enough to open at once. */
#ifndef ANNEX_HTML_H
#define ANNEX_HTML_H
#include "case.h"
#include "court/bundle.h"

int annex_html(struct case_db *c, struct bundle *b, struct err *err);
#endif
