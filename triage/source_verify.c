/* source_verify.c - see source_verify.h */
#include "source_verify.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

struct check {
	struct case_db *c;
	struct source *source;
	void (*bad)(void *user, const char *what);
	void *user;
	struct source_checked n;
	struct err *err;
};

static void tell(struct check *v, const char *path, const char *what, int64_t *count)
{
	struct buf b = { 0 };
	++*count;
	buf_addf(&b, "%s: %s", what, path);
	v->bad(v->user, b.failed ? what : b.data);
	buf_free(&b);
}

/* The path as the case stores it. */
static bool is_path(span path, const char *stored)
{
	struct buf b = { 0 };
	utf8_repair(&b, path);
	bool same = !b.failed && span_eq(buf_span(&b), span_z(stored));
	buf_free(&b);
	return same;
}

static const char *hash_of(const struct evidence_file *f, const char *stored)
{
	if (is_path(f->path, stored))
		return f->sha256;
	for (size_t k = 0; k < f->side_n; k++)
		if (is_path(f->side[k].path, stored))
			return f->side[k].sha256;
	return NULL;
}

/* NULL: there is no such file any more; "": it cannot be read. *ret_closed: what was hashed may be
 * its encrypted form, for want of a password. */
static const char *find(struct source *s, const char *stored, bool *ret_closed)
{
	for (size_t i = 0; i < source_files(s); i++) {
		const struct evidence_file *f = source_file(s, i);
		const char *sha256 = hash_of(f, stored);
		*ret_closed = f->state != EVIDENCE_READ;
		if (sha256)
			return sha256;
	}
	return NULL;
}

static int hash_all(struct check *v)
{
	for (size_t i = 0; i < source_files(v->source); i++) {
		struct err why = { 0 };
		int rc = source_hash(v->source, i, &why);
		if (rc == E_NOMEM || rc == E_STOPPED)
			return err_set(v->err, rc, "%s", why.message);
	}
	return 0;
}

#define READ_IN_PLACE "f.sha256 IS NOT NULL AND f.vault IS NULL"

/* The exhibit with the most files of these names; where several have as many, with the most that
 * are the same; then the first. */
static int choose(struct check *v)
{
	sqlite3_stmt *st;
	int64_t best = -1, at = 0, points = -1;
	bool closed;
	int rc = case_prepare(
		v->c,
		"SELECT f.exhibit, f.path, f.sha256, e.label FROM evidence_file f "
		"JOIN exhibit e ON e.id=f.exhibit WHERE e.state='whole' AND " READ_IN_PLACE
		" ORDER BY f.exhibit, f.id",
		&st, v->err);
	if (rc)
		return rc;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *path = (const char *)sqlite3_column_text(st, 1);
		const char *sha256 = (const char *)sqlite3_column_text(st, 2);
		const char *now = path ? find(v->source, path, &closed) : NULL;
		const char *label = (const char *)sqlite3_column_text(st, 3);
		if (at != sqlite3_column_int64(st, 0))
			points = 0;
		at = sqlite3_column_int64(st, 0);
		if (now)
			points += 1000001 + (sha256 && strcmp(now, sha256) == 0);
		if (points > best) {
			best = points;
			v->n.exhibit = at;
			snprintf(v->n.label, sizeof v->n.label, "%s", label ? label : "");
		}
	}
	sqlite3_finalize(st);
	return best >= 0 ? 0
			 : err_set(v->err, E_ABSENT,
				   "No exhibit of this case was read in place. The copies in the "
				   "vault are compared by 'linecheck verify CASE --key FILE'.");
}

static int check_stored(struct check *v)
{
	sqlite3_stmt *st;
	int rc = case_prepare(
		v->c,
		"SELECT f.path, f.sha256 FROM evidence_file f WHERE f.exhibit=?1 AND " READ_IN_PLACE
		" GROUP BY f.path ORDER BY f.id",
		&st, v->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, v->n.exhibit);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *path = (const char *)sqlite3_column_text(st, 0);
		const char *sha256 = (const char *)sqlite3_column_text(st, 1);
		bool closed = false;
		const char *now = find(v->source, path ? path : "", &closed);
		bool same = now && sha256 && strcmp(now, sha256) == 0;
		if (!now)
			tell(v, path ? path : "", "missing", &v->n.missing);
		else if (!*now || (closed && !same))
			tell(v, path, "cannot be read (an encrypted backup needs its password)",
			     &v->n.missing);
		else if (!same)
			tell(v, path, "changed", &v->n.changed);
		else
			v->n.same++;
	}
	sqlite3_finalize(st);
	return 0;
}

static int check_new(struct check *v, sqlite3_stmt *st, span path, const char *sha256)
{
	struct buf b = { 0 };
	if (!*sha256)
		return 0; /* its bytes are not wanted, or cannot be read */
	utf8_repair(&b, path);
	if (b.failed)
		return err_set(v->err, E_NOMEM, "Memory ran out.");
	sqlite3_bind_int64(st, 1, v->n.exhibit);
	sqlite3_bind_text64(st, 2, b.data ? b.data : "", b.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	if (sqlite3_step(st) != SQLITE_ROW)
		tell(v, b.data ? b.data : "", "new, or out of scope when it was read", &v->n.added);
	sqlite3_reset(st);
	buf_free(&b);
	return 0;
}

static int check_added(struct check *v)
{
	sqlite3_stmt *st;
	int rc = case_prepare(v->c, "SELECT 1 FROM evidence_file WHERE exhibit=?1 AND path=?2", &st,
			      v->err);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < source_files(v->source); i++) {
		const struct evidence_file *f = source_file(v->source, i);
		rc = check_new(v, st, f->path, f->sha256);
		for (size_t k = 0; !rc && k < f->side_n; k++)
			rc = check_new(v, st, f->side[k].path, f->side[k].sha256);
	}
	sqlite3_finalize(st);
	return rc;
}

int source_verify(struct case_db *c, const char *path, const struct source_options *options,
		  void (*bad)(void *user, const char *what), void *user, struct source_checked *ret,
		  struct err *err)
{
	struct err own = { 0 };
	struct check v = { .c = c, .bad = bad, .user = user, .err = err ? err : &own };
	struct err why = { 0 };
	int rc = source_open(&v.source, path, options, &why);
	if (rc == E_REFUSED)
		return err_set(v.err, E_USER,
			       "'%s' is an archive: what was read of it is in the vault, and is "
			       "compared by 'linecheck verify CASE --key FILE'.",
			       path);
	if (rc)
		return err_set(v.err, rc, "%s", why.message);
	rc = hash_all(&v);
	if (!rc)
		rc = choose(&v);
	if (!rc)
		rc = check_stored(&v);
	if (!rc)
		rc = check_added(&v);
	source_close(v.source);
	if (rc)
		return rc;
	*ret = v.n;
	return v.n.changed || v.n.missing || v.n.added
		       ? err_set(v.err, E_FORMAT, "The source is not as it was when it was read.")
		       : 0;
}
