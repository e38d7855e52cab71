/*
 * folder.c - a folder of files in any layout, or one file in a folder.
 *
 * The tree is walked by descriptors: each name is looked at without following it, opened without
 * following it, and looked at again once it is open, so that nothing that is renamed or replaced
 * meanwhile leads out of the tree. Only names and lengths are read, and the first bytes of files
 * that no glob claims.
 */
#include "acquire/archive.h"
#include "acquire/quiet.h"
#include "base/utf8.h"
#include "catalog.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define DEPTH_MAX 200
#define NAMES_MAX ((uint64_t)20000000)
#define PROGRESS_EVERY 1024

struct walk {
	struct source *s;
	struct catalog *c;
	struct buf path; /* of the name at hand */
	uint64_t names;
	bool full;
	struct err *err;
};

static enum entry_kind kind_of(mode_t mode)
{
	return S_ISREG(mode)   ? ENTRY_FILE
	       : S_ISDIR(mode) ? ENTRY_FOLDER
	       : S_ISLNK(mode) ? ENTRY_LINK
			       : ENTRY_OTHER;
}

/* What the first bytes say. A file that cannot be opened is not ours to judge. */
static enum sighting look_inside(struct walk *w, int dir, const char *name)
{
	char head[CATALOG_HEAD];
	int fd = open_quietly(dir, name, 0);
	if (fd < 0) {
		source_note_addf(w->s, true, buf_span(&w->path), "it cannot be opened: %s",
				 strerror(errno));
		return SIGHT_NONE;
	}
	struct stat st;
	ssize_t n =
		fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? pread(fd, head, sizeof head, 0) : -1;
	close(fd);
	return n <= 0 ? SIGHT_NONE
		      : catalog_sight_head(w->c, buf_span(&w->path), (span){ head, (size_t)n });
}

static ptrdiff_t read_fd(void *user, void *buf, size_t n, struct err *err)
{
	const int *fd = user;
	ssize_t got;
	do
		got = read(*fd, buf, n);
	while (got < 0 && errno == EINTR);
	return got < 0 ? err_set(err, E_IO, "It cannot be read: %s.", strerror(errno))
		       : (ptrdiff_t)got;
}

/* An Android backup among the files, as collections hold it. *ret_is: it was one, and is listed. */
static int look_at_ab(struct walk *w, int dir, const char *name, uint64_t size, bool *ret_is)
{
	char head[16];
	struct stat st;
	int rc = 0, fd = open_quietly(dir, name, 0);
	if (fd < 0)
		return 0;
	ssize_t n =
		fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? pread(fd, head, sizeof head, 0) : -1;
	*ret_is = n > 0 && ab_is((span){ head, (size_t)n });
	if (*ret_is)
		rc = archive_ab(w->s, w->c, buf_span(&w->path), size, read_fd, &fd, w->err);
	close(fd);
	return rc;
}

static int see(struct walk *w, int dir, const char *name, const struct stat *st, bool given)
{
	struct entry e = { .path = buf_span(&w->path), .kind = kind_of(st->st_mode) };
	char target[4096];
	ssize_t n = e.kind == ENTRY_LINK ? readlinkat(dir, name, target, sizeof target) : 0;
	if (n > 0 && n < (ssize_t)sizeof target)
		e.target = (span){ target, (size_t)n };
	enum sighting sight = catalog_sight(w->c, e.path, e.kind);
	if (given && sight != SIGHT_WANTED && sight != SIGHT_STORE)
		sight = SIGHT_LOOSE;
	if (e.kind == ENTRY_FILE) {
		e.size = (uint64_t)st->st_size;
		e.place = (struct place){ .kind = PLACE_TREE, .size = e.size };
		catalog_count(w->c, e.size);
		bool is_ab = false;
		int rc = sight == SIGHT_NONE && catalog_is_ab(path_name(e.path))
				 ? look_at_ab(w, dir, name, e.size, &is_ab)
				 : 0;
		if (rc || is_ab)
			return rc;
		if (sight == SIGHT_HEAD)
			sight = st->st_size > 0 ? look_inside(w, dir, name) : SIGHT_NONE;
	}
	return catalog_add(w->c, &e, sight, w->err);
}

static int walk(struct walk *w, int dir, unsigned depth);

static int descend(struct walk *w, int dir, const char *name, unsigned depth)
{
	catalog_folder(w->c, buf_span(&w->path));
	if (depth >= DEPTH_MAX) {
		source_note_addf(w->s, true, buf_span(&w->path),
				 "folders deeper than %d are not walked", DEPTH_MAX);
		return 0;
	}
	int below = open_quietly(dir, name, O_DIRECTORY);
	if (below < 0) {
		source_note_addf(w->s, true, buf_span(&w->path), "the folder cannot be read: %s",
				 strerror(errno));
		return 0;
	}
	return walk(w, below, depth + 1);
}

static int one_name(struct walk *w, int dir, const char *name, unsigned depth)
{
	struct stat st;
	if (w->names++ % PROGRESS_EVERY == 0) {
		int rc = source_progress(w->s, "Looking for files", w->names, 0, w->err);
		if (rc)
			return rc;
	}
	if (w->names > NAMES_MAX) {
		if (!w->full)
			source_note_add(w->s, true, SPAN_NONE,
					"the folder has more files than linecheck looks at");
		w->full = true;
		return 0;
	}
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		source_note_addf(w->s, true, buf_span(&w->path), "it cannot be looked at: %s",
				 strerror(errno));
		return 0;
	}
	int rc = see(w, dir, name, &st, false);
	return rc == 0 && S_ISDIR(st.st_mode) ? descend(w, dir, name, depth) : rc;
}

/* Takes dir over. Recursion is bounded by DEPTH_MAX. */
static int walk(struct walk *w, int dir, unsigned depth)
{
	DIR *d = fdopendir(dir);
	if (!d) {
		close(dir);
		return err_set(w->err, E_NOMEM, "Memory ran out.");
	}
	int rc = 0;
	size_t before = w->path.n;
	for (;;) {
		errno = 0;
		struct dirent *e = rc || w->full ? NULL : readdir(d);
		if (!e) {
			if (rc == 0 && errno)
				source_note_addf(w->s, true, buf_span(&w->path),
						 "the folder cannot be read: %s", strerror(errno));
			break;
		}
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (before)
			buf_byte(&w->path, '/');
		buf_add(&w->path, span_z(e->d_name));
		rc = w->path.failed ? err_set(w->err, E_NOMEM, "Memory ran out.")
				    : one_name(w, dirfd(d), e->d_name, depth);
		w->path.n = before;
		if (w->path.data)
			w->path.data[before] = 0;
	}
	closedir(d);
	return rc;
}

/* The one file that was given, and what lies beside it under its name. */
static int only(struct walk *w)
{
	int rc = 0;
	for (int i = -1; rc == 0 && i < SIDES; i++) {
		struct stat st;
		buf_clear(&w->path);
		buf_add(&w->path, span_z(w->s->only));
		buf_add(&w->path, span_z(i < 0 ? "" : want_side_ends[i]));
		if (w->path.failed)
			return err_set(w->err, E_NOMEM, "Memory ran out.");
		if (fstatat(w->s->root, w->path.data, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (i < 0) {
			rc = see(w, w->s->root, w->path.data, &st, true);
			continue;
		}
		struct entry e = { .path = buf_span(&w->path), .kind = kind_of(st.st_mode) };
		e.size = (uint64_t)st.st_size;
		e.place = (struct place){ .kind = PLACE_TREE, .size = e.size };
		if (e.kind == ENTRY_FILE)
			catalog_count(w->c, e.size);
		rc = catalog_add(w->c, &e, SIGHT_SIDE, w->err);
	}
	return rc;
}

static int list(struct source *s, struct catalog *c, struct err *err)
{
	struct walk w = { .s = s, .c = c, .err = err };
	int rc;
	if (s->only) {
		c->alone = true;
		rc = only(&w);
	} else {
		int dir = open_quietly(s->root, ".", O_DIRECTORY);
		rc = dir < 0 ? err_set(err, E_IO, "The folder cannot be read: %s.", strerror(errno))
			     : walk(&w, dir, 0);
	}
	buf_free(&w.path);
	return rc;
}

/* Part by part from the source's folder, to the folder that holds the last part, which *path then
 * is. */
static int folder_below(int root, const char **ret_path)
{
	const char *path = *ret_path;
	char part[256];
	int dir = dup(root);
	for (const char *slash; dir >= 0 && (slash = strchr(path, '/')); path = slash + 1) {
		size_t n = (size_t)(slash - path);
		int below = -1;
		errno = ENAMETOOLONG;
		if (n < sizeof part) {
			memcpy(part, path, n);
			part[n] = 0;
			below = openat(dir, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		}
		int why = errno;
		close(dir);
		errno = why;
		dir = below;
	}
	*ret_path = path;
	return dir;
}

static bool has(const struct source *s, span path)
{
	struct stat st;
	char name[4096];
	if (path.n >= sizeof name)
		return false;
	memcpy(name, path.p, path.n);
	name[path.n] = 0;
	const char *last = name;
	int dir = folder_below(s->root, &last);
	if (dir < 0)
		return false;
	bool there = fstatat(dir, last, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		     (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
	close(dir);
	return there;
}

static int open_below(int root, const char *path)
{
	int dir = folder_below(root, &path);
	if (dir < 0)
		return -1;
	int fd = open_quietly(dir, path, 0), why = errno;
	close(dir);
	errno = why;
	return fd;
}

static int open_place(struct source *s, const struct place *p, struct reader **ret,
		      struct stamp *ret_stamp, struct err *err)
{
	struct stat st;
	int fd = open_below(s->root, p->path);
	if (fd < 0)
		return err_set(err, E_IO, "It cannot be opened: %s.", strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, E_IO, "It is no longer a regular file.");
	}
	int rc = reader_of_fd(ret, fd, 0, (uint64_t)st.st_size, err);
	if (rc == 0)
		*ret_stamp = stamp_of(&st);
	return rc;
}

const struct acquire acquire_folder = {
	.kind = "folder", .list = list, .open = open_place, .has = has
};
