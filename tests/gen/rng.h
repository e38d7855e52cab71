/* rng.h - a small random number generator: the same seed gives the same phone on every machine. */
#ifndef GEN_RNG_H
#define GEN_RNG_H
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

/* stream keeps the draws of one part from moving those of another. */
void rng_seed(struct rng *r, uint64_t seed, uint64_t stream);
uint64_t rng_next(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t n); /* 0 .. n-1; n must not be 0 */
/* True once in n draws. */
static inline int rng_one_in(struct rng *r, uint32_t n)
{
	return rng_below(r, n) == 0;
}

/* A stateless hash of (seed, what, n), for identifiers that must be found again later. */
uint64_t rng_hash(uint64_t seed, uint64_t what, uint64_t n);
/* A GUID in capitals from such a hash; out[37]. */
void rng_guid(uint64_t seed, uint64_t what, uint64_t n, char out[static 37]);
void rng_shuffle(struct rng *r, uint32_t *v, size_t n);
#endif
