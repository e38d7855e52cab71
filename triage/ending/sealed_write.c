/* sealed_write.c - a folder into one sealed file. See sealed.h */
#include "folder_list.h"
#include "sealed_head.h"
#include "sealed_stream.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)256 * 1024)

struct packing {
	const char *folder;
	const struct sealed_progress *progress;
	struct folder_list list;
	struct sealed_head head;
	struct buf head_bytes;
	struct chunk_key key;
	int fd;
	struct sealed_out *out;
	char *block;
	uint64_t done; /* bytes of files */
	int held;      /* case.db stays open: closing it would drop SQLite's lock on it */
	struct err *err;
};

static int told(struct packing *p, const char *what, uint64_t done)
{
	if (p->progress->fn && !p->progress->fn(p->progress->user, what, done, p->head.size))
		return err_set(p->err, E_STOPPED, "Stopped. The case folder is as it was.");
	return 0;
}

static int put_number(struct packing *p, uint64_t v, int n)
{
	char bytes[8];
	for (int i = 0; i < n; i++)
		bytes[i] = (char)(v >> 8 * (n - 1 - i) & 255);
	return sealed_out_put(p->out, (span){ bytes, (size_t)n }, p->err);
}

static int put_name(struct packing *p, char kind, const char *path)
{
	int rc = sealed_out_put(p->out, (span){ &kind, 1 }, p->err);
	if (!rc)
		rc = put_number(p, strlen(path), 2);
	return rc ? rc : sealed_out_put(p->out, span_z(path), p->err);
}

static int put_bytes(struct packing *p, int fd, const struct folder_entry *e)
{
	uint64_t left = e->size;
	int rc = 0;
	while (!rc && left) {
		ssize_t got = read(fd, p->block, left < BLOCK ? (size_t)left : BLOCK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(p->err, E_IO, "'%s' cannot be read: %s.", e->path,
				       got ? strerror(errno) : "it became shorter");
		left -= (uint64_t)got;
		p->done += (uint64_t)got;
		rc = sealed_out_put(p->out, (span){ p->block, (size_t)got }, p->err);
		if (!rc)
			rc = told(p, "sealing", p->done);
	}
	if (!rc && read(fd, p->block, 1) != 0)
		rc = err_set(p->err, E_IO, "'%s' grew while it was sealed.", e->path);
	return rc;
}

static int put_file(struct packing *p, int folder, const struct folder_entry *e)
{
	int fd = openat(folder, e->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return err_set(p->err, E_IO, "'%s' cannot be opened: %s.", e->path,
			       strerror(errno));
	int rc = put_name(p, 'F', e->path);
	if (!rc)
		rc = put_number(p, e->size, 8);
	if (!rc)
		rc = put_bytes(p, fd, e);
	if (strcmp(e->path, "case.db") == 0)
		p->held = fd;
	else
		close(fd);
	return rc;
}

static uint64_t plain_size(const struct folder_list *l)
{
	uint64_t n = 1 + 8;
	for (size_t i = 0; i < l->n; i++)
		n += 1 + 2 + strlen(l->entry[i].path) +
		     (l->entry[i].folder ? 0 : 8 + l->entry[i].size);
	return n;
}

static int put_all(struct packing *p, char sha256[static 65])
{
	int folder = open(p->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), rc = 0;
	if (folder < 0)
		return err_set(p->err, E_IO, "The folder '%s' cannot be opened: %s.", p->folder,
			       strerror(errno));
	for (size_t i = 0; !rc && i < p->list.n; i++) {
		const struct folder_entry *e = &p->list.entry[i];
		rc = e->folder ? put_name(p, 'D', e->path) : put_file(p, folder, e);
	}
	close(folder);
	if (!rc)
		rc = sealed_out_put(p->out, SPAN("E"), p->err);
	if (!rc)
		rc = put_number(p, p->list.n, 8);
	return rc ? rc : sealed_out_end(p->out, sha256, p->err);
}

/* What the disk holds now must be what went in. */
static int read_back(struct packing *p, const char *sha256)
{
	struct sealed_in *in;
	char again[65];
	/* not from memory: the pages that are written are dropped first */
	posix_fadvise(p->fd, 0, 0, POSIX_FADV_DONTNEED);
	int rc = sealed_in_open(&in, p->fd, p->head_bytes.n, &p->key, p->head.size, p->err);
	if (rc)
		return rc;
	while (!rc && sealed_in_left(in)) {
		uint64_t left = sealed_in_left(in);
		rc = sealed_in_get(in, p->block, left < BLOCK ? (size_t)left : BLOCK, p->err);
		if (!rc)
			rc = told(p, "reading back", p->head.size - sealed_in_left(in));
	}
	if (!rc)
		rc = sealed_in_end(in, again, p->err);
	if (!rc && strcmp(again, sha256) != 0)
		rc = err_set(p->err, E_IO,
			     "What was written could not be read back. The case folder is as it "
			     "was; seal it to another disk.");
	sealed_in_free(in);
	return rc;
}

static int make_head(struct packing *p, const struct sealed_about *about,
		     const struct sealed_to *to)
{
	unsigned char key[CHUNK_KEY];
	randombytes_buf(key, sizeof key);
	randombytes_buf(p->head.id, sizeof p->head.id);
	p->head.about = *about;
	p->head.size = plain_size(&p->list);
	int rc = sealed_head_lock(&p->head, key, to, p->err);
	if (!rc)
		rc = sealed_head_write(&p->head, &p->head_bytes, p->err);
	if (!rc)
		chunk_key_of(&p->key, key, p->head.id, buf_span(&p->head_bytes));
	sodium_memzero(key, sizeof key);
	return rc;
}

static int write_head(struct packing *p)
{
	span left = buf_span(&p->head_bytes);
	for (off_t at = 0; left.n;) {
		ssize_t n = pwrite(p->fd, left.p, left.n, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(p->err, E_IO, "The sealed case cannot be written: %s.",
				       strerror(errno));
		at += n;
		left = span_from(left, (size_t)n);
	}
	return 0;
}

static int write_all(struct packing *p)
{
	char sha256[65];
	int rc = write_head(p);
	if (!rc)
		rc = sealed_out_open(&p->out, p->fd, p->head_bytes.n, &p->key, p->head.size,
				     p->err);
	if (!rc)
		rc = put_all(p, sha256);
	if (!rc && fsync(p->fd) != 0)
		rc = err_set(p->err, E_IO,
			     "The sealed case cannot be made safe on the disk: %s. The case folder "
			     "is as it was.",
			     strerror(errno));
	return rc ? rc : read_back(p, sha256);
}

int sealed_write(const char *path, const char *folder, const struct sealed_about *about,
		 const struct sealed_to *to, const struct sealed_progress *progress, int *ret_held,
		 struct err *err)
{
	struct err own = { 0 };
	struct packing p = { .folder = folder,
			     .progress = progress,
			     .fd = -1,
			     .held = -1,
			     .block = malloc(BLOCK),
			     .err = err ? err : &own };
	int rc = p.block ? folder_list(&p.list, folder, SEALED_DEPTH_MAX, p.err)
			 : err_set(p.err, E_NOMEM, "Memory ran out.");
	if (!rc && p.list.n > SEALED_ENTRIES_MAX)
		rc = err_set(p.err, E_LIMIT, "The case folder holds too many files.");
	if (!rc)
		rc = make_head(&p, about, to);
	if (!rc) {
		p.fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (p.fd < 0)
			rc = err_set(p.err, E_IO, "'%s' cannot be made: %s.", path,
				     strerror(errno));
	}
	if (!rc)
		rc = write_all(&p);
	if (p.fd >= 0) {
		close(p.fd);
		if (rc)
			unlink(path);
	}
	sealed_out_free(p.out);
	folder_list_free(&p.list);
	buf_free(&p.head_bytes);
	chunk_key_wipe(&p.key);
	if (p.block)
		sodium_memzero(p.block, BLOCK);
	free(p.block);
	*ret_held = p.held;
	return rc;
}
