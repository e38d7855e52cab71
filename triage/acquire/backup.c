/*
 * backup.c - an iTunes or Finder backup among the entries of a source. Its files have 40 hex digits
 * for names: SHA-1 of "Domain-path". Which file is which the backup's own list says; where there is
 * none, or it cannot be read, the exact paths that parsers name are hashed and looked for.
 *
 * Nothing from the list becomes a path of the source: files are found by their 20 bytes among the
 * names that were seen.
 */
#include "acquire/backup_parts.h"
#include <stdlib.h>

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

span backup_named(const struct backup *b)
{
	return b->dir.n ? b->dir : SPAN_NONE;
}

/* ---- plists ---- */

static void on_app(void *user, span id)
{
	struct backup *b = user;
	const struct app *app = id.p ? app_find(PLATFORM_IOS, id) : NULL;
	if (app)
		catalog_app(b->c, app, b->info ? b->info->path : b->manifest->path);
}

static void read_plist(struct backup *b, const struct entry *e, struct backup_plist *ret)
{
	struct reader *r;
	struct err why = { 0 };
	if (!e || backup_entry_read(b, e, &r, NULL) != 0)
		return;
	if (backup_plist_read(r, b->c->s->arena, on_app, b, ret, &why) != 0)
		source_note_addf(
			b->c->s, true, e->path,
			"this list cannot be read, so not all installed apps are known: %s",
			why.message);
	reader_free(r);
}

static void read_plists(struct backup *b)
{
	struct backup_plist ignored = { 0 };
	read_plist(b, b->manifest, &b->said);
	read_plist(b, b->info, &ignored);
}

/* What stands for the whole when nothing of it can be read. */
static int list_the_list(struct backup *b, struct err *err)
{
	struct listed *l;
	bool open = !b->encrypted || b->c->s->keybag;
	if (!b->db || b->list_plain)
		return 0;
	int rc = source_list(b->c->s, &l, err);
	if (rc || !l)
		return rc;
	l->file = (struct evidence_file){
		.path = b->db->path,
		.size = b->db->size,
		.state = open ? EVIDENCE_UNREADABLE : EVIDENCE_ENCRYPTED,
		.detail = !open ? b->closed
				: "the backup's list of files cannot be read: encrypted or "
				  "damaged. Only files in the places that linecheck knows "
				  "were looked for",
	};
	return 0;
}

/* Without a readable list and without a plist: bytes without any structure are encryption, a file
 * of zeros or a cut one is damage. */
static bool seems_encrypted(struct backup *b)
{
	struct reader *r;
	unsigned char head[1024];
	unsigned count[256] = { 0 }, different = 0;
	if (!b->db || backup_entry_read(b, b->db, &r, NULL) != 0)
		return false;
	ptrdiff_t n = reader_at(r, head, sizeof head, 0, NULL);
	reader_free(r);
	for (ptrdiff_t i = 0; i < n; i++)
		different += count[head[i]]++ == 0;
	return n == (ptrdiff_t)sizeof head && !is_sqlite((span){ (char *)head, 16 }) &&
	       different > 200;
}

static void use_metas(struct backup *b)
{
	struct entry *const metas[] = { b->db, b->mbdb, b->manifest, b->info };
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
		if (metas[i])
			metas[i]->used = true;
}

static const char no_key[] =
	"encrypted, and its key, which only the backup's list of files holds, is not there";

/* The password is asked for only where something is there that it opens. */
static int unlock(struct backup *b, struct err *err)
{
	bool keys = backup_list_is_closed(b) && b->encrypted;
	for (size_t i = 0; i < b->rows; i++)
		keys |= b->row[i].key.p != NULL;
	if (!keys || b->tried)
		return 0;
	b->tried = true;
	int rc = backup_unlock(b->c->s, &b->said, &b->closed, err);
	if (b->c->s->keybag)
		b->closed = no_key;
	return rc;
}

static int resolve(struct backup *b, struct err *err)
{
	use_metas(b);
	read_plists(b);
	b->closed = no_key;
	b->encrypted = (b->said.known && b->said.encrypted) ||
		       (b->said.keybag.p && backup_list_is_closed(b));
	int rc = unlock(b, err);
	if (rc == 0)
		rc = backup_rows_read(b, err);
	if (rc == 0 && !b->list_plain && !b->encrypted && seems_encrypted(b))
		b->encrypted = true;
	if (rc == 0)
		rc = unlock(b, err);
	if (rc == 0 && b->encrypted && b->list_plain && b->db && !b->c->s->keybag)
		source_note_add(b->c->s, false, b->manifest ? b->manifest->path : backup_named(b),
				"the backup says that it is encrypted, but its list of files is "
				"not: each file was looked at");
	if (rc == 0)
		rc = list_the_list(b, err);
	if (rc == 0)
		rc = backup_rows_list(b, err);
	if (rc == 0 && b->info) { /* by its name alone, wherever the backup lies */
		struct want w;
		struct found f = { .path = b->info->path,
				   .size = b->info->size,
				   .place = b->info->place,
				   .sha256 = b->info->sha256,
				   .state = b->info->state,
				   .detail = b->info->detail };
		if (want_path(b->c->s->wants, SPAN("Info.plist"), &w))
			rc = catalog_list(b->c, &f, &w, err);
	}
	b->c->s->info.kind = b->c->s->how == &acquire_folder ? "itunes-backup" : b->c->s->how->kind;
	b->c->s->info.platform = PLATFORM_IOS;
	return rc;
}

/* ---- which folder is a backup ---- */

static bool has_exact(const struct backup *b)
{
	for (size_t i = b->first; i < b->stop; i++) {
		const struct want_exact *x = want_exact_find(b->c->s->wants, b->c->payload[i].id);
		if (x && x->side < 0)
			return true;
	}
	return false;
}

static struct entry *meta(struct catalog *c, span dir, const char *name)
{
	struct buf b = { 0 };
	buf_add(&b, dir);
	if (dir.n)
		buf_byte(&b, '/');
	buf_add(&b, span_z(name));
	struct entry *e = b.failed ? NULL : catalog_find(c, buf_span(&b), 0);
	buf_free(&b);
	return e && e->sight == SIGHT_META && e->kind == ENTRY_FILE ? e : NULL;
}

/* The first payload whose folder is not before dir, or (after) is behind it. */
static size_t bound(const struct catalog *c, span dir, bool after)
{
	size_t low = 0, high = c->payloads;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int o = span_order(c->payload_dir[c->payload[mid].dir], dir);
		if (o < 0 || (after && o == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* A Manifest.db that is one, with everything else missing. */
static bool is_list(struct backup *b)
{
	struct evidence_vfs_files files = { 0 };
	if (!b->db || backup_entry_read(b, b->db, &files.db, NULL) != 0)
		return false;
	bool yes = backup_list_db_is(&files);
	reader_free(files.db);
	return yes;
}

static bool look_at(struct catalog *c, span dir, struct backup *b)
{
	*b = (struct backup){ .c = c, .dir = dir };
	b->first = bound(c, dir, false);
	b->stop = bound(c, dir, true);
	b->db = meta(c, dir, "Manifest.db");
	b->mbdb = meta(c, dir, "Manifest.mbdb");
	b->manifest = meta(c, dir, "Manifest.plist");
	b->info = meta(c, dir, "Info.plist");
	bool payloads = b->stop > b->first, plist = b->manifest || b->info;
	return ((b->db || b->mbdb) && (payloads || plist)) || (b->manifest && payloads) ||
	       has_exact(b) || is_list(b);
}

static void leave_inner(struct backup *b)
{
	use_metas(b);
	for (size_t i = b->first; i < b->stop; i++)
		backup_payload_use(b->c, &b->c->payload[i]);
	source_note_add(b->c->s, true, backup_named(b),
			"a second backup inside the backup (often an unfinished one): not read. "
			"Give it on its own to have it read");
}

static bool within(span dir, span outer)
{
	return outer.n == 0 ||
	       (dir.n > outer.n && dir.p[outer.n] == '/' && memcmp(dir.p, outer.p, outer.n) == 0);
}

static int dir_order(const void *a, const void *b)
{
	return span_order(*(const span *)a, *(const span *)b);
}

/* Folders that may be backups, each once, in order: an outer one comes before those inside it. */
static size_t candidates(struct catalog *c, span *dir)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < c->payload_dirs; i++)
		dir[n++] = c->payload_dir[i];
	for (size_t i = 0; i < c->entries; i++)
		if (c->entry[i].sight == SIGHT_META)
			dir[n++] = path_folder(c->entry[i].path);
	if (n)
		qsort(dir, n, sizeof *dir, dir_order);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !span_eq(dir[i], dir[kept - 1]))
			dir[kept++] = dir[i];
	return kept;
}

static int several(span first, span second, struct err *err)
{
	return err_set(err, E_USER,
		       "There is more than one backup here ('%.*s' and '%.*s'), and each can be of "
		       "another phone. Scan them one at a time: give linecheck the folder of one.",
		       (int)first.n, first.p, (int)second.n, second.p);
}

int backup_resolve(struct catalog *c, struct err *err)
{
	size_t metas = 0;
	for (size_t i = 0; i < c->entries; i++)
		metas += c->entry[i].sight == SIGHT_META;
	backup_payloads_sort(c);
	span *dir = calloc(c->payload_dirs + metas + 1, sizeof *dir);
	if (!dir)
		return no_memory(err);
	size_t n = candidates(c, dir);
	struct backup b, found = { 0 };
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (!look_at(c, dir[i], &b))
			continue;
		if (!found.c)
			found = b;
		else if (within(b.dir, found.dir))
			leave_inner(&b);
		else
			rc = several(found.dir, b.dir, err);
	}
	free(dir);
	if (rc == 0 && found.c) {
		rc = resolve(&found, err);
		for (size_t i = found.first; i < found.stop && !found.no_list; i++)
			backup_payload_use(c, &c->payload[i]); /* the list says what it is */
		free(found.row);
	}
	return rc;
}
