/* erasing.c - see erasing.h */
#include "erasing.h"
#include "case_folder.h"
#include "case_key.h"
#include "caselog.h"
#include "certificate.h"
#include "folder_list.h"
#include "retention.h"
#include "small_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CERTIFICATE_MAX ((size_t)256 << 20)

struct names {
	char folder[4096], erasing[4096], part[4096], certificate[4096], sealed[4096];
};

static int names_of(struct names *n, const char *folder, struct err *err)
{
	size_t length = strlen(folder);
	while (length > 1 && folder[length - 1] == '/')
		length--;
	if (length + 24 > sizeof n->folder)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	int l = (int)length;
	snprintf(n->folder, sizeof n->folder, "%.*s", l, folder);
	snprintf(n->erasing, sizeof n->erasing, "%.*s.erasing", l, folder);
	snprintf(n->certificate, sizeof n->certificate, "%.*s.erased.txt", l, folder);
	snprintf(n->part, sizeof n->part, "%.*s.erased.txt.part", l, folder);
	snprintf(n->sealed, sizeof n->sealed, "%.*s.sealed", l, folder);
	return 0;
}

static bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

bool erasing_begun(const char *folder)
{
	struct names n;
	return names_of(&n, folder, NULL) == 0 && is_there(n.part) && !is_there(n.folder);
}

static int nothing_else(const struct names *n, struct err *err)
{
	if (is_there(n->certificate))
		return err_set(err, E_REFUSED,
			       "'%s' is there already: the certificate of another case. Move it "
			       "elsewhere.",
			       n->certificate);
	if (is_there(n->sealed))
		return err_set(err, E_REFUSED,
			       "'%s' holds this case, too. Remove it first: 'linecheck case open' "
			       "finishes what was begun.",
			       n->sealed);
	if (is_there(n->erasing))
		return err_set(err, E_REFUSED, "'%s' is in the way. Move it elsewhere.",
			       n->erasing);
	return 0;
}

int erasing_begin(struct case_db *c, const char *reason, const struct key *second, struct err *err)
{
	static const struct log_entry begun = { .act = LOG_ERASURE, .what = "erase" };
	struct names n;
	struct buf text = { 0 };
	int rc = names_of(&n, case_dir(c), err);
	if (!rc)
		rc = case_folder_is_real(n.folder, err);
	if (!rc)
		rc = case_lock(c, err);
	if (!rc)
		rc = retention_allows(c, "erased", err);
	if (!rc)
		rc = nothing_else(&n, err);
	if (!rc)
		rc = caselog_note(c, &begun, err);
	/* nobody else may be using it */
	if (!rc)
		rc = case_exec(c, "locking the case", "BEGIN EXCLUSIVE", err);
	if (!rc)
		rc = certificate_begin(c, reason, second, &text, err);
	case_rollback(c);
	if (!rc)
		rc = small_file_replace(AT_FDCWD, n.part, buf_span(&text), 0600, err);
	buf_free(&text);
	return rc;
}

/* The keys go first. A case.db that cannot be opened was overwritten by a run before this; one that
 * cannot be written as a database is overwritten as a file next. */
static int destroy_keys(const struct names *n, const struct key *k, struct err *err)
{
	static const struct log_entry gone = { .act = LOG_ERASURE, .what = "vault-key" };
	struct case_db *c;
	if (case_open(&c, n->erasing, CASE_WRITE, false, NULL))
		return 0;
	int64_t copies = 0;
	struct err why = { 0 };
	int rc = case_act_as(c, k, &why);
	if (!rc)
		rc = case_begin(c, &why);
	if (!rc)
		rc = case_key_destroy(c, &copies, &why);
	if (!rc)
		rc = case_commit(c, &gone, &why);
	case_close(c);
	return rc == E_REFUSED ? err_set(err, rc, "%s", why.message) : 0;
}

static int overwrite(int fd)
{
	static const char zeros[65536];
	struct stat st;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return -1;
	for (off_t at = 0; at < st.st_size;) {
		off_t left = st.st_size - at;
		ssize_t done = pwrite(fd, zeros,
				      left < (off_t)sizeof zeros ? (size_t)left : sizeof zeros, at);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		at += done;
	}
	return fsync(fd);
}

/* A name that is gone, a link or no plain file is no harm: it is only removed. */
static int overwrite_one(int folder, const char *path, struct err *err)
{
	struct stat st;
	if (fstatat(folder, path, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return 0;
	int fd = openat(folder, path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int rc = fd < 0 || overwrite(fd) != 0
			 ? err_set(err, E_IO, "'%s' cannot be overwritten: %s.", path,
				   strerror(errno))
			 : 0;
	if (fd >= 0)
		close(fd);
	return rc;
}

/* All but the vault, which is noise by now. */
static int overwrite_all(const struct names *n, struct err *err)
{
	struct folder_list list = { 0 };
	int folder = open(n->erasing, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0)
		return errno == ENOENT ? 0
				       : err_set(err, E_IO, "'%s' cannot be opened: %s.",
						 n->erasing, strerror(errno));
	/* first and by name, whatever else somebody put there */
	int rc = overwrite_one(folder, "case.db", err);
	if (!rc)
		rc = overwrite_one(folder, "case.db-journal", err);
	/* links and the like are not followed, only removed */
	folder_list(&list, n->erasing, 64, NULL);
	for (size_t i = 0; !rc && i < list.n; i++)
		if (!list.entry[i].folder && strncmp(list.entry[i].path, "vault/", 6) != 0)
			rc = overwrite_one(folder, list.entry[i].path, err);
	folder_list_free(&list);
	close(folder);
	return rc;
}

static int finish_certificate(const struct names *n, struct buf *text, const struct key *k,
			      int64_t at, struct err *err)
{
	int rc = certificate_end(text, k, at, err);
	if (!rc)
		rc = small_file_replace(AT_FDCWD, n->certificate, buf_span(text), 0600, err);
	if (!rc && unlink(n->part) != 0 && errno != ENOENT)
		rc = err_set(err, E_IO, "'%s' cannot be removed: %s.", n->part, strerror(errno));
	return rc ? rc : folder_sync_parent(n->part, err);
}

static int set_aside(const struct names *n, struct err *err)
{
	if (!is_there(n->folder))
		return 0;
	if (renameat2(AT_FDCWD, n->folder, AT_FDCWD, n->erasing, RENAME_NOREPLACE) != 0)
		return err_set(err, E_IO, "'%s' cannot be set aside: %s.", n->folder,
			       strerror(errno));
	return folder_sync_parent(n->folder, err);
}

int erasing_finish(const char *folder, const struct key *k, int64_t at, char *ret_certificate,
		   size_t cap, struct err *err)
{
	struct names n;
	struct buf text = { 0 };
	int rc = names_of(&n, folder, err);
	if (!rc)
		rc = small_file_read(AT_FDCWD, n.part, CERTIFICATE_MAX, &text, NULL, err);
	if (!rc && certificate_signed(buf_span(&text)) && !k)
		rc = err_set(err, E_REFUSED,
			     "The erasure of a real case is finished by a person with a key: give "
			     "--key FILE.");
	if (!rc)
		rc = set_aside(&n, err);
	if (!rc)
		rc = destroy_keys(&n, k, err);
	if (!rc)
		rc = overwrite_all(&n, err);
	if (!rc)
		rc = folder_remove(n.erasing, err);
	if (!rc)
		rc = finish_certificate(&n, &text, k, at, err);
	buf_free(&text);
	if (!rc && snprintf(ret_certificate, cap, "%s", n.certificate) >= (int)cap)
		rc = err_set(err, E_LIMIT, "The name of the case folder is too long.");
	return rc;
}
