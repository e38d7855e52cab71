/*
 * buf.h - bytes that grow.
 *
 * Start from { 0 }. After memory ran out, `failed` is set, further appends do
 * nothing and the contents are to be thrown away: check once, at the end.
 * data is NUL-terminated whenever it is not NULL.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/span.h"

struct buf {
	char *data;
	size_t n, cap;
	bool failed;
};

void buf_add(struct buf *b, span s);
void buf_byte(struct buf *b, char c);
__attribute__((format(printf, 2, 3))) void buf_addf(struct buf *b, const char *format, ...);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_free(struct buf *b);  /* back to { 0 } */
static inline span buf_span(const struct buf *b)
{
	return (span){ b->data ? b->data : "", b->n };
}
#endif
