/* vault_verify.c - see vault_verify.h */
#include "vault_verify.h"
#include "case_key.h"
#include "ending/retention.h"
#include "vault.h"
#include "vault_folder.h"
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
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

struct check {
	struct case_db *c;
	struct vault_key *key; /* NULL: files are only counted */
	bad_fn *bad;
	void *user;
	struct vault_checked result;
	struct err *err;
};

__attribute__((format(printf, 2, 3))) static void tell(const struct check *v, const char *format,
						       ...)
{
	char what[700];
	va_list ap;
	va_start(ap, format);
	vsnprintf(what, sizeof what, format, ap);
	va_end(ap);
	v->bad(v->user, what);
}

/* name: "vault/EX1" */
static int verify_file(struct check *v, struct vault *vault, const char *name, const char *file,
		       const char *sha256)
{
	struct err why = { 0 };
	char hex[65];
	if (!v->key) {
		v->result.closed++;
		return 0;
	}
	int failed = hash_file(vault, file, hex, &why);
	if (failed == E_NOMEM)
		return err_set(v->err, E_NOMEM, "Memory ran out.");
	if (failed || !sha256 || strcmp(hex, sha256) != 0)
		tell(v, "%s/%s is not the file that was kept%s%s", name, file, failed ? ": " : ".",
		     failed ? why.message : "");
	else
		v->result.files++;
	return 0;
}

static bool closed(struct case_db *c)
{
	struct retention r;
	return retention_load(c, &r, NULL) == 0 && r.closed;
}

static int verify_exhibit(struct check *v, int64_t exhibit, int64_t reading)
{
	char dir[4200], name[32];
	struct vault *vault = NULL;
	sqlite3_stmt *st;
	int64_t there, expected = 0;
	int rc = vault_folder_path(case_dir(v->c), exhibit, reading, dir, sizeof dir, v->err);
	if (rc)
		return rc;
	snprintf(name, sizeof name, "%s", dir + strlen(case_dir(v->c)) + 1);
	rc = case_prepare(v->c,
			  "SELECT vault, sha256 FROM evidence_file WHERE exhibit=?1 AND vault "
			  "IS NOT NULL ORDER BY id",
			  &st, v->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, exhibit);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		struct err why = { 0 };
		expected++;
		if (!vault && vault_open_kept(&vault, dir, v->key, &why)) {
			tell(v, "%s", why.message);
			break;
		}
		rc = verify_file(v, vault, name, (const char *)sqlite3_column_text(st, 0),
				 (const char *)sqlite3_column_text(st, 1));
	}
	sqlite3_finalize(st);
	vault_free(vault);
	if (!rc && count_files(case_dir(v->c), name, &there) == 0 && there > expected)
		tell(v,
		     closed(v->c)
			     ? "%s holds files that were to be removed when the case was closed: "
			       "run 'linecheck case close' again, it was stopped."
			     : "%s holds files that the case does not know.",
		     name);
	return rc;
}

int vault_verify(struct case_db *c, bad_fn *bad, void *user, struct vault_checked *ret,
		 struct err *err)
{
	struct check v = { .c = c, .bad = bad, .user = user, .err = err };
	sqlite3_stmt *st;
	struct err why = { 0 };
	int rc = case_key_open(c, case_actor(c), &v.key, &why);
	if (rc && rc != E_ABSENT && rc != E_ENCRYPTED) {
		tell(&v, "%s", why.message);
		return 0;
	}
	rc = case_prepare(c, "SELECT id, reading FROM exhibit ORDER BY id", &st, err);
	if (!rc) {
		while (!rc && sqlite3_step(st) == SQLITE_ROW)
			rc = verify_exhibit(&v, sqlite3_column_int64(st, 0),
					    sqlite3_column_int64(st, 1));
		sqlite3_finalize(st);
	}
	vault_key_free(v.key);
	if (!rc)
		*ret = v.result;
	return rc;
}
