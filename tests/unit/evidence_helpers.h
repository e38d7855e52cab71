/* evidence_helpers.h - folders, files and databases for the tests of evidence. */
#ifndef EVIDENCE_HELPERS_H
#define EVIDENCE_HELPERS_H
#include "base/buf.h"
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
/* after the above: cmocka needs them */
#include <cmocka.h>

#define HELPER __attribute__((unused)) static

/* "dir/name" in one of a few buffers that take turns. */
HELPER const char *in(const char *dir, const char *name)
{
	static char paths[8][1024];
	static unsigned turn;
	char *p = paths[turn++ % 8];
	int n = snprintf(p, sizeof paths[0], "%s/%s", dir, name);
	assert_true(n > 0 && (size_t)n < sizeof paths[0]);
	return p;
}

HELPER void temp_folder(char out[static 64])
{
	/* in memory where there is such a place: the tests wait for many syncs */
	snprintf(out, 64, "/dev/shm/linecheck-test-XXXXXX");
	if (mkdtemp(out))
		return;
	snprintf(out, 64, "/tmp/linecheck-test-XXXXXX");
	assert_non_null(mkdtemp(out));
}

HELPER void remove_tree(const char *path)
{
	DIR *d = opendir(path);
	if (!d) {
		unlink(path);
		return;
	}
	for (struct dirent *e; (e = readdir(d));) {
		char below[1024];
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		snprintf(below, sizeof below, "%s/%s", path, e->d_name);
		struct stat st;
		if (lstat(below, &st) == 0 && S_ISDIR(st.st_mode))
			remove_tree(below);
		else
			unlink(below);
	}
	closedir(d);
	rmdir(path);
}

/* Make the folders above path. */
HELPER void make_parents(const char *path)
{
	char p[1024];
	snprintf(p, sizeof p, "%s", path);
	for (char *s = strchr(p + 1, '/'); s; s = strchr(s + 1, '/')) {
		*s = 0;
		mkdir(p, 0700);
		*s = '/';
	}
}

HELPER void write_file(const char *path, span bytes)
{
	make_parents(path);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.n ? bytes.p : "", 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
}

/* All bytes; p is NULL when there is no such file. free() them. */
HELPER span read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return SPAN_NONE;
	struct buf b = { 0 };
	char block[65536];
	for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_add(&b, (span){ block, n });
	fclose(f);
	buf_byte(&b, 0);
	assert_false(b.failed);
	return (span){ b.data, b.n - 1 };
}

HELPER void copy_file(const char *from, const char *to)
{
	span s = read_file(from);
	if (s.p)
		write_file(to, s);
	free((void *)s.p);
}

HELPER void sql_run(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	int rc = sqlite3_exec(db, sql, NULL, NULL, &message);
	if (rc != SQLITE_OK)
		fail_msg("%s: %s", sql, message ? message : sqlite3_errmsg(db));
}

HELPER sqlite3 *sql_open(const char *path)
{
	sqlite3 *db;
	make_parents(path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

/* A database made by one script. */
HELPER void make_db(const char *path, const char *sql)
{
	sqlite3 *db = sql_open(path);
	sql_run(db, sql);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Every row of a query as text, then the result code: what two readers are compared by. */
HELPER void dump(sqlite3 *db, const char *sql, struct buf *out)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			int type = sqlite3_column_type(st, i);
			buf_addf(out, "%s%d:", i ? "|" : "", type);
			const void *p = sqlite3_column_blob(st, i);
			if (p)
				buf_add(out, (span){ p, (size_t)sqlite3_column_bytes(st, i) });
		}
		buf_byte(out, '\n');
		rc = SQLITE_OK;
	}
	sqlite3_finalize(st);
	buf_addf(out, "= %d\n", rc & 0xff);
}

/* A small generator of numbers: the same seed gives the same numbers everywhere. */
HELPER uint32_t rnd(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}
#endif
