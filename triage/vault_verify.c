/* vault_verify.c - see vault_verify.h */
#include "vault_verify.h"
#include "vault.h"
#include "vault_folder.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef void bad_fn(void *user, const char *what);

static int hash_file(struct vault *v, const char *name, char ret[static 65], struct err *err)
{
	struct reader *r;
	int rc = vault_read(v, name, &r, err);
	if (rc)
		return rc;
	rc = reader_sha256(r, ret, NULL, NULL, err);
	reader_free(r);
	return rc;
}

static int count_files(const char *dir, const char *name, int64_t *ret)
{
	char path[4200];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	DIR *d = opendir(path);
	*ret = 0;
	if (!d)
		return errno == ENOENT ? 0 : E_IO;
	for (struct dirent *e; (e = readdir(d));)
		*ret += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return 0;
}

static int verify_exhibit(struct case_db *c, int64_t exhibit, int64_t reading, bad_fn *bad,
			  void *user, int64_t *files, struct err *err)
{
	char dir[4200], what[600], hex[65], name[32];
	struct vault *v = NULL;
	sqlite3_stmt *st;
	int64_t there, expected = 0;
	int rc = vault_folder_path(case_dir(c), exhibit, reading, dir, sizeof dir, err);
	if (rc)
		return rc;
	snprintf(name, sizeof name, "%s", dir + strlen(case_dir(c)) + 1);
	rc = case_prepare(c,
			  "SELECT vault, sha256 FROM evidence_file WHERE exhibit=?1 AND vault "
			  "IS NOT NULL ORDER BY id",
			  &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, exhibit);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		const char *file = (const char *)sqlite3_column_text(st, 0);
		const char *sha256 = (const char *)sqlite3_column_text(st, 1);
		struct err why = { 0 };
		expected++;
		if (!v && vault_open_kept(&v, dir, &why)) {
			bad(user, why.message);
			break;
		}
		int failed = hash_file(v, file, hex, &why);
		if (failed == E_NOMEM)
			rc = err_set(err, E_NOMEM, "Memory ran out.");
		else if (failed || !sha256 || strcmp(hex, sha256) != 0) {
			snprintf(what, sizeof what, "%s/%s is not the file that was kept%s%s", name,
				 file, failed ? ": " : ".", failed ? why.message : "");
			bad(user, what);
		} else
			++*files;
	}
	sqlite3_finalize(st);
	vault_free(v);
	if (!rc && count_files(case_dir(c), name, &there) == 0 && there > expected) {
		snprintf(what, sizeof what, "%s holds files that the case does not know.", name);
		bad(user, what);
	}
	return rc;
}

int vault_verify(struct case_db *c, bad_fn *bad, void *user, int64_t *ret_files, struct err *err)
{
	sqlite3_stmt *st;
	int64_t files = 0;
	int rc = case_prepare(c, "SELECT id, reading FROM exhibit ORDER BY id", &st, err);
	if (rc)
		return rc;
	while (!rc && sqlite3_step(st) == SQLITE_ROW)
		rc = verify_exhibit(c, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
				    bad, user, &files, err);
	sqlite3_finalize(st);
	if (!rc)
		*ret_files = files;
	return rc;
}
