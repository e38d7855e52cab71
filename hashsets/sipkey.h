/*
 * sipkey.h - a hash of bytes that nobody can aim at: SipHash-2-4 under a key drawn at start.
 */
#ifndef SIPKEY_H
#define SIPKEY_H
#include "base/span.h"
#include <sodium.h>
#include <stdint.h>

struct sipkey {
	unsigned char key[crypto_shorthash_KEYBYTES];
};

static inline void sipkey_draw(struct sipkey *k)
{
	randombytes_buf(k->key, sizeof k->key);
}

static inline uint64_t sipkey_of(const struct sipkey *k, span s)
{
	uint64_t h;
	unsigned char out[crypto_shorthash_BYTES];
	crypto_shorthash(out, (const unsigned char *)s.p, s.n, k->key);
	memcpy(&h, out, sizeof h);
	return h;
}
#endif
