/* sealed_stream.c - see sealed_stream.h */
#include "sealed_stream.h"
#include "sha256.h"
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

struct sealed_out {
	int fd;
	uint64_t start, size, put;
	const struct chunk_key *key;
	struct sha256 *hash;
	unsigned char plain[CHUNK], sealed[CHUNK_STRIDE];
};

struct sealed_in {
	int fd;
	uint64_t start, size, got;
	const struct chunk_key *key;
	struct sha256 *hash;
	unsigned char plain[CHUNK], sealed[CHUNK_STRIDE];
};

int sealed_out_open(struct sealed_out **ret, int fd, uint64_t start, const struct chunk_key *k,
		    uint64_t size, struct err *err)
{
	struct sealed_out *o = malloc(sizeof *o);
	if (!o || !(o->hash = sha256_new(err))) {
		free(o);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	o->fd = fd;
	o->start = start;
	o->size = size;
	o->put = 0;
	o->key = k;
	*ret = o;
	return 0;
}

void sealed_out_free(struct sealed_out *o)
{
	if (!o)
		return;
	sha256_free(o->hash);
	sodium_memzero(o->plain, sizeof o->plain);
	free(o);
}

/* The chunk that ends at o->put. */
static int write_chunk(struct sealed_out *o, struct err *err)
{
	uint64_t number = (o->put - 1) / CHUNK, at = o->start + number * CHUNK_STRIDE;
	size_t n = (size_t)(o->put - number * CHUNK);
	int rc = chunk_seal(o->key, number, o->put == o->size, (span){ (char *)o->plain, n },
			    o->sealed, err);
	n += CHUNK_TAG;
	for (size_t done = 0; !rc && done < n;) {
		ssize_t wrote = pwrite(o->fd, o->sealed + done, n - done, (off_t)(at + done));
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			rc = err_set(err, E_IO,
				     "The sealed case cannot be written: %s. The case folder is as "
				     "it was.",
				     strerror(errno));
		else
			done += (size_t)wrote;
	}
	return rc;
}

int sealed_out_put(struct sealed_out *o, span bytes, struct err *err)
{
	int rc = 0;
	if (bytes.n > o->size - o->put)
		return err_set(err, E_IO, "A file of the case grew while it was sealed.");
	sha256_add(o->hash, bytes);
	while (!rc && bytes.n) {
		size_t filled = (size_t)(o->put % CHUNK), room = CHUNK - filled;
		size_t n = bytes.n < room ? bytes.n : room;
		memcpy(o->plain + filled, bytes.p, n);
		o->put += n;
		bytes = span_from(bytes, n);
		if (o->put % CHUNK == 0 || o->put == o->size)
			rc = write_chunk(o, err);
	}
	return rc;
}

int sealed_out_end(struct sealed_out *o, char sha256[static 65], struct err *err)
{
	if (o->put != o->size)
		return err_set(err, E_IO, "A file of the case shrank while it was sealed.");
	return sha256_end(o->hash, sha256, err);
}

int sealed_in_open(struct sealed_in **ret, int fd, uint64_t start, const struct chunk_key *k,
		   uint64_t size, struct err *err)
{
	struct sealed_in *i = malloc(sizeof *i);
	if (!i || !(i->hash = sha256_new(err))) {
		free(i);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	i->fd = fd;
	i->start = start;
	i->size = size;
	i->got = 0;
	i->key = k;
	*ret = i;
	return 0;
}

void sealed_in_free(struct sealed_in *i)
{
	if (!i)
		return;
	sha256_free(i->hash);
	sodium_memzero(i->plain, sizeof i->plain);
	free(i);
}

uint64_t sealed_in_left(const struct sealed_in *i)
{
	return i->size - i->got;
}

/* The chunk that begins at i->got. */
static int read_chunk(struct sealed_in *i, struct err *err)
{
	uint64_t number = i->got / CHUNK, left = i->size - i->got;
	size_t n = (left < CHUNK ? (size_t)left : CHUNK) + CHUNK_TAG;
	for (size_t done = 0; done < n;) {
		ssize_t got = pread(i->fd, i->sealed + done, n - done,
				    (off_t)(i->start + number * CHUNK_STRIDE + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, E_IO, "The sealed case cannot be read: %s.",
				       strerror(errno));
		if (got == 0)
			return err_set(err, E_FORMAT,
				       "The sealed case is not whole. Use your copy of it.");
		done += (size_t)got;
	}
	if (!chunk_open(i->key, number, left <= CHUNK, (span){ (char *)i->sealed, n }, i->plain))
		return err_set(err, E_FORMAT,
			       "The sealed case was altered or is damaged (block %llu). Use your "
			       "copy of it.",
			       (unsigned long long)number);
	return 0;
}

int sealed_in_get(struct sealed_in *i, void *buf, size_t n, struct err *err)
{
	char *to = buf;
	if (n > i->size - i->got)
		return err_set(err, E_FORMAT, "What is in the sealed case ends too early.");
	while (n) {
		size_t from = (size_t)(i->got % CHUNK), part = n < CHUNK - from ? n : CHUNK - from;
		int rc = from ? 0 : read_chunk(i, err);
		if (rc)
			return rc;
		memcpy(to, i->plain + from, part);
		sha256_add(i->hash, (span){ to, part });
		to += part;
		n -= part;
		i->got += part;
	}
	return 0;
}

int sealed_in_end(struct sealed_in *i, char sha256[static 65], struct err *err)
{
	return sha256_end(i->hash, sha256, err);
}
