/*
 * vector.h - sixteen bytes at a time, in vectors that GCC and Clang know on any machine.
 *
 * For folded text: lower case; as signed bytes, those past ASCII are below everything.
 */
#ifndef VECTOR_H
#define VECTOR_H
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef signed char bytes16 __attribute__((vector_size(16)));

static inline bytes16 load16(const char *p)
{
	bytes16 v;
	memcpy(&v, p, sizeof v);
	return v;
}

static inline bytes16 all16(char c)
{
	return (bytes16){ c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c };
}

static inline bytes16 within16(bytes16 v, char low, char high)
{
	return (v >= all16(low)) & (v <= all16(high));
}

static inline bytes16 letters16(bytes16 v)
{
	return within16(v, 'a', 'z');
}

static inline bytes16 digits16(bytes16 v)
{
	return within16(v, '0', '9');
}

/* One bit for each byte that is set (all ones), the first byte's lowest. */
static inline uint64_t bits16(bytes16 v)
{
#ifdef __SSE2__
	return (uint64_t)(uint32_t)__builtin_ia32_pmovmskb128(
		(char __attribute__((vector_size(16))))v);
#else
	uint64_t set = 0;
	for (unsigned i = 0; i < 16; i++)
		set |= (uint64_t)(v[i] < 0) << i;
	return set;
#endif
}
#endif
