/*
 * vaulted.c - a source that is made of what a case's vault holds of it: the phone has gone home,
 * and its files are read again under other decisions. Nothing is looked for: the list is the one
 * that was stored when the source came in.
 */
#include "source.h"
#include <stdlib.h>
#include <string.h>

static const char same[] = EVIDENCE_SAME_BYTES;

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* A name of the vault counts from 1: "0003" */
static struct place place_of(struct source *s, span name)
{
	struct place p = { .kind = PLACE_VAULT };
	span copy = arena_copy(s->arena, name, NULL);
	p.name = copy.p;
	p.part = copy.p ? (uint32_t)strtoul(copy.p, NULL, 10) : 0;
	s->out_of_memory |= !copy.p;
	return p;
}

static span copy_of(struct source *s, span text)
{
	span copy = arena_copy(s->arena, text, NULL);
	s->out_of_memory |= !copy.p;
	return copy;
}

static void fill_sides(struct source *s, struct listed *l, const struct evidence_file *from)
{
	for (size_t i = 0; i < from->side_n && i < SIDES; i++) {
		span main;
		enum want_side kind = SIDE_SHM;
		struct evidence_side *to = &l->file.side[i];
		*to = (struct evidence_side){ .path = copy_of(s, from->side[i].path),
					      .size = from->side[i].size };
		if (!want_side(to->path, &main, &kind))
			kind = SIDE_SHM; /* not used */
		l->side_kind[i] = kind;
		memcpy(l->side_sha256[i], from->side[i].sha256, sizeof l->side_sha256[i]);
		memcpy(to->sha256, from->side[i].sha256, sizeof to->sha256);
		if (from->side[i].vault) {
			l->side_place[i] = place_of(s, span_z(from->side[i].vault));
			l->side_place[i].size = to->size;
			to->vault = l->side_place[i].name;
		}
		l->file.side_n = i + 1;
	}
}

/* Its bytes are kept. A backup that was opened is kept twice, and the database in it is read. */
static void fill_kept(struct source *s, struct listed *l, const struct evidence_file *from)
{
	l->place = place_of(s, span_z(from->vault));
	l->place.size = from->size;
	l->file.vault = l->place.name;
	memcpy(l->sha256, from->sha256, sizeof l->sha256);
	memcpy(l->file.sha256, from->sha256, sizeof l->file.sha256);
	l->file.state = EVIDENCE_READ;
	/* what was said of reading it is said anew; what it is, such as decrypted, stays */
	if (from->state != EVIDENCE_READ ||
	    (from->detail && strncmp(from->detail, same, sizeof same - 1) == 0))
		l->file.detail = NULL;
	if (from->opened.vault) {
		l->sealed = l->place;
		l->place = place_of(s, span_z(from->opened.vault));
		l->place.size = from->opened.size;
		memcpy(l->inner, from->opened.sha256, sizeof l->inner);
	}
}

static int add(struct source *s, const struct evidence_file *from, struct err *err)
{
	struct listed *l;
	int rc = source_list(s, &l, err);
	if (rc || !l)
		return rc;
	l->file = (struct evidence_file){ .path = copy_of(s, from->path),
					  .parser = from->parser,
					  .kinds = from->kinds,
					  .state = from->state,
					  .size = from->size };
	if (from->detail)
		l->file.detail = copy_of(s, span_z(from->detail)).p;
	memcpy(l->file.sha256, from->sha256, sizeof l->file.sha256);
	fill_sides(s, l, from);
	if (from->opened.vault) {
		l->file.opened = from->opened;
		l->file.opened.path = copy_of(s, from->opened.path);
		l->file.opened.vault = copy_of(s, span_z(from->opened.vault)).p;
	}
	bool wanted = from->parser && want_in_scope(s->wants, from->parser);
	/* one that stayed closed is kept, and needs its key and so the source */
	if (from->vault && wanted && from->state != EVIDENCE_ENCRYPTED) {
		fill_kept(s, l, from);
	} else if (from->parser && !wanted) {
		/* what was kept under an earlier decision stays in the vault, unread */
		l->file.state = EVIDENCE_OUT_OF_SCOPE;
		l->file.detail = "a kind of file that the scope of this case does not ask for";
		l->file.vault = from->vault ? copy_of(s, span_z(from->vault)).p : NULL;
	} else if (wanted && from->state == EVIDENCE_OUT_OF_SCOPE) {
		l->file.state = EVIDENCE_ABSENT;
		l->file.detail = EVIDENCE_NOT_TAKEN;
	} else if (from->vault) {
		l->file.vault = copy_of(s, span_z(from->vault)).p;
	}
	return 0;
}

static int add_apps(struct source *s, const struct source_kept *kept, struct err *err)
{
	s->app = arena_alloc(s->arena, (kept->apps + 1) * sizeof *s->app);
	if (!s->app)
		return no_memory(err);
	for (size_t i = 0; i < kept->apps; i++) {
		const struct app *known = app_find(s->info.platform, span_z(kept->app[i].id));
		if (!known)
			known = app_find(PLATFORM_ANY, span_z(kept->app[i].id));
		if (!known)
			continue;
		s->app[s->apps++] =
			(struct source_app){ .id = known->id,
					     .name = known->name,
					     .category = known->category,
					     .parser_app = known->reader,
					     .evidence = copy_of(s, kept->app[i].evidence) };
	}
	return 0;
}

static int fill(struct source *s, const struct source_kept *kept, struct err *err)
{
	int rc = 0;
	s->info = kept->info;
	s->info.label = copy_of(s, span_z(kept->info.label)).p;
	s->info.kind = copy_of(s, span_z(kept->info.kind)).p;
	for (size_t i = 0; !rc && i < kept->files; i++)
		rc = add(s, &kept->file[i], err);
	if (!rc)
		rc = add_apps(s, kept, err);
	if (!rc && s->out_of_memory)
		rc = no_memory(err);
	if (rc)
		return rc;
	source_sort(s);
	source_leave_out(s);
	for (size_t i = 0; i < s->lists; i++) /* their bytes stay in the vault, and are named */
		while (s->list[i].file.side_n < SIDES &&
		       s->list[i].file.side[s->list[i].file.side_n].path.p)
			s->list[i].file.side_n++;
	source_count_kept(s);
	return source_mark_ends(s, err);
}

int source_open_kept(struct source **ret, const struct source_kept *kept,
		     const struct source_options *options, struct err *err)
{
	struct source *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	s->root = -1;
	s->options = *options;
	s->how = &acquire_archive;
	s->arena = arena_new();
	s->notes = notes_new();
	int rc = s->arena && s->notes ? 0 : no_memory(err);
	if (!rc)
		rc = wants_new(&s->wants, options->parsers ? options->parsers : parsers,
			       options->kinds, err);
	if (!rc)
		rc = vault_open_kept(&s->vault, options->vault_dir, options->vault_key, err);
	if (!rc)
		rc = fill(s, kept, err);
	if (rc)
		source_close(s);
	else
		*ret = s;
	return rc;
}
