/* vault_folder.c - see vault_folder.h */
#include "vault_folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int path_of(const char *case_dir, int64_t exhibit, char *out, size_t cap)
{
	int n = exhibit ? snprintf(out, cap, "%s/vault/EX%lld", case_dir, (long long)exhibit)
			: snprintf(out, cap, "%s/vault", case_dir);
	return n < 0 || (size_t)n >= cap ? -1 : 0;
}

void vault_folder_remove(const char *case_dir, int64_t exhibit)
{
	char path[4096];
	if (path_of(case_dir, exhibit, path, sizeof path))
		return;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	DIR *d = fdopendir(fd);
	if (!d) {
		close(fd);
		return;
	}
	for (struct dirent *e; (e = readdir(d));)
		unlinkat(fd, e->d_name, 0);
	closedir(d);
	rmdir(path);
}

int vault_folder_new(const char *case_dir, int64_t exhibit, char *out, size_t cap, struct err *err)
{
	char vault[4096];
	if (path_of(case_dir, 0, vault, sizeof vault) || path_of(case_dir, exhibit, out, cap))
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	vault_folder_remove(case_dir, exhibit);
	if ((mkdir(vault, 0700) != 0 && errno != EEXIST) ||
	    (mkdir(out, 0700) != 0 && errno != EEXIST))
		return err_set(err, E_IO, "The folder '%s' cannot be made: %s.", out,
			       strerror(errno));
	return 0;
}
