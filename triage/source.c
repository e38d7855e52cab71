/* source.c - see source.h: a source from its opening to its closing. */
#include "source.h"
#include "acquire/archive.h"
#include "acquire/cipher.h"
#include "acquire/quiet.h"
#include "acquire/transport.h"
#include "catalog.h"
#include "sha256.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LIST_MAX 20000         /* evidence files of one source */
#define SAMPLE ((size_t)65536) /* bytes of each end of a file that the fingerprint takes in */

const char *evidence_state_word(enum evidence_state state)
{
	static const char *const words[EVIDENCE_STATE_MAX] = {
		[EVIDENCE_READ] = "read",
		[EVIDENCE_ABSENT] = "absent",
		[EVIDENCE_ENCRYPTED] = "encrypted",
		[EVIDENCE_OUT_OF_SCOPE] = "out-of-scope",
		[EVIDENCE_UNREADABLE] = "unreadable",
		[EVIDENCE_NEWER] = "newer-than-tested",
		[EVIDENCE_PRESENT_NOT_READ] = "present-not-read",
	};
	return (unsigned)state < EVIDENCE_STATE_MAX ? words[state] : "unknown";
}

struct stamp stamp_of(const struct stat *st)
{
	return (struct stamp){
		.set = true,
		.dev = st->st_dev,
		.ino = st->st_ino,
		.size = (uint64_t)st->st_size,
		.mtime_ns = st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
		.ctime_ns = st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec,
	};
}

bool stamp_same(const struct stamp *a, const struct stamp *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

/* ---- what the other parts ask for ---- */

void source_note_add(struct source *s, bool loss, span path, const char *detail)
{
	s->out_of_memory |= !notes_add(s->notes, loss, path, detail);
}

void source_note_addf(struct source *s, bool loss, span path, const char *format, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	source_note_add(s, loss, path, text);
}

int source_progress(struct source *s, const char *what, uint64_t done, uint64_t total,
		    struct err *err)
{
	if (s->options.progress && !s->options.progress(s->options.user, what, done, total))
		return err_set(err, E_STOPPED, "Stopped.");
	return 0;
}

int source_list(struct source *s, struct listed **ret, struct err *err)
{
	*ret = NULL;
	if (s->lists >= LIST_MAX) {
		source_note_addf(s, true, SPAN_NONE,
				 "more than %d files are wanted here: the rest was not read",
				 LIST_MAX);
		return 0;
	}
	if (s->lists == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 32;
		struct listed *p = realloc(s->list, cap * sizeof *p);
		if (!p)
			return err_set(err, E_NOMEM, "Memory ran out.");
		s->list = p;
		s->cap = cap;
	}
	*ret = &s->list[s->lists++];
	**ret = (struct listed){ 0 };
	return 0;
}

int source_read_stored(struct source *s, const struct place *p, struct reader **ret,
		       struct stamp *ret_stamp, struct err *err)
{
	*ret_stamp = (struct stamp){ 0 };
	switch (p->kind) {
	case PLACE_TREE:
		return s->how->open(s, p, ret, ret_stamp, err);
	case PLACE_VAULT:
		return p->name ? vault_read(s->vault, p->name, ret, err)
			       : vault_read_number(s->vault, p->part, ret, err);
	default:
		return err_set(err, E_ABSENT, "Its bytes are not there.");
	}
}

int source_read(struct source *s, const struct place *p, struct reader **ret,
		struct stamp *ret_stamp, struct err *err)
{
	struct reader *stored;
	if (!p->cipher)
		return source_read_stored(s, p, ret, ret_stamp, err);
	int rc = source_read_stored(s, p, &stored, ret_stamp, err);
	return rc ? rc : cipher_reader(ret, stored, p->cipher, err);
}

int source_read_listed(struct source *s, struct listed *l, struct evidence_readers *ret,
		       struct err *err)
{
	struct evidence_readers r = { 0 };
	int rc = source_read(s, &l->place, &r.main, &l->stamp, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < l->file.side_n; i++) {
		struct err why = { 0 };
		rc = source_read(s, &l->side_place[i], &r.side[i], &l->side_stamp[i], &why);
		if (rc) {
			source_note_addf(s, l->side_kind[i] != SIDE_SHM, l->file.side[i].path,
					 "a side file that cannot be read: %s", why.message);
			continue;
		}
		if (l->side_kind[i] == SIDE_WAL)
			r.db.wal = r.side[i];
		else if (l->side_kind[i] == SIDE_JOURNAL)
			r.db.journal = r.side[i];
	}
	r.db.db = r.main;
	*ret = r;
	return 0;
}

void source_readers_free(struct evidence_readers *r)
{
	reader_free(r->main);
	for (int i = 0; i < SIDES; i++)
		reader_free(r->side[i]);
	*r = (struct evidence_readers){ 0 };
}

/* ---- completing the list ---- */

static int list_order(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	int c = span_order(x->file.path, y->file.path);
	if (c == 0)
		c = strcmp(x->file.parser ? x->file.parser->name : "",
			   y->file.parser ? y->file.parser->name : "");
	if (c == 0)
		c = (x->place.part > y->place.part) - (x->place.part < y->place.part);
	return c;
}

void source_sort(struct source *s)
{
	if (s->lists)
		qsort(s->list, s->lists, sizeof *s->list, list_order);
}

/* Keep what the list needs of the vault's files, each once: two parsers can share one. */
static int keep_place(struct source *s, struct place *p, struct err *err)
{
	char name[16];
	if (p->kind != PLACE_VAULT)
		return 0;
	if (!s->kept[p->part]) {
		int rc = vault_keep(s->vault, p->part, name, err);
		span copy = rc ? SPAN_NONE : arena_copy(s->arena, span_z(name), NULL);
		if (!copy.p)
			return rc ? rc : err_set(err, E_NOMEM, "Memory ran out.");
		s->kept[p->part] = copy.p;
	}
	p->name = s->kept[p->part];
	return 0;
}

/* The database that was in an opened backup is a file of its own, with its own hash. */
static int tell_sealed(struct source *s, struct listed *l, struct err *err)
{
	struct buf how = { 0 }, name = { 0 };
	buf_addf(&how, "opened with the %s that was given: rows are those of what was in it",
		 l->sealed_with);
	buf_add(&name, l->file.path);
	buf_add(&name, SPAN(" (opened)"));
	bool ok = !how.failed && !name.failed;
	span detail = ok ? arena_copy(s->arena, buf_span(&how), NULL) : SPAN_NONE;
	span path = ok ? arena_copy(s->arena, buf_span(&name), NULL) : SPAN_NONE;
	buf_free(&how);
	buf_free(&name);
	if (!detail.p || !path.p)
		return err_set(err, E_NOMEM, "Memory ran out.");
	l->file.detail = detail.p;
	l->file.opened = (struct evidence_side){ .path = path,
						 .size = l->place.size,
						 .vault = l->place.name };
	memcpy(l->file.opened.sha256, l->inner, sizeof l->inner);
	return 0;
}

static int keep(struct source *s, struct err *err)
{
	if (!s->vault)
		return 0;
	uint32_t most = 0;
	for (size_t i = 0; i < s->lists; i++) {
		struct listed *l = &s->list[i];
		if (l->place.kind == PLACE_VAULT && l->place.part >= most)
			most = l->place.part + 1;
		if (l->sealed.kind == PLACE_VAULT && l->sealed.part >= most)
			most = l->sealed.part + 1;
		for (size_t k = 0; k < l->file.side_n; k++)
			if (l->side_place[k].kind == PLACE_VAULT && l->side_place[k].part >= most)
				most = l->side_place[k].part + 1;
	}
	if (!(s->kept = calloc((size_t)most + 1, sizeof *s->kept)))
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < s->lists; i++) {
		struct listed *l = &s->list[i];
		if ((rc = keep_place(s, &l->place, err)))
			break;
		l->file.vault = l->place.name;
		if (l->sealed.kind != PLACE_NONE) {
			if ((rc = keep_place(s, &l->sealed, err)) || (rc = tell_sealed(s, l, err)))
				break;
			l->file.vault = l->sealed.name;
		}
		memcpy(l->file.sha256, l->sha256, sizeof l->sha256);
		for (size_t k = 0; rc == 0 && k < l->file.side_n; k++) {
			rc = keep_place(s, &l->side_place[k], err);
			l->file.side[k].vault = l->side_place[k].name;
			memcpy(l->file.side[k].sha256, l->side_sha256[k], sizeof l->side_sha256[k]);
		}
	}
	vault_drop_rest(s->vault);
	return rc ? rc : vault_sync(s->vault, err);
}

void source_count_kept(struct source *s)
{
	s->info.files_kept = s->info.bytes_kept = 0;
	for (size_t i = 0; i < s->lists; i++) {
		const struct listed *l = &s->list[i];
		if (l->place.kind == PLACE_NONE || !l->file.parser ||
		    (i > 0 && span_eq(l->file.path, s->list[i - 1].file.path) &&
		     l->place.part == s->list[i - 1].place.part))
			continue;
		s->info.files_kept += 1 + l->file.side_n;
		s->info.bytes_kept += l->file.size;
		for (size_t k = 0; k < l->file.side_n; k++)
			s->info.bytes_kept += l->file.side[k].size;
	}
}

static void add_number(struct sha256 *h, uint64_t v)
{
	char bytes[8];
	for (int i = 0; i < 8; i++, v >>= 8)
		bytes[i] = (char)(unsigned char)(v & 255);
	sha256_add(h, (span){ bytes, sizeof bytes });
}

/* A file of the same name and length can be another: both ends are taken in, where SQLite keeps
 * its change counter and where the newest bytes are. */
static void add_ends(struct source *s, struct sha256 *h, const struct place *p, char *buf)
{
	struct reader *r;
	struct stamp stamp;
	if (p->kind == PLACE_NONE || source_read(s, p, &r, &stamp, NULL) != 0)
		return;
	uint64_t size = reader_size(r);
	ptrdiff_t n = reader_at(r, buf, SAMPLE, 0, NULL);
	if (n > 0)
		sha256_add(h, (span){ buf, (size_t)n });
	n = size > SAMPLE ? reader_at(r, buf, SAMPLE, size - SAMPLE, NULL) : 0;
	if (n > 0)
		sha256_add(h, (span){ buf, (size_t)n });
	reader_free(r);
}

/* Whether traces are asked for must not make another source of the same phone. */
static bool is_trace(const struct listed *l)
{
	return l->file.parser && !(l->file.parser->kinds & KINDS_COMMUNICATION);
}

static bool others(const struct source *s)
{
	for (size_t i = 0; i < s->lists; i++)
		if (!is_trace(&s->list[i]))
			return true;
	return false;
}

static bool same_as_before(const struct source *s, size_t i)
{
	return i > 0 && span_eq(s->list[i].file.path, s->list[i - 1].file.path);
}

/* Both ends of a file and of its side files, where its bytes were taken. */
static int mark_ends(struct source *s, struct listed *l, char *buf, struct err *err)
{
	struct sha256 *h;
	if (l->place.kind == PLACE_NONE)
		return 0;
	if (!(h = sha256_new(err)))
		return err_set(err, E_NOMEM, "Memory ran out.");
	add_ends(s, h, &l->place, buf);
	for (size_t k = 0; k < l->file.side_n; k++) {
		add_number(h, (uint64_t)l->side_kind[k]);
		add_number(h, l->file.side[k].size);
		add_ends(s, h, &l->side_place[k], buf);
	}
	int rc = sha256_end(h, l->file.ends, err);
	sha256_free(h);
	return rc;
}

int source_mark_ends(struct source *s, struct err *err)
{
	char *buf = malloc(SAMPLE);
	int rc = buf ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	for (size_t i = 0; !rc && i < s->lists; i++) {
		struct listed *l = &s->list[i];
		if (same_as_before(s, i))
			memcpy(l->file.ends, l[-1].file.ends, sizeof l->file.ends);
		else
			rc = mark_ends(s, l, buf, err);
	}
	free(buf);
	return rc;
}

/* Over what is listed, whatever of it is in scope: paths and sizes. Bytes are in each file's ends.
 */
static int fingerprint(struct source *s, struct err *err)
{
	struct sha256 *h = sha256_new(err);
	bool all = !others(s);
	int rc = h ? source_mark_ends(s, err) : err_set(err, E_NOMEM, "Memory ran out.");
	for (size_t i = 0; !rc && i < s->lists; i++) {
		const struct listed *l = &s->list[i];
		if (same_as_before(s, i) || (!all && is_trace(l)))
			continue;
		add_number(h, l->file.path.n);
		sha256_add(h, l->file.path);
		add_number(h, l->file.size);
	}
	if (!rc && !s->lists) { /* nothing is wanted: tell sources apart by what was seen */
		add_number(h, s->info.files_seen);
		add_number(h, s->info.bytes_seen);
	}
	if (!rc)
		rc = sha256_end(h, s->info.fingerprint, err);
	sha256_free(h);
	return rc;
}

static int make_apps(struct source *s, const span *seen, struct err *err)
{
	s->app = arena_alloc(s->arena, apps_count() * sizeof *s->app);
	if (!s->app)
		return err_set(err, E_NOMEM, "Memory ran out.");
	for (size_t i = 0; i < apps_count(); i++)
		if (seen[i].p)
			s->app[s->apps++] = (struct source_app){ .id = apps[i].id,
								 .name = apps[i].name,
								 .category = apps[i].category,
								 .parser_app = apps[i].reader,
								 .evidence = seen[i] };
	return 0;
}

/* What kind of phone the wanted files are of. */
static void find_platform(struct source *s)
{
	bool ios = s->info.platform == PLATFORM_IOS, android = false;
	for (size_t i = 0; i < s->lists; i++) {
		const struct parser *p = s->list[i].file.parser;
		ios |= p && p->platform == PLATFORM_IOS;
		android |= p && p->platform == PLATFORM_ANDROID;
	}
	s->info.platform = ios && !android   ? PLATFORM_IOS
			   : android && !ios ? PLATFORM_ANDROID
					     : PLATFORM_ANY;
	if (ios && android)
		source_note_add(
			s, true, SPAN_NONE,
			"files of an iPhone and of an Android phone are together here: whose "
			"phone each is cannot be told");
}

/* So that nobody takes an empty source for a phone without anything on it. */
static void tell_nothing(struct source *s)
{
	if (s->lists)
		return;
	if (!s->info.files_seen)
		source_note_addf(s, true, SPAN_NONE, "the %s is empty: there is no file in it",
				 s->how == &acquire_folder ? "folder"
				 : s->options.device       ? "phone"
							   : "archive");
	else
		source_note_add(
			s, true, SPAN_NONE,
			"none of its files is of a kind that linecheck reads: is it a phone's "
			"backup or copy?");
}

static int complete(struct source *s, struct catalog *c, struct err *err)
{
	int rc = s->how->list(s, c, err);
	if (rc == 0)
		rc = catalog_finish(c, err);
	if (rc == 0)
		rc = make_apps(s, c->app_seen, err);
	if (rc)
		return rc;
	source_sort(s);
	find_platform(s);
	tell_nothing(s);
	source_leave_out(s);
	source_count_kept(s);
	rc = keep(s, err);
	if (rc == 0)
		rc = fingerprint(s, err);
	if (rc == 0 && s->out_of_memory)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	return rc;
}

/* ---- opening ---- */

static span last_part(const char *path)
{
	span s = span_z(path);
	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/')
			return span_from(s, i);
	return s;
}

/* The last part of the path as it was given; where that says nothing ("."), of the real path. */
static int set_label(struct source *s, const char *given, const char *real, struct err *err)
{
	span name = last_part(given);
	if (!name.n || span_eq(name, SPAN(".")) || span_eq(name, SPAN("..")))
		name = last_part(real);
	if (!name.n)
		name = SPAN("source");
	s->info.label = arena_copy(s->arena, name, NULL).p;
	return s->info.label ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
}

/* The folder that holds the one file that was given. */
static int use_file(struct source *s, const char *real, struct err *err)
{
	char folder[4096];
	const char *slash = strrchr(real, '/');
	size_t n = slash > real ? (size_t)(slash - real) : 1;
	memcpy(folder, real, n);
	folder[n] = 0;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, E_IO, "The folder '%s' cannot be opened: %s.", folder,
			       strerror(errno));
	close(s->root);
	s->root = fd;
	s->how = &acquire_folder;
	s->info.kind = "file";
	s->only = arena_copy(s->arena, span_z(slash + 1), NULL).p;
	return s->only ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
}

static int not_a_source(const char *path, mode_t mode, struct err *err)
{
	const char *kind = S_ISFIFO(mode) ? "pipe" : S_ISSOCK(mode) ? "socket" : "device";
	return err_set(err, E_USER,
		       "'%s' is a %s, neither a folder nor a file: give a phone's backup, its "
		       "folder, an archive or a single file.",
		       path, kind);
}

static int cannot_open(const char *path, int error, struct err *err)
{
	if (error == ENOENT || error == ENOTDIR)
		return err_set(
			err, E_ABSENT,
			"There is nothing at '%s'. Check the name: give a phone's backup, its "
			"folder, an archive or a single file.",
			path);
	return err_set(err, E_IO,
		       "'%s' cannot be opened: %s. Copy it to a place where you may read it.", path,
		       strerror(error));
}

static int open_vault(struct source *s, const char *path, struct err *err)
{
	if (!s->options.vault_dir || !s->options.vault_key)
		return err_set(err, E_REFUSED, "'%s' is %s: it needs a case to keep its files in.",
			       path, s->options.device ? "a phone" : "an archive");
	return vault_open(&s->vault, s->options.vault_dir, s->options.vault_key, err);
}

static int use_device(struct source *s, const char *path, struct err *err)
{
	s->how = s->options.device->transport->acquire;
	s->info.kind = s->how->kind;
	s->info.label = arena_copy(s->arena, span_z(path), NULL).p;
	return s->info.label ? open_vault(s, path, err) : err_set(err, E_NOMEM, "Memory ran out.");
}

static int find_out(struct source *s, const char *path, struct err *err)
{
	struct stat st;
	char real[4096];
	/* A link that the user gives is followed. A device is not even opened. */
	if (!realpath(path, real) || stat(real, &st) != 0)
		return cannot_open(path, errno, err);
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return not_a_source(path, st.st_mode, err);
	s->root = open_quietly(AT_FDCWD, real, 0);
	if (s->root < 0 || fstat(s->root, &st) != 0)
		return cannot_open(path, errno, err);
	int rc = set_label(s, path, real, err);
	if (rc)
		return rc;
	if (S_ISDIR(st.st_mode)) {
		s->how = &acquire_folder;
		s->info.kind = "folder";
		return 0;
	}
	if (!S_ISREG(st.st_mode))
		return not_a_source(path, st.st_mode, err);
	if (!archive_recognise(s->root))
		return use_file(s, real, err);
	s->how = &acquire_archive;
	s->info.kind = "archive";
	return open_vault(s, path, err);
}

int source_open(struct source **ret, const char *path, const struct source_options *options,
		struct err *err)
{
	struct catalog *c = NULL;
	struct source *s = calloc(1, sizeof *s);
	if (!s)
		return err_set(err, E_NOMEM, "Memory ran out.");
	s->root = -1;
	s->options = *options;
	s->arena = arena_new();
	s->notes = notes_new();
	int rc = s->arena && s->notes ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	if (rc == 0)
		rc = wants_new(&s->wants, options->parsers ? options->parsers : parsers,
			       options->kinds, err);
	if (rc == 0)
		rc = options->device ? use_device(s, path, err) : find_out(s, path, err);
	if (rc == 0)
		rc = catalog_new(&c, s, err);
	if (rc == 0)
		rc = complete(s, c, err);
	catalog_free(c);
	if (rc == 0)
		*ret = s;
	else
		source_close(s);
	return rc;
}

/* ---- at the end ---- */

static void check_one(struct source *s, span path, const struct place *p, struct stamp *stamp)
{
	struct reader *r;
	struct stamp now;
	if (!stamp->set)
		return;
	if (source_read(s, p, &r, &now, NULL) != 0) {
		source_note_add(s, true, path, "it could be read, and is no longer there");
	} else {
		if (!stamp_same(&now, stamp))
			source_note_add(
				s, true, path,
				"it changed while linecheck worked: its hash is of what was "
				"there before");
		reader_free(r);
	}
	stamp->set = false; /* said once */
}

void source_check_unchanged(struct source *s)
{
	for (size_t i = 0; i < s->lists; i++) {
		struct listed *l = &s->list[i];
		check_one(s, l->file.path, &l->place, &l->stamp);
		check_one(s, l->file.path, &l->sealed, &l->sealed_stamp);
		for (size_t k = 0; k < l->file.side_n; k++)
			check_one(s, l->file.side[k].path, &l->side_place[k], &l->side_stamp[k]);
	}
}

void source_close(struct source *s)
{
	if (!s)
		return;
	vault_free(s->vault);
	keybag_free(s->keybag);
	if (s->root >= 0)
		close(s->root);
	wants_free(s->wants);
	notes_free(s->notes);
	if (s->arena)
		arena_free(s->arena);
	free(s->list);
	free(s->kept);
	free(s);
}

const struct source_info *source_info(const struct source *s)
{
	return &s->info;
}

size_t source_files(const struct source *s)
{
	return s->lists;
}

struct evidence_file *source_file(struct source *s, size_t i)
{
	return i < s->lists ? &s->list[i].file : NULL;
}

size_t source_notes(const struct source *s)
{
	return notes_count(s->notes);
}

const struct source_note *source_note(const struct source *s, size_t i)
{
	return notes_at(s->notes, i);
}

size_t source_apps(const struct source *s)
{
	return s->apps;
}

const struct source_app *source_app(const struct source *s, size_t i)
{
	return i < s->apps ? &s->app[i] : NULL;
}
