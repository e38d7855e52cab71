/* order.h - the one order of paths: bytewise. */
#ifndef ORDER_H
#define ORDER_H
#include "base/span.h"

/* Negative, 0 or positive. Absent is as empty. */
static inline int span_order(span a, span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}
#endif
