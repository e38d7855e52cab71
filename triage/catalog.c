/* catalog.c - see catalog.h */
#include "catalog.h"
#include "base/utf8.h"
#include "collection.h"
#include <stdlib.h>

#define ENTRIES_MAX 2000000  /* names that may matter */
#define PAYLOADS_MAX 5000000 /* files of backups */
#define OFFERS_MAX 50000     /* files looked into because of their content */

span path_folder(span path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return (span){ path.p, i - 1 };
	return SPAN("");
}

span path_name(span path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return span_from(path, i);
	return path;
}

span path_join(struct source *s, span a, span b)
{
	size_t n = a.n + (a.n ? 1 : 0) + b.n;
	char *p = arena_alloc(s->arena, n + 1);
	if (!p)
		return SPAN_NONE;
	memcpy(p, a.p, a.n);
	if (a.n)
		p[a.n] = '/';
	memcpy(p + n - b.n, b.p, b.n);
	return (span){ p, n };
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* Room for one more element; the array may move. */
static bool room(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return true;
	size_t more = *cap ? *cap * 2 : 64;
	void *old, *p;
	memcpy(&old, array, sizeof old);
	if (!(p = realloc(old, more * size)))
		return false;
	memcpy(array, &p, sizeof p);
	*cap = more;
	return true;
}

int catalog_new(struct catalog **ret, struct source *s, struct err *err)
{
	struct catalog *c = calloc(1, sizeof *c);
	if (c) {
		c->s = s;
		c->arena = arena_new();
		c->app_seen = calloc(apps_count() + 1, sizeof *c->app_seen);
	}
	if (!c || !c->arena || !c->app_seen || links_new(&c->links, err)) {
		catalog_free(c);
		return no_memory(err);
	}
	*ret = c;
	return 0;
}

void catalog_free(struct catalog *c)
{
	if (!c)
		return;
	if (c->arena)
		arena_free(c->arena);
	links_free(c->links);
	free(c->entry);
	free(c->payload);
	free(c->fetched);
	free(c->payload_dir);
	free(c->app_seen);
	free(c);
}

/* ---- what a name is ---- */

static bool one_of(span name, const char *const *list)
{
	for (; *list; list++)
		if (span_eq_nocase(name, span_z(*list)))
			return true;
	return false;
}

static span extension(span name)
{
	for (size_t i = name.n; i > 1; i--)
		if (name.p[i - 1] == '.')
			return span_from(name, i);
	return SPAN("");
}

/* How backups are known and read. */
static bool is_meta(span path)
{
	static const char *const names[] = { "Manifest.db", "Manifest.mbdb", "Manifest.plist",
					     "Info.plist",  "Status.plist",  NULL };
	return one_of(path_name(path), names);
}

/* App bundles are full of Info.plist that are not a backup's. */
static bool in_bundle(span path)
{
	static const char *const ends[] = { "app", "appex", "framework", "bundle", "lproj",
					    "xpc", "momd",  "plugin",    "kext",   NULL };
	return one_of(extension(path_name(path_folder(path))), ends);
}

/* Kinds of file that hold no messages and are not worth a look inside, by their names. */
static bool is_media(span name)
{
	static const char *const media[] = {
		"jpg",   "jpeg", "png",  "gif",      "heic", "heif", "webp", "bmp",
		"tif",   "tiff", "ico",  "svg",      "mp3",  "m4a",  "aac",  "caf",
		"amr",   "opus", "ogg",  "wav",      "aiff", "mp4",  "m4v",  "mov",
		"3gp",   "mkv",  "webm", "avi",      "ts",   "ttf",  "otf",  "woff",
		"apk",   "dex",  "odex", "vdex",     "oat",  "art",  "jar",  "so",
		"dylib", "nib",  "car",  "strings",  "js",   "css",  "html", "htm",
		"map",   "mom",  "omo",  "metallib", "ktx",  "pdf",  NULL
	};
	return one_of(extension(name), media) || catalog_is_archive(name);
}

bool catalog_is_archive(span name)
{
	static const char *const ends[] = { "zip", "tar", "tgz", "txz", "tbz", "tzst", "gz", "xz",
					    "zst", "bz2", "7z",  "rar", "ab",  "ufdr", NULL };
	return one_of(extension(name), ends);
}

enum sighting catalog_sight(struct catalog *c, span path, enum entry_kind kind)
{
	struct want want;
	span main;
	enum want_side side;
	unsigned char id[20];
	if (is_meta(path) || collection_list(path))
		return in_bundle(path) ? SIGHT_NONE : SIGHT_META;
	if (want_path(c->s->wants, path, &want))
		return want.parsers ? SIGHT_WANTED : SIGHT_STORE;
	if (kind == ENTRY_FILE && sealed_wanted(c, path, &want))
		return SIGHT_WANTED;
	if (want_side(path, &main, &side)) {
		if (want_path(c->s->wants, main, &want))
			return want.parsers ? SIGHT_SIDE : SIGHT_NONE;
		return kind == ENTRY_FILE ? SIGHT_HEAD : SIGHT_NONE;
	}
	if (kind != ENTRY_FILE)
		return SIGHT_NONE;
	if (want_hex_id(path_name(path), id))
		return SIGHT_PAYLOAD;
	return is_media(path_name(path)) ? SIGHT_NONE : SIGHT_HEAD;
}

enum sighting catalog_sight_head(struct catalog *c, span path, span head)
{
	static const char journal[8] = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
	span main;
	enum want_side side;
	if (is_sqlite(head))
		return SIGHT_LOOSE;
	if (want_side(path, &main, &side)) {
		/* A -wal of other bytes is a loss, said when its database is read; a -journal of
		 * other bytes is one that is done with. */
		bool roll_back = head.n >= 8 && !memcmp(head.p, journal, 8);
		return (side == SIDE_WAL && head.n) || (side == SIDE_JOURNAL && roll_back)
			       ? SIGHT_SIDE
			       : SIGHT_NONE;
	}
	struct offer o;
	offer_head(c->s, head, path, &o);
	return o.taker ? SIGHT_LOOSE : SIGHT_NONE;
}

bool catalog_payload_wanted(struct catalog *c, span path)
{
	unsigned char id[20];
	return want_hex_id(path_name(path), id) && want_exact_find(c->s->wants, id);
}

bool catalog_is_ab(span name)
{
	return span_eq_nocase(extension(name), SPAN("ab"));
}

void catalog_app(struct catalog *c, const struct app *app, span path)
{
	span *seen = &c->app_seen[app - apps];
	if (seen->p && span_order(*seen, path) <= 0)
		return;
	span copy = arena_copy(c->s->arena, path, NULL);
	if (copy.p)
		*seen = copy;
	else
		c->s->out_of_memory = true;
}

/* The last part of a folder's path: "com.whatsapp", or "com.whatsapp-Rand0m==" below app/. Bundle
 * ids are found in lists (Info.plist, domains), not in paths. */
void catalog_folder(struct catalog *c, span path)
{
	span name = path_name(path);
	const struct app *app = app_find(PLATFORM_ANDROID, name);
	const char *dash = !app && name.n ? memchr(name.p, '-', name.n) : NULL;
	if (dash)
		app = app_find(PLATFORM_ANDROID, (span){ name.p, (size_t)(dash - name.p) });
	if (app)
		catalog_app(c, app, path);
}

void catalog_count(struct catalog *c, uint64_t bytes)
{
	c->s->info.files_seen++;
	c->s->info.bytes_seen += bytes;
}

/* ---- keeping ---- */

static int payload_add(struct catalog *c, const struct entry *e, bool whole, struct err *err)
{
	if (c->payloads >= PAYLOADS_MAX) {
		c->too_many = true;
		return 0;
	}
	if (!room(&c->payload, c->payloads, &c->payloads_cap, sizeof *c->payload))
		return no_memory(err);
	struct payload p = { .size = e->size, .entry = whole ? (uint32_t)c->entries : 0 };
	span name = path_name(e->path), folder = path_folder(e->path), two = path_name(folder);
	want_hex_id(name, p.id);
	p.flat = !(two.n == 2 && span_eq(two, (span){ name.p, 2 }));
	span dir = p.flat ? folder : path_folder(folder);
	if (!c->payload_dirs || !span_eq(c->payload_dir[c->payload_dirs - 1], dir)) {
		if (!room(&c->payload_dir, c->payload_dirs, &c->payload_dirs_cap, sizeof(span)))
			return no_memory(err);
		span copy = arena_copy(c->s->arena, dir, NULL);
		if (!copy.p)
			return no_memory(err);
		c->payload_dir[c->payload_dirs++] = copy;
	}
	p.dir = (uint32_t)(c->payload_dirs - 1);
	c->payload[c->payloads++] = p;
	return 0;
}

/* A name whose path cannot be made again from its number. */
static bool is_odd(span name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] >= 'A' && name.p[i] <= 'F')
			return true;
	return false;
}

static int entry_add(struct catalog *c, const struct entry *e, enum sighting sight, struct err *err)
{
	if (c->entries >= ENTRIES_MAX) {
		c->too_many = true;
		return 0;
	}
	if (!room(&c->entry, c->entries, &c->entries_cap, sizeof *c->entry))
		return no_memory(err);
	span path = arena_copy(c->s->arena, e->path, NULL);
	if (!path.p)
		return no_memory(err);
	struct entry *kept = &c->entry[c->entries];
	*kept = *e;
	kept->path = path;
	kept->sight = sight;
	kept->order = (uint32_t)c->entries++;
	if (kept->place.kind == PLACE_TREE)
		kept->place.path = path.p;
	return 0;
}

int catalog_add(struct catalog *c, const struct entry *e, enum sighting sight, struct err *err)
{
	if (!utf8_valid(e->path))
		source_note_add(c->s, false, e->path, "a name that is not UTF-8");
	bool loss = sight == SIGHT_SIDE || sight == SIGHT_META;
	if (e->kind == ENTRY_FILE && e->size && catalog_is_archive(path_name(e->path)) &&
	    sight == SIGHT_NONE && !in_bundle(e->path))
		source_note_add(
			c->s, true, e->path,
			"an archive within the source: not opened. Take it out, and give it "
			"as a source of its own");
	if (e->kind == ENTRY_LINK && loss) {
		source_note_add(c->s, true, e->path, "a link: not followed");
	} else if (e->kind == ENTRY_LINK) {
		if (!links_add(c->links, e->path, e->target, e->hard, sight == SIGHT_WANTED))
			return no_memory(err);
		return 0; /* catalog_finish says what it comes to */
	} else if (e->kind == ENTRY_OTHER && sight != SIGHT_WANTED)
		source_note_add(c->s, loss, e->path, "not a regular file: not opened");
	else if (e->kind == ENTRY_FOLDER && loss)
		source_note_add(c->s, true, e->path, "a folder stands where this file should be");
	if (sight == SIGHT_NONE || sight == SIGHT_HEAD)
		return 0;
	if (sight == SIGHT_PAYLOAD && e->kind == ENTRY_FILE) {
		bool whole = e->place.kind == PLACE_VAULT || e->state != EVIDENCE_READ ||
			     is_odd(path_name(e->path));
		size_t before = c->entries;
		int rc = whole ? entry_add(c, e, sight, err) : 0;
		return rc ? rc : payload_add(c, e, c->entries > before, err);
	}
	if (e->kind != ENTRY_FILE && sight != SIGHT_WANTED)
		return 0;
	return entry_add(c, e, sight, err);
}

static int entry_order(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int o = span_order(x->path, y->path);
	return o ? o : (x->order > y->order) - (x->order < y->order);
}

struct entry *catalog_find(struct catalog *c, span path, size_t n)
{
	size_t low = 0, high = c->entries;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (span_order(c->entry[mid].path, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	low += n;
	return low < c->entries && span_eq(c->entry[low].path, path) ? &c->entry[low] : NULL;
}

/* ---- the list ---- */

/* Bytes that some parser may want, with their side files. */
static void found_of(struct catalog *c, struct entry *e, struct found *f)
{
	size_t nth = 0;
	while (e - nth > c->entry && span_eq((e - nth - 1)->path, e->path))
		nth++;
	*f = (struct found){ .path = e->path,
			     .size = e->size,
			     .place = e->place,
			     .sha256 = e->sha256,
			     .state = e->state,
			     .detail = e->detail };
	for (int i = 0; i < SIDES; i++) {
		struct buf name = { 0 };
		buf_add(&name, e->path);
		buf_add(&name, span_z(want_side_ends[i]));
		struct entry *side = name.failed ? NULL : catalog_find(c, buf_span(&name), nth);
		buf_free(&name);
		if (!side || side->sight != SIGHT_SIDE)
			continue;
		side->used = true;
		if (side->state != EVIDENCE_READ) {
			source_note_addf(c->s, i != SIDE_SHM, side->path,
					 "a side file that cannot be read: %s", side->detail);
			continue;
		}
		f->side[i] = (struct found_side){ .path = side->path,
						  .size = side->size,
						  .place = side->place,
						  .sha256 = side->sha256 };
	}
}

static void listed_fill(struct listed *l, const struct found *f, const struct parser *p)
{
	*l = (struct listed){ .place = f->place };
	l->file = (struct evidence_file){ .path = f->path,
					  .parser = p,
					  .kinds = p ? p->kinds : 0,
					  .state = f->state,
					  .detail = f->detail,
					  .size = f->size };
	if (f->sha256)
		memcpy(l->sha256, f->sha256, sizeof l->sha256);
	for (int i = 0; i < SIDES; i++) {
		const struct found_side *from = &f->side[i];
		if (from->place.kind == PLACE_NONE)
			continue;
		size_t n = l->file.side_n++;
		l->file.side[n].path = from->path;
		l->file.side[n].size = from->size;
		l->side_place[n] = from->place;
		l->side_kind[n] = (enum want_side)i;
		if (from->sha256)
			memcpy(l->side_sha256[n], from->sha256, sizeof l->side_sha256[n]);
	}
}

int catalog_list_as(struct catalog *c, const struct found *f, const struct parser *p,
		    enum evidence_state state, const char *detail, struct err *err)
{
	struct listed *l;
	int rc = source_list(c->s, &l, err);
	if (rc || !l)
		return rc;
	listed_fill(l, f, p);
	l->file.state = state;
	l->file.detail = detail || state != EVIDENCE_READ ? detail : f->stored;
	if (p && !want_in_scope(c->s->wants, p)) {
		l->file.state = state = EVIDENCE_OUT_OF_SCOPE;
		l->file.detail = "a kind of file that the scope of this case does not ask for";
		l->file.side_n = 0;
	}
	if (state == EVIDENCE_PRESENT_NOT_READ || state == EVIDENCE_OUT_OF_SCOPE) {
		l->place.kind = PLACE_NONE; /* its bytes are not wanted, nor kept */
		l->sha256[0] = 0;
	}
	return 0;
}

/* Look at a file's content: who takes it? */
static int offer(struct catalog *c, const struct found *f, struct offer *ret, struct err *err)
{
	struct listed l;
	struct evidence_readers r;
	char head[CATALOG_HEAD];
	listed_fill(&l, f, NULL);
	int rc = source_read_listed(c->s, &l, &r, err);
	if (rc)
		return rc;
	ptrdiff_t n = reader_at(r.main, head, sizeof head, 0, err);
	if (n < 0)
		rc = (int)n;
	else if (is_sqlite((span){ head, (size_t)n }))
		rc = offer_database(c->s, &r.db, ret, err);
	else
		offer_head(c->s, (span){ head, (size_t)n }, f->path, ret);
	source_readers_free(&r);
	return rc;
}

/* Of several parsers that claim a path by its name, those that take its content. */
static void narrow(struct catalog *c, const struct found *f, struct want *w)
{
	struct listed l;
	struct evidence_readers r;
	struct evidence_db *db = NULL;
	struct want kept = { 0 };
	listed_fill(&l, f, NULL);
	if (source_read_listed(c->s, &l, &r, NULL) != 0)
		return; /* evidence_open says why */
	if (evidence_db_open(&db, &r.db, NULL) == 0)
		for (size_t i = 0; i < w->parsers; i++)
			if (want_database(w->parser[i]) &&
			    parser_accepts(w->parser[i], evidence_db_handle(db), NULL) == 0)
				kept.parser[kept.parsers++] = w->parser[i];
	evidence_db_close(db);
	char head[CATALOG_HEAD];
	ptrdiff_t n = reader_at(r.main, head, sizeof head, 0, NULL);
	for (size_t i = 0; n > 0 && i < w->parsers; i++)
		if (!want_database(w->parser[i]) && w->parser[i]->sniff &&
		    w->parser[i]->sniff((span){ head, (size_t)n }, f->path))
			kept.parser[kept.parsers++] = w->parser[i];
	source_readers_free(&r);
	if (kept.parsers)
		*w = kept;
	else
		w->parsers = 1;
}

int catalog_list(struct catalog *c, const struct found *f, const struct want *w, struct err *err)
{
	if (w->outside)
		return catalog_list_as(c, f, w->outside, EVIDENCE_READ, NULL, err);
	if (!w->parsers) {
		if (f->state != EVIDENCE_READ)
			return catalog_list_as(c, f, NULL, f->state, f->detail, err);
		catalog_app(c, w->store, f->path);
		struct buf b = { 0 };
		/* A download is no app on a phone: what is read of it can be asked for. */
		bool download = memcmp(w->store->id, "download:", 9) == 0;
		buf_addf(&b,
			 download ? "%s: not read in this form; ask for the download again and "
				    "choose JSON"
				  : "%s: on the phone, but linecheck does not read it",
			 w->store->name);
		span detail = arena_copy(c->s->arena, buf_span(&b), NULL);
		buf_free(&b);
		return catalog_list_as(c, f, NULL, EVIDENCE_PRESENT_NOT_READ, detail.p, err);
	}
	struct want use = *w;
	int rc = 0;
	if (w->parsers > 1 && f->state == EVIDENCE_READ)
		narrow(c, f, &use);
	for (size_t i = 0; rc == 0 && i < use.parsers; i++)
		rc = catalog_list_as(c, f, use.parser[i], f->state, f->detail, err);
	return rc;
}

/* ---- links ---- */

static bool is_there(void *user, span path)
{
	struct catalog *c = user;
	return c->s->how->has && c->s->how->has(c->s, path);
}

static bool is_read(void *user, span path)
{
	const struct catalog *c = user;
	for (size_t i = 0; i < c->s->lists; i++)
		if (c->s->list[i].file.state == EVIDENCE_READ &&
		    span_eq(c->s->list[i].file.path, path))
			return true;
	return false;
}

static int on_link(void *user, const struct link_answer *a, struct err *err)
{
	struct catalog *c = user;
	struct want w;
	if (a->end == LINK_WITHIN) {
		source_note_add(c->s, false, a->path,
				a->wanted ? "a link to a file of the source that is read there"
					  : "a link to something in the source: looked at there");
	} else if (a->wanted && want_path(c->s->wants, a->path, &w) && w.parsers) {
		span path = arena_copy(c->s->arena, a->path, NULL);
		struct found f = { .path = path };
		if (!path.p)
			return no_memory(err);
		return catalog_list_as(c, &f, w.parser[0], EVIDENCE_UNREADABLE,
				       "a link stands where this file should be: not followed",
				       err);
	} else {
		source_note_add(c->s, true, a->path,
				a->path.p
					? "a link to something that the source does not have: not "
					  "followed"
					: "more links than linecheck looks at: not followed");
	}
	return 0;
}

/* By its name. */
static int list_wanted(struct catalog *c, struct entry *e, struct err *err)
{
	static const char *const instead[] = {
		[ENTRY_FOLDER] = "a folder stands where this file should be",
		[ENTRY_OTHER] = "it is not a regular file: not opened",
	};
	struct want w;
	struct found f;
	if (!want_path(c->s->wants, e->path, &w))
		return 0;
	e->used = true;
	if (e->kind != ENTRY_FILE) {
		f = (struct found){ .path = e->path };
		return catalog_list_as(c, &f, w.parsers ? w.parser[0] : NULL, EVIDENCE_UNREADABLE,
				       instead[e->kind], err);
	}
	found_of(c, e, &f);
	return catalog_list(c, &f, &w, err);
}

static const char *two_takers(struct catalog *c, const struct offer *o)
{
	struct buf b = { 0 };
	buf_addf(&b,
		 "its content fits two kinds of file, %s and %s: not guessed. Give it the name it "
		 "has on the phone",
		 o->taker->app, o->second->app);
	span text = arena_copy(c->s->arena, buf_span(&b), NULL);
	buf_free(&b);
	return text.p ? text.p : "its content fits two kinds of file: not guessed";
}

/* By its content. alone: it is all that was given, so that whatever it is has to be said. */
static int list_loose(struct catalog *c, const struct found *f, bool alone, struct err *err)
{
	struct offer o = { 0 };
	struct err why = { 0 };
	if (f->state != EVIDENCE_READ) {
		source_note_addf(c->s, true, f->path, "not looked at: %s", f->detail);
		return alone ? catalog_list_as(c, f, NULL, f->state, f->detail, err) : 0;
	}
	int rc = offer(c, f, &o, &why);
	if (rc == E_NOMEM)
		return err_set(err, rc, "%s", why.message);
	if (rc) {
		span text = arena_copy(c->s->arena, span_z(why.message), NULL);
		if (!alone) {
			source_note_addf(c->s, true, f->path, "cannot be looked at: %s",
					 why.message);
			return 0;
		}
		return catalog_list_as(c, f, NULL, EVIDENCE_UNREADABLE, text.p, err);
	}
	if (o.second)
		return catalog_list_as(c, f, NULL, EVIDENCE_UNREADABLE, two_takers(c, &o), err);
	if (o.taker && o.sealed)
		return sealed_list_signal(c, f, o.taker, err);
	if (o.taker)
		return catalog_list_as(c, f, o.taker, EVIDENCE_READ, NULL, err);
	if (alone && o.nearly)
		return catalog_list_as(c, f, o.nearly, EVIDENCE_READ, NULL, err);
	if (alone && !f->size)
		return catalog_list_as(c, f, NULL, EVIDENCE_UNREADABLE,
				       "The file is empty (0 bytes).", err);
	if (alone && !o.database && catalog_is_archive(path_name(f->path)))
		return catalog_list_as(
			c, f, NULL, EVIDENCE_UNREADABLE,
			"It is named as an archive, but is none that linecheck can open: "
			"damaged, cut short or of another kind.",
			err);
	if (alone)
		return catalog_list_as(c, f, NULL, EVIDENCE_PRESENT_NOT_READ,
				       o.database ? "a database that no parser of linecheck reads"
						  : "not a kind of file that linecheck reads",
				       err);
	if (o.database)
		source_note_add(c->s, false, f->path,
				"a database of another kind than linecheck reads");
	return 0;
}

int catalog_list_loose(struct catalog *c, const struct found *f, struct err *err)
{
	if (++c->offered > OFFERS_MAX) {
		c->too_many = true;
		return 0;
	}
	return list_loose(c, f, false, err);
}

static int progress(struct catalog *c, size_t i, struct err *err)
{
	return i % 64 ? 0 : source_progress(c->s, "Looking at files", i, c->entries, err);
}

static int list_entry(struct catalog *c, struct entry *e, struct err *err)
{
	struct want w;
	struct found f;
	if (e->used)
		return 0;
	switch (e->sight) {
	case SIGHT_META:
	case SIGHT_WANTED:
	case SIGHT_STORE:
		return list_wanted(c, e, err);
	case SIGHT_LOOSE:
	case SIGHT_PAYLOAD:
		found_of(c, e, &f);
		e->used = true;
		return c->alone ? list_loose(c, &f, true, err) : catalog_list_loose(c, &f, err);
	case SIGHT_SIDE:
		for (int i = 0; i < 2; i++) { /* a lost -shm is no loss */
			span main;
			enum want_side side;
			if (want_side(e->path, &main, &side) && (int)side == i &&
			    want_path(c->s->wants, main, &w) && !catalog_find(c, main, 0))
				source_note_add(c->s, true, e->path,
						"a side file whose database is not there");
		}
		return 0;
	default:
		return 0;
	}
}

/* The numbers of entries change when they are sorted. */
static int sort_entries(struct catalog *c, struct err *err)
{
	uint32_t *now = calloc(c->entries + 1, sizeof *now);
	if (!now)
		return no_memory(err);
	if (c->entries)
		qsort(c->entry, c->entries, sizeof *c->entry, entry_order);
	for (size_t i = 0; i < c->entries; i++)
		now[c->entry[i].order] = (uint32_t)i + 1;
	for (size_t i = 0; i < c->payloads; i++)
		if (c->payload[i].entry)
			c->payload[i].entry = now[c->payload[i].entry - 1];
	free(now);
	return 0;
}

static void note_duplicates(struct catalog *c)
{
	for (size_t i = 1; i < c->entries; i++)
		if (c->entry[i].sight != SIGHT_NONE &&
		    span_eq(c->entry[i].path, c->entry[i - 1].path))
			source_note_add(c->s, c->entry[i].sight == SIGHT_SIDE, c->entry[i].path,
					"this name is there more than once: each was read, in "
					"order");
}

int catalog_finish(struct catalog *c, struct err *err)
{
	int rc = sort_entries(c, err);
	if (rc)
		return rc;
	note_duplicates(c);
	rc = backup_resolve(c, err);
	if (rc == 0)
		rc = collection_apps(c, err);
	for (size_t i = 0; rc == 0 && i < c->entries; i++) {
		rc = progress(c, i, err);
		if (rc == 0)
			rc = list_entry(c, &c->entry[i], err);
	}
	if (rc == 0)
		rc = backup_leftovers(c, err);
	if (rc == 0)
		rc = sealed_list(c, err);
	if (rc == 0)
		collection_copies(c);
	if (rc == 0)
		rc = links_resolve(c->links, is_there, is_read, on_link, c, err);
	if (rc == 0 && c->too_many)
		source_note_add(c->s, true, SPAN_NONE,
				"there are more files than linecheck looks at: the rest was not "
				"looked at");
	return rc;
}
