/* sealed_unpack.c - a sealed file back into a folder. See sealed.h. Who made the file is not known:
 * everything inside it is treated as hostile. */
#include "folder_list.h"
#include "reader.h"
#include "sealed_head.h"
#include "sealed_stream.h"
#include "sha256.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)256 * 1024)
#define PATH_CAP 4096

struct unpacking {
	const char *name;
	const struct sealed_progress *progress;
	struct sealed_head head;
	struct buf head_bytes;
	struct chunk_key key;
	int fd, folder;
	struct sealed_in *in;
	char *block;
	uint64_t entries;
	struct err *err;
};

static int strange(struct unpacking *u)
{
	return err_set(u->err, E_FORMAT,
		       "What is in '%.200s' is not a case: it was not made by linecheck.", u->name);
}

static int get_number(struct unpacking *u, int n, uint64_t *ret)
{
	unsigned char bytes[8];
	int rc = sealed_in_get(u->in, bytes, (size_t)n, u->err);
	*ret = 0;
	for (int i = 0; !rc && i < n; i++)
		*ret = *ret << 8 | bytes[i];
	return rc;
}

/* Relative, without "." and "..", not too deep. */
static bool path_is_safe(const char *path, size_t n)
{
	int depth = 0;
	if (!n || strlen(path) != n)
		return false;
	for (const char *p = path;; depth++) {
		size_t part = strcspn(p, "/");
		if (!part || part > 255 || (part == 1 && p[0] == '.') ||
		    (part == 2 && p[0] == '.' && p[1] == '.'))
			return false;
		p += part;
		if (!*p)
			return depth <= SEALED_DEPTH_MAX;
		p++;
	}
}

static int get_path(struct unpacking *u, char path[static PATH_CAP])
{
	uint64_t n;
	int rc = get_number(u, 2, &n);
	if (rc)
		return rc;
	if (n >= PATH_CAP)
		return strange(u);
	rc = sealed_in_get(u->in, path, (size_t)n, u->err);
	if (rc)
		return rc;
	path[n] = 0;
	return path_is_safe(path, (size_t)n) ? 0 : strange(u);
}

static int cannot(struct unpacking *u, const char *path, const char *what)
{
	return err_set(u->err, E_IO,
		       "'%s' cannot be %s: %s. The sealed case is as it was; free some space and "
		       "run the command again.",
		       path, what, strerror(errno));
}

static int write_block(struct unpacking *u, int fd, const char *path, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t wrote = write(fd, u->block + done, n - done);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return cannot(u, path, "written");
		done += (size_t)wrote;
	}
	return 0;
}

static int read_back(struct unpacking *u, int fd, const char *path, const char *sha256)
{
	struct reader *r;
	char again[65];
	int own = dup(fd);
	struct stat st;
	if (own < 0 || fstat(fd, &st) != 0) {
		if (own >= 0)
			close(own);
		return cannot(u, path, "read back");
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	int rc = reader_of_fd(&r, own, 0, (uint64_t)st.st_size, u->err);
	if (rc)
		return rc;
	rc = reader_sha256(r, again, NULL, NULL, u->err);
	reader_free(r);
	if (!rc && strcmp(again, sha256) != 0)
		rc = err_set(u->err, E_IO,
			     "'%s' could not be read back as it was written. The sealed case is as "
			     "it was; open it on another disk.",
			     path);
	return rc;
}

static int get_bytes(struct unpacking *u, int fd, const char *path, uint64_t size)
{
	struct sha256 *h = sha256_new(u->err);
	char sha256[65];
	int rc = h ? 0 : E_NOMEM;
	while (!rc && size) {
		size_t n = size < BLOCK ? (size_t)size : BLOCK;
		rc = sealed_in_get(u->in, u->block, n, u->err);
		if (!rc) {
			sha256_add(h, (span){ u->block, n });
			rc = write_block(u, fd, path, n);
		}
		size -= n;
		if (!rc && u->progress->fn &&
		    !u->progress->fn(u->progress->user, "opening",
				     u->head.size - sealed_in_left(u->in), u->head.size))
			rc = err_set(u->err, E_STOPPED, "Stopped. The sealed case is as it was.");
	}
	if (!rc)
		rc = sha256_end(h, sha256, u->err);
	sha256_free(h);
	if (!rc && fsync(fd) != 0)
		rc = cannot(u, path, "made safe on the disk");
	return rc ? rc : read_back(u, fd, path, sha256);
}

static int get_file(struct unpacking *u)
{
	char path[PATH_CAP];
	uint64_t size;
	int rc = get_path(u, path);
	if (!rc)
		rc = get_number(u, 8, &size);
	if (!rc && size > sealed_in_left(u->in))
		rc = strange(u);
	if (rc)
		return rc;
	int fd = openat(u->folder, path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST || errno == ENOENT || errno == ENOTDIR
			       ? strange(u)
			       : cannot(u, path, "made");
	rc = get_bytes(u, fd, path, size);
	if (close(fd) != 0 && !rc)
		rc = cannot(u, path, "written");
	return rc;
}

static int get_folder(struct unpacking *u)
{
	char path[PATH_CAP];
	int rc = get_path(u, path);
	if (!rc && mkdirat(u->folder, path, 0700) != 0)
		rc = errno == EEXIST || errno == ENOENT || errno == ENOTDIR
			     ? strange(u)
			     : cannot(u, path, "made");
	return rc;
}

/* 1 while there is more. */
static int get_entry(struct unpacking *u)
{
	char kind;
	uint64_t n;
	int rc = sealed_in_get(u->in, &kind, 1, u->err);
	if (rc)
		return rc;
	if (kind == 'E') {
		rc = get_number(u, 8, &n);
		return rc ? rc : n == u->entries && !sealed_in_left(u->in) ? 0 : strange(u);
	}
	if ((kind != 'D' && kind != 'F') || u->entries == SEALED_ENTRIES_MAX)
		return strange(u);
	u->entries++;
	rc = kind == 'D' ? get_folder(u) : get_file(u);
	return rc ? rc : 1;
}

static int open_sealed(const char *path, int *ret_fd, struct sealed_head *head,
		       struct buf *head_bytes, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, errno == ENOENT ? E_ABSENT : E_IO, "'%s' cannot be opened: %s.",
			       path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, E_FORMAT, "'%s' is not a sealed case.", path);
	}
	int rc = sealed_head_read(fd, (uint64_t)st.st_size, path, head, head_bytes, err);
	if (rc)
		close(fd);
	else
		*ret_fd = fd;
	return rc;
}

int sealed_peek(const char *path, struct sealed_peek *ret, struct err *err)
{
	struct sealed_head h;
	struct buf bytes = { 0 };
	int fd, rc = open_sealed(path, &fd, &h, &bytes, err);
	buf_free(&bytes);
	if (rc)
		return rc;
	close(fd);
	struct sealed_peek p = {
		.about = h.about, .size = h.size, .has_passphrase = h.has_pass, .keys = h.keys
	};
	for (size_t i = 0; i < h.keys; i++) {
		memcpy(p.key[i].id, h.key[i].id, sizeof p.key[i].id);
		memcpy(p.key[i].name, h.key[i].name, sizeof p.key[i].name);
	}
	*ret = p;
	return 0;
}

static int unlock(struct unpacking *u, const struct sealed_with *with)
{
	unsigned char key[CHUNK_KEY];
	int rc = sealed_head_unlock(&u->head, with, key, u->err);
	if (!rc)
		chunk_key_of(&u->key, key, u->head.id, buf_span(&u->head_bytes));
	sodium_memzero(key, sizeof key);
	return rc;
}

static int unpack(struct unpacking *u)
{
	int rc = sealed_in_open(&u->in, u->fd, u->head_bytes.n, &u->key, u->head.size, u->err);
	while (!rc && (rc = get_entry(u)) > 0)
		rc = 0;
	return rc;
}

static int sync_folder(struct unpacking *u, const char *path)
{
	int fd = openat(u->folder, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int rc = fd < 0 || (fsync(fd) != 0 && errno != EINVAL)
			 ? cannot(u, path, "made safe on the disk")
			 : 0;
	if (fd >= 0)
		close(fd);
	return rc;
}

/* Names of files are on the disk when their folders are. */
static int sync_all(struct unpacking *u, const char *folder)
{
	struct folder_list list = { 0 };
	int rc = folder_list(&list, folder, SEALED_DEPTH_MAX, u->err);
	for (size_t i = 0; !rc && i < list.n; i++)
		if (list.entry[i].folder)
			rc = sync_folder(u, list.entry[i].path);
	folder_list_free(&list);
	return rc ? rc : sync_folder(u, ".");
}

int sealed_unpack(const char *path, const struct sealed_with *with, const char *folder,
		  const struct sealed_progress *progress, struct err *err)
{
	struct err own = { 0 };
	struct unpacking u = { .name = path,
			       .progress = progress,
			       .fd = -1,
			       .folder = -1,
			       .block = malloc(BLOCK),
			       .err = err ? err : &own };
	int rc = u.block ? open_sealed(path, &u.fd, &u.head, &u.head_bytes, u.err)
			 : err_set(u.err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = unlock(&u, with);
	if (!rc) {
		u.folder = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (u.folder < 0)
			rc = cannot(&u, folder, "opened");
	}
	if (!rc)
		rc = unpack(&u);
	if (!rc)
		rc = sync_all(&u, folder);
	sealed_in_free(u.in);
	chunk_key_wipe(&u.key);
	buf_free(&u.head_bytes);
	if (u.block)
		sodium_memzero(u.block, BLOCK);
	free(u.block);
	if (u.fd >= 0)
		close(u.fd);
	if (u.folder >= 0)
		close(u.folder);
	return rc;
}
