/* rng.c - xoshiro256** seeded by splitmix64 (Blackman and Vigna, public domain algorithms). */
#include "rng.h"
#include <stdio.h>

static uint64_t splitmix(uint64_t *x)
{
	uint64_t z = (*x += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static uint64_t turn(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

void rng_seed(struct rng *r, uint64_t seed, uint64_t stream)
{
	uint64_t x = rng_hash(seed, stream, 0);
	for (int i = 0; i < 4; i++)
		r->s[i] = splitmix(&x);
}

uint64_t rng_next(struct rng *r)
{
	uint64_t *s = r->s, ret = turn(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = turn(s[3], 45);
	return ret;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

uint64_t rng_hash(uint64_t seed, uint64_t what, uint64_t n)
{
	uint64_t x = seed;
	x = splitmix(&x) ^ what;
	x = splitmix(&x) ^ n;
	return splitmix(&x);
}

void rng_guid(uint64_t seed, uint64_t what, uint64_t n, char out[static 37])
{
	uint64_t a = rng_hash(seed, what, n), b = rng_hash(seed, ~what, n);
	snprintf(out, 37, "%08X-%04X-4%03X-%04X-%04X%08X", (unsigned)(a >> 32),
		 (unsigned)(a >> 16) & 0xffff, (unsigned)a & 0xfff,
		 ((unsigned)(b >> 48) & 0x3fff) | 0x8000, (unsigned)(b >> 32) & 0xffff,
		 (unsigned)b);
}

void rng_shuffle(struct rng *r, uint32_t *v, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = rng_below(r, (uint32_t)i);
		uint32_t t = v[i - 1];
		v[i - 1] = v[j];
		v[j] = t;
	}
}
