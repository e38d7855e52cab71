/* evidence.c - see evidence.h: one file of a source, hashed and made ready to be read. */
#include "evidence.h"
#include "acquire/backup_crypt.h"
#include "evidence_db.h"
#include "source.h"
#include "wal_fit.h"
#include <inttypes.h>
#include <stdlib.h>

#define FILE_MAX ((uint64_t)64 << 30) /* one file; hashing it takes a minute */

struct evidence {
	struct source *s; /* NULL: from memory */
	struct listed *l;
	struct evidence_readers r;
	struct evidence_db *db;
	uint64_t at; /* of a stream */
};

struct hashing {
	struct source *s;
	const char *what;
};

static bool on_hashed(void *user, uint64_t done, uint64_t total)
{
	struct hashing *h = user;
	return source_progress(h->s, h->what, done, total, NULL) == 0;
}

/* The hash that the copy gave, or one made now. */
static int hash(struct source *s, struct reader *r, const char *known, char out[static 65],
		struct err *err)
{
	struct hashing h = { s, "Hashing" };
	if (known[0]) {
		memcpy(out, known, 65);
		return 0;
	}
	return reader_sha256(r, out, on_hashed, &h, err);
}

static int hash_all(struct evidence *e, struct err *err)
{
	struct evidence_file *f = &e->l->file;
	int rc = hash(e->s, e->r.main, e->l->sha256, f->sha256, err);
	for (size_t i = 0; rc == 0 && i < f->side_n; i++) {
		struct err why = { 0 };
		if (!e->r.side[i])
			continue;
		rc = hash(e->s, e->r.side[i], e->l->side_sha256[i], f->side[i].sha256, &why);
		if (rc)
			err_set(err, rc, "%s", why.message);
	}
	return rc;
}

static void check_one_size(struct source *s, span path, const struct place *p,
			   const struct stamp *stamp, uint64_t *size)
{
	uint64_t listed = p->cipher ? p->size : *size;
	if (!stamp->set || stamp->size == listed)
		return;
	source_note_add(s, true, path, "its length changed after it was listed");
	if (!p->cipher)
		*size = stamp->size;
}

int source_hash(struct source *s, size_t i, struct err *err)
{
	struct evidence e = { .s = s, .l = &s->list[i] };
	struct evidence_file *f = &e.l->file;
	if (e.l->place.kind == PLACE_NONE)
		return err_set(err, E_ABSENT, "Its bytes are not there.");
	f->sha256[0] = 0;
	for (size_t k = 0; k < f->side_n; k++)
		f->side[k].sha256[0] = 0;
	int rc = source_read_listed(s, e.l, &e.r, err);
	if (!rc)
		rc = hash_all(&e, err);
	source_readers_free(&e.r);
	return rc;
}

static void check_size(struct evidence *e)
{
	struct listed *l = e->l;
	struct evidence_file *f = &l->file;
	check_one_size(e->s, f->path, &l->place, &l->stamp, &f->size);
	for (size_t i = 0; i < f->side_n; i++)
		check_one_size(e->s, f->side[i].path, &l->side_place[i], &l->side_stamp[i],
			       &f->side[i].size);
}

/* Of a file that is read decrypted, the hash of what is stored. */
static int hash_stored(struct source *s, const char *what, const struct place *p, struct buf *b,
		       struct err *err)
{
	struct hashing h = { s, "Hashing" };
	struct reader *r;
	struct stamp stamp;
	char sha256[65];
	if (!p->cipher)
		return 0;
	int rc = source_read_stored(s, p, &r, &stamp, err);
	if (rc)
		return rc;
	rc = reader_sha256(r, sha256, on_hashed, &h, err);
	if (rc == 0)
		backup_tell_stored(b, what, span_z(p->path), reader_size(r), sha256);
	reader_free(r);
	return rc;
}

static int tell_stored(struct evidence *e, struct err *err)
{
	static const char *const side_words[SIDES] = { " its -wal", " its -journal", " its -shm" };
	struct listed *l = e->l;
	struct buf b = { 0 };
	int rc = hash_stored(e->s, "", &l->place, &b, err);
	for (size_t i = 0; rc == 0 && i < l->file.side_n; i++)
		if (e->r.side[i])
			rc = hash_stored(e->s, side_words[l->side_kind[i]], &l->side_place[i], &b,
					 err);
	span copy = rc == 0 && b.n ? arena_copy(e->s->arena, buf_span(&b), NULL) : SPAN_NONE;
	if (rc == 0 && (b.failed || (b.n && !copy.p)))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (copy.p)
		l->file.detail = copy.p;
	buf_free(&b);
	return rc;
}

/* The hash of the side file of this kind, "" if there is none. -shm changes nothing that is read.
 */
static const char *side_hash(const struct listed *l, enum want_side kind)
{
	for (size_t i = 0; i < l->file.side_n; i++)
		if (l->side_kind[i] == kind)
			return l->file.side[i].sha256;
	return "";
}

static const struct listed *same_bytes(const struct source *s, const struct listed *l)
{
	for (size_t i = 0; i < s->lists; i++) {
		const struct listed *o = &s->list[i];
		if (o != l && o->read && o->file.parser == l->file.parser &&
		    strcmp(o->file.sha256, l->file.sha256) == 0 &&
		    strcmp(side_hash(o, SIDE_WAL), side_hash(l, SIDE_WAL)) == 0 &&
		    strcmp(side_hash(o, SIDE_JOURNAL), side_hash(l, SIDE_JOURNAL)) == 0)
			return o;
	}
	return NULL;
}

/* The database has not what its name promises. Another parser may still know it. */
static int by_content(struct evidence *e, struct err *err)
{
	const struct parser *taker = NULL;
	for (const struct parser *const *p = wants_parsers(e->s->wants); *p; p++) {
		if (!want_database(*p) || (*p)->by_path_only || *p == e->l->file.parser ||
		    parser_accepts(*p, evidence_db_handle(e->db), NULL) != 0)
			continue;
		if (taker)
			return err_set(
				err, E_FORMAT,
				"Its content fits two kinds of file, %s and %s: not guessed.",
				taker->app, (*p)->app);
		taker = *p;
	}
	if (!taker)
		return E_FORMAT;
	e->l->file.parser = taker;
	return 0;
}

static const struct evidence_side *wal_of(const struct evidence *e)
{
	for (size_t i = 0; i < e->l->file.side_n; i++)
		if (e->l->side_kind[i] == SIDE_WAL)
			return &e->l->file.side[i];
	return NULL;
}

/* With its -wal, if that is one and is its own. */
static int open_fitting(struct evidence *e, struct err *err)
{
	struct wal_fit fit = { 0 };
	const struct evidence_side *wal = wal_of(e);
	int rc = wal_fit_open(&e->db, &e->r.db, e->l->file.parser, &fit, err);
	if (wal && fit.words)
		source_note_add(e->s, fit.loss, wal->path, fit.words);
	return rc;
}

static int open_database(struct evidence *e, struct err *err)
{
	struct err why = { 0 }, other = { 0 };
	if (reader_size(e->r.main) == 0)
		return err_set(err, E_FORMAT, "The file is empty (0 bytes).");
	int rc = open_fitting(e, err);
	if (rc)
		return rc;
	rc = parser_accepts(e->l->file.parser, evidence_db_handle(e->db), &why);
	if (rc == 0)
		rc = parser_gives(e->l->file.parser, evidence_db_handle(e->db), &e->l->file.kinds,
				  &why);
	if (evidence_db_limit(e->db))
		return err_set(err, E_LIMIT, "The database was left: %s.",
			       evidence_db_limit(e->db));
	if (rc == E_FORMAT && by_content(e, &other) == 0)
		return parser_gives(e->l->file.parser, evidence_db_handle(e->db), &e->l->file.kinds,
				    err);
	if (rc)
		err_set(err, rc, "%s", other.code ? other.message : why.message);
	return rc;
}

static ptrdiff_t on_read(void *user, void *buf, size_t n, struct err *err)
{
	struct evidence *e = user;
	ptrdiff_t got = reader_at(e->r.main, buf, n, e->at, err);
	if (got > 0)
		e->at += (uint64_t)got;
	return got;
}

static enum evidence_state state_of(int rc)
{
	switch (rc) {
	case E_SCHEMA:
		return EVIDENCE_NEWER;
	case E_ENCRYPTED:
		return EVIDENCE_ENCRYPTED;
	default:
		return EVIDENCE_UNREADABLE;
	}
}

static void set_state(struct evidence *e, enum evidence_state state, const char *detail)
{
	span copy = arena_copy(e->s->arena, span_z(detail), NULL);
	e->l->file.state = state;
	e->l->file.detail = copy.p ? copy.p : "memory ran out";
}

static int refuse(const struct evidence_file *f, struct err *err)
{
	int code = f->state == EVIDENCE_ENCRYPTED    ? E_ENCRYPTED
		   : f->state == EVIDENCE_ABSENT     ? E_ABSENT
		   : f->state == EVIDENCE_NEWER      ? E_SCHEMA
		   : f->state == EVIDENCE_UNREADABLE ? E_FORMAT
						     : E_REFUSED;
	return err_set(err, code, "'%.*s': %s", (int)(f->path.n < 300 ? f->path.n : 300), f->path.p,
		       f->detail ? f->detail : evidence_state_word(f->state));
}

static int open_file(struct evidence *e, struct err *err)
{
	struct evidence_file *f = &e->l->file;
	if (f->size > FILE_MAX)
		return err_set(err, E_LIMIT,
			       "The file is larger than linecheck reads (%" PRIu64 " GiB).",
			       FILE_MAX >> 30);
	int rc = source_read_listed(e->s, e->l, &e->r, err);
	if (rc)
		return rc;
	check_size(e);
	rc = hash_all(e, err);
	if (rc == 0)
		rc = tell_stored(e, err);
	if (rc)
		return rc;
	const struct listed *same = same_bytes(e->s, e->l);
	if (same) {
		e->l->read = false;
		return err_set(err, E_ABSENT, EVIDENCE_SAME_BYTES "'%.*s': read and counted there.",
			       (int)(same->file.path.n < 300 ? same->file.path.n : 300),
			       same->file.path.p);
	}
	return want_database(f->parser) ? open_database(e, err) : 0;
}

int evidence_open(struct evidence **ret, struct source *s, size_t i, struct input *ret_in,
		  struct err *err)
{
	struct listed *l = &s->list[i];
	if (l->file.state != EVIDENCE_READ || !l->file.parser)
		return refuse(&l->file, err);
	struct evidence *e = calloc(1, sizeof *e);
	if (!e)
		return err_set(err, E_NOMEM, "Memory ran out.");
	e->s = s;
	e->l = l;
	struct err why = { 0 };
	int rc = open_file(e, &why);
	if (rc) {
		if (rc == E_ABSENT && l->file.sha256[0])
			set_state(e, EVIDENCE_READ, why.message);
		else if (rc != E_STOPPED)
			set_state(e, state_of(rc), why.message);
		err_set(err, rc, "%s", why.message);
		evidence_close(e);
		return rc;
	}
	l->read = true;
	*ret_in = (struct input){ .size = l->file.size, .path = l->file.path };
	if (e->db) {
		ret_in->db = evidence_db_handle(e->db);
	} else {
		ret_in->read = on_read;
		ret_in->user = e;
	}
	*ret = e;
	return 0;
}

const char *evidence_limit_hit(const struct evidence *e)
{
	return e->db ? evidence_db_limit(e->db) : NULL;
}

void evidence_close(struct evidence *e)
{
	if (!e)
		return;
	bool loss = false;
	const char *text;
	for (size_t i = 0; e->s && e->db && (text = evidence_db_remark(e->db, i, &loss)); i++)
		source_note_add(e->s, loss, e->l->file.path, text);
	if (e->s && evidence_limit_hit(e))
		set_state(e, EVIDENCE_UNREADABLE, evidence_limit_hit(e));
	evidence_db_close(e->db);
	source_readers_free(&e->r);
	free(e);
}

int evidence_open_memory(struct evidence **ret, span db, span wal, span journal,
			 struct input *ret_in, struct err *err)
{
	struct evidence *e = calloc(1, sizeof *e);
	if (!e)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = reader_of_memory(&e->r.main, db.p ? db : SPAN(""), err);
	if (rc == 0 && wal.p)
		rc = reader_of_memory(&e->r.side[SIDE_WAL], wal, err);
	if (rc == 0 && journal.p)
		rc = reader_of_memory(&e->r.side[SIDE_JOURNAL], journal, err);
	e->r.db = (struct evidence_vfs_files){ e->r.main, e->r.side[SIDE_WAL],
					       e->r.side[SIDE_JOURNAL] };
	if (rc == 0)
		rc = evidence_db_open(&e->db, &e->r.db, err);
	if (rc) {
		evidence_close(e);
		return rc;
	}
	*ret_in = (struct input){ .db = evidence_db_handle(e->db), .size = db.n, .path = SPAN("") };
	*ret = e;
	return 0;
}
