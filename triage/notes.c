/* notes.c - see notes.h */
#include "notes.h"
#include "base/buf.h"
#include "order.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define GROUPS_MAX 2000 /* words made from evidence could be endless */

struct group {
	const char *detail;
	bool loss;
	span path[NOTE_PATHS]; /* in byte order; malloc'd */
	size_t paths;
	uint64_t more, bare; /* beyond those; without a path */
};

struct notes {
	struct arena *arena;
	struct group *group; /* in order of detail */
	size_t groups, cap;
	struct arena *flat_arena;
	struct source_note *flat; /* made from the groups when asked for */
	size_t flats;
	bool stale;
};

struct notes *notes_new(void)
{
	struct notes *n = calloc(1, sizeof *n);
	if (!n)
		return NULL;
	n->arena = arena_new();
	n->flat_arena = arena_new();
	if (!n->arena || !n->flat_arena) {
		if (n->arena)
			arena_free(n->arena);
		if (n->flat_arena)
			arena_free(n->flat_arena);
		free(n);
		return NULL;
	}
	return n;
}

void notes_free(struct notes *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->groups; i++)
		for (size_t k = 0; k < n->group[i].paths; k++)
			free((void *)(uintptr_t)n->group[i].path[k].p);
	arena_free(n->arena);
	arena_free(n->flat_arena);
	free(n->group);
	free(n);
}

static int group_order(const struct group *g, const char *detail, bool loss)
{
	int c = strcmp(g->detail, detail);
	return c ? c : (int)g->loss - (int)loss;
}

/* The group of these words, made if there is none; NULL when memory ran out. */
static struct group *group_of(struct notes *n, bool loss, const char *detail)
{
	size_t at = 0;
	while (at < n->groups && group_order(&n->group[at], detail, loss) < 0)
		at++;
	if (at < n->groups && group_order(&n->group[at], detail, loss) == 0)
		return &n->group[at];
	const char *rest = loss ? "further losses of other kinds, not named one by one"
				: "further remarks of other kinds, not named one by one";
	if (n->groups >= GROUPS_MAX && strcmp(detail, rest) != 0)
		return group_of(n, loss, rest);
	if (n->groups + 2 > n->cap) {
		size_t cap = n->cap ? n->cap * 2 : 16;
		struct group *g = realloc(n->group, cap * sizeof *g);
		if (!g)
			return NULL;
		n->group = g;
		n->cap = cap;
	}
	span copy = arena_copy(n->arena, span_z(detail), NULL);
	if (!copy.p)
		return NULL;
	memmove(n->group + at + 1, n->group + at, (n->groups - at) * sizeof *n->group);
	n->group[at] = (struct group){ .detail = copy.p, .loss = loss };
	n->groups++;
	return &n->group[at];
}

bool notes_add(struct notes *n, bool loss, span path, const char *detail)
{
	struct group *g = group_of(n, loss, detail);
	n->stale = true;
	if (!g)
		return false;
	if (!path.p) {
		g->bare++;
		return true;
	}
	size_t at = 0;
	while (at < g->paths && span_order(g->path[at], path) <= 0)
		at++;
	if (at == NOTE_PATHS) {
		g->more++;
		return true;
	}
	char *copy = malloc(path.n + 1);
	if (!copy)
		return false;
	memcpy(copy, path.p, path.n);
	if (g->paths == NOTE_PATHS) {
		free((void *)(uintptr_t)g->path[NOTE_PATHS - 1].p);
		g->more++;
	} else {
		g->paths++;
	}
	memmove(g->path + at + 1, g->path + at, (g->paths - at - 1) * sizeof *g->path);
	g->path[at] = (span){ copy, path.n };
	return true;
}

bool notes_addf(struct notes *n, bool loss, span path, const char *format, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return notes_add(n, loss, path, text);
}

static void flatten(struct notes *n)
{
	size_t all = 0;
	for (size_t i = 0; i < n->groups; i++)
		all += n->group[i].paths + 2;
	arena_reset(n->flat_arena);
	n->flat = arena_alloc(n->flat_arena, (all + 1) * sizeof *n->flat);
	n->flats = 0;
	n->stale = false;
	for (size_t i = 0; n->flat && i < n->groups; i++) {
		const struct group *g = &n->group[i];
		if (g->bare)
			n->flat[n->flats++] = (struct source_note){ SPAN_NONE, g->loss, g->detail };
		for (size_t k = 0; k < g->paths; k++)
			n->flat[n->flats++] =
				(struct source_note){ g->path[k], g->loss, g->detail };
		if (!g->more)
			continue;
		struct buf b = { 0 };
		buf_addf(&b, "and %llu more: %s", (unsigned long long)g->more, g->detail);
		span text = arena_copy(n->flat_arena, buf_span(&b), NULL);
		n->flat[n->flats++] =
			(struct source_note){ SPAN_NONE, g->loss, text.p ? text.p : g->detail };
		buf_free(&b);
	}
}

size_t notes_count(struct notes *n)
{
	if (n->stale)
		flatten(n);
	return n->flats;
}

const struct source_note *notes_at(struct notes *n, size_t i)
{
	if (n->stale)
		flatten(n);
	return i < n->flats ? &n->flat[i] : NULL;
}
