/* case.c - see case.h. The schema is case_schema.sql, built in. */
#include "case.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)

static const char schema[] = {
#include "case_schema.inc"
};

struct case_db {
	sqlite3 *db;
	char *dir;
	bool training;
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
		return err_set(err, rc == SQLITE_TOOBIG ? E_LIMIT : E_IO,
			       "The case database failed while %s: %s.", what,
			       sqlite3_errmsg(c->db));
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

int case_begin(struct case_db *c, struct err *err)
{
	return case_exec(c, "starting", "BEGIN IMMEDIATE", err);
}

int case_commit(struct case_db *c, struct err *err)
{
	return case_exec(c, "finishing", "COMMIT", err);
}

void case_rollback(struct case_db *c)
{
	if (!sqlite3_get_autocommit(c->db))
		sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
}

static int make_dir(const char *dir, struct err *err)
{
	if (mkdir(dir, 0700) == 0)
		return 0;
	if (errno != EEXIST)
		return err_set(err, E_IO, "The case folder '%s' cannot be made: %s.", dir,
			       strerror(errno));
	DIR *d = opendir(dir);
	if (!d)
		return err_set(err, E_IO, "The case folder '%s' cannot be opened: %s.", dir,
			       strerror(errno));
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
	sqlite3_busy_timeout(c->db, 2000);
	return case_exec(c, "opening the case",
			 "PRAGMA page_size=16384; PRAGMA cache_size=-8192;"
			 "PRAGMA cell_size_check=ON; PRAGMA temp_store=FILE;"
			 "PRAGMA synchronous=FULL;",
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

static int create(struct case_db *c, bool training, struct err *err)
{
	int rc = case_begin(c, err);
	if (!rc)
		rc = case_exec(c, "making the case", schema, err);
	if (!rc)
		rc = case_exec(c, "making the case",
			       "INSERT INTO meta VALUES('schema','" TEXT_OF(
				       CASE_SCHEMA) "'),"
						    "('tool','linecheck " LINECHECK_VERSION "'),"
						    "('zone','Europe/London');",
			       err);
	if (!rc)
		rc = case_exec(c, "making the case",
			       training ? "INSERT INTO meta VALUES('training','1')"
					: "INSERT INTO meta VALUES('training','0')",
			       err);
	if (!rc)
		rc = case_commit(c, err);
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
	char journal[4200];
	struct stat st;
	snprintf(journal, sizeof journal, "%s-journal", path);
	return stat(journal, &st) == 0 && st.st_size > 0 && access(path, W_OK) == 0;
}

static int open_in(struct case_db *c, enum case_mode mode, bool training, struct err *err)
{
	char path[4096];
	if (snprintf(path, sizeof path, "%s/case.db", c->dir) >= (int)sizeof path)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	if (mode != CASE_NEW && access(path, F_OK) != 0)
		return err_set(err, E_ABSENT,
			       "There is no case in '%s' (no case.db). Give the folder that a scan "
			       "made.",
			       c->dir);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	if (mode == CASE_READ && !interrupted(path))
		flags = SQLITE_OPEN_READONLY;
	if (sqlite3_open_v2(path, &c->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		return case_error(c, "opening the case", err);
	int rc = configure(c, err);
	if (rc)
		return rc;
	int found = meta_flag(c, "schema");
	if (found < 0 && mode != CASE_READ) {
		/* New, or a run was killed before the first commit: nothing is in it. */
		if (sqlite3_table_column_metadata(c->db, NULL, "exhibit", NULL, NULL, NULL, NULL,
						  NULL, NULL) == SQLITE_OK)
			return err_set(err, E_FORMAT, "'%s' is not a linecheck case.", path);
		if (mode != CASE_NEW && !training)
			return err_set(
				err, E_FORMAT,
				"The case in '%s' was never finished and is empty. Remove the "
				"folder and scan again.",
				c->dir);
		rc = create(c, training, err);
		if (rc)
			return rc;
		found = meta_flag(c, "schema");
	}
	if (found < 0 && is_empty(c))
		return err_set(
			err, E_ABSENT,
			"The case in '%s' was being made when the program was stopped: nothing "
			"has been read into it. Run the scan again with the same --case.",
			c->dir);
	if (found < 0)
		return err_set(err, E_FORMAT, "'%s' is damaged or is not a linecheck case: %s.",
			       path, sqlite3_errmsg(c->db));
	if (found != CASE_SCHEMA)
		return err_set(err, E_SCHEMA,
			       "The case in '%s' was made by another version of linecheck (schema "
			       "%d, this one reads %d). Use that version.",
			       c->dir, found, CASE_SCHEMA);
	c->training = meta_flag(c, "training") != 0;
	return 0;
}

int case_open(struct case_db **ret, const char *dir, enum case_mode mode, bool training,
	      struct err *err)
{
	int rc = mode == CASE_NEW ? make_dir(dir, err) : 0;
	if (rc)
		return rc;
	struct case_db *c = calloc(1, sizeof *c);
	if (!c || !(c->dir = strdup(dir))) {
		case_close(c);
		return err_set(err, E_NOMEM, "Memory ran out while opening the case.");
	}
	rc = open_in(c, mode, training, err);
	if (rc) {
		case_close(c);
		return rc;
	}
	*ret = c;
	return 0;
}

void case_close(struct case_db *c)
{
	if (!c)
		return;
	if (c->db) {
		case_rollback(c);
		sqlite3_close(c->db);
	}
	free(c->dir);
	free(c);
}
