/* case.c - see case.h. The schema is case_schema.sql, built in. */
#include "case.h"
#include "case_folder.h"
#include "caselog.h"
#include "digest.h"
#include "key.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)

static const char schema[] = {
#include "case_schema.inc"
};

#define MOST_TABLES 64

struct case_db {
	sqlite3 *db;
	char *dir;
	bool training;
	const struct key *actor;
	int lock; /* descriptor of the folder, -1: not locked */
	char *changed[MOST_TABLES + 1];
	size_t changed_n;
	bool changed_failed;
	bool made; /* by this run */
};

sqlite3 *case_handle(struct case_db *c)
{
	return c->db;
}

const char *case_dir(const struct case_db *c)
{
	return c->dir;
}

bool case_training(const struct case_db *c)
{
	return c->training;
}

int case_error(struct case_db *c, const char *what, struct err *err)
{
	int rc = sqlite3_errcode(c->db);
	switch (rc) {
	case SQLITE_NOMEM:
		return err_set(err, E_NOMEM, "Memory ran out while %s.", what);
	case SQLITE_FULL:
		return err_set(err, E_IO,
			       "The disk is full: %s could not be finished. Free some space and "
			       "run the same command again; nothing half done is kept.",
			       what);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, E_IO,
			       "Another linecheck is using this case (%s). Wait until it has "
			       "finished, then run the command again.",
			       what);
	case SQLITE_READONLY:
		return err_set(err, E_IO,
			       "The case folder cannot be written (%s). Copy it to a disk that "
			       "can be written, or give another --case folder.",
			       what);
	default:
		return err_set(
			err, rc == SQLITE_TOOBIG ? E_LIMIT : E_IO,
			"The case database failed while %s: %s. Nothing half done is kept: run "
			"the command again, or scan with a new --case folder.",
			what, sqlite3_errmsg(c->db));
	}
}

int case_exec(struct case_db *c, const char *what, const char *sql, struct err *err)
{
	if (sqlite3_exec(c->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return case_error(c, what, err);
	return 0;
}

int case_prepare(struct case_db *c, const char *sql, sqlite3_stmt **ret, struct err *err)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) != SQLITE_OK)
		return case_error(c, "preparing a query", err);
	*ret = st;
	return 0;
}

int case_step(struct case_db *c, sqlite3_stmt *st, struct err *err)
{
	int rc = sqlite3_step(st);
	int result = rc == SQLITE_DONE ? 0 : case_error(c, "writing", err);
	sqlite3_reset(st);
	return result;
}

const struct key *case_actor(const struct case_db *c)
{
	return c->actor;
}

int case_act_as(struct case_db *c, const struct key *k, struct err *err)
{
	if (!k && !c->training)
		return err_set(
			err, E_REFUSED,
			"A real case is opened only by a person with a key. Give --key FILE; "
			"'linecheck key new FILE' makes one.");
	c->actor = k;
	return 0;
}

int64_t case_now(const struct case_db *c)
{
	struct timespec t;
	if (c->training) {
		const char *fixed = getenv("SOURCE_DATE_EPOCH");
		return fixed && *fixed ? strtoll(fixed, NULL, 10) * 1000 : 0;
	}
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const char *const *case_changed(const struct case_db *c)
{
	return (const char *const *)c->changed;
}

static void forget_changed(struct case_db *c)
{
	for (size_t i = 0; i < c->changed_n; i++) {
		free(c->changed[i]);
		c->changed[i] = NULL;
	}
	c->changed_n = 0;
	c->changed_failed = false;
}

static void mark_changed(struct case_db *c, const char *table)
{
	if (strcmp(table, "sqlite_master") == 0)
		table = DIGEST_SCHEMA;
	for (size_t i = 0; i < c->changed_n; i++)
		if (strcmp(c->changed[i], table) == 0)
			return;
	if (c->changed_n == MOST_TABLES || !(c->changed[c->changed_n] = strdup(table)))
		c->changed_failed = true;
	else
		c->changed_n++;
}

/* SQLite asks while a statement is prepared: the one place that sees every table it may write. */
static int notice_change(void *user, int action, const char *table, const char *column,
			 const char *db, const char *trigger)
{
	(void)column;
	(void)trigger;
	if ((action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) && db &&
	    strcmp(db, "main") == 0)
		mark_changed(user, table);
	return SQLITE_OK;
}

int case_begin(struct case_db *c, struct err *err)
{
	return case_exec(c, "starting", "BEGIN IMMEDIATE", err);
}

static int keep_signer(struct case_db *c, struct err *err)
{
	sqlite3_stmt *st;
	const struct key_public *k = key_public(c->actor);
	int rc = case_prepare(c, "SELECT 1 FROM signer WHERE id=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, k->id, -1, SQLITE_STATIC);
	bool known = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	if (known)
		return 0;
	rc = case_prepare(c, "INSERT INTO signer VALUES(?1,?2,?3)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, k->id, -1, SQLITE_STATIC);
	sqlite3_bind_blob(st, 2, k->sign, sizeof k->sign, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, k->name, -1, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

int case_commit(struct case_db *c, const struct log_entry *done, struct err *err)
{
	int rc = c->actor ? keep_signer(c, err) : 0;
	if (!rc && c->changed_failed)
		rc = err_set(err, E_LIMIT, "The case has more tables than linecheck makes.");
	if (!rc)
		rc = caselog_append(c, done, err);
	if (!rc)
		rc = case_exec(c, "finishing", "COMMIT", err);
	if (!rc)
		forget_changed(c);
	return rc;
}

void case_rollback(struct case_db *c)
{
	if (!sqlite3_get_autocommit(c->db))
		sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
	forget_changed(c);
}

static int make_dir(const char *dir, struct err *err)
{
	if (mkdir(dir, 0700) == 0)
		return 0;
	if (errno != EEXIST)
		return err_set(err, E_IO,
			       "The case folder '%s' cannot be made: %s. Give --case a name in a "
			       "folder that is there and that you may write.",
			       dir, strerror(errno));
	DIR *d = opendir(dir);
	if (!d && errno == ENOTDIR)
		return err_set(
			err, E_USER,
			"'%s' is no folder, so no case can be kept in it. Give --case a new or "
			"empty folder.",
			dir);
	if (!d)
		return err_set(err, E_IO,
			       "The case folder '%s' cannot be opened: %s. Give --case another.",
			       dir, strerror(errno));
	int others = 0;
	for (struct dirent *e; (e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			others++;
	closedir(d);
	if (others)
		return err_set(err, E_USER,
			       "The folder '%s' holds other things and is not a case. Give --case "
			       "a new or empty folder.",
			       dir);
	return 0;
}

static int configure(struct case_db *c, struct err *err)
{
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_set_authorizer(c->db, notice_change, c);
	sqlite3_busy_timeout(c->db, 2000);
	return case_exec(c, "opening the case",
			 "PRAGMA page_size=16384; PRAGMA cache_size=-4096;"
			 "PRAGMA cell_size_check=ON; PRAGMA temp_store=FILE;"
			 "PRAGMA synchronous=FULL;"
			 /* what is taken out of scope is gone from the file, too */
			 "PRAGMA secure_delete=ON;",
			 err);
}

/* The value of a meta key as 0/1 text, or -1. */
static int meta_flag(struct case_db *c, const char *key)
{
	sqlite3_stmt *st;
	int value = -1;
	if (sqlite3_prepare_v2(c->db, "SELECT value FROM meta WHERE key=?1", -1, &st, NULL) !=
	    SQLITE_OK)
		return -1;
	sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		value = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return value;
}

/* True if there is no table at all. */
static bool is_empty(struct case_db *c)
{
	sqlite3_stmt *st;
	bool empty = false;
	if (sqlite3_prepare_v2(c->db, "SELECT count(*) FROM sqlite_schema", -1, &st, NULL) ==
	    SQLITE_OK)
		empty = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 0) == 0;
	sqlite3_finalize(st);
	return empty;
}

static int set_meta(struct case_db *c, const char *key, const char *value, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT INTO meta VALUES(?1,?2)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, value, -1, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

/* A name that says nothing, so that what is signed for one case proves nothing in another. */
static int name_case(struct case_db *c, bool training, struct err *err)
{
	unsigned char id[16];
	char hex[2 * sizeof id + 1] = "training";
	if (!training) {
		randombytes_buf(id, sizeof id);
		sodium_bin2hex(hex, sizeof hex, id, sizeof id);
	}
	return set_meta(c, "case", hex, err);
}

/* Empty tables have a digest, too: a row that appears in one is then seen. */
static int mark_all(struct case_db *c, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT name FROM sqlite_schema WHERE type='table'", &st, err);
	if (rc)
		return rc;
	while (sqlite3_step(st) == SQLITE_ROW)
		mark_changed(c, (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	mark_changed(c, DIGEST_SCHEMA);
	return 0;
}

static int create(struct case_db *c, bool training, struct err *err)
{
	static const struct log_entry made = { .act = LOG_ALTERATION, .what = "case-made" };
	c->training = training;
	int rc = case_begin(c, err);
	if (!rc)
		rc = case_exec(c, "making the case", schema, err);
	if (!rc)
		rc = set_meta(c, "schema", TEXT_OF(CASE_SCHEMA), err);
	if (!rc)
		rc = set_meta(c, "tool", "linecheck " LINECHECK_VERSION, err);
	if (!rc)
		rc = set_meta(c, "zone", "Europe/London", err);
	if (!rc)
		rc = set_meta(c, "training", training ? "1" : "0", err);
	if (!rc)
		rc = name_case(c, training, err);
	if (!rc)
		rc = mark_all(c, err);
	if (!rc)
		rc = case_commit(c, &made, err);
	return rc;
}

bool case_exists(const char *dir)
{
	char path[4096];
	if (snprintf(path, sizeof path, "%s/case.db", dir) >= (int)sizeof path)
		return false;
	return access(path, F_OK) == 0;
}

/* A run that was killed leaves a journal; only a writer can roll it back. */
static bool interrupted(const char *path)
{
	char journal[4300];
	struct stat st;
	snprintf(journal, sizeof journal, "%s-journal", path);
	return stat(journal, &st) == 0 && st.st_size > 0 && access(path, W_OK) == 0;
}

static int open_in(struct case_db *c, enum case_mode mode, bool training, struct err *err)
{
	char path[4200];
	if (mode != CASE_NEW && !case_exists(c->dir))
		return case_folder_none(c->dir, err);
	int rc = case_folder_db(c->dir, path, sizeof path, err);
	if (rc)
		return rc;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	if (mode == CASE_READ && !interrupted(path))
		flags = SQLITE_OPEN_READONLY;
	if (sqlite3_open_v2(path, &c->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		return case_error(c, "opening the case", err);
	rc = configure(c, err);
	if (rc)
		return rc;
	bool made = false;
	int found = meta_flag(c, "schema");
	if (found < 0 && mode != CASE_READ) {
		/* New, or a run was killed before the first commit: nothing is in it. */
		if (sqlite3_table_column_metadata(c->db, NULL, "exhibit", NULL, NULL, NULL, NULL,
						  NULL, NULL) == SQLITE_OK)
			return err_set(err, E_FORMAT,
				       "'%s' is not a linecheck case. Give the folder that a scan "
				       "made, or a new one.",
				       path);
		if (mode != CASE_NEW && !training && !c->actor)
			return err_set(
				err, E_ABSENT,
				"The case in '%s' was being made when the program was stopped: "
				"nothing is in it. Run 'linecheck case new' again.",
				c->dir);
		rc = create(c, training, err);
		if (rc)
			return rc;
		made = c->made = true;
		found = meta_flag(c, "schema");
	}
	if (found < 0 && is_empty(c))
		return err_set(
			err, E_ABSENT,
			"The case in '%s' was being made when the program was stopped: nothing "
			"has been read into it. Run the scan again with the same --case.",
			c->dir);
	if (found < 0)
		return err_set(
			err, E_FORMAT,
			"'%s' is damaged or is not a linecheck case: %s. Go back to a copy of the "
			"folder, or scan the source again with a new --case folder.",
			path, sqlite3_errmsg(c->db));
	if (found != CASE_SCHEMA)
		return err_set(err, E_SCHEMA,
			       "The case in '%s' was made by another version of linecheck (schema "
			       "%d, this one reads %d). Use that version.",
			       c->dir, found, CASE_SCHEMA);
	c->training = meta_flag(c, "training") != 0;
	return made || mode == CASE_READ ? 0 : case_agrees(c, err);
}

static int open_as(struct case_db **ret, const char *dir, enum case_mode mode, bool training,
		   const struct key *k, struct err *err)
{
	int rc = mode == CASE_NEW ? make_dir(dir, err) : 0;
	if (rc)
		return rc;
	struct case_db *c = calloc(1, sizeof *c);
	if (!c || !(c->dir = strdup(dir))) {
		case_close(c);
		return err_set(err, E_NOMEM, "Memory ran out while opening the case.");
	}
	c->actor = k;
	c->lock = -1;
	rc = open_in(c, mode, training, err);
	if (rc) {
		case_close(c);
		return rc;
	}
	*ret = c;
	return 0;
}

int case_create(struct case_db **ret, const char *dir, const struct key *k, struct err *err)
{
	struct case_db *c;
	bool there = case_exists(dir); /* perhaps of a run that was stopped: empty */
	int rc = open_as(&c, dir, there ? CASE_WRITE : CASE_NEW, false, k, err);
	if (rc)
		return rc;
	if (!c->made) {
		case_close(c);
		return err_set(err, E_USER, "There is a case in '%s' already. Give a new folder.",
			       dir);
	}
	*ret = c;
	return 0;
}

int case_open(struct case_db **ret, const char *dir, enum case_mode mode, bool training,
	      struct err *err)
{
	if (mode == CASE_NEW && !training)
		return err_set(err, E_REFUSED,
			       "A real case is made with 'linecheck case new', which records the "
			       "authority for it.");
	return open_as(ret, dir, mode, training, NULL, err);
}

/* NULL, where a table is empty, contradicts nothing. */
int case_agrees(struct case_db *c, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = case_prepare(c,
			      "SELECT 1 FROM meta WHERE key='case' AND (value='training')<>?1 "
			      "UNION ALL SELECT 1 FROM log WHERE seq=1 AND (signature IS NULL)<>?1",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int(st, 1, c->training);
	bool altered = sqlite3_step(st) != SQLITE_DONE;
	sqlite3_finalize(st);
	return !altered ? 0
			: err_set(err, E_REFUSED,
				  "The case in '%s' was altered: whether it is real or training is "
				  "not what its log says. 'linecheck verify' names what is not "
				  "right. "
				  "Go back to a copy.",
				  c->dir);
}

int case_lock(struct case_db *c, struct err *err)
{
	if (c->lock >= 0)
		return 0;
	int fd = open(c->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, E_IO, "The case folder '%s' cannot be opened: %s.", c->dir,
			       strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		close(fd);
		return err_set(err, E_IO,
			       "Another linecheck is working on this case. Wait until it has "
			       "finished, then run the command again.");
	}
	c->lock = fd;
	return 0;
}

void case_close(struct case_db *c)
{
	if (!c)
		return;
	if (c->lock > 0)
		close(c->lock);
	if (c->db) {
		case_rollback(c);
		sqlite3_close(c->db);
	}
	forget_changed(c);
	free(c->dir);
	free(c);
}
