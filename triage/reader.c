/* reader.c - see reader.h */
#include "reader.h"
#include "sha256.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Large enough that the calls do not count, small enough to stay in the second-level cache. */
#define HASH_BLOCK ((size_t)256 * 1024)

/* Small reads that follow each other (a table from page to page) are answered from a larger one. */
#define AHEAD ((size_t)128 * 1024)
#define SMALL ((size_t)16 * 1024)

struct reader {
	int fd; /* -1: memory, or made */
	uint64_t start, size;
	const char *memory;
	struct reader_made made; /* made.at is NULL where it is not */
	uint64_t next;           /* where a read would be that follows the last */
	char *ahead; /* bytes [ahead_at, ahead_at + ahead_n), or NULL until it is needed */
	uint64_t ahead_at;
	size_t ahead_n;
};

static int make(struct reader **ret, struct reader value, struct err *err)
{
	struct reader *r = malloc(sizeof *r);
	if (!r) {
		if (value.fd >= 0)
			close(value.fd);
		if (value.made.at)
			value.made.free(value.made.user);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	*r = value;
	*ret = r;
	return 0;
}

int reader_of_fd(struct reader **ret, int fd, uint64_t start, uint64_t size, struct err *err)
{
	if (start > INT64_MAX || size > INT64_MAX - start) {
		close(fd);
		return err_set(err, E_LIMIT, "A file is larger than any file can be.");
	}
	return make(ret,
		    (struct reader){ .fd = fd, .start = start, .size = size, .next = UINT64_MAX },
		    err);
}

int reader_of_memory(struct reader **ret, span bytes, struct err *err)
{
	return make(ret, (struct reader){ .fd = -1, .size = bytes.n, .memory = bytes.p }, err);
}

int reader_of_made(struct reader **ret, const struct reader_made *made, uint64_t size,
		   struct err *err)
{
	return make(ret, (struct reader){ .fd = -1, .size = size, .made = *made }, err);
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	if (r->made.at)
		r->made.free(r->made.user);
	if (r->fd >= 0)
		close(r->fd);
	free(r->ahead);
	free(r);
}

uint64_t reader_size(const struct reader *r)
{
	return r->size;
}

static ptrdiff_t read_file(struct reader *r, char *buf, size_t n, uint64_t at, struct err *err)
{
	size_t done = 0;
	while (done < n) {
		ssize_t got = pread(r->fd, buf + done, n - done, (off_t)(r->start + at + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, E_IO, "Reading failed: %s.", strerror(errno));
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ptrdiff_t)done;
}

/* True if the bytes could be answered from what was read ahead. */
static bool from_ahead(struct reader *r, void *buf, size_t n, uint64_t at)
{
	bool follows = at == r->next;
	r->next = at + n;
	if (n > SMALL)
		return false;
	bool inside = at >= r->ahead_at && at - r->ahead_at < r->ahead_n &&
		      r->ahead_n - (at - r->ahead_at) >= n;
	if (!inside && follows) {
		if (!r->ahead && !(r->ahead = malloc(AHEAD)))
			return false;
		size_t want = r->size - at < AHEAD ? (size_t)(r->size - at) : AHEAD;
		ptrdiff_t got = read_file(r, r->ahead, want, at, NULL);
		r->ahead_at = at;
		r->ahead_n = got > 0 ? (size_t)got : 0;
		inside = r->ahead_n >= n;
	}
	if (inside)
		memcpy(buf, r->ahead + (at - r->ahead_at), n);
	return inside;
}

ptrdiff_t reader_at(struct reader *r, void *buf, size_t n, uint64_t at, struct err *err)
{
	if (at >= r->size)
		return 0;
	if (n > r->size - at)
		n = (size_t)(r->size - at);
	if (r->made.at) {
		int rc = r->made.at(r->made.user, buf, n, at, err);
		return rc ? rc : (ptrdiff_t)n;
	}
	if (r->fd < 0) {
		memcpy(buf, r->memory + at, n);
		return (ptrdiff_t)n;
	}
	if (from_ahead(r, buf, n, at))
		return (ptrdiff_t)n;
	return read_file(r, buf, n, at, err);
}

int reader_sha256(struct reader *r, char out[static 65], reader_progress *progress, void *user,
		  struct err *err)
{
	struct sha256 *h = sha256_new(err);
	char *block = malloc(HASH_BLOCK);
	int rc = h ? 0 : E_NOMEM;
	if (!block)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (r->fd >= 0)
		posix_fadvise(r->fd, (off_t)r->start, (off_t)r->size, POSIX_FADV_SEQUENTIAL);
	for (uint64_t at = 0; rc == 0 && at < r->size;) {
		ptrdiff_t n = reader_at(r, block, HASH_BLOCK, at, err);
		if (n < 0) {
			rc = (int)n;
		} else if (n == 0) {
			rc = err_set(err, E_IO, "The file became shorter while it was read.");
		} else {
			sha256_add(h, (span){ block, (size_t)n });
			at += (uint64_t)n;
			if (progress && !progress(user, at, r->size))
				rc = err_set(err, E_STOPPED, "Stopped.");
		}
	}
	if (rc == 0)
		rc = sha256_end(h, out, err);
	free(block);
	sha256_free(h);
	return rc;
}
