/*
 * archive.c - zip, tar (plain or in gzip, xz, zstd, bzip2), 7z and Android backups (.ab, see ab.h)
 * of what folder.c reads, or one file in gzip, xz, zstd or bzip2. libarchive reads the bytes.
 *
 * The archive is read once, from its beginning to its end. What a parser may want goes into the
 * vault while it is hashed; a name in an archive never becomes a name on the disk. A file of a
 * kind that can only be known by its content is kept until all has been seen, and dropped if no
 * parser takes it. Only what an encrypted backup's list names, and nothing else could tell, is
 * fetched in a second reading. Of archives within archives only an .ab is opened, which is what
 * collections of Android phones hold (androidqf).
 */
#include "acquire/archive.h"
#include "acquire/ab.h"
#include "catalog.h"
#include "passwords.h"
#include "sha256.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK ((size_t)256 * 1024)
#define ENTRY_MAX ((uint64_t)64 << 30) /* bytes of one file */
#define TOTAL_MAX ((uint64_t)1 << 40)  /* bytes of all files that are unpacked */
/* More than this many bytes from each byte of the archive is a bomb: deflate gives at most 1,032,
 * and nobody packs phones better. Small archives may unpack to TOTAL_FREE all the same. */
#define RATIO_MAX 1100
#define TOTAL_FREE ((uint64_t)4 << 30)
#define PATH_MAX_BYTES 32768
#define BAD_HEADERS_MAX 1000

struct pack {
	struct source *s;
	struct catalog *c;
	struct archive *a;
	struct archive_entry *e;
	uint64_t size, produced, cap;
	bool skips;          /* what is not wanted costs nothing to pass over (zip) */
	struct buf last;     /* path of the entry before */
	unsigned attempt;    /* at a password */
	int no_password;     /* 0: there may be another; why there is none */
	struct err password; /* ... in words */
	bool unlocked;       /* an entry was opened with a password */
	bool told;           /* what broke the archive off */
	struct ab *ab;
	ab_read_fn *from; /* bytes of an .ab, or NULL */
	void *from_user;
	span within; /* path of the .ab that is read, where it is not the source itself */
	struct buf joined;
	struct err *err;
};

/* ---- recognising ---- */

static bool is_tar(const unsigned char *h)
{
	unsigned sum = 0, said = 0;
	int digits = 0;
	for (int i = 0; i < 512; i++)
		sum += i >= 148 && i < 156 ? ' ' : h[i];
	for (int i = 148; i < 156; i++)
		if (h[i] >= '0' && h[i] <= '7') {
			said = said * 8 + (unsigned)(h[i] - '0');
			digits++;
		}
	return digits > 0 && h[0] && sum == said;
}

enum form { FORM_NONE, FORM_ZIP, FORM_7Z, FORM_TAR, FORM_AB, FORM_PACKED };

/* What fd is, by its first bytes; of FORM_PACKED also in what. libarchive is not asked: it would
 * unpack layer within layer, and a file can be made that holds itself. */
static enum form form_of(int fd, int *ret_filter)
{
	static const struct {
		const char *magic;
		size_t n;
		enum form form;
		int filter;
	} known[] = {
		{ "PK\3\4", 4, FORM_ZIP, 0 },
		{ "PK\5\6", 4, FORM_ZIP, 0 },
		{ "PK\7\10", 4, FORM_ZIP, 0 },
		{ "7z\274\257\47\34", 6, FORM_7Z, 0 },
		{ "ANDROID BACKUP\n", 15, FORM_AB, 0 },
		{ "\37\213", 2, FORM_PACKED, ARCHIVE_FILTER_GZIP },
		{ "\3757zXZ\0", 6, FORM_PACKED, ARCHIVE_FILTER_XZ },
		{ "\50\265\57\375", 4, FORM_PACKED, ARCHIVE_FILTER_ZSTD },
		{ "BZh", 3, FORM_PACKED, ARCHIVE_FILTER_BZIP2 },
	};
	unsigned char head[512] = { 0 };
	ssize_t n = pread(fd, head, sizeof head, 0);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (n >= (ssize_t)known[i].n && memcmp(head, known[i].magic, known[i].n) == 0) {
			*ret_filter = known[i].filter;
			return known[i].form;
		}
	return n == (ssize_t)sizeof head && is_tar(head) ? FORM_TAR : FORM_NONE;
}

bool archive_recognise(int fd)
{
	int filter;
	return form_of(fd, &filter) != FORM_NONE;
}

/* ---- bytes ---- */

/* Called for every block that comes out. */
static int account(struct pack *p, uint64_t n)
{
	p->produced += n;
	if (p->produced > p->cap) {
		source_note_add(
			p->s, true, SPAN_NONE,
			"the archive unpacks to far more than it should (a bomb?): the rest "
			"of it was not read");
		return E_LIMIT;
	}
	int64_t done = p->ab ? (int64_t)ab_done(p->ab) : archive_filter_bytes(p->a, -1);
	return source_progress(p->s, "Reading the archive", done > 0 ? (uint64_t)done : 0, p->size,
			       p->err);
}

/* Bytes of an entry in order, holes as zeros. */
struct flow {
	struct pack *p;
	const char *block;
	size_t n;
	uint64_t hole; /* zeros before block */
	uint64_t at;   /* bytes given so far, holes included */
	bool failed;
	char why[200];
};

/* The next block: 1, 0 at the end, negative E_LIMIT or E_STOPPED. A failing of the archive ends
 * the entry and is told in the flow. */
static int flow_next(struct flow *f)
{
	const void *block = NULL;
	size_t n = 0;
	int64_t at = 0;
	int r = archive_read_data_block(f->p->a, &block, &n, &at);
	if (r == ARCHIVE_EOF)
		return 0;
	if (r != ARCHIVE_OK) {
		const char *why = archive_error_string(f->p->a);
		f->failed = true;
		snprintf(f->why, sizeof f->why, "%s", why ? why : "damaged");
		if (r != ARCHIVE_WARN)
			return 0;
	}
	if (at < 0 || (uint64_t)at < f->at || (uint64_t)at > ENTRY_MAX || n > ENTRY_MAX) {
		f->failed = true;
		snprintf(f->why, sizeof f->why, "its parts are out of order or too large");
		return 0;
	}
	f->hole = (uint64_t)at - f->at;
	f->block = block;
	f->n = n;
	f->at = (uint64_t)at + n;
	int rc = account(f->p, f->hole + n);
	return rc ? rc : 1;
}

/* Pass over an entry. What cannot be skipped is unpacked and counted. */
static int pass(struct pack *p)
{
	struct flow f = { .p = p };
	int rc;
	if (p->skips)
		return 0; /* the next header skips */
	while ((rc = flow_next(&f)) > 0)
		;
	return rc;
}

/* Where an entry goes: into the vault, or only through the hash. */
struct out {
	struct vault_writer *vault;
	struct sha256 *hash;
	uint64_t size;
};

static int out_write(struct out *o, span bytes, struct err *err)
{
	o->size += bytes.n;
	if (o->vault)
		return vault_write(o->vault, bytes, err);
	sha256_add(o->hash, bytes);
	return 0;
}

static int out_zeros(struct out *o, uint64_t n, struct err *err)
{
	static const char zeros[4096];
	int rc = 0;
	for (size_t part; rc == 0 && n; n -= part) {
		part = n < sizeof zeros ? (size_t)n : sizeof zeros;
		rc = out_write(o, (span){ zeros, part }, err);
	}
	return rc;
}

static int out_end(struct out *o, struct entry *e, bool ok, struct err *err)
{
	int rc = 0;
	if (o->vault && ok)
		rc = vault_finish(o->vault, e->sha256, &e->size, err);
	else if (o->vault)
		vault_abandon(o->vault);
	else if (ok)
		rc = sha256_end(o->hash, e->sha256, err);
	if (ok)
		e->size = o->size;
	sha256_free(o->hash);
	return rc;
}

/* The first bytes of the entry, as many blocks as that takes. */
static int read_head(struct flow *f, struct buf *head)
{
	int rc = 1;
	while (rc > 0 && head->n < CATALOG_HEAD) {
		rc = flow_next(f);
		if (rc <= 0)
			break;
		for (; f->hole && head->n < CATALOG_HEAD; f->hole--)
			buf_byte(head, 0);
		if (f->hole) /* nothing that is read begins with so many zeros */
			break;
		buf_add(head, (span){ f->block, f->n });
	}
	return head->failed ? err_set(f->p->err, E_NOMEM, "Memory ran out.") : rc;
}

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

/* The rest of the entry, after what read_head gave, into the vault or the hash. */
static int copy(struct flow *f, const struct buf *head, int more, struct entry *e, bool keep)
{
	struct pack *p = f->p;
	struct out o = { 0 };
	int rc = 0;
	if (keep) {
		e->place.kind = PLACE_VAULT;
		rc = vault_create(p->s->vault, &o.vault, &e->place.part, p->err);
	} else if (!(o.hash = sha256_new(p->err))) {
		rc = E_NOMEM;
	}
	if (rc)
		return rc;
	rc = out_write(&o, buf_span(head), p->err);
	if (rc == 0 && f->hole) {
		rc = out_zeros(&o, f->hole, p->err);
		if (rc == 0)
			rc = out_write(&o, (span){ f->block, f->n }, p->err);
	}
	while (rc == 0 && more > 0) {
		more = flow_next(f);
		if (more < 0)
			rc = more;
		if (more <= 0)
			break;
		rc = out_zeros(&o, f->hole, p->err);
		if (rc == 0)
			rc = out_write(&o, (span){ f->block, f->n }, p->err);
	}
	int end = out_end(&o, e, rc == 0, p->err);
	e->place.size = e->size;
	return rc ? rc : end;
}

static void check_length(struct pack *p, const struct entry *e)
{
	if (archive_entry_size_is_set(p->e) && (uint64_t)archive_entry_size(p->e) != e->size)
		source_note_addf(p->s, true, e->path,
				 "the archive says %lld bytes, but holds %llu of it",
				 (long long)archive_entry_size(p->e), (unsigned long long)e->size);
}

/* ---- entries ---- */

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

static const char locked[] =
	"encrypted inside the archive: linecheck cannot read it without the password. Scan it "
	"again "
	"on a terminal, where the password is asked for, or give it with --password-fd";

static const char *on_password(struct archive *a, void *user)
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
				: locked;
	if (sight == SIGHT_HEAD || sight == SIGHT_PAYLOAD)
		source_note_add(p->s, true, e->path, "encrypted inside the archive: not looked at");
	return sight == SIGHT_HEAD ? 0 : catalog_add(p->c, e, sight, p->err);
}

/* Read what an entry of interest holds and tell the catalog. */
static int take(struct pack *p, struct entry *e, enum sighting sight, bool alone)
{
	struct flow f = { .p = p };
	struct buf head = { 0 };
	int more = read_head(&f, &head);
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
		rc = copy(&f, &head, more, e, keep);
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
	int more = read_head(&x.f, &x.head), rc = more < 0 ? more : 0;
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
		return rc ? rc : pass(p);
	}
	if (!alone && sight == SIGHT_HEAD && archive_entry_size_is_set(p->e) && e->size == 0)
		return pass(p);
	return take(p, e, sight, alone);
}

/* A name without what makes it absolute. Absolute and climbing names are harmless here, because
 * they never become a name on the disk: they are said, and read. */
static span trimmed(span s)
{
	while (s.n && (*s.p == '/' || (s.n > 1 && s.p[0] == '.' && s.p[1] == '/')))
		s = span_from(s, *s.p == '/' ? 1 : 2);
	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static span relative(struct pack *p, span path)
{
	span s = trimmed(path);
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

static int one_entry(struct pack *p, bool alone)
{
	const char *name = archive_entry_pathname(p->e);
	if (!name)
		name = archive_entry_pathname_utf8(p->e);
	span path = alone ? stem(span_z(p->s->info.label)) : span_z(name);
	if (!name || path.n > PATH_MAX_BYTES) {
		source_note_add(p->s, true, SPAN_NONE,
				"an entry of the archive whose name cannot be read");
		return pass(p);
	}
	path = relative(p, path);
	if (!path.n)
		return pass(p);
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
		return rc ? rc : pass(p);
	}
	if (archive_entry_size_is_set(p->e) && archive_entry_size(p->e) > 0)
		e.size = (uint64_t)archive_entry_size(p->e);
	return one_file(p, &e, alone);
}

/* ---- the whole ---- */

static int no_archive(struct pack *p, bool opened)
{
	const char *why = archive_error_string(p->a);
	/* asked before a format was found, libarchive 3.6 crashes */
	bool locked_names = opened && archive_read_has_encrypted_entries(p->a) == 1;
	return err_set(p->err, locked_names ? E_ENCRYPTED : E_FORMAT,
		       locked_names ? "The archive is encrypted: unpack it with its password and "
				      "give the folder (%s)."
				    : "The archive cannot be read: %s.",
		       why ? why : "damaged");
}

static int entries(struct pack *p)
{
	int bad = 0;
	for (uint64_t n = 0;; n++) {
		int r = archive_read_next_header2(p->a, p->e);
		if (r == ARCHIVE_EOF)
			return 0;
		if (r == ARCHIVE_FATAL || (r < ARCHIVE_WARN && ++bad > BAD_HEADERS_MAX)) {
			if (n == 0 && !p->within.p)
				return no_archive(p, true);
			const char *why = archive_error_string(p->a);
			p->told = true;
			source_note_addf(p->s, true, p->within,
					 "the archive is damaged or cut short: what comes before "
					 "the damage was read (%s)",
					 why ? why : "damaged");
			return 0;
		}
		if (r < ARCHIVE_WARN) {
			const char *why = archive_error_string(p->a);
			source_note_addf(p->s, true, SPAN_NONE,
					 "an entry of the archive is damaged: %s",
					 why ? why : "damaged");
			continue;
		}
		bool alone = archive_format(p->a) == ARCHIVE_FORMAT_RAW;
		p->c->alone = alone;
		if (alone)
			p->s->info.kind = "file";
		int rc = account(p, 0);
		if (rc == 0)
			rc = one_entry(p, alone);
		if (rc == E_LIMIT)
			return 0; /* the note says so */
		if (rc)
			return rc;
	}
}

/* A zip ends with its list and a mark behind it. Without the list libarchive takes the entries as
 * they come, and does not say how many are missing. */
static bool zip_ends(int fd, uint64_t size)
{
	static unsigned char tail[65557]; /* the mark, and a comment of any length */
	size_t n = size < sizeof tail ? (size_t)size : sizeof tail;
	if (pread(fd, tail, n, (off_t)(size - n)) != (ssize_t)n)
		return true; /* another trouble, told when it is read */
	for (size_t i = n >= 22 ? n - 21 : 0; i-- > 0;)
		if (memcmp(tail + i, "PK\5\6", 4) == 0 &&
		    i + 22 + tail[i + 20] + 256u * tail[i + 21] <= n)
			return true;
	return false;
}

/* A tar ends with two blocks of zeros. Some writers leave them out. */
static bool tar_ends(int fd, uint64_t size)
{
	unsigned char tail[1024] = { 1 };
	if (size < sizeof tail ||
	    pread(fd, tail, sizeof tail, (off_t)(size - sizeof tail)) != (ssize_t)sizeof tail)
		return false;
	for (size_t i = 0; i < sizeof tail; i++)
		if (tail[i])
			return false;
	return true;
}

static void check_end(struct pack *p, enum form form)
{
	if (form == FORM_ZIP && !zip_ends(p->s->root, p->size))
		source_note_add(p->s, true, SPAN_NONE,
				"the archive is cut short: its own list of files, at its end, is "
				"missing. What is in front of the cut was read");
	else if (form == FORM_TAR && !tar_ends(p->s->root, p->size))
		source_note_add(
			p->s, true, SPAN_NONE,
			"the archive has no end mark: it may be cut short, and files may be "
			"missing");
}

static la_ssize_t on_ab(struct archive *a, void *user, const void **block)
{
	struct pack *p = user;
	struct err why = { 0 };
	ptrdiff_t n = ab_next(p->ab, block, &why);
	if (n < 0)
		archive_set_error(a, EIO, "%s", why.message);
	return n < 0 ? ARCHIVE_FATAL : (la_ssize_t)n;
}

static ptrdiff_t read_root(void *user, void *buf, size_t n, struct err *err)
{
	const struct source *s = user;
	ssize_t got;
	do
		got = read(s->root, buf, n);
	while (got < 0 && errno == EINTR);
	return got < 0 ? err_set(err, E_IO, "The backup cannot be read: %s.", strerror(errno))
		       : (ptrdiff_t)got;
}

static int open_ab(struct pack *p)
{
	archive_read_support_format_tar(p->a);
	int rc = ab_open(&p->ab, p->from, p->from_user, p->cap, p->s->options.passwords, p->err);
	if (rc)
		return rc;
	if (ab_version(p->ab) > AB_NEWEST || ab_version(p->ab) < 1)
		source_note_addf(
			p->s, false, p->within,
			"an Android backup of version %u: linecheck was tested with 1 to %d",
			ab_version(p->ab), AB_NEWEST);
	return archive_read_open(p->a, p, NULL, on_ab, NULL) == ARCHIVE_OK || p->within.p
		       ? 0
		       : no_archive(p, false);
}

/* What follows the tar's end is read, too: only at its end does a backup show that it is whole. */
static int end_ab(struct pack *p)
{
	const void *block;
	struct err why = { 0 };
	ptrdiff_t n;
	if (p->told)
		return 0;
	while ((n = ab_next(p->ab, &block, &why)) > 0)
		;
	if (n == E_STOPPED || n == E_NOMEM)
		return err_set(p->err, (int)n, "%s", why.message);
	if (n < 0)
		source_note_addf(p->s, true, p->within, "the end of the archive: %s", why.message);
	else if (!ab_has_end_mark(p->ab))
		source_note_add(
			p->s, true, p->within,
			"the Android backup has no end mark: it may be cut short, and files "
			"may be missing");
	return 0;
}

static int open_archive(struct pack *p, bool again)
{
	int fd = p->s->root, filter = 0;
	if (p->from)
		return open_ab(p);
	enum form form = form_of(fd, &filter);
	if (!again)
		check_end(p, form);
	switch (form) {
	case FORM_ZIP:
		archive_read_support_format_zip(p->a);
		archive_read_set_passphrase_callback(p->a, p, on_password);
		p->skips = true;
		break;
	case FORM_7Z:
		archive_read_support_format_7zip(p->a);
		break;
	case FORM_AB:
		p->from = read_root;
		p->from_user = p->s;
		if (lseek(fd, 0, SEEK_SET) == 0)
			return open_ab(p);
		break;
	case FORM_TAR:
		archive_read_support_format_tar(p->a);
		p->skips = true;
		break;
	default:
		archive_read_support_format_tar(p->a);
		archive_read_support_format_raw(p->a);
		archive_read_append_filter(p->a, filter);
		break;
	}
	if (lseek(fd, 0, SEEK_SET) != 0)
		return err_set(p->err, E_IO, "The archive cannot be read: %s.", strerror(errno));
	return archive_read_open_fd(p->a, fd, BLOCK) == ARCHIVE_OK ? 0 : no_archive(p, false);
}

/* Read the archive from its beginning to its end. again: what is said of the whole was said. */
static int walk(struct pack *p, bool again, int (*each)(struct pack *p, void *user), void *user)
{
	struct stat st;
	if (!p->from && fstat(p->s->root, &st) == 0 && st.st_size > 0)
		p->size = (uint64_t)st.st_size;
	p->cap = p->size > TOTAL_MAX / RATIO_MAX ? TOTAL_MAX : p->size * RATIO_MAX;
	if (p->cap < TOTAL_FREE)
		p->cap = TOTAL_FREE;
	/* libarchive turns names into the locale's characters: into bytes as they are, please */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	p->a = archive_read_new();
	p->e = archive_entry_new();
	int rc =
		p->a && p->e ? open_archive(p, again) : err_set(p->err, E_NOMEM, "Memory ran out.");
	if (rc == 0)
		rc = each(p, user);
	if (rc == 0 && p->ab && !again)
		rc = end_ab(p);
	archive_entry_free(p->e);
	archive_read_free(p->a);
	ab_free(p->ab);
	buf_free(&p->last);
	buf_free(&p->joined);
	if (utf8) {
		uselocale(before);
		freelocale(utf8);
	}
	return rc;
}

static int each_entry(struct pack *p, void *user)
{
	(void)user;
	return entries(p);
}

static const char locked_ab[] =
	"the Android backup is encrypted: linecheck cannot read it without its password. Scan it "
	"again on a terminal, where the password is asked for, or give it with --password-fd";

/* An .ab that stays closed stands for what is in it. */
static int closed_ab(struct source *s, struct catalog *c, span path, enum evidence_state state,
		     const char *detail, struct err *err)
{
	span words = arena_copy(s->arena, span_z(detail), NULL);
	struct found f = { .path = arena_copy(s->arena, path, NULL) };
	if (!words.p || !f.path.p)
		return err_set(err, E_NOMEM, "Memory ran out.");
	return catalog_list_as(c, &f, NULL, state, words.p, err);
}

static int list(struct source *s, struct catalog *c, struct err *err)
{
	struct err why = { 0 };
	struct pack p = { .s = s, .c = c, .err = &why };
	int rc = walk(&p, false, each_entry, NULL);
	if (rc == E_ABSENT && p.from) /* an encrypted .ab, and no password */
		return closed_ab(s, c, span_z(s->info.label), EVIDENCE_ENCRYPTED, locked_ab, err);
	return rc ? err_set(err, rc, "%s", why.message) : 0;
}

int archive_ab(struct source *s, struct catalog *c, span path, uint64_t size, ab_read_fn *read_fn,
	       void *user, struct err *err)
{
	struct err why = { 0 };
	struct pack p = { .s = s,
			  .c = c,
			  .err = &why,
			  .size = size,
			  .from = read_fn,
			  .from_user = user,
			  .within = path };
	if (!s->vault && (!s->options.vault_dir || !s->options.vault_key)) {
		source_note_add(
			s, true, path,
			"an Android backup: it needs a case to open it in, and was not read");
		return 0;
	}
	int rc = s->vault ? 0
			  : vault_open(&s->vault, s->options.vault_dir, s->options.vault_key, err);
	if (rc)
		return rc;
	rc = walk(&p, false, each_entry, NULL);
	if (rc == E_ABSENT)
		return closed_ab(s, c, path, EVIDENCE_ENCRYPTED, locked_ab, err);
	if (rc == E_FORMAT || rc == E_LIMIT)
		return closed_ab(s, c, path, EVIDENCE_UNREADABLE, why.message, err);
	return rc ? err_set(err, rc, "%s", why.message) : 0;
}

/* ---- what was passed over ---- */

struct fetch {
	struct entry *entry; /* ordered by path */
	size_t n, left;
};

static struct entry *asked_for(const struct fetch *f, span path)
{
	size_t low = 0, high = f->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int o = span_order(f->entry[mid].path, path);
		if (o == 0)
			return f->entry[mid].place.kind == PLACE_NONE ? &f->entry[mid] : NULL;
		if (o < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static int fetch_one(struct pack *p, struct entry *e)
{
	struct flow f = { .p = p };
	struct buf head = { 0 };
	int more = read_head(&f, &head), rc = more < 0 ? more : 0;
	if (rc == 0 && f.failed && !f.at && archive_entry_is_encrypted(p->e)) {
		e->state = EVIDENCE_ENCRYPTED;
		e->detail = locked;
	} else if (rc == 0) {
		e->state = EVIDENCE_READ;
		rc = copy(&f, &head, more, e, true);
		if (rc == 0 && f.failed)
			source_note_addf(p->s, true, e->path,
					 "damaged in the archive, read as far as it came: %s",
					 f.why);
	}
	buf_free(&head);
	if (rc == E_LIMIT) {
		e->place = (struct place){ 0 };
		e->state = EVIDENCE_UNREADABLE;
		e->detail = "the archive unpacks to far more than it should";
	}
	return rc;
}

static int each_fetched(struct pack *p, void *user)
{
	struct fetch *f = user;
	int bad = 0;
	while (f->left) {
		int r = archive_read_next_header2(p->a, p->e);
		if (r == ARCHIVE_EOF || r == ARCHIVE_FATAL ||
		    (r < ARCHIVE_WARN && ++bad > BAD_HEADERS_MAX))
			return 0; /* said when it was first read */
		if (r < ARCHIVE_WARN)
			continue;
		const char *name = archive_entry_pathname(p->e);
		struct entry *e = name && archive_entry_filetype(p->e) == AE_IFREG
					  ? asked_for(f, trimmed(span_z(name)))
					  : NULL;
		int rc = account(p, 0);
		if (rc == 0)
			rc = e ? fetch_one(p, e) : pass(p);
		if (rc)
			return rc == E_LIMIT ? 0 : rc;
		f->left -= e != NULL;
	}
	return 0;
}

static int fetch(struct source *s, struct entry *entry, size_t n, struct err *err)
{
	struct pack p = { .s = s, .err = err };
	struct fetch f = { entry, n, n };
	return walk(&p, true, each_fetched, &f);
}

static int open_place(struct source *s, const struct place *p, struct reader **ret,
		      struct stamp *ret_stamp, struct err *err)
{
	(void)ret_stamp;
	return vault_read(s->vault, p->name, ret, err);
}

const struct acquire acquire_archive = {
	.kind = "archive", .list = list, .open = open_place, .fetch = fetch
};
