/* exhibit_store.c - see exhibit_store.h */
#include "exhibit_store.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

int exhibit_begin(struct case_db *c, span label, int64_t *ret_id, struct err *err)
{
	static const char *const sql[] = {
		"SELECT id FROM exhibit WHERE state<>'whole' AND label=?1 ORDER BY id LIMIT 1",
		"INSERT INTO exhibit(label,kind,platform,fingerprint,state) "
		"VALUES(?1,'','unknown','','reading') RETURNING id",
	};
	int64_t id = 0;
	for (int i = 0; !id && i < 2; i++) {
		sqlite3_stmt *st;
		int rc = case_prepare(c, sql[i], &st, err);
		if (rc)
			return rc;
		sqlite3_bind_text64(st, 1, label.p, label.n, SQLITE_STATIC, SQLITE_UTF8);
		if (sqlite3_step(st) == SQLITE_ROW)
			id = sqlite3_column_int64(st, 0);
		else if (i == 1)
			rc = case_error(c, "starting an exhibit", err);
		sqlite3_finalize(st);
		if (rc)
			return rc;
	}
	*ret_id = id;
	return 0;
}

int exhibit_forget(struct case_db *c, int64_t id, struct err *err)
{
	char sql[80];
	snprintf(sql, sizeof sql, "DELETE FROM exhibit WHERE id=%lld", (long long)id);
	return case_exec(c, "ending an exhibit", sql, err);
}

int exhibit_fail(struct case_db *c, int64_t id, const char *why, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "UPDATE exhibit SET state='failed', detail=?2 WHERE id=?1", &st,
			      err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text(st, 2, why, -1, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

/* No file whose bytes were taken both then and now is another. */
static int agrees(struct case_db *c, int64_t exhibit, struct source *s, bool *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT ends FROM taken WHERE exhibit=?1 AND n=?2", &st, err);
	*ret = true;
	for (size_t i = 0; !rc && *ret && i < source_files(s); i++) {
		const char *ends = source_file(s, i)->ends;
		if (!*ends)
			continue;
		sqlite3_bind_int64(st, 1, exhibit);
		sqlite3_bind_int64(st, 2, (sqlite3_int64)i);
		if (sqlite3_step(st) == SQLITE_ROW)
			*ret = strcmp(ends, (const char *)sqlite3_column_text(st, 0)) == 0;
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return rc;
}

int exhibit_known(struct case_db *c, struct source *s, int64_t *ret_id, int64_t *ret_version,
		  int64_t *ret_reading, struct err *err)
{
	sqlite3_stmt *st;
	bool same = false;
	int rc = case_prepare(c,
			      "SELECT id, scope, reading FROM exhibit WHERE state='whole' AND "
			      "fingerprint=?1 ORDER BY id",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, source_info(s)->fingerprint, -1, SQLITE_STATIC);
	*ret_id = 0;
	while (!rc && !same && sqlite3_step(st) == SQLITE_ROW) {
		rc = agrees(c, sqlite3_column_int64(st, 0), s, &same, err);
		if (rc || !same)
			continue;
		*ret_id = sqlite3_column_int64(st, 0);
		*ret_version = sqlite3_column_int64(st, 1);
		*ret_reading = sqlite3_column_int64(st, 2);
	}
	sqlite3_finalize(st);
	return rc;
}

static int add_taken(struct case_db *c, int64_t exhibit, struct source *s, struct err *err)
{
	sqlite3_stmt *st;
	char sql[80];
	snprintf(sql, sizeof sql, "DELETE FROM taken WHERE exhibit=%lld", (long long)exhibit);
	int rc = case_exec(c, "ending an exhibit", sql, err);
	if (!rc)
		rc = case_prepare(c, "INSERT INTO taken VALUES(?1,?2,?3)", &st, err);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < source_files(s); i++) {
		const char *ends = source_file(s, i)->ends;
		if (!*ends)
			continue;
		sqlite3_bind_int64(st, 1, exhibit);
		sqlite3_bind_int64(st, 2, (sqlite3_int64)i);
		sqlite3_bind_text(st, 3, ends, -1, SQLITE_STATIC);
		rc = case_step(c, st, err);
	}
	sqlite3_finalize(st);
	return rc;
}

/* One row and one listed file: 1 the same bytes, 0 not to be compared, -1 another file. */
static int same_file(struct source *s, size_t i, sqlite3_stmt *st, struct err *err)
{
	struct evidence_file *f = source_file(s, i);
	const char *stored = (const char *)sqlite3_column_text(st, 0);
	const char *sha256 = (const char *)sqlite3_column_text(st, 2);
	struct buf path = { 0 };
	utf8_repair(&path, f->path);
	/* the length of what was not taken is not always known */
	bool same = stored && !path.failed && span_eq(buf_span(&path), span_z(stored)) &&
		    (!sha256 || (int64_t)f->size == sqlite3_column_int64(st, 1));
	buf_free(&path);
	if (!same)
		return -1;
	if (!sha256 || source_hash(s, i, err))
		return 0;
	return strcmp(f->sha256, sha256) == 0 ? 1 : -1;
}

static int same_files(struct case_db *c, int64_t exhibit, struct source *s, bool *ret,
		      struct err *err)
{
	sqlite3_stmt *st;
	size_t i = 0;
	int same = 0, common = 0;
	int rc = case_prepare(c,
			      "SELECT path,size,sha256 FROM evidence_file WHERE exhibit=?1 AND "
			      "side_of IS NULL ORDER BY path",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, exhibit);
	for (; !rc && same >= 0 && sqlite3_step(st) == SQLITE_ROW; i++) {
		struct err why = { 0 };
		same = i < source_files(s) ? same_file(s, i, st, &why) : -1;
		common += same > 0;
		if (why.code == E_NOMEM || why.code == E_STOPPED)
			rc = err_set(err, why.code, "%s", why.message);
	}
	sqlite3_finalize(st);
	*ret = same >= 0 && i == source_files(s) && common > 0;
	return rc;
}

int exhibit_alike(struct case_db *c, struct source *s, int64_t *ret_id, int64_t *ret_version,
		  int64_t *ret_reading, struct err *err)
{
	sqlite3_stmt *st;
	bool found = false;
	int rc = case_prepare(c,
			      "SELECT id, scope, reading FROM exhibit WHERE state='whole' AND "
			      "kind<>'typed' AND files_seen=?1 AND bytes_seen=?2 ORDER BY id",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, (sqlite3_int64)source_info(s)->files_seen);
	sqlite3_bind_int64(st, 2, (sqlite3_int64)source_info(s)->bytes_seen);
	*ret_id = 0;
	while (!rc && !found && sqlite3_step(st) == SQLITE_ROW) {
		rc = same_files(c, sqlite3_column_int64(st, 0), s, &found, err);
		if (!rc && found) {
			*ret_id = sqlite3_column_int64(st, 0);
			*ret_version = sqlite3_column_int64(st, 1);
			*ret_reading = sqlite3_column_int64(st, 2);
		}
	}
	sqlite3_finalize(st);
	return rc;
}

bool exhibit_lacks(struct case_db *c, int64_t id)
{
	sqlite3_stmt *st;
	if (case_prepare(c, "SELECT 1 FROM evidence_file WHERE exhibit=?1 AND detail=?2", &st,
			 NULL))
		return false;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text(st, 2, EVIDENCE_NOT_TAKEN, -1, SQLITE_STATIC);
	bool lacks = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return lacks;
}

static void bind_path(sqlite3_stmt *st, int text, int hex, span path)
{
	struct buf out = { 0 };
	utf8_repair(&out, path);
	sqlite3_bind_text64(st, text, out.data ? out.data : "", out.n, SQLITE_TRANSIENT,
			    SQLITE_UTF8);
	buf_clear(&out);
	if (!utf8_valid(path)) {
		for (size_t i = 0; i < path.n; i++)
			buf_addf(&out, "%02x", (unsigned char)path.p[i]);
		sqlite3_bind_text64(st, hex, out.data, out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	} else
		sqlite3_bind_null(st, hex);
	buf_free(&out);
}

static void bind_string(sqlite3_stmt *st, int i, const char *s)
{
	if (s && *s)
		sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, i);
}

static int add_side(struct case_db *c, sqlite3_stmt *st, int64_t id,
		    const struct evidence_side *side, const char *detail, struct err *err)
{
	sqlite3_bind_int64(st, 1, id);
	bind_path(st, 3, 4, side->path);
	sqlite3_bind_int64(st, 5, (sqlite3_int64)side->size);
	bind_string(st, 6, side->sha256);
	bind_string(st, 11, side->vault);
	bind_string(st, 12, detail);
	return case_step(c, st, err);
}

/* A side file stands behind its database: also when that was numbered when it was read before,
 * unless the number is another's (reread.h). */
static int64_t side_number(struct case_db *c, int64_t wanted, int64_t *last)
{
	sqlite3_stmt *st;
	bool taken = true;
	if (wanted > *last)
		return ++*last;
	if (case_prepare(c,
			 "SELECT 1 FROM evidence_file WHERE id=?1 UNION ALL SELECT 1 FROM "
			 "temp.old_file WHERE id=?1",
			 &st, NULL) == 0) {
		sqlite3_bind_int64(st, 1, wanted);
		taken = sqlite3_step(st) != SQLITE_DONE;
		sqlite3_finalize(st);
	}
	return taken ? ++*last : wanted;
}

int exhibit_add_file(struct case_db *c, int64_t exhibit, int64_t id, const struct evidence_file *f,
		     int64_t *last, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT INTO evidence_file VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", &st,
			      err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, exhibit);
	bind_path(st, 3, 4, f->path);
	sqlite3_bind_int64(st, 5, (sqlite3_int64)f->size);
	bind_string(st, 6, f->sha256);
	bind_string(st, 8, evidence_state_word(f->state));
	bind_string(st, 9, f->parser ? f->parser->name : NULL);
	sqlite3_bind_int(st, 10, (int)f->kinds);
	bind_string(st, 11, f->vault);
	bind_string(st, 12, f->detail);
	rc = case_step(c, st, err);
	if (id > *last)
		*last = id;
	sqlite3_bind_int64(st, 7, id);
	for (size_t i = 0; !rc && i < f->side_n; i++)
		rc = add_side(c, st, side_number(c, id + 1 + (int64_t)i, last), &f->side[i], NULL,
			      err);
	if (!rc && f->opened.vault)
		rc = add_side(c, st, side_number(c, id + 1 + (int64_t)f->side_n, last), &f->opened,
			      "made by linecheck: the database that was in the backup", err);
	sqlite3_finalize(st);
	return rc;
}

/* Notes on the source as a whole, and the apps that it holds. */
int exhibit_add_notes(struct source *s, struct warning_store *w, struct err *err)
{
	int rc = 0;
	source_check_unchanged(s);
	for (size_t i = 0; !rc && i < source_notes(s); i++) {
		const struct source_note *n = source_note(s, i);
		struct buf text = { 0 };
		buf_addf(&text, "%s%s", n->detail, n->path.n ? ": " : "");
		utf8_repair(&text, n->path); /* last, as all that evidence can say */
		rc = text.failed
			     ? err_set(err, E_NOMEM, "Memory ran out.")
			     : warning_store_add(w, 0, "source", n->loss, NULL, 0, text.data, err);
		buf_free(&text);
	}
	return rc ? rc : warning_store_flush(w, err);
}

static bool app_was_read(struct source *s, const struct source_app *app)
{
	for (size_t i = 0; app->parser_app && i < source_files(s); i++) {
		const struct evidence_file *f = source_file(s, i);
		if (f->parser && f->state == EVIDENCE_READ &&
		    strcmp(f->parser->app, app->parser_app) == 0)
			return true;
	}
	return false;
}

int exhibit_add_apps(struct case_db *c, int64_t exhibit, struct source *s, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT OR IGNORE INTO app VALUES(?,?,?,?,?)", &st, err);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < source_apps(s); i++) {
		const struct source_app *app = source_app(s, i);
		struct buf where = { 0 };
		utf8_repair(&where, app->evidence);
		sqlite3_bind_int64(st, 1, exhibit);
		sqlite3_bind_text(st, 2, app->id, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 3, app->name, -1, SQLITE_STATIC);
		sqlite3_bind_int(st, 4, app_was_read(s, app));
		sqlite3_bind_text64(st, 5, where.data ? where.data : "", where.n, SQLITE_TRANSIENT,
				    SQLITE_UTF8);
		rc = case_step(c, st, err);
		buf_free(&where);
	}
	sqlite3_finalize(st);
	return rc;
}

int exhibit_add_outside(struct case_db *c, int64_t exhibit, const struct exhibit_outside *o,
			struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT INTO outside VALUES(?1,?2,?3,?4)", &st, err);
	if (rc)
		return rc;
	for (int reason = 0; !rc && reason < SCOPE_OUT_MAX; reason++)
		for (int kind = 0; !rc && kind < REC_KIND_MAX; kind++) {
			if (!o->rows[reason][kind])
				continue;
			sqlite3_bind_int64(st, 1, exhibit);
			sqlite3_bind_text(st, 2, scope_out_word((enum scope_out)reason), -1,
					  SQLITE_STATIC);
			sqlite3_bind_text(st, 3, record_kind_word((enum record_kind)kind), -1,
					  SQLITE_STATIC);
			sqlite3_bind_int64(st, 4, o->rows[reason][kind]);
			rc = case_step(c, st, err);
		}
	sqlite3_finalize(st);
	return rc;
}

int exhibit_finish(struct case_db *c, int64_t exhibit, struct source *s, const struct scope *scope,
		   int64_t reading, struct err *err)
{
	sqlite3_stmt *st;
	const struct source_info *info = source_info(s);
	int rc = add_taken(c, exhibit, s, err);
	if (rc)
		return rc;
	rc = case_prepare(
		c,
		"UPDATE exhibit SET state='whole',kind=?2,platform=?3,fingerprint=?4,"
		"files_seen=?5,bytes_seen=?6,files_kept=?7,bytes_kept=?8,stage=?9,scope=?10,"
		"reading=?11 WHERE id=?1",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, exhibit);
	sqlite3_bind_text(st, 2, info->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3,
			  info->platform == PLATFORM_IOS       ? "ios"
			  : info->platform == PLATFORM_ANDROID ? "android"
							       : "unknown",
			  -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, info->fingerprint, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 5, (sqlite3_int64)info->files_seen);
	sqlite3_bind_int64(st, 6, (sqlite3_int64)info->bytes_seen);
	sqlite3_bind_int64(st, 7, (sqlite3_int64)info->files_kept);
	sqlite3_bind_int64(st, 8, (sqlite3_int64)info->bytes_kept);
	sqlite3_bind_int(st, 9, scope_stage(scope));
	sqlite3_bind_int64(st, 10, scope_version(scope));
	sqlite3_bind_int64(st, 11, reading);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}
