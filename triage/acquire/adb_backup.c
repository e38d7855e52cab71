/*
 * adb_backup.c - an app's data as `bu backup` gives them, where its provider refuses: the phone
 * asks its owner, makes an .ab and prints it; it is read as it comes, like any other .ab.
 *
 * Apps that were made for Android 12 or later give their data to no such backup (Android's notes on
 * changes in backup and restore), Android's own among them: from that version on nobody is
 * bothered.
 */
#include "acquire/ab.h"
#include "acquire/adb.h"
#include "acquire/archive.h"
#include "catalog.h"
#include <stdio.h>
#include <stdlib.h>

#define LAST_VERSION 11
#define HEAD 64

struct stream {
	struct adb_phone *p;
	struct catalog *c;
	char head[HEAD]; /* looked at before it is read */
	size_t head_n, head_at;
	uint64_t done;
	int failed; /* the phone was lost, or somebody stopped it */
	struct err why;
};

static int fail(struct stream *t, int code)
{
	t->failed = code;
	return code;
}

static ptrdiff_t read_more(void *user, void *buf, size_t n, struct err *err)
{
	struct stream *t = user;
	if (t->head_at < t->head_n) {
		size_t take = t->head_n - t->head_at < n ? t->head_n - t->head_at : n;
		memcpy(buf, t->head + t->head_at, take);
		t->head_at += take;
		return (ptrdiff_t)take;
	}
	int rc = source_progress(t->c->s, "Reading the phone's backup", t->done, 0, &t->why);
	ptrdiff_t got = rc ? rc : adb_exec_read(t->p->door, buf, n, &t->why);
	if (got >= 0) {
		t->done += (uint64_t)got;
		return got;
	}
	fail(t, (int)got);
	/* E_ABSENT would mean a missing password to who reads an .ab */
	return err_set(err, E_IO, "%s", t->why.message);
}

static int read_head(struct stream *t)
{
	while (t->head_n < HEAD) {
		ptrdiff_t n =
			adb_exec_read(t->p->door, t->head + t->head_n, HEAD - t->head_n, &t->why);
		if (n < 0)
			return fail(t, (int)n);
		if (n == 0)
			return 0;
		t->head_n += (size_t)n;
	}
	return 0;
}

static int read_stream(struct stream *t, size_t *ret_files, const char **ret_why, struct err *err)
{
	size_t before = t->c->entries;
	if (read_head(t) != 0)
		return err_set(err, t->failed, "%s", t->why.message);
	*ret_why = "the phone made no backup of it: its owner did not agree on the phone, or this "
		   "Android makes none";
	if (!ab_is((span){ t->head, t->head_n }))
		return 0;
	int rc = archive_ab(t->c->s, t->c, SPAN("adb/backup.ab"), 0, read_more, t, err);
	if (t->failed)
		return err_set(err, t->failed, "%s", t->why.message);
	*ret_files = t->c->entries - before;
	*ret_why = "the backup that the phone made of it is empty";
	return rc;
}

int adb_read_backup(struct catalog *c, struct adb_phone *p, const char *package, size_t *ret_files,
		    const char **ret_why, struct err *err)
{
	struct stream t = { .p = p, .c = c };
	char command[128];
	*ret_files = 0;
	if (strtol(p->base.device.version, NULL, 10) > LAST_VERSION) {
		*ret_why = "from Android 12 on a backup holds none of it, and none was asked for";
		return 0;
	}
	p->options.tell(p->options.user,
			"On the phone: it asks whether to make a backup. Leave the password empty, "
			"and have its owner tap 'Back up my data'.");
	snprintf(command, sizeof command, "bu backup -noapk -nocompress %s", package);
	int rc = adb_exec(p->door, command, err);
	if (rc == E_REFUSED) {
		*ret_why = "the phone makes no backups";
		return 0;
	}
	if (rc == 0)
		rc = read_stream(&t, ret_files, ret_why, err);
	if (rc != E_ABSENT)
		adb_exec_close(p->door);
	return rc;
}
