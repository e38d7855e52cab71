/* folder_list.c - see folder_list.h */
#include "folder_list.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int add(struct folder_list *l, const char *path, bool folder, uint64_t size, struct err *err)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 64;
		struct folder_entry *p = realloc(l->entry, cap * sizeof *p);
		if (!p)
			return err_set(err, E_NOMEM, "Memory ran out.");
		l->entry = p;
		l->cap = cap;
	}
	struct folder_entry *e = &l->entry[l->n];
	*e = (struct folder_entry){ strdup(path), folder, size };
	if (!e->path)
		return err_set(err, E_NOMEM, "Memory ran out.");
	l->n++;
	return 0;
}

static int walk(struct folder_list *l, int fd, const char *below, int depth, struct err *err);

/* fd: the folder that holds name. */
static int walk_one(struct folder_list *l, int fd, const char *name, const char *path, int depth,
		    struct err *err)
{
	struct stat st;
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return err_set(err, E_IO, "'%s' cannot be looked at: %s.", path, strerror(errno));
	if (S_ISREG(st.st_mode))
		return add(l, path, false, (uint64_t)st.st_size, err);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, E_REFUSED,
			       "'%s' is neither a file nor a folder: it is no part of a case. Move "
			       "it elsewhere.",
			       path);
	if (depth == 0)
		return err_set(err, E_REFUSED, "'%s' is deeper than the folders of a case are.",
			       path);
	int rc = add(l, path, true, 0, err);
	int sub = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (!rc && sub < 0)
		rc = err_set(err, E_IO, "'%s' cannot be opened: %s.", path, strerror(errno));
	if (!rc)
		return walk(l, sub, path, depth - 1, err);
	if (sub >= 0)
		close(sub);
	return rc;
}

/* Takes fd over. */
static int walk(struct folder_list *l, int fd, const char *below, int depth, struct err *err)
{
	int rc = 0;
	DIR *d = fdopendir(fd);
	if (!d) {
		close(fd);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	for (struct dirent *e; !rc && (e = readdir(d));) {
		char path[4096];
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (snprintf(path, sizeof path, "%s%s%s", below, *below ? "/" : "", e->d_name) >=
		    (int)sizeof path)
			rc = err_set(err, E_LIMIT, "A name in the case folder is too long.");
		else
			rc = walk_one(l, dirfd(d), e->d_name, path, depth, err);
	}
	closedir(d);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	const struct folder_entry *x = a, *y = b;
	return strcmp(x->path, y->path);
}

int folder_list(struct folder_list *ret, const char *folder, int depth, struct err *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, E_IO, "The folder '%s' cannot be opened: %s.", folder,
			       strerror(errno));
	int rc = walk(ret, fd, "", depth, err);
	if (ret->n)
		qsort(ret->entry, ret->n, sizeof *ret->entry, by_path);
	return rc;
}

void folder_list_free(struct folder_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->entry[i].path);
	free(l->entry);
	*l = (struct folder_list){ 0 };
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	return kind == FTW_DP ? rmdir(path) : unlink(path);
}

int folder_remove(const char *folder, struct err *err)
{
	struct stat st;
	if (lstat(folder, &st) != 0 && errno == ENOENT)
		return 0;
	if (nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return err_set(err, E_IO,
			       "'%s' could not be removed completely: %s. Run the same command "
			       "again.",
			       folder, strerror(errno));
	return folder_sync_parent(folder, err);
}

int folder_sync_parent(const char *path, struct err *err)
{
	char parent[4096];
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n && path[n - 1] != '/')
		n--;
	if (n + 2 > sizeof parent)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	memcpy(parent, path, n);
	parent[n] = '.';
	parent[n + 1] = 0;
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 || (fsync(fd) != 0 && errno != EINVAL)
			 ? err_set(err, E_IO, "The folder '%s' cannot be synced: %s.", parent,
				   strerror(errno))
			 : 0;
	if (fd >= 0)
		close(fd);
	return rc;
}
