/* vault_verify.c - see vault_verify.h */
#include "vault_verify.h"
#include "base/buf.h"
#include "case_key.h"
#include "ending/retention.h"
#include "vault.h"
#include "vault_folder.h"
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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

/* The names that the case knows, each with a NUL before and behind it. */
static bool is_known(const struct buf *names, const char *name)
{
	size_t n = strlen(name);
	for (size_t at = 0; at + n + 2 <= names->n; at++)
		if (!names->data[at] && memcmp(names->data + at + 1, name, n + 1) == 0)
			return true;
	return false;
}

static void add_name(struct buf *names, span name)
{
	if (!names->n)
		buf_byte(names, 0);
	buf_add(names, name);
	buf_byte(names, 0);
}

static void tell_unknown(struct check *v, const char *dir, const char *name,
			 const struct buf *names)
{
	bool unknown = false;
	DIR *d = opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));)
		unknown |= strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
			   !is_known(names, e->d_name);
	if (d)
		closedir(d);
	if (unknown)
		tell(v,
		     closed(v->c)
			     ? "%s holds files that were to be removed when the case was closed: "
			       "run 'linecheck case close' again, it was stopped."
			     : "%s holds files that the case does not know.",
		     name);
}

/* Two parsers can share one file. */
static int verify_row(struct check *v, struct vault *vault, const char *name, sqlite3_stmt *st,
		      struct buf *names)
{
	const char *file = (const char *)sqlite3_column_text(st, 0);
	int rc = 0;
	if (!is_known(names, file))
		rc = verify_file(v, vault, name, file, (const char *)sqlite3_column_text(st, 1));
	add_name(names, span_z(file));
	return rc ? rc : names->failed ? err_set(v->err, E_NOMEM, "Memory ran out.") : 0;
}

static int verify_exhibit(struct check *v, int64_t exhibit, int64_t reading)
{
	char dir[4200], name[32];
	struct vault *vault = NULL;
	struct buf names = { 0 };
	sqlite3_stmt *st;
	int rc = vault_folder_path(case_dir(v->c), exhibit, reading, dir, sizeof dir, v->err);
	if (rc)
		return rc;
	snprintf(name, sizeof name, "%s", dir + strlen(case_dir(v->c)) + 1);
	rc = case_prepare(v->c,
			  "SELECT vault, sha256 FROM evidence_file WHERE exhibit=?1 AND "
			  "vault IS NOT NULL ORDER BY id",
			  &st, v->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, exhibit);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		struct err why = { 0 };
		if (!vault && vault_open_kept(&vault, dir, v->key, &why)) {
			tell(v, "%s", why.message);
			break;
		}
		rc = verify_row(v, vault, name, st, &names);
	}
	sqlite3_finalize(st);
	vault_free(vault);
	if (!rc)
		tell_unknown(v, dir, name, &names);
	buf_free(&names);
	return rc;
}

/* What is in the vault and belongs to no exhibit. What a stopped run left of one is no harm: the
 * next scan removes it. */
static int verify_folders(struct check *v)
{
	char dir[4200];
	sqlite3_stmt *st;
	snprintf(dir, sizeof dir, "%s/vault", case_dir(v->c));
	int rc = case_prepare(v->c, "SELECT 1 FROM exhibit WHERE id=?1 AND kind<>'typed'", &st,
			      v->err);
	if (rc)
		return rc;
	DIR *d = opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));) {
		char *end = e->d_name;
		long long id =
			strncmp(e->d_name, "EX", 2) == 0 ? strtoll(e->d_name + 2, &end, 10) : 0;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		sqlite3_bind_int64(st, 1, id);
		if (end == e->d_name || (*end && *end != '.') || sqlite3_step(st) != SQLITE_ROW)
			tell(v, "vault/%s belongs to no exhibit of the case.", e->d_name);
		sqlite3_reset(st);
	}
	if (d)
		closedir(d);
	sqlite3_finalize(st);
	return 0;
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
	rc = case_prepare(c, "SELECT id, reading FROM exhibit WHERE state='whole' ORDER BY id", &st,
			  err);
	if (!rc) {
		while (!rc && sqlite3_step(st) == SQLITE_ROW)
			rc = verify_exhibit(&v, sqlite3_column_int64(st, 0),
					    sqlite3_column_int64(st, 1));
		sqlite3_finalize(st);
	}
	if (!rc)
		rc = verify_folders(&v);
	vault_key_free(v.key);
	if (!rc)
		*ret = v.result;
	return rc;
}
