/*
 * adb_storage.c - an Android phone's shared storage, as far as its debugging shell may look: the
 * backups that WhatsApp and Signal keep there, and how many pictures, videos and sound files there
 * are. Only the backups are opened; of other files the names are looked at and forgotten.
 *
 * A backup in scope is taken whole into the vault, hashed as it comes, and then treated as in any
 * other source: opened with its key (sealed.c), or listed as encrypted.
 *
 * Where they lie: WhatsApp's help pages (Android/media since 2021, WhatsApp/ before), Signal's (the
 * folder that its user chose, Signal/Backups before Android 11).
 */
#include "acquire/adb.h"
#include "base/utf8.h"
#include "catalog.h"
#include <stdlib.h>

#define ROOT "/sdcard"
#define FILE_MAX ((uint64_t)16 << 30)
#define BACKUPS_MAX 64
#define FOLDERS_MAX 2000
#define FILES_MAX 200000
#define IS_FOLDER(mode) (((mode)&0170000) == 0040000)
#define IS_FILE(mode) (((mode)&0170000) == 0100000)

enum media { PICTURE, VIDEO, SOUND, MEDIA_MAX };

/* Folders that were seen and not looked into yet; what was seen. */
struct walk {
	struct catalog *c;
	struct arena *arena;
	const char *folder[FOLDERS_MAX];
	size_t folders, done;
	span backup[BACKUPS_MAX];
	size_t backups;
	uint64_t size[BACKUPS_MAX];
	const char *at;
	int64_t files, media[MEDIA_MAX];
	bool more; /* than is looked at */
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static bool ends(span name, const char *const *list)
{
	for (; *list; list++) {
		span e = span_z(*list);
		if (name.n > e.n && span_eq_nocase((span){ name.p + (name.n - e.n), e.n }, e))
			return true;
	}
	return false;
}

static void count(struct walk *w, span name)
{
	static const char *const pictures[] = { ".jpg", ".jpeg", ".png", ".webp",
						".gif", ".heic", ".dng", NULL };
	static const char *const videos[] = { ".mp4", ".3gp", ".mkv", ".webm", ".mov", NULL };
	static const char *const sounds[] = { ".opus", ".m4a", ".mp3", ".aac",
					      ".amr",  ".ogg", ".wav", NULL };
	if (ends(name, pictures))
		w->media[PICTURE]++;
	else if (ends(name, videos))
		w->media[VIDEO]++;
	else if (ends(name, sounds))
		w->media[SOUND]++;
}

static bool is_backup(struct walk *w, span path)
{
	static const char *const signal[] = { ".backup", NULL };
	struct want want;
	span name = path_name(path);
	const struct parser *p = parser_find("signal-android");
	if (sealed_wanted(w->c, path, &want))
		return true;
	return p && want_in_scope(w->c->s->wants, p) && name.n > 7 &&
	       span_eq_nocase((span){ name.p, 7 }, SPAN("signal-")) && ends(name, signal);
}

/* A name that says more than a name leads nowhere. */
static bool is_plain(span name)
{
	if (!name.n || span_eq(name, SPAN(".")) || span_eq(name, SPAN("..")) || !utf8_valid(name))
		return false;
	return !memchr(name.p, '/', name.n) && !memchr(name.p, 0, name.n);
}

static int on_file(void *user, const struct adb_file *f, struct err *err)
{
	struct walk *w = user;
	struct buf b = { 0 };
	if (!is_plain(f->name))
		return 0;
	buf_addf(&b, "%s/", w->at);
	buf_add(&b, f->name);
	span path = arena_copy(w->arena, buf_span(&b), NULL);
	buf_free(&b);
	if (!path.p)
		return no_memory(err);
	if (IS_FOLDER(f->mode)) {
		if (w->folders < FOLDERS_MAX)
			w->folder[w->folders++] = path.p;
		else
			w->more = true;
	} else if (IS_FILE(f->mode)) {
		if (++w->files > FILES_MAX)
			w->more = true;
		else
			count(w, f->name);
		if (is_backup(w, path) && w->backups < BACKUPS_MAX) {
			w->size[w->backups] = f->size;
			w->backup[w->backups++] = path;
		}
	}
	return 0;
}

/* Android's own folders of apps give nothing to the shell since Android 11, and are many. */
static bool worth_looking(const char *folder)
{
	static const char data[] = ROOT "/Android/data", obb[] = ROOT "/Android/obb";
	return strcmp(folder, data) != 0 && strcmp(folder, obb) != 0;
}

static int look(struct walk *w, struct adb_phone *p, struct err *err)
{
	int rc = 0;
	w->folder[w->folders++] = ROOT;
	for (; rc == 0 && w->done < w->folders && w->files <= FILES_MAX; w->done++) {
		w->at = w->folder[w->done];
		if (!worth_looking(w->at))
			continue;
		rc = source_progress(w->c->s, "Looking at shared storage", w->done, w->folders,
				     err);
		if (rc == 0)
			rc = adb_list(p->door, w->at, on_file, w, err);
	}
	return rc;
}

/* ---- taking a backup ---- */

struct taking {
	struct vault_writer *to;
	struct source *s;
	uint64_t done, size;
};

static int take(void *user, span piece, struct err *err)
{
	struct taking *t = user;
	t->done += piece.n;
	int rc = source_progress(t->s, "Taking a backup off the phone", t->done,
				 t->size > t->done ? t->size : 0, err);
	return rc ? rc : vault_write(t->to, piece, err);
}

static int take_backup(struct walk *w, struct adb_phone *p, size_t i, struct err *err)
{
	struct source *s = w->c->s;
	struct taking t = { .s = s, .size = w->size[i] };
	struct err why = { 0 };
	/* "sdcard/...": paths of a source begin with no '/' */
	struct entry e = { .path = span_from(w->backup[i], 1),
			   .kind = ENTRY_FILE,
			   .state = EVIDENCE_READ };
	enum sighting sight = catalog_sight(w->c, e.path, ENTRY_FILE);
	if (sight == SIGHT_HEAD || sight == SIGHT_NONE)
		sight = SIGHT_LOOSE; /* Signal's: known by its content */
	e.place.kind = PLACE_VAULT;
	int rc = vault_create(s->vault, &t.to, &e.place.part, err);
	if (rc)
		return rc;
	rc = adb_fetch(p->door, w->backup[i].p, FILE_MAX, take, &t, &why);
	if (rc == 0) {
		rc = vault_finish(t.to, e.sha256, &e.size, err);
		e.place.size = e.size;
		catalog_count(w->c, e.size);
		source_note_addf(s, false, e.path,
				 "a backup on shared storage, taken whole: %llu bytes",
				 (unsigned long long)e.size);
		/* LIST gives sizes modulo 2^32 */
		if (rc == 0 && (uint32_t)e.size != (uint32_t)w->size[i])
			source_note_addf(
				s, true, e.path, "the phone named %llu bytes and gave %llu",
				(unsigned long long)w->size[i], (unsigned long long)e.size);
	} else {
		vault_abandon(t.to);
		if (rc != E_REFUSED)
			return err_set(err, rc, "%s", why.message);
		span words = arena_copy(s->arena, span_z(why.message), NULL);
		e.place = (struct place){ 0 };
		e.state = EVIDENCE_UNREADABLE;
		e.detail = words.p;
		rc = words.p ? 0 : no_memory(err);
	}
	return rc ? rc : catalog_add(w->c, &e, sight, err);
}

int adb_read_storage(struct catalog *c, struct adb_phone *p, struct err *err)
{
	struct source *s = c->s;
	struct walk *w = calloc(1, sizeof *w);
	struct err why = { 0 };
	if (!w || !(w->arena = arena_new())) {
		free(w);
		return no_memory(err);
	}
	w->c = c;
	int rc = look(w, p, &why);
	if (rc == E_REFUSED) {
		source_note_addf(s, true, SPAN("sdcard"),
				 "shared storage was not looked through to its end: %s",
				 why.message);
		rc = 0;
	} else if (rc) {
		err_set(err, rc, "%s", why.message);
	}
	if (rc == 0)
		source_note_addf(s, false, SPAN("sdcard"),
				 "shared storage: %lld pictures, %lld videos, %lld sound files; "
				 "counted by their names, never opened%s",
				 (long long)w->media[PICTURE], (long long)w->media[VIDEO],
				 (long long)w->media[SOUND],
				 w->more ? "; there are more than were counted" : "");
	for (size_t i = 0; rc == 0 && i < w->backups; i++)
		rc = take_backup(w, p, i, err);
	arena_free(w->arena);
	free(w);
	return rc;
}
