/* given_file.c - see given_file.h */
#include "given_file.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return "a folder";
	case S_IFIFO:
		return "a pipe";
	case S_IFSOCK:
		return "a socket";
	default:
		return "a device";
	}
}

static int refuse(const char *path, const char *what, int error, struct err *err)
{
	if (!*path)
		return err_set(err, E_ABSENT, "The name of a file is empty: give %s.", what);
	if (error == ENOENT || error == ENOTDIR)
		return err_set(err, E_ABSENT,
			       "There is no file '%s'. Check its name: it must be %s.", path, what);
	return err_set(err, E_IO, "'%s' cannot be opened: %s. It must be %s, and readable by you.",
		       path, strerror(error), what);
}

int given_file_open(const char *path, const char *what, int *ret_fd, uint64_t *ret_size,
		    struct err *err)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return refuse(path, what, errno, err);
	if (!S_ISREG(st.st_mode))
		return err_set(err, E_USER, "'%s' is %s, not a file: give %s.", path,
			       kind_of(st.st_mode), what);
	/* Not blocking: it may have become a pipe since. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return refuse(path, what, errno, err);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, E_IO, "'%s' changed while it was opened: try again.", path);
	}
	*ret_fd = fd;
	*ret_size = (uint64_t)st.st_size;
	return 0;
}
