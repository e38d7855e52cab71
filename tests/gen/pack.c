/* pack.c - see pack.h */
#include "pack.h"
#include "tool.h"
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct packer {
	struct archive *a;
	int64_t s;
};

static void add_file(struct packer *p, const char *path)
{
	static char block[1 << 16];
	FILE *f = fopen(path, "rb");
	size_t n;
	if (!f)
		die("%s: %s", path, strerror(errno));
	while ((n = fread(block, 1, sizeof block, f)))
		if (archive_write_data(p->a, block, n) != (la_ssize_t)n)
			die("%s: %s", path, archive_error_string(p->a));
	fclose(f);
}

static void add(struct packer *p, const char *path, const char *name)
{
	struct stat st;
	struct archive_entry *e = must(archive_entry_new());
	if (stat(path, &st))
		die("%s: %s", path, strerror(errno));
	bool folder = S_ISDIR(st.st_mode);
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, folder ? AE_IFDIR : AE_IFREG);
	archive_entry_set_perm(e, folder ? 0755 : 0644);
	archive_entry_set_mtime(e, p->s, 0);
	archive_entry_set_size(e, folder ? 0 : st.st_size);
	if (archive_write_header(p->a, e))
		die("%s: %s", path, archive_error_string(p->a));
	if (!folder)
		add_file(p, path);
	archive_entry_free(e);
}

static int not_dots(const struct dirent *d)
{
	return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
}

static int bytewise(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* depth: a sample has a dozen folders inside each other at most. */
static void walk(struct packer *p, const char *dir, const char *prefix, int depth)
{
	struct dirent **list;
	int n = scandir(dir, &list, not_dots, bytewise);
	if (n < 0 || depth > 40)
		die("%s: %s", dir, strerror(errno));
	for (int i = 0; i < n; i++) {
		char *path = path_join(dir, list[i]->d_name);
		char *name =
			*prefix ? path_join(prefix, list[i]->d_name) : text_copy(list[i]->d_name);
		struct stat st;
		add(p, path, name);
		if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
			walk(p, path, name, depth + 1);
		free(path);
		free(name);
		free(list[i]);
	}
	free(list);
}

void pack_folder(const char *dir, const char *prefix, const char *kind, int64_t ms,
		 const char *path)
{
	struct packer p = { .a = must(archive_write_new()), .s = ms / 1000 };
	int rc;
	if (strcmp(kind, "zip") == 0)
		rc = archive_write_set_format_zip(p.a);
	else if (strcmp(kind, "tar.gz") == 0)
		rc = archive_write_set_format_pax_restricted(p.a) |
		     archive_write_add_filter_gzip(p.a) |
		     archive_write_set_filter_option(p.a, "gzip", "timestamp", NULL);
	else if (strcmp(kind, "tar.zst") == 0)
		rc = archive_write_set_format_pax_restricted(p.a) |
		     archive_write_add_filter_zstd(p.a);
	else
		die("no such archive: %s (zip, tar.gz, tar.zst)", kind);
	if (rc || archive_write_open_filename(p.a, path))
		die("%s: %s", path, archive_error_string(p.a));
	walk(&p, dir, prefix, 0);
	if (archive_write_close(p.a))
		die("%s: %s", path, archive_error_string(p.a));
	archive_write_free(p.a);
}
