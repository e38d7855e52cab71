/*
 * backup.c - an iTunes or Finder backup among the entries of a source. Its files have 40 hex digits
 * for names: SHA-1 of "Domain-path". Which file is which the backup's own list says; where there is
 * none, or it cannot be read, the exact paths that parsers name are hashed and looked for.
 *
 * Nothing from the list becomes a path of the source: files are found by their 20 bytes among the
 * names that were seen.
 */
#include "acquire/backup_crypt.h"
#include "wal_check.h"
#include <stdlib.h>

#define ROWS_MAX 100000 /* wanted files and their side files */

struct row {
	span path; /* "HomeDomain/Library/SMS/sms.db"; of a side file: of its database */
	int side;  /* -1, or a SIDE_ */
	unsigned char id[20];
	bool id_ok, size_known;
	bool exact; /* not from the backup's list: found by the hash of its path */
	enum entry_kind kind;
	uint64_t size;
	size_t order;
	span key; /* of an encrypted file; absent: none */
	uint32_t protection_class;
};

struct backup {
	struct catalog *c;
	span dir;           /* path of its folder in the source; "" */
	size_t first, stop; /* its payloads, ordered by id */
	struct entry *db, *mbdb, *manifest, *info;
	bool list_plain; /* the list could be read, so it is not encrypted itself */
	bool encrypted;  /* somebody says so */
	struct backup_plist said;
	const char *closed; /* why it stays encrypted, in words */
	bool tried;         /* to open it */
	bool no_list;       /* or one that is not whole */
	bool from_exact;    /* the rows that come now are not the list's */
	uint64_t files_listed;
	struct row *row;
	size_t rows, cap;
	span last_domain;
	char last_domain_bytes[256];
};

/* For notes: the source itself has no path. */
static span named(const struct backup *b)
{
	return b->dir.n ? b->dir : SPAN_NONE;
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* ---- payloads ---- */

static const struct catalog *sorting; /* qsort has no argument; one thread */

static int payload_order(const void *a, const void *b)
{
	const struct payload *x = a, *y = b;
	span dx = sorting->payload_dir[x->dir], dy = sorting->payload_dir[y->dir];
	int c = x->dir == y->dir ? 0 : span_order(dx, dy);
	if (c)
		return c;
	c = memcmp(x->id, y->id, sizeof x->id);
	if (c)
		return c;
	c = (int)x->flat - (int)y->flat;
	return c ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

static struct payload *payload_find(const struct backup *b, const unsigned char id[20])
{
	size_t low = b->first, high = b->stop;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (memcmp(b->c->payload[mid].id, id, 20) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < b->stop && memcmp(b->c->payload[low].id, id, 20) == 0 ? &b->c->payload[low]
									   : NULL;
}

/* What is known of it beyond its name and length, or NULL. */
static struct entry *payload_entry(const struct catalog *c, const struct payload *p)
{
	return p->fetched ? &c->fetched[p->fetched - 1] : p->entry ? &c->entry[p->entry - 1] : NULL;
}

/* It is one of the list's files. Gives the entry that knows more of it, or NULL. */
static const struct entry *payload_use(struct catalog *c, struct payload *p)
{
	p->used = true;
	if (p->entry)
		c->entry[p->entry - 1].used = true;
	return payload_entry(c, p);
}

/* "dir/3d/3d0d..." or "dir/3d0d...", as the source has it. */
static span payload_path(const struct catalog *c, const struct payload *p)
{
	char hex[44];
	span dir = c->payload_dir[p->dir];
	const struct entry *e = payload_entry(c, p);
	if (e)
		return e->path;
	for (int i = 0; i < 20; i++) {
		hex[3 + 2 * i] = "0123456789abcdef"[p->id[i] >> 4];
		hex[4 + 2 * i] = "0123456789abcdef"[p->id[i] & 15];
	}
	hex[0] = hex[3];
	hex[1] = hex[4];
	hex[2] = '/';
	return path_join(c->s, dir, p->flat ? (span){ hex + 3, 40 } : (span){ hex, 43 });
}

static struct place payload_place(const struct catalog *c, const struct payload *p)
{
	const struct entry *e = payload_entry(c, p);
	if (e)
		return e->place;
	if (c->s->how != &acquire_folder) /* seen, but not kept */
		return (struct place){ 0 };
	span path = payload_path(c, p);
	return (struct place){ .kind = path.p ? PLACE_TREE : PLACE_NONE,
			       .path = path.p,
			       .size = p->size };
}

/* ---- the list ---- */

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
	if (b->rows >= ROWS_MAX) {
		source_note_add(b->c->s, true, SPAN_NONE,
				"the backup's list names more wanted files than linecheck takes");
		return 0;
	}
	if (b->rows == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 64;
		struct row *p = realloc(b->row, cap * sizeof *p);
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
	struct row *to = &b->row[b->rows];
	*to = (struct row){ .path = copy,
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

static int row_order(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = span_order(x->path, y->path);
	if (!c)
		c = (x->side > y->side) - (x->side < y->side);
	return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* Files in the places that parsers name, found by their names' hash. */
static int rows_from_exact(struct backup *b, struct err *err)
{
	const struct wants *wants = b->c->s->wants;
	b->from_exact = true;
	for (size_t i = 0; i < want_exacts(wants); i++) {
		const struct want_exact *x = want_exact_at(wants, i);
		if (!payload_find(b, x->id))
			continue;
		struct backup_row r = { .id_ok = true, .kind = ENTRY_FILE };
		memcpy(r.id, x->id, sizeof r.id);
		int rc = row_add(b, span_z(x->path), x->side, &r, err);
		if (rc)
			return rc;
	}
	return 0;
}

static int entry_readers(struct backup *b, const struct entry *e, struct reader **ret,
			 struct err *err)
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
	if (e && e->sight == SIGHT_SIDE && entry_readers(b, e, ret, NULL) == 0)
		e->used = true;
	buf_free(&name);
}

/* Is Manifest.db a database as it stands? Since iOS 10.2 an encrypted backup's is not. */
static bool list_is_closed(struct backup *b)
{
	struct reader *r;
	char head[16];
	if (!b->db || entry_readers(b, b->db, &r, NULL) != 0)
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
	int rc = entry_readers(b, b->db, &stored, err);
	if (rc || !b->c->s->keybag || !list_is_closed(b)) {
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
	int rc = entry_readers(b, b->mbdb, &r, err);
	if (rc)
		return rc;
	rc = backup_list_mbdb(r, on_row, b, err);
	reader_free(r);
	return rc;
}

/* From the best list there is. What a damaged list told before its damage stands. The exact paths
 * are looked for in any case: a list can be cut where nothing shows it. */
static int read_rows(struct backup *b, struct err *err)
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
		source_note_add(s, true, named(b),
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
	if (!e || entry_readers(b, e, &r, NULL) != 0)
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

/* ---- from rows to the source's list ---- */

/* Do the first bytes look like what the parser reads? If not, in a backup that says it is
 * encrypted, they are. */
static bool looks_plain(struct backup *b, const struct place *place, const struct want *w,
			span path)
{
	struct reader *r;
	struct stamp stamp;
	char head[CATALOG_HEAD];
	if (source_read(b->c->s, place, &r, &stamp, NULL) != 0)
		return true; /* another trouble, told when it is opened */
	ptrdiff_t n = reader_at(r, head, sizeof head, 0, NULL);
	reader_free(r);
	if (n <= 0)
		return true;
	span s = { head, (size_t)n };
	bool plain = is_sqlite(s);
	for (size_t i = 0; i < w->parsers; i++)
		plain |= w->parser[i]->sniff && w->parser[i]->sniff(s, path);
	return plain;
}

/* Where the backup was opened, a file with a key reads decrypted from here on. */
static int open_payload(struct backup *b, const struct row *row, span path, struct place *place,
			uint64_t *size, struct err *err)
{
	struct cipher c;
	enum cipher_end end;
	if (!backup_cipher(b->c->s, row->key, row->protection_class, &c))
		return err_set(err, E_FORMAT, "its key in the backup's list is damaged");
	uint64_t stored = *size;
	int rc = backup_place(b->c->s, place, &c, row->size_known ? &row->size : NULL, &end, err);
	if (rc)
		return rc;
	*size = place->cipher->size;
	if (end == CIPHER_END_RAGGED || (end == CIPHER_END_BARE && *size != row->size))
		source_note_addf(b->c->s, true, path,
				 "its %llu encrypted bytes do not end as encryption leaves them: "
				 "cut or damaged",
				 (unsigned long long)stored);
	return 0;
}

/* From an archive, what was decrypted is kept, and the stored form is told. */
static int keep_payload(struct backup *b, const struct payload *p, const struct entry *e,
			const char *what, struct place *place, const char **ret_sha256,
			struct buf *told, struct err *err)
{
	char *sha256 = arena_alloc(b->c->s->arena, 65);
	span path = payload_path(b->c, p);
	if (!sha256 || !path.p)
		return no_memory(err);
	backup_tell_stored(told, what, path, p->size, e ? e->sha256 : "");
	*ret_sha256 = sha256;
	return backup_into_vault(b->c->s, place, sha256, err);
}

/* A longer file in a folder may have grown before it was copied; over a cable its bytes came in
 * pieces, and one that came twice puts what follows in the wrong place. */
static void check_size(struct backup *b, const struct row *row, span path, uint64_t size)
{
	bool live = b->c->s->how->live;
	if (row->size_known && row->size != size)
		source_note_addf(b->c->s, row->side != SIDE_SHM && (live || size < row->size), path,
				 "the backup's list says %llu bytes, its file has %llu%s",
				 (unsigned long long)row->size, (unsigned long long)size,
				 live && size > row->size
					 ? ": it was altered on its way from the phone"
					 : "");
}

static const char *const missing = "the backup lists it, but its file is not in the backup";

/* Of an opened backup. A side file that cannot be opened is left out, and that is said. */
static int open_side(struct backup *b, const struct row *row, const struct payload *p,
		     struct found *f, struct found_side *side, struct err *err)
{
	static const char *const words[SIDES] = { " its -wal", " its -journal", " its -shm" };
	struct err why = { 0 };
	struct buf told = { 0 };
	const struct entry *e = payload_entry(b->c, p);
	int rc = open_payload(b, row, side->path, &side->place, &side->size, &why);
	side->sha256 = NULL;
	if (rc == 0 && side->place.kind == PLACE_VAULT) {
		buf_add(&told, span_z(f->stored ? f->stored : ""));
		rc = keep_payload(b, p, e, words[row->side], &side->place, &side->sha256, &told,
				  &why);
		f->stored = arena_copy(b->c->s->arena, buf_span(&told), NULL).p;
	}
	buf_free(&told);
	if (rc == E_NOMEM || rc == E_STOPPED)
		return err_set(err, rc, "%s", why.message);
	if (rc == 0)
		check_size(b, row, side->path, side->size);
	else
		source_note_addf(b->c->s, row->side != SIDE_SHM, side->path,
				 "a side file that cannot be read: %s", why.message);
	if (rc)
		*side = (struct found_side){ 0 };
	return 0;
}

static int add_side(struct backup *b, struct found *f, const struct row *row, struct err *err)
{
	struct payload *p = row->id_ok ? payload_find(b, row->id) : NULL;
	span end = span_z(want_side_ends[row->side]);
	char *name = arena_alloc(b->c->s->arena, f->path.n + end.n + 1);
	if (!name)
		return no_memory(err);
	memcpy(name, f->path.p, f->path.n);
	memcpy(name + f->path.n, end.p, end.n);
	span full = { name, f->path.n + end.n };
	if (!p || row->kind != ENTRY_FILE) {
		source_note_add(b->c->s, row->side != SIDE_SHM, full, missing);
		return 0;
	}
	const struct entry *e = payload_use(b->c, p);
	if (e && e->state != EVIDENCE_READ) {
		source_note_addf(b->c->s, row->side != SIDE_SHM, full,
				 "a side file that cannot be read: %s", e->detail);
		return 0;
	}
	f->side[row->side] = (struct found_side){ .path = full,
						  .size = p->size,
						  .place = payload_place(b->c, p),
						  .sha256 = e ? e->sha256 : NULL };
	bool locked = row->key.p && b->c->s->keybag && f->side[row->side].place.kind != PLACE_NONE;
	if (locked)
		return open_side(b, row, p, f, &f->side[row->side], err);
	check_size(b, row, full, p->size);
	return 0;
}

/* It stays encrypted, or seems so. */
static void closed(struct backup *b, struct found *f)
{
	f->state = b->encrypted ? EVIDENCE_ENCRYPTED : EVIDENCE_UNREADABLE;
	f->detail = b->encrypted ? b->closed
				 : "its bytes are not those of such a file: encrypted or damaged";
	f->place = (struct place){ 0 };
}

/* Of an opened backup: the file with its key. */
static int found_open(struct backup *b, const struct row *row, const struct payload *p,
		      struct found *f, struct err *err)
{
	struct err why = { 0 };
	struct buf told = { 0 };
	const struct entry *e = payload_entry(b->c, p);
	int rc = open_payload(b, row, f->path, &f->place, &f->size, &why);
	f->sha256 = NULL; /* of the stored form */
	if (rc == 0 && f->place.kind == PLACE_VAULT) {
		rc = keep_payload(b, p, e, "", &f->place, &f->sha256, &told, &why);
		f->stored = arena_copy(b->c->s->arena, buf_span(&told), NULL).p;
	}
	buf_free(&told);
	if (rc == E_NOMEM || rc == E_STOPPED)
		return err_set(err, rc, "%s", why.message);
	if (rc == 0) {
		check_size(b, row, row->path, f->size);
		return 0;
	}
	span words = arena_copy(b->c->s->arena, span_z(why.message), NULL);
	f->state = rc == E_ABSENT ? EVIDENCE_ENCRYPTED : EVIDENCE_UNREADABLE;
	f->detail = words.p;
	f->place = (struct place){ 0 };
	return words.p ? 0 : no_memory(err);
}

static int found_payload(struct backup *b, const struct row *row, struct payload *p,
			 const struct want *w, struct found *f, struct err *err)
{
	const struct entry *e = payload_use(b->c, p);
	f->size = p->size;
	f->place = payload_place(b->c, p);
	f->state = e ? e->state : EVIDENCE_READ;
	f->detail = e ? e->detail : NULL;
	f->sha256 = e ? e->sha256 : NULL;
	if (f->state != EVIDENCE_READ || !w->parsers)
		return 0;
	if (f->place.kind == PLACE_NONE) {
		f->state = EVIDENCE_UNREADABLE;
		f->detail = "in this archive only the backup's list tells what it is, so it "
			    "was passed over. Unpack the archive and give the folder";
		return 0;
	}
	if (row->key.p && b->c->s->keybag)
		return found_open(b, row, p, f, err);
	if ((row->key.p || b->encrypted || !b->list_plain) &&
	    !looks_plain(b, &f->place, w, f->path))
		closed(b, f);
	else
		check_size(b, row, row->path, p->size);
	return 0;
}

/* One wanted file: row, and the rows of its side files up to stop. */
static int list_row(struct backup *b, const struct row *row, const struct row *stop,
		    struct err *err)
{
	struct want w;
	struct found f = { .path = path_join(b->c->s, b->dir, row->path) };
	if (!f.path.p)
		return no_memory(err);
	if (!want_path(b->c->s->wants, row->path, &w))
		return 0;
	if (w.outside)
		return catalog_list(b->c, &f, &w, err);
	struct payload *p = row->id_ok ? payload_find(b, row->id) : NULL;
	int rc = 0;
	if (row->kind != ENTRY_FILE) {
		if (p)
			payload_use(b->c, p);
		f.state = EVIDENCE_UNREADABLE;
		f.detail = row->kind == ENTRY_FOLDER ? "a folder stands where this file should be"
						     : "it is not a regular file";
	} else if (!row->id_ok) {
		f.state = EVIDENCE_UNREADABLE;
		f.detail = "the backup's list gives no proper name for its file";
	} else if (!p) {
		f.state = EVIDENCE_ABSENT;
		f.detail = missing;
	} else {
		rc = found_payload(b, row, p, &w, &f, err);
	}
	if (f.state == EVIDENCE_READ && w.parsers)
		for (const struct row *side = row + 1; rc == 0 && side < stop; side++)
			if (side->side >= 0 && !f.side[side->side].path.p)
				rc = add_side(b, &f, side, err);
	return rc ? rc : catalog_list(b->c, &f, &w, err);
}

/* The rows [i, stop) are of one path; the first `mains` are of the file itself, the list's before
 * the one that its path's hash found. */
static int list_path(struct backup *b, size_t i, size_t mains, size_t stop, struct err *err)
{
	int rc = 0;
	if (!mains)
		source_note_add(b->c->s, true, b->row[i].path,
				"only a side file of this database is in the backup");
	for (size_t k = i; rc == 0 && k < i + mains; k++) {
		const struct row *row = &b->row[k];
		bool seen = false;
		for (size_t j = i; j < k; j++)
			seen |= b->row[j].id_ok && memcmp(b->row[j].id, row->id, 20) == 0;
		if (seen && row->exact)
			continue;
		if (row->exact && b->list_plain)
			source_note_add(b->c->s, false, row->path,
					"not in the backup's own list under the name that its path "
					"gives it, but there");
		else if (k > i)
			source_note_add(
				b->c->s, false, row->path,
				"the backup's list names this file more than once: each was "
				"read");
		rc = list_row(b, row, b->row + stop, err);
	}
	return rc;
}

/* ---- what an archive passed over ---- */

/* The payload of a row that is wanted and was passed over, or NULL. */
static struct payload *passed_over(const struct backup *b, const struct row *row)
{
	struct want w;
	struct payload *p = row->id_ok && row->kind == ENTRY_FILE ? payload_find(b, row->id) : NULL;
	if (!p || payload_entry(b->c, p) || !want_path(b->c->s->wants, row->path, &w) || !w.parsers)
		return NULL;
	return p;
}

static int fetched_order(const void *a, const void *b)
{
	return span_order(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

/* Only the list tells what they are, and it may stand behind them in the archive. */
static int fetch_passed_over(struct backup *b, struct err *err)
{
	struct catalog *c = b->c;
	size_t n = 0;
	if (!c->s->how->fetch)
		return 0;
	for (size_t i = 0; i < b->rows; i++)
		n += passed_over(b, &b->row[i]) != NULL;
	if (!n)
		return 0;
	c->fetched = calloc(n, sizeof *c->fetched);
	if (!c->fetched)
		return no_memory(err);
	for (size_t i = 0; i < b->rows; i++) {
		struct payload *p = passed_over(b, &b->row[i]);
		if (!p)
			continue;
		c->fetched[c->fetches] =
			(struct entry){ .path = payload_path(c, p), .size = p->size };
		if (!c->fetched[c->fetches].path.p)
			return no_memory(err);
		p->fetched = (uint32_t)++c->fetches; /* so that it is not asked for twice */
	}
	/* their numbers change when they are sorted */
	qsort(c->fetched, c->fetches, sizeof *c->fetched, fetched_order);
	int rc = c->s->how->fetch(c->s, c->fetched, c->fetches, err);
	for (size_t i = b->first; rc == 0 && i < b->stop; i++) {
		struct payload *p = &c->payload[i];
		if (!p->fetched)
			continue;
		p->fetched = 0;
		const struct entry key = { .path = payload_path(c, p) };
		const struct entry *e =
			bsearch(&key, c->fetched, c->fetches, sizeof *e, fetched_order);
		p->fetched = e && (e->place.kind != PLACE_NONE || e->state != EVIDENCE_READ)
				     ? (uint32_t)(e - c->fetched) + 1
				     : 0;
	}
	return rc;
}

static int list_rows(struct backup *b, struct err *err)
{
	if (b->rows)
		qsort(b->row, b->rows, sizeof *b->row, row_order);
	int rc = fetch_passed_over(b, err);
	for (size_t i = 0, stop; rc == 0 && i < b->rows; i = stop) {
		size_t mains = 0;
		for (stop = i; stop < b->rows && span_eq(b->row[stop].path, b->row[i].path); stop++)
			mains += b->row[stop].side < 0;
		rc = list_path(b, i, mains, stop, err);
	}
	return rc;
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
	if (!b->db || entry_readers(b, b->db, &r, NULL) != 0)
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
	bool keys = list_is_closed(b) && b->encrypted;
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
	b->encrypted =
		(b->said.known && b->said.encrypted) || (b->said.keybag.p && list_is_closed(b));
	int rc = unlock(b, err);
	if (rc == 0)
		rc = read_rows(b, err);
	if (rc == 0 && !b->list_plain && !b->encrypted && seems_encrypted(b))
		b->encrypted = true;
	if (rc == 0)
		rc = unlock(b, err);
	if (rc == 0 && b->encrypted && b->list_plain && b->db && !b->c->s->keybag)
		source_note_add(b->c->s, false, b->manifest ? b->manifest->path : named(b),
				"the backup says that it is encrypted, but its list of files is "
				"not: each file was looked at");
	if (rc == 0)
		rc = list_the_list(b, err);
	if (rc == 0)
		rc = list_rows(b, err);
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
	if (!b->db || entry_readers(b, b->db, &files.db, NULL) != 0)
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
		payload_use(b->c, &b->c->payload[i]);
	source_note_add(b->c->s, true, named(b),
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
	sorting = c;
	if (c->payloads)
		qsort(c->payload, c->payloads, sizeof *c->payload, payload_order);
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
			payload_use(c, &c->payload[i]); /* the list says what it is */
		free(found.row);
	}
	return rc;
}

int backup_leftovers(struct catalog *c, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < c->payloads; i++) {
		if (c->payload[i].used || c->payload[i].entry)
			continue;
		rc = i % 64 ? 0 : source_progress(c->s, "Looking at files", i, c->payloads, err);
		struct found f = { .path = payload_path(c, &c->payload[i]),
				   .size = c->payload[i].size };
		f.place = payload_place(c, &c->payload[i]);
		if (rc == 0 && f.path.p && f.place.kind == PLACE_TREE && f.size > 0)
			rc = catalog_list_loose(c, &f, err);
	}
	return rc;
}
