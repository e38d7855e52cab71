/* buf.c - see buf.h */
#include "base/buf.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static bool room(struct buf *b, size_t more)
{
	if (b->failed)
		return false;
	if (more < b->cap - b->n)
		return true;
	if (more > SIZE_MAX / 4 - b->n) {
		b->failed = true;
		return false;
	}
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->n <= more)
		cap *= 2;
	char *p = realloc(b->data, cap);
	if (!p) {
		b->failed = true;
		return false;
	}
	b->data = p;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, span s)
{
	if (!room(b, s.n))
		return;
	if (s.n)
		memcpy(b->data + b->n, s.p, s.n);
	b->n += s.n;
	b->data[b->n] = 0;
}

void buf_byte(struct buf *b, char c)
{
	buf_add(b, (span){ &c, 1 });
}

void buf_addf(struct buf *b, const char *format, ...)
{
	va_list ap, again;
	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (n < 0)
		b->failed = true;
	else if (room(b, (size_t)n)) {
		vsnprintf(b->data + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->failed = false;
	if (b->data)
		b->data[0] = 0;
}

void buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}
