/* backup_found.c - of the rows of a backup's list and the files that are there, what the source
 * lists: see backup_parts.h. */
#include "acquire/backup_parts.h"
#include <stdlib.h>

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

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
static int open_payload(struct backup *b, const struct wanted_row *row, span path,
			struct place *place, uint64_t *size, struct err *err)
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
	span path = backup_payload_path(b->c, p);
	if (!sha256 || !path.p)
		return no_memory(err);
	backup_tell_stored(told, what, path, p->size, e ? e->sha256 : "");
	*ret_sha256 = sha256;
	return backup_into_vault(b->c->s, place, sha256, err);
}

/* A longer file in a folder may have grown before it was copied; over a cable its bytes came in
 * pieces, and one that came twice puts what follows in the wrong place. */
static void check_size(struct backup *b, const struct wanted_row *row, span path, uint64_t size)
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
static int open_side(struct backup *b, const struct wanted_row *row, const struct payload *p,
		     struct found *f, struct found_side *side, struct err *err)
{
	static const char *const words[SIDES] = { " its -wal", " its -journal", " its -shm" };
	struct err why = { 0 };
	struct buf told = { 0 };
	const struct entry *e = backup_payload_entry(b->c, p);
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

static int add_side(struct backup *b, struct found *f, const struct wanted_row *row,
		    struct err *err)
{
	struct payload *p = row->id_ok ? backup_payload_find(b, row->id) : NULL;
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
	const struct entry *e = backup_payload_use(b->c, p);
	if (e && e->state != EVIDENCE_READ) {
		source_note_addf(b->c->s, row->side != SIDE_SHM, full,
				 "a side file that cannot be read: %s", e->detail);
		return 0;
	}
	f->side[row->side] = (struct found_side){ .path = full,
						  .size = p->size,
						  .place = backup_payload_place(b->c, p),
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
static int found_open(struct backup *b, const struct wanted_row *row, const struct payload *p,
		      struct found *f, struct err *err)
{
	struct err why = { 0 };
	struct buf told = { 0 };
	const struct entry *e = backup_payload_entry(b->c, p);
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

static int found_payload(struct backup *b, const struct wanted_row *row, struct payload *p,
			 const struct want *w, struct found *f, struct err *err)
{
	const struct entry *e = backup_payload_use(b->c, p);
	f->size = p->size;
	f->place = backup_payload_place(b->c, p);
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
static int list_row(struct backup *b, const struct wanted_row *row, const struct wanted_row *stop,
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
	struct payload *p = row->id_ok ? backup_payload_find(b, row->id) : NULL;
	int rc = 0;
	if (row->kind != ENTRY_FILE) {
		if (p)
			backup_payload_use(b->c, p);
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
		for (const struct wanted_row *side = row + 1; rc == 0 && side < stop; side++)
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
		const struct wanted_row *row = &b->row[k];
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
static struct payload *passed_over(const struct backup *b, const struct wanted_row *row)
{
	struct want w;
	struct payload *p =
		row->id_ok && row->kind == ENTRY_FILE ? backup_payload_find(b, row->id) : NULL;
	if (!p || backup_payload_entry(b->c, p) || !want_path(b->c->s->wants, row->path, &w) ||
	    !w.parsers)
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
			(struct entry){ .path = backup_payload_path(c, p), .size = p->size };
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
		const struct entry key = { .path = backup_payload_path(c, p) };
		const struct entry *e =
			bsearch(&key, c->fetched, c->fetches, sizeof *e, fetched_order);
		p->fetched = e && (e->place.kind != PLACE_NONE || e->state != EVIDENCE_READ)
				     ? (uint32_t)(e - c->fetched) + 1
				     : 0;
	}
	return rc;
}

static int row_order(const void *a, const void *b)
{
	const struct wanted_row *x = a, *y = b;
	int c = span_order(x->path, y->path);
	if (!c)
		c = (x->side > y->side) - (x->side < y->side);
	return c ? c : (x->order > y->order) - (x->order < y->order);
}

int backup_rows_list(struct backup *b, struct err *err)
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
