/*
 * shown.h - text from evidence in a form that cannot hide or change anything.
 *
 * Control, bidirectional, zero-width and other unseen characters, bytes that are not UTF-8, and
 * heaps of combining marks become tokens like "U+202E" or "byte FF", which writers set in the
 * brackets U+27E6 and U+27E7. Evidence that holds these brackets itself gets them as tokens too, so
 * that a token is never forged.
 */
#ifndef SHOWN_H
#define SHOWN_H
#include "base/span.h"
#include <stdio.h>

#define SHOWN_OPEN "\xe2\x9f\xa6"
#define SHOWN_CLOSE "\xe2\x9f\xa7"

enum shown_kind {
	SHOWN_PLAIN,   /* text that shows itself; may hold tabs */
	SHOWN_NEWLINE, /* LF or CR LF */
	SHOWN_TOKEN    /* a run of what does not show itself */
};

struct shown {
	enum shown_kind kind;
	span plain;
	char token[96]; /* without the brackets */
};

/* The next piece of text at *pos, which moves past it; false at the end. limit: no piece goes past
 * this byte (text.n for no limit), so that callers can mark a part. */
bool shown_next(span text, size_t *pos, size_t limit, struct shown *ret);

/* A part of text of at most about max bytes, on whole characters, that has [start, stop) in it as
 * far as it fits. */
span shown_window(span text, size_t start, size_t stop, size_t max);

/* For terminals and plain text: one line, tokens in brackets, cut after about max bytes and said.
 * shown_print is for what people write: a line end is " / ", a tab a space. shown_name is for what
 * should have neither, paths and names: both are tokens. */
void shown_print(FILE *to, span text, size_t max);
void shown_name(FILE *to, span name, size_t max);
#endif
