/* vault.c - see vault.h */
#include "vault.h"
#include "sha256.h"
#include "vault_head.h"
#include "vault_inside.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct vault {
	int dir;
	const struct vault_key *key;
	char label[64]; /* last part of the folder's path: "EX1" */
	uint32_t next_part, next_name;
};

struct vault_writer {
	struct vault *vault;
	uint32_t number;
	int fd;
	struct sha256 *hash;
	struct vault_head head;
	struct chunk_key chunk_key;
	uint64_t chunks; /* written */
	char *chunk;     /* waits until it is known whether it is the last */
	size_t filled;
	unsigned char *sealed;
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

static void take_label(struct vault *v, const char *dir)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	size_t from = n;
	while (from > 0 && dir[from - 1] != '/')
		from--;
	snprintf(v->label, sizeof v->label, "%.*s", (int)(n - from), dir + from);
}

int vault_open_kept(struct vault **ret, const char *dir, const struct vault_key *key,
		    struct err *err)
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
	v->key = key;
	take_label(v, dir);
	*ret = v;
	return 0;
}

int vault_open(struct vault **ret, const char *dir, const struct vault_key *key, struct err *err)
{
	struct vault *v;
	int rc = vault_open_kept(&v, dir, key, err);
	if (rc)
		return rc;
	rc = check_empty(v->dir, dir, err);
	if (rc)
		vault_free(v);
	else
		*ret = v;
	return rc;
}

int vault_dir(const struct vault *v)
{
	return v->dir;
}

const struct vault_key *vault_key_in(const struct vault *v)
{
	return v->key;
}

void vault_place(const struct vault *v, const char *name, char ret[static VAULT_PLACE])
{
	snprintf(ret, VAULT_PLACE, "%s/%s", v->label, name);
}

void vault_free(struct vault *v)
{
	if (!v)
		return;
	vault_drop_rest(v);
	close(v->dir);
	free(v);
}

static void writer_free(struct vault_writer *w)
{
	sha256_free(w->hash);
	if (w->chunk)
		sodium_memzero(w->chunk, CHUNK);
	free(w->chunk);
	free(w->sealed);
	chunk_key_wipe(&w->chunk_key);
	free(w);
}

int vault_create(struct vault *v, struct vault_writer **ret, uint32_t *ret_number, struct err *err)
{
	char name[24], place[VAULT_PLACE];
	struct vault_writer *w = calloc(1, sizeof *w);
	if (!w)
		return err_set(err, E_NOMEM, "Memory ran out.");
	w->fd = -1;
	if (!(w->chunk = malloc(CHUNK)) || !(w->sealed = malloc(CHUNK_STRIDE)) ||
	    !(w->hash = sha256_new(err))) {
		writer_free(w);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	w->vault = v;
	w->number = v->next_part;
	part_name(w->number, name);
	vault_place(v, name, place);
	vault_key_file_id(v->key, place, w->head.id);
	vault_head_chunks(v->key, &w->head, &w->chunk_key);
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

static int write_at(int fd, const unsigned char *p, size_t n, uint64_t at, struct err *err)
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

static int write_chunk(struct vault_writer *w, span plain, bool last, struct err *err)
{
	int rc = chunk_seal(&w->chunk_key, w->chunks, last, plain, w->sealed, err);
	if (!rc)
		rc = write_at(w->fd, w->sealed, plain.n + CHUNK_TAG,
			      VAULT_HEAD + w->chunks * CHUNK_STRIDE, err);
	w->chunks++;
	return rc;
}

int vault_write(struct vault_writer *w, span bytes, struct err *err)
{
	int rc = 0;
	sha256_add(w->hash, bytes);
	w->head.size += bytes.n;
	while (bytes.n && !rc) {
		if (w->filled == CHUNK) {
			rc = write_chunk(w, (span){ w->chunk, CHUNK }, false, err);
			w->filled = 0;
		} else if (!w->filled && bytes.n > CHUNK) { /* whole chunks go without a copy */
			rc = write_chunk(w, (span){ bytes.p, CHUNK }, false, err);
			bytes = span_from(bytes, CHUNK);
		} else {
			size_t room = CHUNK - w->filled, n = bytes.n < room ? bytes.n : room;
			memcpy(w->chunk + w->filled, bytes.p, n);
			w->filled += n;
			bytes = span_from(bytes, n);
		}
	}
	return rc;
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

/* The head says where the file stands, so it is written anew when the file gets its name. */
static int write_head(const struct vault *v, int fd, const char *name, const struct vault_head *h,
		      struct err *err)
{
	unsigned char bytes[VAULT_HEAD];
	char place[VAULT_PLACE];
	vault_place(v, name, place);
	vault_head_write(v->key, place, h, bytes);
	return write_at(fd, bytes, sizeof bytes, 0, err);
}

int vault_finish(struct vault_writer *w, char sha256[static 65], uint64_t *ret_size,
		 struct err *err)
{
	char hex[65], name[24];
	struct vault *v = w->vault;
	int rc = w->filled ? write_chunk(w, (span){ w->chunk, w->filled }, true, err) : 0;
	if (rc == 0)
		rc = sha256_end(w->hash, hex, err);
	part_name(w->number, name);
	if (rc == 0)
		rc = write_head(v, w->fd, name, &w->head, err);
	if (rc) {
		vault_abandon(w);
		return rc;
	}
	/* on its way to the disk while the next file is read */
	sync_file_range(w->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	memcpy(sha256, hex, sizeof hex);
	*ret_size = w->head.size;
	close(w->fd);
	writer_free(w);
	return 0;
}

void vault_abandon(struct vault_writer *w)
{
	if (!w)
		return;
	if (w->fd >= 0) {
		close(w->fd);
		vault_drop(w->vault, w->number);
	}
	writer_free(w);
}

static int name_inside(struct vault *v, int fd, const char *part, const char *kept, struct err *err)
{
	unsigned char bytes[VAULT_HEAD];
	char place[VAULT_PLACE];
	struct vault_head h;
	vault_place(v, part, place);
	if (pread(fd, bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return err_set(err, E_IO, "A file of the vault cannot be read back.");
	int rc = vault_head_read(v->key, place, bytes, &h, err);
	return rc ? rc : write_head(v, fd, kept, &h, err);
}

int vault_keep(struct vault *v, uint32_t number, char name[static 16], struct err *err)
{
	char part[24], kept[16];
	part_name(number, part);
	snprintf(kept, sizeof kept, "%04u", (unsigned)v->next_name + 1);
	int fd = openat(v->dir, part, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	int rc = fd < 0 ? 0 : name_inside(v, fd, part, kept, err);
	bool failed = fd < 0 || (!rc && fsync(fd) != 0);
	if (fd >= 0)
		close(fd);
	if (rc)
		return rc;
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

int vault_read_number(struct vault *v, uint32_t number, struct reader **ret, struct err *err)
{
	char name[24];
	part_name(number, name);
	return vault_read(v, name, ret, err);
}
