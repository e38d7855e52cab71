/*
 * reader.h - bytes at offsets, wherever they lie: in a file, in the vault, in memory.
 *
 * All evidence is read through this. The size is that of the moment of opening: bytes that are
 * added later are not seen, bytes that go missing read as a short count (in the vault: an error).
 */
#ifndef READER_H
#define READER_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

struct reader;

/* Bytes [start, start + size) of fd, which the reader takes over, also on failure. */
int reader_of_fd(struct reader **ret, int fd, uint64_t start, uint64_t size, struct err *err);
/* The bytes are borrowed: they must outlive the reader. */
int reader_of_memory(struct reader **ret, span bytes, struct err *err);
/* Bytes that somebody works out: at gives all of [at, at + n), which lies inside size, or a
 * negative error. free is called with user by reader_free, and when making the reader fails. */
struct reader_made {
	int (*at)(void *user, char *buf, size_t n, uint64_t at, struct err *err);
	void (*free)(void *user);
	void *user;
};
int reader_of_made(struct reader **ret, const struct reader_made *made, uint64_t size,
		   struct err *err);
void reader_free(struct reader *r); /* NULL is legal */

uint64_t reader_size(const struct reader *r);
/* Up to n bytes from `at`: how many there were, fewer than n only at the end. Negative E_IO, and
 * E_FORMAT from a vault file that was altered. */
ptrdiff_t reader_at(struct reader *r, void *buf, size_t n, uint64_t at, struct err *err);

/* Told of each block as it is hashed; false ends the work with E_STOPPED. May be NULL. */
typedef bool reader_progress(void *user, uint64_t done, uint64_t total);

/* SHA-256 of all bytes as 64 hex digits and a NUL. E_IO too when there are fewer bytes than the
 * size says. */
int reader_sha256(struct reader *r, char out[static 65], reader_progress *progress, void *user,
		  struct err *err);
#endif
