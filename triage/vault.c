/* vault.c - see vault.h */
#include "vault.h"
#include "sha256.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER ((size_t)4096)
#define CHUNK ((uint32_t)65536)
#define VERSION ((uint32_t)1)
#define FLAGS_PLAIN ((uint32_t)0)
static const char magic[8] = "LCVAULT";

struct vault {
	int dir;
	uint32_t next_part, next_name;
};

struct vault_writer {
	struct vault *vault;
	uint32_t number;
	int fd;
	struct sha256 *hash;
	uint64_t size;
	char *chunk; /* filled before it is written, as an encrypted chunk will have to be */
	size_t filled;
};

static void part_name(uint32_t number, char out[static 24])
{
	snprintf(out, 24, "%u.part", (unsigned)number);
}

/* Nothing of another run may lie here: its names would be taken for this exhibit's. */
static int check_empty(int dir, const char *path, struct err *err)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d) {
		if (fd >= 0)
			close(fd);
		return err_set(err, E_IO, "The vault folder '%s' cannot be read: %s.", path,
			       strerror(errno));
	}
	int rc = 0;
	for (struct dirent *e; rc == 0 && (e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			rc = err_set(err, E_REFUSED, "The vault folder '%s' is not empty.", path);
	closedir(d);
	return rc;
}

int vault_open_kept(struct vault **ret, const char *dir, struct err *err)
{
	struct vault *v = calloc(1, sizeof *v);
	if (!v)
		return err_set(err, E_NOMEM, "Memory ran out.");
	v->dir = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (v->dir < 0) {
		free(v);
		return err_set(err, E_IO, "The vault folder '%s' cannot be opened: %s.", dir,
			       strerror(errno));
	}
	*ret = v;
	return 0;
}

int vault_open(struct vault **ret, const char *dir, struct err *err)
{
	struct vault *v;
	int rc = vault_open_kept(&v, dir, err);
	if (rc)
		return rc;
	rc = check_empty(v->dir, dir, err);
	if (rc)
		vault_free(v);
	else
		*ret = v;
	return rc;
}

void vault_free(struct vault *v)
{
	if (!v)
		return;
	vault_drop_rest(v);
	close(v->dir);
	free(v);
}

int vault_create(struct vault *v, struct vault_writer **ret, uint32_t *ret_number, struct err *err)
{
	char name[24];
	struct vault_writer *w = calloc(1, sizeof *w);
	if (!w || !(w->chunk = malloc(CHUNK)) || !(w->hash = sha256_new(err))) {
		if (w)
			free(w->chunk);
		free(w);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	w->vault = v;
	w->number = v->next_part;
	part_name(w->number, name);
	w->fd = openat(v->dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (w->fd < 0) {
		int rc = err_set(err, E_IO,
				 "A copy of a file cannot be made in the case: %s. Free some space "
				 "there, then run the command again.",
				 strerror(errno));
		vault_abandon(w);
		return rc;
	}
	v->next_part++;
	*ret_number = w->number;
	*ret = w;
	return 0;
}

static int write_at(int fd, const char *p, size_t n, uint64_t at, struct err *err)
{
	while (n) {
		ssize_t done = pwrite(fd, p, n, (off_t)at);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return err_set(err, E_IO,
				       "The case cannot take a copy of a file: %s. Free some space "
				       "there, then run the command again.",
				       strerror(errno));
		p += done;
		n -= (size_t)done;
		at += (uint64_t)done;
	}
	return 0;
}

static int write_chunk(struct vault_writer *w, const char *p, size_t n, struct err *err)
{
	uint64_t before = w->size - n; /* whole chunks only */
	return write_at(w->fd, p, n, HEADER + before / CHUNK * CHUNK, err);
}

int vault_write(struct vault_writer *w, span bytes, struct err *err)
{
	sha256_add(w->hash, bytes);
	while (bytes.n) {
		size_t room = CHUNK - w->filled, n = bytes.n < room ? bytes.n : room;
		int rc = 0;
		w->size += n;
		if (n == CHUNK) { /* whole chunks go without a copy */
			rc = write_chunk(w, bytes.p, n, err);
		} else {
			memcpy(w->chunk + w->filled, bytes.p, n);
			w->filled += n;
			if (w->filled == CHUNK) {
				rc = write_chunk(w, w->chunk, CHUNK, err);
				w->filled = 0;
			}
		}
		if (rc)
			return rc;
		bytes = span_from(bytes, n);
	}
	return 0;
}

int vault_write_zeros(struct vault_writer *w, uint64_t n, struct err *err)
{
	static const char zeros[CHUNK];
	while (n) {
		size_t part = n < CHUNK ? (size_t)n : CHUNK;
		int rc = vault_write(w, (span){ zeros, part }, err);
		if (rc)
			return rc;
		n -= part;
	}
	return 0;
}

static void put(unsigned char *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++, v >>= 8)
		p[i] = (unsigned char)v;
}

static uint64_t get(const unsigned char *p, int n)
{
	uint64_t v = 0;
	while (n--)
		v = v << 8 | p[n];
	return v;
}

static void header_make(unsigned char h[static HEADER], uint64_t size, const char *sha256)
{
	memset(h, 0, HEADER);
	memcpy(h, magic, sizeof magic);
	put(h + 8, VERSION, 4);
	put(h + 12, FLAGS_PLAIN, 4);
	put(h + 16, CHUNK, 4);
	put(h + 20, CHUNK, 4);
	put(h + 24, size, 8);
	for (int i = 0; i < 64; i++) { /* hex digits, lower case */
		int digit = sha256[i] <= '9' ? sha256[i] - '0' : sha256[i] - 'a' + 10;
		h[32 + i / 2] = (unsigned char)(h[32 + i / 2] << 4 | digit);
	}
}

int vault_finish(struct vault_writer *w, char sha256[static 65], uint64_t *ret_size,
		 struct err *err)
{
	unsigned char header[HEADER];
	char hex[65];
	int rc = w->filled ? write_chunk(w, w->chunk, w->filled, err) : 0;
	if (rc == 0)
		rc = sha256_end(w->hash, hex, err);
	if (rc == 0) {
		header_make(header, w->size, hex);
		rc = write_at(w->fd, (const char *)header, sizeof header, 0, err);
	}
	if (rc == 0) { /* on its way to the disk while the next file is read */
		sync_file_range(w->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
		memcpy(sha256, hex, sizeof hex);
		*ret_size = w->size;
		close(w->fd);
		w->fd = -1;
	}
	uint32_t number = w->number;
	struct vault *v = w->vault;
	vault_abandon(w);
	if (rc)
		vault_drop(v, number);
	return rc;
}

void vault_abandon(struct vault_writer *w)
{
	if (!w)
		return;
	if (w->fd >= 0) {
		close(w->fd);
		vault_drop(w->vault, w->number);
	}
	sha256_free(w->hash);
	free(w->chunk);
	free(w);
}

int vault_keep(struct vault *v, uint32_t number, char name[static 16], struct err *err)
{
	char part[24], kept[16];
	part_name(number, part);
	snprintf(kept, sizeof kept, "%04u", (unsigned)v->next_name + 1);
	int fd = openat(v->dir, part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool failed = fd < 0 || fsync(fd) != 0;
	if (fd >= 0)
		close(fd);
	if (failed || renameat2(v->dir, part, v->dir, kept, RENAME_NOREPLACE) != 0)
		return err_set(err, E_IO,
			       "A copy of a file cannot be kept in the case: %s. Free some space "
			       "there, then run the command again.",
			       strerror(errno));
	v->next_name++;
	memcpy(name, kept, sizeof kept);
	return 0;
}

void vault_drop(struct vault *v, uint32_t number)
{
	char name[24];
	part_name(number, name);
	unlinkat(v->dir, name, 0);
}

void vault_drop_rest(struct vault *v)
{
	for (uint32_t i = 0; i < v->next_part; i++)
		vault_drop(v, i);
}

int vault_sync(struct vault *v, struct err *err)
{
	if (fsync(v->dir) != 0)
		return err_set(err, E_IO,
			       "The copies in the case cannot be made safe on the disk: %s. Run "
			       "the command again.",
			       strerror(errno));
	return 0;
}

int vault_read(struct vault *v, const char *name, struct reader **ret, struct err *err)
{
	unsigned char h[64];
	struct stat st;
	int fd = openat(v->dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, E_IO, "The vault file '%s' cannot be opened: %s.", name,
			       strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    pread(fd, h, sizeof h, 0) != (ssize_t)sizeof h || memcmp(h, magic, sizeof magic) != 0) {
		close(fd);
		return err_set(err, E_FORMAT, "'%s' is not a vault file.", name);
	}
	uint64_t size = get(h + 24, 8);
	if (get(h + 8, 4) != VERSION || get(h + 12, 4) != FLAGS_PLAIN || get(h + 16, 4) != CHUNK ||
	    get(h + 20, 4) != CHUNK) {
		close(fd);
		return err_set(err, E_FORMAT,
			       "The vault file '%s' was written by a newer linecheck.", name);
	}
	if ((uint64_t)st.st_size < HEADER || (uint64_t)st.st_size - HEADER != size) {
		close(fd);
		return err_set(err, E_FORMAT, "The vault file '%s' is not whole.", name);
	}
	return reader_of_fd(ret, fd, HEADER, size, err);
}

int vault_read_number(struct vault *v, uint32_t number, struct reader **ret, struct err *err)
{
	char name[24];
	part_name(number, name);
	return vault_read(v, name, ret, err);
}
