/*
 * chunk.h - bytes in encrypted chunks of 64 KiB, each of which can be read alone: the form of vault
 * files (vault.h) and of sealed cases (sealed.h).
 *
 * Each chunk is ChaCha20-Poly1305 (RFC 8439; OpenSSL's is twice as fast here as libsodium's). A key
 * belongs to one file: chunk_key_of() makes it from a longer-lived one, with the file's random id
 * and whatever else the file is bound to. So the nonce need only count: 4 zero bytes, the chunk's
 * number as 8 bytes little-endian. Additional data: the number again, one byte that says whether it
 * is the last, and its length as 4 bytes little-endian. No chunk passes for another, of its own
 * file or of another, and an end that was cut off shows.
 */
#ifndef CHUNK_H
#define CHUNK_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

#define CHUNK ((size_t)65536)
#define CHUNK_TAG ((size_t)16)
#define CHUNK_STRIDE (CHUNK + CHUNK_TAG)
#define CHUNK_KEY 32
#define CHUNK_ID 16

struct chunk_key {
	unsigned char bytes[CHUNK_KEY]; /* wiped by the owner: chunk_key_wipe */
};

/* BLAKE2b-256 keyed with from, over the id and then bound. */
void chunk_key_of(struct chunk_key *ret, const unsigned char from[static CHUNK_KEY],
		  const unsigned char id[static CHUNK_ID], span bound);
void chunk_key_wipe(struct chunk_key *k);

/* plain: 1 to CHUNK bytes; out takes plain.n + CHUNK_TAG. E_NOMEM. */
int chunk_seal(const struct chunk_key *k, uint64_t number, bool last, span plain,
	       unsigned char *out, struct err *err);
/* sealed: what chunk_seal made; out takes sealed.n - CHUNK_TAG. False: altered, or not this chunk;
 * out is then of no meaning. */
bool chunk_open(const struct chunk_key *k, uint64_t number, bool last, span sealed,
		unsigned char *out);

/* How many chunks hold size bytes, and how many bytes they take up. */
static inline uint64_t chunk_count(uint64_t size)
{
	return size / CHUNK + (size % CHUNK != 0);
}
static inline uint64_t chunk_stored(uint64_t size)
{
	return size + chunk_count(size) * CHUNK_TAG;
}
#endif
