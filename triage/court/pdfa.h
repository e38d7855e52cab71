/*
 * pdfa.h - a document of cairo's into one that is PDF/A-1b exactly: metadata as XMP, the output's
 * colour space, the set of glyphs of each font, no transparency, PDF 1.4. Deterministic.
 */
#ifndef PDFA_H
#define PDFA_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

/* title and date (ms UTC) must be those that the document bears already. */
int pdfa_make(struct buf *ret, span pdf, const char *title, int64_t date, struct err *err);
#endif
