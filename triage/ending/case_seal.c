/* case_seal.c - see case_seal.h */
#include "case_seal.h"
#include "case_folder.h"
#include "caselog.h"
#include "folder_list.h"
#include "retention.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct names {
	char folder[4096], sealed[4096], part[4096], removing[4096], opening[4096];
};

static int names_of(struct names *n, const char *folder, struct err *err)
{
	size_t length = strlen(folder);
	while (length > 1 && folder[length - 1] == '/')
		length--;
	if (length + 16 > sizeof n->folder)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	int l = (int)length;
	snprintf(n->folder, sizeof n->folder, "%.*s", l, folder);
	snprintf(n->sealed, sizeof n->sealed, "%.*s.sealed", l, folder);
	snprintf(n->part, sizeof n->part, "%.*s.sealed.part", l, folder);
	snprintf(n->removing, sizeof n->removing, "%.*s.removing", l, folder);
	snprintf(n->opening, sizeof n->opening, "%.*s.opening", l, folder);
	return 0;
}

static bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

int case_sealed_path(const char *folder, char *ret, size_t cap, struct err *err)
{
	struct names n;
	int rc = names_of(&n, folder, err);
	if (!rc && snprintf(ret, cap, "%s", n.sealed) >= (int)cap)
		rc = err_set(err, E_LIMIT, "The name of the case folder is too long.");
	return rc;
}

/* A folder under that name was sealed, and is whole in the sealed file. */
static int tidy(const struct names *n, struct err *err)
{
	if (!is_there(n->removing))
		return 0;
	if (!is_there(n->sealed))
		return err_set(err, E_REFUSED,
			       "'%s' is there, but no '%s': it is not known what it is. Look into "
			       "it and move it elsewhere.",
			       n->removing, n->sealed);
	return folder_remove(n->removing, err);
}

int case_seal_tidy(const char *folder, struct err *err)
{
	struct names n;
	int rc = names_of(&n, folder, err);
	return rc ? rc : tidy(&n, err);
}

/* Does the log of c hold the entry that was its head when it was sealed? */
static bool log_holds(struct case_db *c, const struct sealed_about *a)
{
	char head[65];
	sqlite3_stmt *st;
	bool holds = false;
	if (case_prepare(c, "SELECT entry FROM log WHERE seq=?1", &st, NULL))
		return false;
	sqlite3_bind_int64(st, 1, a->seq);
	if (sqlite3_step(st) == SQLITE_ROW &&
	    !caselog_hash((span){ (const char *)sqlite3_column_text(st, 0),
				  (size_t)sqlite3_column_bytes(st, 0) },
			  head, NULL))
		holds = strcmp(head, a->head) == 0;
	sqlite3_finalize(st);
	return holds;
}

static int about_case(struct case_db *c, struct sealed_about *ret, struct err *err)
{
	struct sealed_about a = { .training = case_training(c) };
	struct retention r;
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "SELECT seq, sha256, (SELECT value FROM meta WHERE key='case') FROM "
			      "log_head",
			      &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW) {
		a.seq = sqlite3_column_int64(st, 0);
		snprintf(a.head, sizeof a.head, "%s", (const char *)sqlite3_column_text(st, 1));
		snprintf(a.case_id, sizeof a.case_id, "%s",
			 (const char *)sqlite3_column_text(st, 2));
	} else
		rc = err_set(err, E_FORMAT, "The case is damaged: it has no log.");
	sqlite3_finalize(st);
	if (!rc)
		rc = retention_load(c, &r, err);
	if (!rc) {
		memcpy(a.review_by, r.review_by, sizeof a.review_by);
		*ret = a;
	}
	return rc;
}

/* What is there already may only be this case as it was before. */
static int check_old(struct case_db *c, const struct names *n, struct err *err)
{
	struct sealed_peek old;
	if (!is_there(n->sealed))
		return 0;
	if (sealed_peek(n->sealed, &old, NULL) == 0 && log_holds(c, &old.about))
		return 0;
	return err_set(err, E_REFUSED,
		       "'%s' is there already and is not an earlier state of this case: it is not "
		       "overwritten. Move it elsewhere.",
		       n->sealed);
}

static int check_room(const struct names *n, struct err *err)
{
	struct folder_list list = { 0 };
	struct statvfs fs;
	uint64_t need = 1 << 20;
	int rc = folder_list(&list, n->folder, SEALED_DEPTH_MAX, err);
	for (size_t i = 0; i < list.n; i++)
		need += list.entry[i].size + list.entry[i].size / 4096 + 512;
	folder_list_free(&list);
	if (!rc && statvfs(n->folder, &fs) == 0 && (uint64_t)fs.f_bavail * fs.f_frsize < need)
		rc = err_set(err, E_IO,
			     "The disk has not enough room: sealing needs %llu MB free, and the "
			     "case folder stays until the sealed file is proved. Free some space.",
			     (unsigned long long)(need >> 20) + 1);
	return rc;
}

static int put_away(const struct names *n, struct err *err)
{
	if (rename(n->part, n->sealed) != 0)
		return err_set(err, E_IO, "'%s' cannot be named: %s.", n->sealed, strerror(errno));
	int rc = folder_sync_parent(n->sealed, err);
	if (rc)
		return rc;
	if (rename(n->folder, n->removing) != 0)
		return err_set(err, E_IO,
			       "The case is sealed in '%s', but its folder cannot be removed: %s. "
			       "Run the command again.",
			       n->sealed, strerror(errno));
	rc = folder_sync_parent(n->folder, err);
	return rc ? rc : folder_remove(n->removing, err);
}

static int drop_part(const struct names *n, struct err *err)
{
	if (unlink(n->part) != 0 && errno != ENOENT)
		return err_set(err, E_IO,
			       "'%s' was left by a run that was stopped and cannot be removed: %s.",
			       n->part, strerror(errno));
	return 0;
}

int case_seal(struct case_db *c, const struct sealed_to *to, const struct sealed_progress *progress,
	      struct err *err)
{
	struct names n;
	struct sealed_about about;
	struct log_entry sealed = { LOG_ALTERATION,
				    "seal",
				    { { "keys", (int64_t)to->keys },
				      { "passphrase", to->passphrase.p != NULL } },
				    { { 0 } } };
	int held = -1, rc = names_of(&n, case_dir(c), err);
	if (!rc)
		rc = case_folder_is_real(n.folder, err);
	if (!rc)
		rc = case_lock(c, err);
	if (!rc)
		rc = tidy(&n, err);
	if (!rc)
		rc = check_old(c, &n, err);
	if (!rc)
		rc = drop_part(&n, err);
	if (!rc)
		rc = check_room(&n, err);
	if (!rc)
		rc = caselog_note(c, &sealed, err);
	if (!rc)
		rc = about_case(c, &about, err);
	/* from here on nobody else reads or writes it */
	if (!rc)
		rc = case_exec(c, "locking the case", "BEGIN EXCLUSIVE", err);
	if (!rc)
		rc = sealed_write(n.part, n.folder, &about, to, progress, &held, err);
	if (!rc)
		rc = put_away(&n, err);
	case_rollback(c);
	if (held >= 0)
		close(held);
	return rc;
}

/* Log that it was taken out, while it still stands aside. */
static int note_opened(const struct names *n, const struct key *k, struct err *err)
{
	static const struct log_entry opened = { .act = LOG_CONSULTATION, .what = "open" };
	struct case_db *c;
	int rc = case_open(&c, n->opening, CASE_WRITE, false, err);
	if (rc)
		return rc;
	rc = case_act_as(c, k, err);
	if (!rc)
		rc = caselog_note(c, &opened, err);
	case_close(c);
	return rc;
}

static int take_out(const struct names *n, struct err *err)
{
	if (renameat2(AT_FDCWD, n->opening, AT_FDCWD, n->folder, RENAME_NOREPLACE) != 0)
		return err_set(err, E_IO, "The opened case cannot be named '%s': %s.", n->folder,
			       strerror(errno));
	return folder_sync_parent(n->folder, err);
}

static int drop_sealed(const struct names *n, struct err *err)
{
	if (unlink(n->sealed) != 0)
		return err_set(err, E_IO,
			       "The case is open in '%s', but '%s' cannot be removed: %s.",
			       n->folder, n->sealed, strerror(errno));
	return folder_sync_parent(n->sealed, err);
}

/* The folder is there: was it taken out of this sealed file? */
static int finish_open(const struct names *n, const struct sealed_peek *p, struct err *err)
{
	struct case_db *c;
	int rc = case_open(&c, n->folder, CASE_READ, false, err);
	if (rc)
		return rc;
	bool same = log_holds(c, &p->about);
	case_close(c);
	return same ? drop_sealed(n, err)
		    : err_set(err, E_REFUSED,
			      "'%s' is there already and is another case than '%s'. Move one of "
			      "them elsewhere.",
			      n->folder, n->sealed);
}

int case_unseal(const char *folder, const struct sealed_with *with, const struct key *k,
		const struct sealed_progress *progress, bool *ret_done, struct err *err)
{
	struct names n;
	struct sealed_peek peek;
	int rc = names_of(&n, folder, err);
	if (!rc)
		rc = tidy(&n, err);
	if (!rc)
		rc = sealed_peek(n.sealed, &peek, err);
	if (rc)
		return rc;
	*ret_done = is_there(n.folder);
	if (*ret_done)
		return finish_open(&n, &peek, err);
	if (!k && !peek.about.training)
		return err_set(err, E_REFUSED,
			       "A real case is opened only by a person with a key: give --key "
			       "FILE.");
	rc = folder_remove(n.opening, err);
	if (!rc && mkdir(n.opening, 0700) != 0)
		rc = err_set(err, E_IO, "'%s' cannot be made: %s.", n.opening, strerror(errno));
	if (!rc) {
		rc = sealed_unpack(n.sealed, with, n.opening, progress, err);
		if (!rc)
			rc = note_opened(&n, k, err);
		if (!rc)
			rc = take_out(&n, err);
		if (rc)
			folder_remove(n.opening, NULL);
	}
	return rc ? rc : drop_sealed(&n, err);
}
