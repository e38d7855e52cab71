/* backup_rows.c - which wanted files a backup's list names, or the hashes of their paths find: see
 * backup_parts.h. */
#include "acquire/backup_parts.h"
#include "wal_check.h"
#include <stdlib.h>

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static span joined(struct buf *b, span domain, span path)
{
	buf_clear(b);
	buf_add(b, domain);
	buf_byte(b, '/');
	buf_add(b, path);
	return buf_span(b);
}

static bool on_wanted(void *user, span domain, span path)
{
	struct backup *b = user;
	struct buf name = { 0 };
	struct want w;
	span full = joined(&name, domain, path), main;
	enum want_side side;
	bool yes = !name.failed &&
		   (want_path(b->c->s->wants, full, &w) ||
		    (want_side(full, &main, &side) && want_path(b->c->s->wants, main, &w)));
	buf_free(&name);
	return yes;
}

static void on_domain(struct backup *b, span domain)
{
	static const span prefix = { "AppDomain-", 10 };
	if (span_eq(domain, b->last_domain) || domain.n > sizeof b->last_domain_bytes ||
	    domain.n <= prefix.n || memcmp(domain.p, prefix.p, prefix.n) != 0)
		return;
	memcpy(b->last_domain_bytes, domain.p, domain.n);
	b->last_domain = (span){ b->last_domain_bytes, domain.n };
	const struct app *app = app_find(PLATFORM_IOS, span_from(domain, prefix.n));
	if (app)
		catalog_app(b->c, app, domain);
}

static int row_add(struct backup *b, span path, int side, const struct backup_row *r,
		   struct err *err)
{
	if (b->rows >= BACKUP_ROWS_MAX) {
		source_note_add(b->c->s, true, SPAN_NONE,
				"the backup's list names more wanted files than linecheck takes");
		return 0;
	}
	if (b->rows == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 64;
		struct wanted_row *p = realloc(b->row, cap * sizeof *p);
		if (!p)
			return no_memory(err);
		b->row = p;
		b->cap = cap;
	}
	bool ok = true;
	span copy = arena_copy(b->c->s->arena, path, &ok);
	span key = arena_copy(b->c->s->arena, r->key, &ok);
	if (!ok)
		return no_memory(err);
	struct wanted_row *to = &b->row[b->rows];
	*to = (struct wanted_row){ .path = copy,
				   .side = side,
				   .id_ok = r->id_ok,
				   .size_known = r->size_known,
				   .exact = b->from_exact,
				   .kind = r->kind,
				   .size = r->size,
				   .key = key,
				   .protection_class = r->protection_class,
				   .order = b->rows };
	memcpy(to->id, r->id, sizeof to->id);
	b->rows++;
	return 0;
}

static int on_row(void *user, const struct backup_row *r, struct err *err)
{
	struct backup *b = user;
	struct buf name = { 0 };
	struct want w;
	span main;
	enum want_side side;
	on_domain(b, r->domain);
	b->files_listed += r->kind == ENTRY_FILE;
	span full = joined(&name, r->domain, r->path);
	int rc = name.failed ? no_memory(err) : 0;
	if (rc == 0 && want_path(b->c->s->wants, full, &w))
		rc = row_add(b, full, -1, r, err);
	else if (rc == 0 && want_side(full, &main, &side) && want_path(b->c->s->wants, main, &w) &&
		 w.parsers)
		rc = row_add(b, main, (int)side, r, err);
	buf_free(&name);
	return rc;
}

/* Files in the places that parsers name, found by their names' hash. */
static int rows_from_exact(struct backup *b, struct err *err)
{
	const struct wants *wants = b->c->s->wants;
	b->from_exact = true;
	for (size_t i = 0; i < want_exacts(wants); i++) {
		const struct want_exact *x = want_exact_at(wants, i);
		if (!backup_payload_find(b, x->id))
			continue;
		struct backup_row r = { .id_ok = true, .kind = ENTRY_FILE };
		memcpy(r.id, x->id, sizeof r.id);
		int rc = row_add(b, span_z(x->path), x->side, &r, err);
		if (rc)
			return rc;
	}
	return 0;
}

int backup_entry_read(struct backup *b, const struct entry *e, struct reader **ret, struct err *err)
{
	struct stamp stamp;
	if (e->kind != ENTRY_FILE || e->state != EVIDENCE_READ)
		return err_set(err, E_FORMAT, "%s",
			       e->detail ? e->detail : "it is not a regular file");
	return source_read(b->c->s, &e->place, ret, &stamp, err);
}

/* A side file of Manifest.db. */
static void manifest_side(struct backup *b, const char *end, struct reader **ret)
{
	struct buf name = { 0 };
	buf_add(&name, b->db->path);
	buf_add(&name, span_z(end));
	struct entry *e = name.failed ? NULL : catalog_find(b->c, buf_span(&name), 0);
	if (e && e->sight == SIGHT_SIDE && backup_entry_read(b, e, ret, NULL) == 0)
		e->used = true;
	buf_free(&name);
}

bool backup_list_is_closed(struct backup *b)
{
	struct reader *r;
	char head[16];
	if (!b->db || backup_entry_read(b, b->db, &r, NULL) != 0)
		return false;
	ptrdiff_t n = reader_at(r, head, sizeof head, 0, NULL);
	reader_free(r);
	return n == (ptrdiff_t)sizeof head && !is_sqlite((span){ head, sizeof head });
}

/* For whoever checks it: the list is not an evidence file of its own, and was read decrypted. */
static int tell_list(struct backup *b, struct reader *stored, struct err *err)
{
	char sha256[65];
	int rc = reader_sha256(stored, sha256, NULL, NULL, err);
	if (rc == 0)
		source_note_addf(b->c->s, false, b->db->path,
				 "the backup is encrypted and was opened with its password; its "
				 "list of files as it is stored has SHA-256 %s",
				 sha256);
	return rc;
}

static int open_list(struct backup *b, struct reader **ret, struct err *err)
{
	struct reader *stored;
	int rc = backup_entry_read(b, b->db, &stored, err);
	if (rc || !b->c->s->keybag || !backup_list_is_closed(b)) {
		if (rc == 0)
			*ret = stored;
		return rc;
	}
	rc = tell_list(b, stored, err);
	if (rc) {
		reader_free(stored);
		return rc;
	}
	return backup_list_reader(b->c->s, b->said.manifest_key, stored, ret, err);
}

static int rows_from_db(struct backup *b, struct err *err)
{
	struct evidence_vfs_files files = { 0 };
	int rc = open_list(b, &files.db, err);
	if (rc)
		return rc;
	manifest_side(b, "-wal", &files.wal);
	manifest_side(b, "-journal", &files.journal);
	struct wal_state wal = { 0 };
	bool loss = false;
	if (files.wal && wal_check(files.wal, 0, &wal, NULL) == 0 &&
	    wal_trouble_words(wal.trouble, &loss))
		source_note_addf(b->c->s, loss, b->db->path, "of its -wal: %s",
				 wal_trouble_words(wal.trouble, &loss));
	rc = backup_list_db(&files, on_wanted, on_row, b, err);
	reader_free(files.db);
	reader_free(files.wal);
	reader_free(files.journal);
	return rc;
}

static int rows_from_mbdb(struct backup *b, struct err *err)
{
	struct reader *r;
	int rc = backup_entry_read(b, b->mbdb, &r, err);
	if (rc)
		return rc;
	rc = backup_list_mbdb(r, on_row, b, err);
	reader_free(r);
	return rc;
}

int backup_rows_read(struct backup *b, struct err *err)
{
	struct err why = { 0 };
	struct source *s = b->c->s;
	const struct entry *list = b->db ? b->db : b->mbdb;
	int rc = E_FORMAT;
	if (b->db)
		rc = rows_from_db(b, &why);
	else if (b->mbdb)
		rc = rows_from_mbdb(b, &why);
	if (rc == E_NOMEM || rc == E_STOPPED)
		return err_set(err, rc, "%s", why.message);
	if (rc && list && b->c->s->keybag && !b->files_listed)
		source_note_addf(s, true, list->path,
				 "the password opens the backup, but its list of files cannot be "
				 "read: %s",
				 why.message);
	b->list_plain = rc == 0 || b->files_listed > 0;
	b->no_list = rc != 0 || b->files_listed < b->stop - b->first;
	if (!list)
		source_note_add(s, true, backup_named(b),
				"this backup has no list of its files (Manifest.db): only files in "
				"the places that linecheck knows were found");
	else if (rc && b->list_plain)
		source_note_addf(s, true, list->path,
				 "the backup's list of files is damaged: files that only it names "
				 "were not found (%s)",
				 why.message);
	else if (rc == 0 && b->no_list)
		source_note_addf(s, true, list->path,
				 "the backup's list names %llu files, but the backup has %llu: the "
				 "others were found only if linecheck knows their place or content",
				 (unsigned long long)b->files_listed,
				 (unsigned long long)(b->stop - b->first));
	return rows_from_exact(b, err);
}
