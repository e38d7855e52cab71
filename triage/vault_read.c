/* vault_read.c - files of the vault as bytes at offsets. See vault.h */
#include "vault_head.h"
#include "vault_inside.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A database is read in pages here and there: chunks that were read lately stay open. */
#define SLOTS ((size_t)16)

struct vault_file {
	int fd;
	uint64_t size;
	struct chunk_key chunk_key;
	char place[VAULT_PLACE];
	unsigned char *sealed; /* one chunk as it is on disk */
	char *open[SLOTS];     /* allocated when first needed */
	uint64_t holds[SLOTS]; /* number of the chunk + 1 */
};

static void file_free(void *user)
{
	struct vault_file *f = user;
	if (f->fd >= 0)
		close(f->fd);
	for (size_t i = 0; i < SLOTS; i++)
		free(f->open[i]);
	free(f->sealed);
	chunk_key_wipe(&f->chunk_key);
	free(f);
}

/* out takes the whole chunk. */
static int read_chunk(struct vault_file *f, uint64_t number, char *out, struct err *err)
{
	uint64_t left = f->size - number * CHUNK;
	size_t n = left < CHUNK ? (size_t)left : CHUNK, done = 0;
	while (done < n + CHUNK_TAG) {
		ssize_t got = pread(f->fd, f->sealed + done, n + CHUNK_TAG - done,
				    (off_t)(VAULT_HEAD + number * CHUNK_STRIDE + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, E_IO, "Reading the vault failed: %s.", strerror(errno));
		if (got == 0)
			return err_set(err, E_FORMAT, "The vault file '%s' is not whole.",
				       f->place);
		done += (size_t)got;
	}
	if (!chunk_open(&f->chunk_key, number, left <= CHUNK,
			(span){ (const char *)f->sealed, n + CHUNK_TAG }, (unsigned char *)out))
		return err_set(err, E_FORMAT,
			       "The vault file '%s' was altered: its bytes from %llu on are not "
			       "those that were kept.",
			       f->place, (unsigned long long)(number * CHUNK));
	return 0;
}

/* The chunk from a slot, read into it if it is not there. */
static int slot_of(struct vault_file *f, uint64_t number, const char **ret, struct err *err)
{
	size_t i = (size_t)(number % SLOTS);
	if (f->holds[i] != number + 1) {
		if (!f->open[i] && !(f->open[i] = malloc(CHUNK)))
			return err_set(err, E_NOMEM, "Memory ran out.");
		f->holds[i] = 0;
		int rc = read_chunk(f, number, f->open[i], err);
		if (rc)
			return rc;
		f->holds[i] = number + 1;
	}
	*ret = f->open[i];
	return 0;
}

static int on_read(void *user, char *buf, size_t n, uint64_t at, struct err *err)
{
	struct vault_file *f = user;
	while (n) {
		uint64_t number = at / CHUNK;
		size_t from = (size_t)(at % CHUNK);
		size_t part = n < CHUNK - from ? n : CHUNK - from;
		const char *chunk;
		int rc;
		if (part == CHUNK) { /* a whole one goes without a copy */
			rc = read_chunk(f, number, buf, err);
		} else {
			rc = slot_of(f, number, &chunk, err);
			if (!rc)
				memcpy(buf, chunk + from, part);
		}
		if (rc)
			return rc;
		buf += part;
		n -= part;
		at += part;
	}
	return 0;
}

static int check(struct vault *v, struct vault_file *f, struct err *err)
{
	unsigned char bytes[VAULT_HEAD];
	struct vault_head head;
	struct stat st;
	if (fstat(f->fd, &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(err, E_FORMAT, "'%s' is not a vault file.", f->place);
	if (pread(f->fd, bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return err_set(err, E_FORMAT, "The vault file '%s' is not whole.", f->place);
	int rc = vault_head_read(vault_key_in(v), f->place, bytes, &head, err);
	if (rc)
		return rc;
	if (head.size > INT64_MAX / 2 ||
	    (uint64_t)st.st_size != VAULT_HEAD + chunk_stored(head.size))
		return err_set(err, E_FORMAT, "The vault file '%s' is not whole.", f->place);
	f->size = head.size;
	vault_head_chunks(vault_key_in(v), &head, &f->chunk_key);
	return 0;
}

int vault_read(struct vault *v, const char *name, struct reader **ret, struct err *err)
{
	struct vault_file *f = calloc(1, sizeof *f);
	if (!f || !(f->sealed = malloc(CHUNK_STRIDE))) {
		free(f);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	vault_place(v, name, f->place);
	f->fd = openat(vault_dir(v), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int rc = f->fd < 0 ? err_set(err, E_IO, "The vault file '%s' cannot be opened: %s.",
				     f->place, strerror(errno))
			   : check(v, f, err);
	if (rc) {
		file_free(f);
		return rc;
	}
	struct reader_made made = { on_read, file_free, f };
	return reader_of_made(ret, &made, f->size, err);
}
