/*
 * linepack_bytes.h - the layout of linepack.h in pieces. For linepack*.c.
 */
#ifndef LINEPACK_BYTES_H
#define LINEPACK_BYTES_H
#include "linepack.h"

#define HEAD ((size_t)48)
#define ENTRY ((size_t)32)

enum linepack_part {
	PART_ENTRY,
	PART_LINE,
	PART_TEXT,
	PART_GONE_ENTRY,
	PART_GONE_LINE,
	PART_GONE_TEXT
};

/* The bytes of the i-th of a part, NULL past the last. Each begins with what it is ordered by: 20
 * bytes of an entry, 4 of others. */
const unsigned char *linepack_raw(const struct linepack *p, enum linepack_part part, uint32_t i,
				  size_t *ret_n);

static inline uint32_t get32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline unsigned get16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static inline void put32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> (24 - 8 * i));
}

static inline void put16(unsigned char *p, unsigned v)
{
	p[0] = (unsigned char)(v >> 8);
	p[1] = (unsigned char)v;
}
#endif
