/* archive_entry.c - what becomes of an entry of an archive: see archive_parts.h. */
#include "acquire/archive_parts.h"
#include "passwords.h"

#define PATH_MAX_BYTES 32768

static bool only_databases(struct pack *p, span path)
{
	struct want w;
	if (!want_path(p->s->wants, path, &w) || !w.parsers)
		return false;
	for (size_t i = 0; i < w.parsers; i++)
		if (!want_database(w.parser[i]))
			return false;
	return true;
}

static void check_length(struct pack *p, const struct entry *e)
{
	if (archive_entry_size_is_set(p->e) && (uint64_t)archive_entry_size(p->e) != e->size)
		source_note_addf(p->s, true, e->path,
				 "the archive says %lld bytes, but holds %llu of it",
				 (long long)archive_entry_size(p->e), (unsigned long long)e->size);
}

/* A limit ended the archive in the middle of this entry. */
static int left(struct pack *p, struct entry *e, enum sighting sight)
{
	e->place = (struct place){ 0 };
	e->sha256[0] = 0;
	e->state = EVIDENCE_UNREADABLE;
	e->detail =
		"the archive was left in the middle of it: it unpacks to far more than it should";
	int rc = sight == SIGHT_HEAD ? 0 : catalog_add(p->c, e, sight, p->err);
	return rc ? rc : E_LIMIT;
}

const char archive_locked[] =
	"encrypted inside the archive: linecheck cannot read it without the password. Scan it "
	"again "
	"on a terminal, where the password is asked for, or give it with --password-fd";

const char *archive_on_password(struct archive *a, void *user)
{
	struct pack *p = user;
	span password;
	(void)a;
	if (!p->no_password)
		p->no_password = passwords_next(p->s->options.passwords, "the encrypted archive",
						p->attempt, &password, &p->password);
	if (p->no_password)
		return NULL;
	p->attempt++;
	return password.p;
}

/* Without its password. Passwords that were given and open nothing end the source. */
static int stays_locked(struct pack *p, struct entry *e, enum sighting sight)
{
	if (p->no_password && p->no_password != E_ABSENT && !p->unlocked)
		return err_set(p->err, p->no_password, "%s", p->password.message);
	e->state = EVIDENCE_ENCRYPTED;
	e->detail = p->unlocked ? "encrypted inside the archive with another password than the one "
				  "that was given: not read"
				: archive_locked;
	if (sight == SIGHT_HEAD || sight == SIGHT_PAYLOAD)
		source_note_add(p->s, true, e->path, "encrypted inside the archive: not looked at");
	return sight == SIGHT_HEAD ? 0 : catalog_add(p->c, e, sight, p->err);
}

/* Read what an entry of interest holds and tell the catalog. */
static int take(struct pack *p, struct entry *e, enum sighting sight, bool alone)
{
	struct flow f = { .p = p };
	struct buf head = { 0 };
	int more = flow_head(&f, &head);
	if (more < 0) {
		buf_free(&head);
		return more == E_LIMIT ? left(p, e, sight) : more;
	}
	if (archive_entry_is_encrypted(p->e)) {
		if (f.failed && !f.at && p->no_password) {
			buf_free(&head);
			return stays_locked(p, e, sight);
		}
		p->unlocked |= f.at > 0;
	}
	span first = buf_span(&head);
	first.n = first.n < CATALOG_HEAD ? first.n : CATALOG_HEAD;
	if (sight == SIGHT_HEAD && !alone)
		sight = catalog_sight_head(p->c, e->path, first);
	else if (sight == SIGHT_PAYLOAD && !catalog_payload_wanted(p->c, e->path) &&
		 catalog_sight_head(p->c, path_name(e->path), first) != SIGHT_LOOSE)
		sight = SIGHT_NONE; /* listed by its name only */
	else if (alone && sight != SIGHT_WANTED)
		sight = SIGHT_LOOSE;
	bool payload = want_hex_id(path_name(e->path), (unsigned char[20]){ 0 });
	int rc = 0;
	if (sight != SIGHT_NONE) {
		bool keep = is_sqlite(first) || !only_databases(p, e->path);
		rc = flow_copy(&f, &head, more, e, keep);
		if (rc == E_LIMIT) {
			rc = left(p, e, sight);
		} else if (!keep) {
			e->state = EVIDENCE_UNREADABLE;
			e->detail = e->size ? "it is not a SQLite database: damaged, encrypted or "
					      "something else"
					    : "the file is empty (0 bytes)";
		}
		if (rc == 0)
			check_length(p, e);
	} else {
		while (more > 0 && !p->skips)
			more = flow_next(&f);
		rc = more < 0 ? more : 0;
	}
	if (rc == 0 && f.failed)
		source_note_addf(p->s, sight != SIGHT_NONE, e->path,
				 "damaged in the archive, read as far as it came: %s", f.why);
	if (rc == 0)
		rc = catalog_add(p->c, e, payload && sight == SIGHT_NONE ? SIGHT_PAYLOAD : sight,
				 p->err);
	buf_free(&head);
	return rc;
}

/* ---- an Android backup within ---- */

struct inner {
	struct flow f;
	struct buf head;
	size_t at; /* of head, then of the block */
	bool in_block;
};

static ptrdiff_t read_inner(void *user, void *buf, size_t n, struct err *err)
{
	struct inner *x = user;
	(void)err; /* flow_next has the pack's, which is the same */
	for (;;) {
		size_t have = x->in_block ? x->f.n : x->head.n;
		if (x->f.hole && x->in_block) {
			size_t zeros = x->f.hole < n ? (size_t)x->f.hole : n;
			memset(buf, 0, zeros);
			x->f.hole -= zeros;
			return (ptrdiff_t)zeros;
		}
		if (x->at < have) {
			size_t take = have - x->at < n ? have - x->at : n;
			memcpy(buf, (x->in_block ? x->f.block : x->head.data) + x->at, take);
			x->at += take;
			return (ptrdiff_t)take;
		}
		int rc = flow_next(&x->f);
		if (rc <= 0)
			return rc;
		x->in_block = true;
		x->at = 0;
	}
}

static int inner_ab(struct pack *p, struct entry *e)
{
	struct inner x = { .f = { .p = p } };
	int more = flow_head(&x.f, &x.head), rc = more < 0 ? more : 0;
	bool is = rc == 0 && ab_is(buf_span(&x.head));
	if (is)
		rc = archive_ab(p->s, p->c, e->path, e->size, read_inner, &x, p->err);
	while (rc == 0 && !p->skips && more > 0)
		rc = more = flow_next(&x.f);
	if (is && rc >= 0 && x.f.failed)
		source_note_addf(p->s, true, e->path,
				 "damaged in the archive, read as far as it came: %s", x.f.why);
	if (!is && rc >= 0)
		rc = catalog_add(p->c, e, SIGHT_NONE, p->err);
	buf_free(&x.head);
	return rc > 0 ? 0 : rc;
}

static int one_file(struct pack *p, struct entry *e, bool alone)
{
	enum sighting sight = catalog_sight(p->c, e->path, e->kind);
	catalog_count(p->c, e->size);
	if (alone && sight != SIGHT_WANTED)
		sight = SIGHT_HEAD;
	if (archive_entry_is_encrypted(p->e) &&
	    (!p->s->options.passwords || p->no_password == E_ABSENT))
		return stays_locked(p, e, sight);
	if (sight == SIGHT_NONE && !p->within.p && catalog_is_ab(path_name(e->path)))
		return inner_ab(p, e);
	if (sight == SIGHT_NONE || sight == SIGHT_STORE) {
		int rc = catalog_add(p->c, e, sight, p->err);
		return rc ? rc : archive_pass(p);
	}
	if (!alone && sight == SIGHT_HEAD && archive_entry_size_is_set(p->e) && e->size == 0)
		return archive_pass(p);
	return take(p, e, sight, alone);
}

span archive_trimmed(span s)
{
	while (s.n && (*s.p == '/' || (s.n > 1 && s.p[0] == '.' && s.p[1] == '/')))
		s = span_from(s, *s.p == '/' ? 1 : 2);
	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static span relative(struct pack *p, span path)
{
	span s = archive_trimmed(path);
	if (path.n && *path.p == '/')
		source_note_add(p->s, false, path, "an absolute name: taken as relative");
	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '.' && s.p[i + 1] == '.' && (i == 0 || s.p[i - 1] == '/') &&
		    (i + 2 == s.n || s.p[i + 2] == '/')) {
			source_note_add(p->s, false, path,
					"a name that climbs out of its folder ('..'): nothing is "
					"ever written under it");
			break;
		}
	return s;
}

static void see_folder(struct pack *p, span path)
{
	catalog_folder(p->c, path);
	p->s->out_of_memory |= !links_saw(p->c->links, path);
}

/* Each folder on the way to path that was not on the way to the entry before. */
static void tell_folders(struct pack *p, span path, bool folder)
{
	size_t same = 0;
	while (same < path.n && same < p->last.n && path.p[same] == p->last.data[same])
		same++;
	for (size_t i = same; i < path.n; i++)
		if (path.p[i] == '/')
			see_folder(p, (span){ path.p, i });
	if (folder)
		see_folder(p, path);
	buf_clear(&p->last);
	buf_add(&p->last, path);
}

static enum entry_kind kind_of(struct archive_entry *e)
{
	if (archive_entry_hardlink(e))
		return ENTRY_LINK;
	switch (archive_entry_filetype(e)) {
	case AE_IFREG:
		return ENTRY_FILE;
	case AE_IFDIR:
		return ENTRY_FOLDER;
	case AE_IFLNK:
		return ENTRY_LINK;
	default:
		return ENTRY_OTHER;
	}
}

/* "sms.db" of "sms.db.gz" */
static span stem(span name)
{
	for (size_t i = name.n; i > 1; i--)
		if (name.p[i - 1] == '.')
			return (span){ name.p, i - 1 };
	return name;
}

int archive_one_entry(struct pack *p, bool alone)
{
	const char *name = archive_entry_pathname(p->e);
	if (!name)
		name = archive_entry_pathname_utf8(p->e);
	span path = alone ? stem(span_z(p->s->info.label)) : span_z(name);
	if (!name || path.n > PATH_MAX_BYTES) {
		source_note_add(p->s, true, SPAN_NONE,
				"an entry of the archive whose name cannot be read");
		return archive_pass(p);
	}
	path = relative(p, path);
	if (!path.n)
		return archive_pass(p);
	if (p->within.p) {
		buf_clear(&p->joined);
		buf_add(&p->joined, p->within);
		buf_byte(&p->joined, '/');
		buf_add(&p->joined, path);
		if (p->joined.failed)
			return err_set(p->err, E_NOMEM, "Memory ran out.");
		path = buf_span(&p->joined);
	}
	struct entry e = { .path = path, .kind = alone ? ENTRY_FILE : kind_of(p->e) };
	tell_folders(p, path, e.kind == ENTRY_FOLDER);
	const char *hard = archive_entry_hardlink(p->e), *soft = archive_entry_symlink(p->e);
	if (e.kind == ENTRY_LINK && (hard || soft)) {
		e.hard = hard != NULL;
		e.target = span_z(hard ? hard : soft);
	} else if (e.kind == ENTRY_FILE) {
		p->s->out_of_memory |= !links_saw(p->c->links, path);
	}
	if (e.kind != ENTRY_FILE) {
		int rc = catalog_add(p->c, &e, catalog_sight(p->c, path, e.kind), p->err);
		return rc ? rc : archive_pass(p);
	}
	if (archive_entry_size_is_set(p->e) && archive_entry_size(p->e) > 0)
		e.size = (uint64_t)archive_entry_size(p->e);
	return one_file(p, &e, alone);
}
