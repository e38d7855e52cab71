/* links.c - see links.h */
#include "links.h"
#include "base/arena.h"
#include "base/buf.h"
#include <stdint.h>
#include <stdlib.h>

#define LINKS_MAX 200000
#define SEEN_MAX ((size_t)2 << 20) /* 32 MiB; beyond that a link counts as leading outside */

struct link {
	span path, target;
	bool hard, wanted;
};

struct links {
	struct arena *arena;
	struct link *link;
	size_t n, cap;
	bool full;
	uint64_t *seen; /* hashes, open addressing; 0 is a free slot */
	size_t seen_n, slots;
};

int links_new(struct links **ret, struct err *err)
{
	struct links *l = calloc(1, sizeof *l);
	if (l)
		l->arena = arena_new();
	if (!l || !l->arena) {
		free(l);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	*ret = l;
	return 0;
}

void links_free(struct links *l)
{
	if (!l)
		return;
	arena_free(l->arena);
	free(l->link);
	free(l->seen);
	free(l);
}

/* ---- what is there ---- */

/* FNV-1a, never 0. Two paths of one hash make a loss a remark, and nothing worse. */
static uint64_t hash(span s)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h ? h : 1;
}

static size_t slot_of(const uint64_t *seen, size_t slots, uint64_t h)
{
	size_t i = (size_t)h & (slots - 1);
	while (seen[i] && seen[i] != h)
		i = (i + 1) & (slots - 1);
	return i;
}

static bool grow(struct links *l)
{
	size_t slots = l->slots ? l->slots * 2 : 1024;
	uint64_t *seen = calloc(slots, sizeof *seen);
	if (!seen)
		return false;
	for (size_t i = 0; i < l->slots; i++)
		if (l->seen[i])
			seen[slot_of(seen, slots, l->seen[i])] = l->seen[i];
	free(l->seen);
	l->seen = seen;
	l->slots = slots;
	return true;
}

bool links_saw(struct links *l, span path)
{
	uint64_t h = hash(path);
	if (l->seen_n >= SEEN_MAX)
		return true;
	if (2 * (l->seen_n + 1) > l->slots && !grow(l))
		return false;
	size_t at = slot_of(l->seen, l->slots, h);
	l->seen_n += !l->seen[at];
	l->seen[at] = h;
	return true;
}

static bool was_seen(const struct links *l, span path)
{
	uint64_t h = hash(path);
	return l->slots && l->seen[slot_of(l->seen, l->slots, h)] == h;
}

/* ---- links ---- */

bool links_add(struct links *l, span path, span target, bool hard, bool wanted)
{
	if (l->n == LINKS_MAX) {
		l->full = true;
		return true;
	}
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct link *p = realloc(l->link, cap * sizeof *p);
		if (!p)
			return false;
		l->link = p;
		l->cap = cap;
	}
	bool ok = true, also = true;
	struct link *to = &l->link[l->n];
	*to = (struct link){ arena_copy(l->arena, path, &ok), SPAN_NONE, hard, wanted };
	if (target.p)
		to->target = arena_copy(l->arena, target, &also);
	l->n += ok && also;
	return ok && also;
}

/* Append path to out, which holds a path already, without "." and "..": false where it climbs out
 * of the source. */
static bool walk(struct buf *out, span path)
{
	while (path.n) {
		const char *slash = memchr(path.p, '/', path.n);
		span part = { path.p, slash ? (size_t)(slash - path.p) : path.n };
		path = span_from(path, part.n + (slash != NULL));
		if (!part.n || span_eq(part, SPAN(".")))
			continue;
		if (!span_eq(part, SPAN(".."))) {
			if (out->n)
				buf_byte(out, '/');
			buf_add(out, part);
			continue;
		}
		if (!out->n)
			return false;
		while (out->n && out->data[out->n - 1] != '/')
			out->n--;
		out->n -= out->n > 0;
	}
	return !out->failed;
}

static span folder_of(span path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return (span){ path.p, i - 1 };
	return SPAN("");
}

struct asking {
	const struct links *l;
	links_has *has, *read;
	void *user;
	bool wanted;
	struct buf name;
};

/* base/target: is it there, and if that is asked, read? */
static bool found(struct asking *a, span base, span more, span target)
{
	buf_clear(&a->name);
	if (!walk(&a->name, base) || !walk(&a->name, more) || !walk(&a->name, target))
		return false;
	span path = a->name.n ? buf_span(&a->name) : SPAN("");
	if (a->wanted)
		return a->read && a->read(a->user, path);
	return !path.n || was_seen(a->l, path) || (a->has && a->has(a->user, path));
}

/* An absolute target counts from the phone's root, which may be any folder above the link. On an
 * iPhone /var, /etc and /tmp are links into /private. */
static bool within(struct asking *a, const struct link *k)
{
	span base = folder_of(k->path);
	if (!k->target.n)
		return false;
	if (k->hard)
		return found(a, SPAN(""), SPAN(""), k->target);
	if (*k->target.p != '/')
		return found(a, base, SPAN(""), k->target);
	for (;;) {
		if (found(a, base, SPAN(""), k->target) ||
		    found(a, base, SPAN("private"), k->target))
			return true;
		if (!base.n)
			return false;
		base = folder_of(base);
	}
}

int links_resolve(const struct links *l, links_has *has, links_has *read, links_tell *tell,
		  void *user, struct err *err)
{
	struct asking a = { .l = l, .has = has, .read = read, .user = user };
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < l->n; i++) {
		const struct link *k = &l->link[i];
		a.wanted = k->wanted;
		struct link_answer answer = { k->path, k->wanted,
					      within(&a, k) ? LINK_WITHIN : LINK_OUTSIDE };
		rc = a.name.failed ? err_set(err, E_NOMEM, "Memory ran out.")
				   : tell(user, &answer, err);
	}
	if (rc == 0 && l->full) {
		struct link_answer rest = { SPAN_NONE, false, LINK_OUTSIDE };
		rc = tell(user, &rest, err);
	}
	buf_free(&a.name);
	return rc;
}
