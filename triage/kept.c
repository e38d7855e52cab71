/* kept.c - see kept.h */
#include "kept.h"
#include "base/arena.h"
#include "hex.h"
#include <stdlib.h>
#include <string.h>

struct note {
	int64_t loss, times;
	const char *detail;
	bool made_anew;
};

struct kept {
	struct arena *arena;
	int64_t exhibit;
	struct source_kept source;
	struct evidence_file *file;
	int64_t *id; /* of each file, rising */
	struct source_app *app;
	struct note *note;
	size_t file_cap, id_cap, app_cap, notes, note_cap;
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

void kept_free(struct kept *k)
{
	if (!k)
		return;
	if (k->arena)
		arena_free(k->arena);
	free(k->file);
	free(k->id);
	free(k->app);
	free(k->note);
	free(k);
}

const struct source_kept *kept_source(const struct kept *k)
{
	return &k->source;
}

/* Room for one more; NULL when memory ran out, and p is as it was. */
static void *more(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	size_t wanted = *cap ? 2 * *cap : 32;
	void *grown = reallocarray(p, wanted, size);
	if (grown)
		*cap = wanted;
	return grown;
}

/* NULL for NULL; "" when memory ran out, which *failed says. */
static const char *text(struct kept *k, sqlite3_stmt *st, int column, bool *failed)
{
	const char *s = (const char *)sqlite3_column_text(st, column);
	if (!s)
		return NULL;
	span copy =
		arena_copy(k->arena, (span){ s, (size_t)sqlite3_column_bytes(st, column) }, NULL);
	*failed |= !copy.p;
	return copy.p ? copy.p : "";
}

/* The path's own bytes: as text, or as digits where they are no UTF-8. */
static span path_of(struct kept *k, sqlite3_stmt *st, bool *failed)
{
	size_t n = (size_t)sqlite3_column_bytes(st, 1) / 2;
	const char *digits = (const char *)sqlite3_column_text(st, 1);
	unsigned char *bytes = digits ? arena_alloc(k->arena, n + 1) : NULL;
	if (bytes && hex_read(bytes, n, span_z(digits)))
		return (span){ (char *)bytes, n };
	const char *s = text(k, st, 0, failed);
	return span_z(s ? s : "");
}

static void take_hash(sqlite3_stmt *st, int column, char ret[static 65])
{
	const char *s = (const char *)sqlite3_column_text(st, column);
	ret[0] = 0;
	if (s && strlen(s) == 64)
		memcpy(ret, s, 65);
}

static enum evidence_state state_of(const char *word)
{
	for (int i = 0; word && i < EVIDENCE_STATE_MAX; i++)
		if (strcmp(evidence_state_word((enum evidence_state)i), word) == 0)
			return (enum evidence_state)i;
	return EVIDENCE_UNREADABLE;
}

static const struct parser *parser_of(const char *name)
{
	for (const struct parser *const *p = parsers; name && *p; p++)
		if (strcmp((*p)->name, name) == 0)
			return *p;
	return NULL;
}

static struct evidence_file *file_of(struct kept *k, int64_t id)
{
	size_t low = 0, high = k->source.files;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (k->id[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < k->source.files && k->id[low] == id ? &k->file[low] : NULL;
}

/* A -wal, -journal or -shm; or the database that was in a backup, which alone has a detail. */
static void add_side(struct kept *k, sqlite3_stmt *st, bool *failed)
{
	struct evidence_file *f = file_of(k, sqlite3_column_int64(st, 9));
	bool opened = sqlite3_column_type(st, 8) != SQLITE_NULL;
	if (!f || (!opened && f->side_n == sizeof f->side / sizeof *f->side))
		return;
	struct evidence_side *side = opened ? &f->opened : &f->side[f->side_n++];
	*side = (struct evidence_side){ .path = path_of(k, st, failed),
					.size = (uint64_t)sqlite3_column_int64(st, 2),
					.vault = text(k, st, 7, failed) };
	take_hash(st, 3, side->sha256);
}

static int add_file(struct kept *k, sqlite3_stmt *st, struct err *err)
{
	bool failed = false;
	if (sqlite3_column_type(st, 9) != SQLITE_NULL) {
		add_side(k, st, &failed);
		return failed ? no_memory(err) : 0;
	}
	struct evidence_file *grown = more(k->file, k->source.files, &k->file_cap, sizeof *k->file);
	if (!grown)
		return no_memory(err);
	k->file = grown;
	int64_t *ids = more(k->id, k->source.files, &k->id_cap, sizeof *k->id);
	if (!ids)
		return no_memory(err);
	k->id = ids;
	k->id[k->source.files] = sqlite3_column_int64(st, 10);
	struct evidence_file *f = &k->file[k->source.files++];
	*f = (struct evidence_file){ .path = path_of(k, st, &failed),
				     .size = (uint64_t)sqlite3_column_int64(st, 2),
				     .state = state_of((const char *)sqlite3_column_text(st, 4)),
				     .parser = parser_of((const char *)sqlite3_column_text(st, 5)),
				     .kinds = (unsigned)sqlite3_column_int(st, 6),
				     .vault = text(k, st, 7, &failed),
				     .detail = text(k, st, 8, &failed) };
	take_hash(st, 3, f->sha256);
	return failed ? no_memory(err) : 0;
}

static int add_app(struct kept *k, sqlite3_stmt *st, struct err *err)
{
	bool failed = false;
	struct source_app *grown = more(k->app, k->source.apps, &k->app_cap, sizeof *k->app);
	if (!grown)
		return no_memory(err);
	k->app = grown;
	const char *id = text(k, st, 0, &failed), *where = text(k, st, 1, &failed);
	k->app[k->source.apps++] =
		(struct source_app){ .id = id ? id : "", .evidence = span_z(where ? where : "") };
	return failed ? no_memory(err) : 0;
}

static int add_note(struct kept *k, sqlite3_stmt *st, struct err *err)
{
	bool failed = false;
	struct note *grown = more(k->note, k->notes, &k->note_cap, sizeof *k->note);
	if (!grown)
		return no_memory(err);
	k->note = grown;
	const char *detail = text(k, st, 2, &failed);
	k->note[k->notes++] = (struct note){ .loss = sqlite3_column_int64(st, 0),
					     .times = sqlite3_column_int64(st, 1),
					     .detail = detail ? detail : "" };
	return failed ? no_memory(err) : 0;
}

static int add_info(struct kept *k, sqlite3_stmt *st, struct err *err)
{
	bool failed = false;
	struct source_info *i = &k->source.info;
	const char *platform = (const char *)sqlite3_column_text(st, 2);
	i->label = text(k, st, 0, &failed);
	i->kind = text(k, st, 1, &failed);
	i->platform = platform && strcmp(platform, "ios") == 0       ? PLATFORM_IOS
		      : platform && strcmp(platform, "android") == 0 ? PLATFORM_ANDROID
								     : PLATFORM_ANY;
	take_hash(st, 3, i->fingerprint);
	i->files_seen = (uint64_t)sqlite3_column_int64(st, 4);
	i->bytes_seen = (uint64_t)sqlite3_column_int64(st, 5);
	if (!i->label || !i->kind || failed)
		return no_memory(err);
	return 0;
}

static int each(struct kept *k, struct case_db *c, const char *sql,
		int (*take)(struct kept *, sqlite3_stmt *, struct err *), struct err *err)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE, rc = case_prepare(c, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, k->exhibit);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		rc = take(k, st, err);
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading what is kept", err);
	sqlite3_finalize(st);
	return rc;
}

/* All that was read must be in the vault. */
static int check_kept(const struct kept *k, struct err *err)
{
	bool any = false, in_place = false;
	if (!k->source.info.label)
		return err_set(err, E_ABSENT, "EX%lld was not read whole: give its source again.",
			       (long long)k->exhibit);
	for (size_t i = 0; i < k->source.files; i++) {
		const struct evidence_file *f = &k->file[i];
		any |= f->vault != NULL;
		in_place |=
			f->parser && f->sha256[0] && !f->vault && f->state != EVIDENCE_UNREADABLE;
	}
	if (!any || in_place)
		return err_set(err, E_ABSENT,
			       "EX%lld ('%.200s') was read in place and is not in the vault: give "
			       "the source itself.",
			       (long long)k->exhibit, k->source.info.label);
	return 0;
}

int kept_load(struct kept **ret, struct case_db *c, int64_t exhibit, struct err *err)
{
	struct kept *k = calloc(1, sizeof *k);
	if (!k || !(k->arena = arena_new())) {
		free(k);
		return no_memory(err);
	}
	k->exhibit = exhibit;
	int rc = each(k, c,
		      "SELECT label,kind,platform,fingerprint,files_seen,bytes_seen FROM exhibit "
		      "WHERE id=?1 AND state='whole'",
		      add_info, err);
	if (!rc)
		rc = each(k, c,
			  "SELECT "
			  "path,path_hex,size,sha256,state,parser,kinds,vault,detail,side_of,id "
			  "FROM evidence_file WHERE exhibit=?1 ORDER BY side_of IS NOT NULL, id",
			  add_file, err);
	if (!rc)
		rc = each(k, c, "SELECT id,evidence FROM app WHERE exhibit=?1 ORDER BY id", add_app,
			  err);
	if (!rc)
		rc = each(k, c,
			  "SELECT loss,times,detail FROM warning WHERE exhibit=?1 AND "
			  "kind='source' AND file IS NULL ORDER BY id",
			  add_note, err);
	k->source.file = k->file;
	k->source.app = k->app;
	if (!rc)
		rc = check_kept(k, err);
	if (rc)
		kept_free(k);
	else
		*ret = k;
	return rc;
}

static int mark_made_anew(struct kept *k, struct case_db *c, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "SELECT 1 FROM warning WHERE exhibit=?1 AND kind='source' AND "
			      "detail=?2",
			      &st, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < k->notes; i++) {
		sqlite3_bind_int64(st, 1, k->exhibit);
		sqlite3_bind_text(st, 2, k->note[i].detail, -1, SQLITE_STATIC);
		k->note[i].made_anew = sqlite3_step(st) == SQLITE_ROW;
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return 0;
}

int kept_add_notes(struct kept *k, struct case_db *c, struct err *err)
{
	sqlite3_stmt *st;
	int rc = mark_made_anew(k, c, err);
	if (!rc)
		rc = case_prepare(c,
				  "INSERT INTO warning(exhibit,kind,loss,detail,times) "
				  "VALUES(?1,'source',?2,?3,?4)",
				  &st, err);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < k->notes; i++) {
		if (k->note[i].made_anew)
			continue;
		sqlite3_bind_int64(st, 1, k->exhibit);
		sqlite3_bind_int64(st, 2, k->note[i].loss);
		sqlite3_bind_text(st, 3, k->note[i].detail, -1, SQLITE_STATIC);
		sqlite3_bind_int64(st, 4, k->note[i].times);
		rc = case_step(c, st, err);
	}
	sqlite3_finalize(st);
	return rc;
}
