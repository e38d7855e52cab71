/* linedb.c - see linedb.h */
#include "linedb.h"
#include "hex.h"
#include "linedb_change.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)

static const char schema[] = {
#include "linedb_schema.inc"
};

struct linedb {
	sqlite3 *db;
	char *path;
	char id[33];
	const struct key *by;
};

sqlite3 *linedb_handle(struct linedb *d)
{
	return d->db;
}

const char *linedb_id(const struct linedb *d)
{
	return d->id;
}

const struct key *linedb_actor(const struct linedb *d)
{
	return d->by;
}

int64_t linedb_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int linedb_error(struct linedb *d, struct err *err)
{
	int rc = sqlite3_errcode(d->db);
	switch (rc) {
	case SQLITE_NOMEM:
		return err_set(err, E_NOMEM, "Memory ran out.");
	case SQLITE_FULL:
		return err_set(err, E_IO,
			       "The disk is full. Nothing of this was kept in '%.200s': free some "
			       "space and run the same command again.",
			       d->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, E_IO,
			       "Another person is changing '%.200s'. Wait a moment, then run the "
			       "same command again.",
			       d->path);
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		return err_set(err, E_IO,
			       "'%.200s' cannot be written, and what is looked up is logged in it. "
			       "Work on a disk that can be written.",
			       d->path);
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return err_set(err, E_FORMAT,
			       "'%.200s' is damaged or is not a line database: %s. Go back to a "
			       "copy.",
			       d->path, sqlite3_errmsg(d->db));
	default:
		return err_set(err, rc == SQLITE_TOOBIG ? E_LIMIT : E_IO,
			       "The line database failed: %s. Nothing half done is kept.",
			       sqlite3_errmsg(d->db));
	}
}

int linedb_exec(struct linedb *d, const char *sql, struct err *err)
{
	return sqlite3_exec(d->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : linedb_error(d, err);
}

int linedb_prepare(struct linedb *d, const char *sql, sqlite3_stmt **ret, struct err *err)
{
	*ret = NULL;
	return sqlite3_prepare_v2(d->db, sql, -1, ret, NULL) == SQLITE_OK ? 0
									  : linedb_error(d, err);
}

int linedb_step(struct linedb *d, sqlite3_stmt *st, struct err *err)
{
	int rc = sqlite3_step(st) == SQLITE_DONE ? 0 : linedb_error(d, err);
	sqlite3_reset(st);
	return rc;
}

int linedb_number(struct linedb *d, const char *sql, int64_t a, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(d, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, a);
	int step = sqlite3_step(st);
	if (step == SQLITE_ROW)
		*ret = sqlite3_column_int64(st, 0);
	else
		rc = step == SQLITE_DONE ? E_ABSENT : linedb_error(d, err);
	sqlite3_finalize(st);
	return rc;
}

int linedb_begin(struct linedb *d, struct err *err)
{
	return linedb_exec(d, "BEGIN IMMEDIATE", err);
}

void linedb_rollback(struct linedb *d)
{
	if (!sqlite3_get_autocommit(d->db))
		sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
}

static int keep_signer(struct linedb *d, struct err *err)
{
	const struct key_public *k = key_public(d->by);
	sqlite3_stmt *st;
	int rc = linedb_prepare(d, "INSERT OR IGNORE INTO signer VALUES(?1,?2,?3)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, k->id, -1, SQLITE_STATIC);
	sqlite3_bind_blob(st, 2, k->sign, sizeof k->sign, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, k->name, -1, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

int linedb_commit(struct linedb *d, const struct linedb_entry *e, struct err *err)
{
	const struct chain_text texts[] = { { "query", e->query },
					    { "why", e->why },
					    { NULL, NULL } };
	json_t *j = json_pack("{s:s,s:{},s:{}}", "what", e->what, "n", "w");
	bool failed = !j;
	for (size_t i = 0; !failed && i < sizeof e->n / sizeof *e->n && e->n[i].name; i++)
		failed = json_object_set_new(json_object_get(j, "n"), e->n[i].name,
					     json_integer(e->n[i].value)) != 0;
	for (size_t i = 0; !failed && i < sizeof e->w / sizeof *e->w && e->w[i].name; i++)
		failed = json_object_set_new(json_object_get(j, "w"), e->w[i].name,
					     json_string(e->w[i].value)) != 0;
	int rc = failed ? err_set(err, E_NOMEM, "Memory ran out.") : keep_signer(d, err);
	if (rc)
		json_decref(j);
	else
		rc = chain_append(d->db, d->by, linedb_now(), j, texts, err);
	return rc ? rc : linedb_exec(d, "COMMIT", err);
}

int linedb_note(struct linedb *d, const struct linedb_entry *e, struct err *err)
{
	int rc = linedb_begin(d, err);
	if (!rc)
		rc = linedb_commit(d, e, err);
	if (rc)
		linedb_rollback(d);
	return rc;
}

/* ---- opening ---- */

static int configure(struct linedb *d, struct err *err)
{
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_limit(d->db, SQLITE_LIMIT_LENGTH, 600 << 20);
	sqlite3_busy_timeout(d->db, 5000);
	return linedb_exec(d,
			   "PRAGMA page_size=16384; PRAGMA cache_size=-65536;"
			   "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
			   "PRAGMA synchronous=FULL;",
			   err);
}

static int open_file(struct linedb **ret, const char *path, const struct key *by, int flags,
		     struct err *err)
{
	struct linedb *d = calloc(1, sizeof *d);
	if (!d || !(d->path = strdup(path))) {
		free(d);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	d->by = by;
	int rc = 0;
	if (sqlite3_open_v2(path, &d->db,
			    flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		rc = linedb_error(d, err);
	if (!rc)
		rc = configure(d, err);
	if (rc)
		linedb_close(d);
	else
		*ret = d;
	return rc;
}

static int set_meta(struct linedb *d, const char *key, const char *value, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(d, "INSERT INTO meta VALUES(?1,?2)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, value, -1, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int fill(struct linedb *d, struct err *err)
{
	static const struct linedb_entry made = { .what = "made" };
	unsigned char id[16];
	randombytes_buf(id, sizeof id);
	hex_write(d->id, id, sizeof id);
	int rc = linedb_begin(d, err);
	if (!rc)
		rc = linedb_exec(d, schema, err);
	if (!rc)
		rc = set_meta(d, "schema", TEXT_OF(LINEDB_SCHEMA), err);
	if (!rc)
		rc = set_meta(d, "id", d->id, err);
	/* Lossy, which is why the original is kept: source A-E, information 1-5, handling 1-5. */
	if (!rc)
		rc = set_meta(d, "source_map", "11332", err);
	if (!rc)
		rc = set_meta(d, "info_map", "ACBDE", err);
	if (!rc)
		rc = set_meta(d, "handling_map", "PPPCC", err);
	return rc ? rc : linedb_commit(d, &made, err);
}

int linedb_create(const char *path, const struct key *by, struct err *err)
{
	struct linedb *d = NULL;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_set(err, E_USER, "'%.200s' is there already: nothing is overwritten.",
			       path);
	if (fd < 0)
		return err_set(err, E_IO, "'%.200s' cannot be made: %s.", path, strerror(errno));
	close(fd);
	int rc = open_file(&d, path, by, 0, err);
	if (!rc)
		rc = fill(d, err);
	linedb_close(d);
	if (rc)
		unlink(path);
	return rc;
}

static int read_meta(struct linedb *d, struct err *err)
{
	sqlite3_stmt *st;
	int version = 0;
	if (sqlite3_prepare_v2(d->db, "SELECT key, value FROM meta WHERE key IN ('id','schema')",
			       -1, &st, NULL) == SQLITE_OK)
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char *key = (const char *)sqlite3_column_text(st, 0);
			const char *value = (const char *)sqlite3_column_text(st, 1);
			if (key && value && strcmp(key, "schema") == 0)
				version = sqlite3_column_int(st, 1);
			else if (value && strlen(value) == 32)
				memcpy(d->id, value, 33);
		}
	sqlite3_finalize(st);
	if (version == LINEDB_SCHEMA && d->id[0])
		return 0;
	if (version)
		return err_set(err, E_SCHEMA,
			       "'%.200s' was made by another version of linecheck (schema %d, this "
			       "one reads %d).",
			       d->path, version, LINEDB_SCHEMA);
	if (sqlite3_errcode(d->db) == SQLITE_BUSY || sqlite3_errcode(d->db) == SQLITE_READONLY)
		return linedb_error(d, err);
	return err_set(err, E_FORMAT,
		       "'%.200s' is no line database: 'linecheck lines create FILE' makes one.",
		       d->path);
}

int linedb_open(struct linedb **ret, const char *path, const struct key *by, struct err *err)
{
	struct linedb *d;
	if (access(path, F_OK) != 0)
		return err_set(err, E_ABSENT,
			       "There is no line database '%.200s'. 'linecheck lines create FILE' "
			       "makes one.",
			       path);
	int rc = open_file(&d, path, by, 0, err);
	if (rc)
		return rc;
	rc = read_meta(d, err);
	if (rc)
		linedb_close(d);
	else
		*ret = d;
	return rc;
}

void linedb_close(struct linedb *d)
{
	if (!d)
		return;
	if (d->db) {
		linedb_rollback(d);
		sqlite3_close(d->db);
	}
	free(d->path);
	free(d);
}

/* ---- checking ---- */

static bool signer_of(void *user, const char *id, unsigned char ret[static KEY_PUBLIC])
{
	struct linedb *d = user;
	sqlite3_stmt *st;
	bool ok = false;
	if (linedb_prepare(d, "SELECT public FROM signer WHERE id=?1", &st, NULL))
		return false;
	sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_bytes(st, 0) == KEY_PUBLIC) {
		char own[17];
		memcpy(ret, sqlite3_column_blob(st, 0), KEY_PUBLIC);
		key_id(ret, own);
		ok = strcmp(own, id) == 0;
	}
	sqlite3_finalize(st);
	return ok;
}

int linedb_check(struct linedb *d, int64_t *ret_entries, struct err *err)
{
	char head[65];
	int rc = linedb_exec(d, "BEGIN", err);
	if (!rc)
		rc = chain_check(d->db, signer_of, linedb_check_entry, d, err);
	if (!rc)
		rc = linedb_check_rows(d, err);
	if (!rc)
		rc = chain_head(d->db, head, ret_entries, err);
	linedb_rollback(d);
	return rc;
}
