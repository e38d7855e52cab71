/* typedstream_write.h - a text as iOS stores it in attributedBody. */
#ifndef GEN_TYPEDSTREAM_WRITE_H
#define GEN_TYPEDSTREAM_WRITE_H
#include "base/buf.h"

/* An NSAttributedString with one run over the whole text (UTF-8). */
void typedstream_write(struct buf *out, const char *text);
#endif
