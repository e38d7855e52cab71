/*
 * span.h - borrowed bytes.
 *
 * A span is bytes that somebody else owns and that may hold NUL. It dies with
 * the call that gave it. p == NULL says "absent"; p != NULL with n == 0 says
 * "present and empty". Nothing says that the bytes are UTF-8.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct span {
	const char *p;
	size_t n;
} span;

#define SPAN(literal) ((span){ (literal), sizeof(literal) - 1 })
/* The same where C wants a constant: initialisers of static objects. */
#define SPAN_INIT(literal)                     \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}
#define SPAN_NONE ((span){ NULL, 0 })

static inline span span_z(const char *s)
{
	return (span){ s, s ? strlen(s) : 0 };
}

/* Equal bytes; absent equals only absent. */
static inline bool span_eq(span a, span b)
{
	if (!a.p || !b.p)
		return !a.p && !b.p;
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* ASCII letters compare without case; all other bytes as they are. */
static inline bool span_eq_nocase(span a, span b)
{
	if (a.n != b.n || !a.p || !b.p)
		return !a.p && !b.p;
	for (size_t i = 0; i < a.n; i++) {
		unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
		if (x >= 'A' && x <= 'Z')
			x = (unsigned char)(x + 32);
		if (y >= 'A' && y <= 'Z')
			y = (unsigned char)(y + 32);
		if (x != y)
			return false;
	}
	return true;
}

static inline span span_from(span s, size_t start)
{
	return start >= s.n ? (span){ s.p ? s.p + s.n : NULL, 0 }
			    : (span){ s.p + start, s.n - start };
}

static inline span span_sub(span s, size_t start, size_t stop)
{
	return (span){ s.p + start, stop - start };
}
#endif
