/* db.c - see db.h */
#include "db.h"
#include "rng.h"
#include "tool.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* SQLite draws the salts of a -wal from its VFS, and reads its clock: both stand still here. */
static int still_random(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	memset(out, 0x5a, (size_t)n);
	return n;
}

static int still_time(sqlite3_vfs *vfs, sqlite3_int64 *ret)
{
	(void)vfs;
	*ret = 0;
	return SQLITE_OK;
}

static void use_still_vfs(void)
{
	static sqlite3_vfs still;
	if (still.zName)
		return;
	still = *sqlite3_vfs_find(NULL);
	still.zName = "still";
	still.xRandomness = still_random;
	still.xCurrentTimeInt64 = still_time;
	if (sqlite3_vfs_register(&still, 1))
		die("no SQLite file system");
}

static void failed(const struct db *d, const char *what)
{
	die("%s: %s: %s", d->path, what, sqlite3_errmsg(d->h));
}

void db_exec(struct db *d, const char *sql)
{
	if (sqlite3_exec(d->h, sql, NULL, NULL, NULL))
		failed(d, sql);
}

void db_create(struct db *d, const char *path, const char *schema)
{
	static const char mark[] = "-- indexes";
	use_still_vfs();
	sqlite3_randomness(0, NULL); /* start from the beginning for each database */
	memset(d, 0, sizeof *d);
	d->path = text_copy(path);
	make_parents(path);
	if (unlink(path) == 0)
		fprintf(stderr, "replacing %s\n", path);
	if (sqlite3_open(path, &d->h))
		failed(d, "open");
	const char *after = strstr(schema, mark);
	if (!after)
		die("a schema without its mark");
	d->after = after + sizeof mark - 1;
	char *tables = must(strndup(schema, (size_t)(after - schema)));
	db_exec(d, "PRAGMA page_size=4096;PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=OFF;"
		   "PRAGMA synchronous=OFF;BEGIN");
	db_exec(d, tables);
	free(tables);
}

void db_live(struct db *d)
{
	int on;
	db_exec(d, "COMMIT");
	db_exec(d, d->after);
	d->after = "";
	db_exec(d, "PRAGMA journal_mode=WAL;PRAGMA wal_autocheckpoint=0;"
		   "PRAGMA wal_checkpoint(TRUNCATE);BEGIN");
	if (sqlite3_db_config(d->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &on))
		failed(d, "keep the -wal");
	d->live = 1;
}

void db_finish(struct db *d)
{
	db_exec(d, "COMMIT");
	db_exec(d, d->after);
	if (sqlite3_close(d->h))
		failed(d, "close");
	free(d->path);
	memset(d, 0, sizeof *d);
}

sqlite3_stmt *db_prepare(struct db *d, const char *sql)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v3(d->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL))
		failed(d, sql);
	return st;
}

void db_step(struct db *d, sqlite3_stmt *st)
{
	if (sqlite3_step(st) != SQLITE_DONE || sqlite3_reset(st))
		failed(d, sqlite3_sql(st));
	sqlite3_clear_bindings(st);
}

void db_bind(sqlite3_stmt *st, const char *kinds, ...)
{
	va_list ap;
	va_start(ap, kinds);
	for (int i = 1; kinds[i - 1]; i++) {
		const char *text;
		switch (kinds[i - 1]) {
		case 'i':
			sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
			break;
		case 'r':
			sqlite3_bind_double(st, i, va_arg(ap, double));
			break;
		case 's':
			text = va_arg(ap, const char *);
			if (text)
				sqlite3_bind_text(st, i, text, -1, SQLITE_STATIC);
			break;
		case 'b':
			text = va_arg(ap, const char *);
			sqlite3_bind_blob(st, i, text, va_arg(ap, int), SQLITE_STATIC);
			break;
		case 'n':
			break;
		default:
			die("no such kind of value: %c", kinds[i - 1]);
		}
	}
	va_end(ap);
}

#define COCOA_EPOCH 978307200000 /* 2001-01-01 in Unix ms */

int64_t db_cocoa_ns(int64_t ms)
{
	return ms ? (ms - COCOA_EPOCH) * 1000000 : 0;
}

double db_cocoa_s(int64_t ms)
{
	return (double)(ms - COCOA_EPOCH) / 1000.0;
}
