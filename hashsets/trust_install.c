/* trust_install.c - a policy for everyone on this machine. See trust_edit.h. */
#include "hex.h"
#include "small_file.h"
#include "trust_edit.h"
#include "trust_file.h"
#include "trust_seen.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static int open_target(const char *to, struct err *err)
{
	struct stat st;
	if (mkdir(to, 0755) == 0)
		chmod(to, 0755); /* whatever the umask takes away */
	else if (errno != EEXIST)
		return err_set(err, E_IO, "'%.200s' cannot be made: %s. Only root can.", to,
			       strerror(errno));
	int fd = open(to, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, E_IO, "'%.200s' cannot be opened: %s.", to, strerror(errno));
	int rc = 0;
	if (fstat(fd, &st) != 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
		rc = err_set(err, E_IO, "'%.200s' cannot be locked: somebody else is installing.",
			     to);
	else if (st.st_uid != 0 || (st.st_mode & (S_IWGRP | S_IWOTH)))
		rc = err_set(err, E_REFUSED,
			     "'%.200s' is not root's alone to write, so a policy there would count "
			     "for nothing. As root: chown root and chmod go-w.",
			     to);
	if (!rc)
		return fd;
	close(fd);
	return rc;
}

/* The root that is installed must be the same. One that is damaged or not there is no objection
 * only with new_root, or when nothing is installed at all. */
static int check_root(int fd, const char *to, const char *root, bool new_root, struct err *err)
{
	struct buf b = { 0 };
	struct err own = { 0 };
	int rc = small_file_read(fd, "force.pub", 2 * KEY_PUBLIC + 1, &b, NULL, &own);
	if (rc == E_ABSENT || new_root)
		rc = 0;
	else if (rc)
		rc = err_set(err, rc, "%s", own.message);
	else if (!span_eq(buf_span(&b), span_z(root)))
		rc = err_set(err, E_REFUSED,
			     "'%.150s' holds the policy of another force, or of a force key that "
			     "was lost. If the force really began anew: 'linecheck trust lost'.",
			     to);
	buf_free(&b);
	return rc;
}

/* What is installed was seen, even if nobody noted it: somebody may have copied the files. */
static void note_installed(int fd, const char *to)
{
	struct trust *t = NULL;
	if (trust_open_dir(&t, to, NULL) == 0)
		trust_seen_note(fd, "seen.json", t, 0644, NULL);
	trust_free(t);
}

static int copy(int fd, const struct trust *t, const char *root, struct err *err)
{
	struct buf b = { 0 };
	int rc = canon_write(&b, t->file, err);
	buf_byte(&b, '\n');
	if (!rc && b.failed)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = small_file_replace(fd, "force.pub", span_z(root), 0644, err);
	if (!rc)
		rc = small_file_replace(fd, "policy.json", buf_span(&b), 0644, err);
	if (!rc)
		rc = trust_seen_note(fd, "seen.json", t, 0644, err);
	buf_free(&b);
	return rc;
}

int trust_install(const char *dir, const char *to, bool new_root, struct err *err)
{
	struct trust *t;
	char root[2 * KEY_PUBLIC + 2];
	int rc = trust_open_dir(&t, dir, err);
	if (rc)
		return rc;
	hex_write(root, t->keys[0], KEY_PUBLIC);
	memcpy(root + 2 * KEY_PUBLIC, "\n", 2);
	int fd = open_target(to, err);
	rc = fd < 0 ? fd : check_root(fd, to, root, new_root, err);
	if (!rc)
		note_installed(fd, to);
	if (!rc)
		rc = trust_seen_check(fd, "seen.json", t, err);
	if (!rc)
		rc = copy(fd, t, root, err);
	if (fd >= 0)
		close(fd);
	trust_free(t);
	return rc;
}
