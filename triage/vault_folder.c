/* vault_folder.c - see vault_folder.h */
#include "vault_folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int vault_folder_path(const char *case_dir, int64_t exhibit, int64_t reading, char *out, size_t cap,
		      struct err *err)
{
	int n = reading > 1 ? snprintf(out, cap, "%s/vault/EX%lld.%lld", case_dir,
				       (long long)exhibit, (long long)reading)
			    : snprintf(out, cap, "%s/vault/EX%lld", case_dir, (long long)exhibit);
	return n < 0 || (size_t)n >= cap
		       ? err_set(err, E_LIMIT, "The name of the case folder is too long.")
		       : 0;
}

void vault_folder_remove(const char *case_dir, int64_t exhibit, int64_t reading)
{
	char path[4096];
	if (vault_folder_path(case_dir, exhibit, reading, path, sizeof path, NULL))
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

void vault_folder_tidy(const char *case_dir, int64_t exhibit, int64_t reading)
{
	for (int64_t r = 1; r <= reading + 1; r++)
		if (r != reading)
			vault_folder_remove(case_dir, exhibit, r);
}

int vault_folder_new(const char *case_dir, int64_t exhibit, int64_t reading, char *out, size_t cap,
		     struct err *err)
{
	char vault[4096];
	int rc = vault_folder_path(case_dir, exhibit, reading, out, cap, err);
	if (rc)
		return rc;
	if (snprintf(vault, sizeof vault, "%s/vault", case_dir) >= (int)sizeof vault)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	vault_folder_remove(case_dir, exhibit, reading);
	if ((mkdir(vault, 0700) != 0 && errno != EEXIST) ||
	    (mkdir(out, 0700) != 0 && errno != EEXIST))
		return err_set(err, E_IO, "The folder '%s' cannot be made: %s.", out,
			       strerror(errno));
	return 0;
}
