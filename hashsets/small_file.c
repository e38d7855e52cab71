/* small_file.c - see small_file.h */
#include "small_file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int refuse(const char *path, const char *what, struct err *err)
{
	int why = errno;
	return err_set(err, why == ENOENT ? E_ABSENT : E_IO, "'%.200s' cannot be %s: %s.", path,
		       what, strerror(why));
}

static int read_all(int fd, const char *path, size_t max, struct buf *ret, struct err *err)
{
	char piece[4096];
	size_t before = ret->n;
	for (;;) {
		ssize_t n = read(fd, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refuse(path, "read", err);
		if (n == 0)
			break;
		buf_add(ret, (span){ piece, (size_t)n });
		if (ret->n - before > max)
			return err_set(
				err, E_LIMIT,
				"'%.200s' is larger than %zu bytes: it is not what it should "
				"be.",
				path, max);
	}
	return ret->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int small_file_read(int dir, const char *path, size_t max, struct buf *ret, struct stat *st,
		    struct err *err)
{
	struct stat own;
	if (!st)
		st = &own;
	int fd = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == ELOOP)
		return err_set(err, E_FORMAT, "'%.200s' is a link: give the file itself.", path);
	if (fd < 0)
		return refuse(path, "opened", err);
	int rc = 0;
	if (fstat(fd, st) != 0)
		rc = refuse(path, "read", err);
	else if (!S_ISREG(st->st_mode))
		rc = err_set(err, E_FORMAT, "'%.200s' is not a file.", path);
	else
		rc = read_all(fd, path, max, ret, err);
	close(fd);
	return rc;
}

static int write_all(int fd, span bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes = span_from(bytes, (size_t)n);
	}
	return fsync(fd);
}

/* The name itself is on the disk only when its folder is. */
static int sync_folder(int dir, const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) + 1 : 0;
	if (n >= sizeof folder)
		return errno = ENAMETOOLONG, -1;
	memcpy(folder, path, n);
	memcpy(folder + n, ".", 2);
	int fd = openat(dir, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int rc = fsync(fd);
	close(fd);
	return rc == 0 || errno == EINVAL ? 0 : -1; /* some file systems cannot */
}

static int write_new(int dir, const char *path, span bytes, mode_t mode, struct err *err)
{
	int fd = openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0 && errno == EEXIST)
		return err_set(err, E_USER, "'%.200s' is there already: nothing is overwritten.",
			       path);
	if (fd < 0)
		return refuse(path, "made", err);
	/* the mode that was asked for, whatever the umask takes away */
	int rc = fchmod(fd, mode) != 0 || write_all(fd, bytes) != 0 ? refuse(path, "written", err)
								    : 0;
	if (close(fd) != 0 && !rc)
		rc = refuse(path, "written", err);
	if (rc)
		unlinkat(dir, path, 0);
	return rc;
}

int small_file_new(int dir, const char *path, span bytes, mode_t mode, struct err *err)
{
	int rc = write_new(dir, path, bytes, mode, err);
	if (!rc && sync_folder(dir, path) != 0) {
		rc = refuse(path, "written", err);
		unlinkat(dir, path, 0);
	}
	return rc;
}

int small_file_replace(int dir, const char *path, span bytes, mode_t mode, struct err *err)
{
	char part[PATH_MAX];
	int n = snprintf(part, sizeof part, "%s.new", path);
	if (n < 0 || (size_t)n >= sizeof part)
		return err_set(err, E_USER, "The path is too long.");
	/* left by a run that was stopped */
	if (unlinkat(dir, part, 0) != 0 && errno != ENOENT)
		return refuse(part, "replaced", err);
	int rc = write_new(dir, part, bytes, mode, err);
	if (rc)
		return rc;
	if (renameat(dir, part, dir, path) != 0) {
		rc = refuse(path, "replaced", err);
		unlinkat(dir, part, 0);
		return rc;
	}
	return sync_folder(dir, path) != 0 ? refuse(path, "written", err) : 0;
}
