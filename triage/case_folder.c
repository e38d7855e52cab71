/* case_folder.c - see case_folder.h */
#include "case_folder.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind_of(mode_t mode)
{
	return S_ISLNK(mode)    ? "a link"
	       : S_ISDIR(mode)  ? "a folder"
	       : S_ISREG(mode)  ? "a file"
	       : S_ISFIFO(mode) ? "a pipe"
	       : S_ISSOCK(mode) ? "a socket"
				: "a device";
}

/* dir: the folder as the person gave it, for words. */
static int check(const char *real, const char *dir, const char *name, bool folder, struct err *err)
{
	char path[PATH_MAX + 32];
	struct stat st;
	snprintf(path, sizeof path, "%s/%s", real, name);
	if (lstat(path, &st) != 0)
		return errno == ENOENT ? 0
				       : err_set(err, E_IO, "'%s/%s' cannot be looked at: %s.", dir,
						 name, strerror(errno));
	if (folder ? S_ISDIR(st.st_mode) : S_ISREG(st.st_mode))
		return 0;
	return err_set(err, E_FORMAT,
		       "'%s/%s' is %s, and in a case it is %s: somebody put it there. Nothing was "
		       "read or written. Go back to a copy of the case.",
		       dir, name, kind_of(st.st_mode), folder ? "a folder" : "a plain file");
}

int case_folder_db(const char *dir, char *ret, size_t cap, struct err *err)
{
	static const char *const files[] = { "case.db", "case.db-journal", "case.db-wal",
					     "case.db-shm" };
	char real[PATH_MAX];
	int rc = 0;
	if (!realpath(dir, real))
		return err_set(err, errno == ENOENT ? E_ABSENT : E_IO,
			       "There is no case in '%s': %s. Give the folder that a scan made.",
			       dir, strerror(errno));
	for (size_t i = 0; !rc && i < sizeof files / sizeof *files; i++)
		rc = check(real, dir, files[i], false, err);
	if (!rc)
		rc = check(real, dir, "vault", true, err);
	if (!rc && snprintf(ret, cap, "%s/case.db", real) >= (int)cap)
		rc = err_set(err, E_LIMIT, "The name of the case folder is too long.");
	return rc;
}

int case_folder_is_real(const char *folder, struct err *err)
{
	char path[PATH_MAX];
	struct stat st;
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	if (n >= sizeof path)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	memcpy(path, folder, n);
	path[n] = 0;
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		return err_set(err, E_REFUSED,
			       "'%s' is a link to the case folder: give the folder itself.", path);
	return 0;
}

static bool beside(const char *folder, const char *ending, char *ret, size_t cap)
{
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	return n && n < cap && snprintf(ret, cap, "%.*s%s", (int)n, folder, ending) < (int)cap &&
	       access(ret, F_OK) == 0;
}

bool case_folder_sealed(const char *folder, char *ret, size_t cap)
{
	return beside(folder, ".sealed", ret, cap);
}

int case_folder_free(const char *folder, struct err *err)
{
	char path[PATH_MAX];
	if (!case_folder_sealed(folder, path, sizeof path))
		return 0;
	return err_set(
		err, E_USER,
		"There is a case '%s' already: it is sealed, in '%s'. Give a new one another "
		"name.",
		folder, path);
}

int case_folder_none(const char *folder, struct err *err)
{
	char path[PATH_MAX];
	if (case_folder_sealed(folder, path, sizeof path))
		return err_set(err, E_ABSENT,
			       "There is no case in '%s': it is sealed, in '%s'. Take it out again "
			       "with 'linecheck case open'.",
			       folder, path);
	if (beside(folder, ".erased.txt", path, sizeof path))
		return err_set(
			err, E_ABSENT,
			"There is no case in '%s': it was erased. Its certificate, '%s', says "
			"when and by whom.",
			folder, path);
	return err_set(err, E_ABSENT,
		       "There is no case in '%s' (no case.db). Give the folder that a scan made.",
		       folder);
}
