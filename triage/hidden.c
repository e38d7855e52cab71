/* hidden.c - see hidden.h */
#include "hidden.h"
#include "base/arena.h"
#include "base/buf.h"
#include "intern.h"
#include <stdlib.h>

#define LINKS_MAX 1000000
#define KEY_MAX 128

struct said {
	uint64_t number; /* 0: nothing */
	bool differs;    /* another place of the same kind says another number */
	const char *table;
	int64_t row;
	span path;
};

struct name {
	struct said by[LINK_KIND_MAX];
	const char *reason; /* once it was asked for */
};

struct hidden {
	struct intern *index; /* of the names, by identifier_key */
	struct name *name;
	size_t n, cap;
	struct arena *arena;
	span path; /* the last one copied */
};

struct hidden *hidden_new(void)
{
	struct hidden *hidden = calloc(1, sizeof *hidden);
	if (!hidden)
		return NULL;
	/* It must not forget: hidden_add stops before it would. */
	hidden->index = intern_new(LINKS_MAX + 1, (size_t)(LINKS_MAX + 1) * KEY_MAX);
	hidden->arena = arena_new();
	if (!hidden->index || !hidden->arena) {
		hidden_free(hidden);
		return NULL;
	}
	return hidden;
}

void hidden_free(struct hidden *hidden)
{
	if (!hidden)
		return;
	intern_free(hidden->index);
	arena_free(hidden->arena);
	free(hidden->name);
	free(hidden);
}

/* false: raw is no hidden name. */
static bool key_of(span raw, char out[static KEY_MAX], span *ret)
{
	if (identifier_of(raw).kind != ID_JID_LID)
		return false;
	size_t n = identifier_key(raw, out, KEY_MAX);
	*ret = (span){ out, n };
	return n && n <= KEY_MAX;
}

static struct name *find(const struct hidden *hidden, span key)
{
	const struct interned *at = intern_find(hidden->index, key);
	return at ? &hidden->name[at->id] : NULL;
}

static int add_name(struct hidden *hidden, span key, struct name **ret)
{
	if (hidden->n == LINKS_MAX)
		return E_LIMIT;
	if (!hidden->name || hidden->n == hidden->cap) {
		size_t cap = hidden->cap ? hidden->cap * 2 : 64;
		struct name *more = realloc(hidden->name, cap * sizeof *more);
		if (!more)
			return E_NOMEM;
		hidden->name = more;
		hidden->cap = cap;
	}
	if (!intern_add(hidden->index, key, (struct interned){ (int64_t)hidden->n, 0 }))
		return E_NOMEM;
	*ret = &hidden->name[hidden->n++];
	**ret = (struct name){ .reason = NULL };
	return 0;
}

int hidden_add(struct hidden *hidden, const struct link *link, span path)
{
	char bytes[KEY_MAX];
	span key;
	struct identifier id = identifier_of(link->handle);
	if (!id.e164 || id.certainty != CERTAINTY_CERTAIN || !key_of(link->hidden, bytes, &key))
		return 0;
	struct name *name = find(hidden, key);
	int rc = name ? 0 : add_name(hidden, key, &name);
	if (rc)
		return rc;
	struct said *said = &name->by[link->kind];
	if (said->number) {
		said->differs |= said->number != id.e164;
		return 0;
	}
	if (!span_eq(hidden->path, path)) {
		bool ok;
		hidden->path = arena_copy(hidden->arena, path, &ok);
		if (!ok)
			return E_NOMEM;
	}
	*said = (struct said){ id.e164, false, link->table, link->row, hidden->path };
	return 0;
}

static const char *compose(struct hidden *hidden, const struct name *name, enum link_kind kind)
{
	const struct said *said = &name->by[kind], *other = &name->by[LINK_CONTACT];
	struct buf text = { 0 };
	buf_addf(&text, "A hidden name. %s: %.*s, %s, row %lld",
		 kind == LINK_MAP ? "WhatsApp's own list on this phone gives the number"
				  : "An entry that names both gives the number",
		 (int)(said->path.n < 300 ? said->path.n : 300), said->path.p, said->table,
		 (long long)said->row);
	if (kind == LINK_MAP && other->number && other->number != said->number)
		buf_addf(&text, "; a contact (%s, row %lld) gives another", other->table,
			 (long long)other->row);
	span kept = text.failed ? SPAN_NONE : arena_copy(hidden->arena, buf_span(&text), NULL);
	buf_free(&text);
	return kept.p ? kept.p : "A hidden name whose number the phone holds";
}

struct identifier hidden_resolve(struct hidden *hidden, span raw, struct identifier id)
{
	char bytes[KEY_MAX];
	span key;
	if (id.kind != ID_JID_LID)
		return id;
	struct name *name = key_of(raw, bytes, &key) ? find(hidden, key) : NULL;
	id.certainty = CERTAINTY_UNRESOLVED;
	if (!name) {
		id.reason = "A hidden name: nothing read on this phone says its number";
		return id;
	}
	enum link_kind kind = name->by[LINK_MAP].number ? LINK_MAP : LINK_CONTACT;
	if (name->by[kind].differs) {
		id.reason = "A hidden name: two places on this phone give it different numbers";
		return id;
	}
	if (!name->reason)
		name->reason = compose(hidden, name, kind);
	id.e164 = name->by[kind].number;
	id.certainty = kind == LINK_MAP ? CERTAINTY_MAP : CERTAINTY_CONTACT;
	id.reason = name->reason;
	return id;
}
