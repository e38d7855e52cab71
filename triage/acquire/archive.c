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
#include "acquire/archive_parts.h"
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK ((size_t)256 * 1024)
#define TOTAL_MAX ((uint64_t)1 << 40) /* bytes of all files that are unpacked */
/* More than this many bytes from each byte of the archive is a bomb: deflate gives at most 1,032,
 * and nobody packs phones better. Small archives may unpack to TOTAL_FREE all the same. */
#define RATIO_MAX 1100
#define TOTAL_FREE ((uint64_t)4 << 30)
#define BAD_HEADERS_MAX 1000

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
		int rc = archive_account(p, 0);
		if (rc == 0)
			rc = archive_one_entry(p, alone);
		if (rc == E_LIMIT)
			return 0; /* the note says so */
		if (rc)
			return rc;
	}
}

static void check_end(struct pack *p, enum archive_form form)
{
	if (form == FORM_ZIP && !archive_zip_ends(p->s->root, p->size))
		source_note_add(p->s, true, SPAN_NONE,
				"the archive is cut short: its own list of files, at its end, is "
				"missing. What is in front of the cut was read");
	else if (form == FORM_TAR && !archive_tar_ends(p->s->root, p->size))
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
	enum archive_form form = archive_form_of(fd, &filter);
	if (!again)
		check_end(p, form);
	switch (form) {
	case FORM_ZIP:
		archive_read_support_format_zip(p->a);
		archive_read_set_passphrase_callback(p->a, p, archive_on_password);
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
	int more = flow_head(&f, &head), rc = more < 0 ? more : 0;
	if (rc == 0 && f.failed && !f.at && archive_entry_is_encrypted(p->e)) {
		e->state = EVIDENCE_ENCRYPTED;
		e->detail = archive_locked;
	} else if (rc == 0) {
		e->state = EVIDENCE_READ;
		rc = flow_copy(&f, &head, more, e, true);
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
					  ? asked_for(f, archive_trimmed(span_z(name)))
					  : NULL;
		int rc = archive_account(p, 0);
		if (rc == 0)
			rc = e ? fetch_one(p, e) : archive_pass(p);
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
