/* collection.c - see collection.h. androidqf writes [{"name":"com.whatsapp",...},...]; source: its
 * README and MVT's test collection. */
#include "collection.h"
#include <jansson.h>
#include <stdlib.h>

#define LIST_MAX_BYTES ((uint64_t)64 << 20)

bool collection_list(span path)
{
	return span_eq_nocase(path_name(path), SPAN("packages.json"));
}

static void tell(struct catalog *c, const struct entry *e, const char *bytes, size_t n)
{
	json_t *list = json_loadb(bytes, n, JSON_DECODE_INT_AS_REAL, NULL), *one;
	size_t i;
	if (!json_is_array(list))
		source_note_add(
			c->s, true, e->path,
			"this list of installed apps cannot be read, so not all of them are "
			"known");
	json_array_foreach(list, i, one)
	{
		const char *name = json_string_value(json_object_get(one, "name"));
		const struct app *app = name ? app_find(PLATFORM_ANDROID, span_z(name)) : NULL;
		if (app)
			catalog_app(c, app, e->path);
	}
	json_decref(list);
}

static int one_list(struct catalog *c, struct entry *e, struct err *err)
{
	struct reader *r;
	struct stamp stamp;
	struct err why = { 0 };
	e->used = true;
	if (e->size > LIST_MAX_BYTES) {
		source_note_add(c->s, true, e->path,
				"a list of installed apps that is larger than any: not read");
		return 0;
	}
	if (source_read(c->s, &e->place, &r, &stamp, &why) != 0) {
		source_note_addf(c->s, true, e->path, "it cannot be read: %s", why.message);
		return 0;
	}
	char *bytes = malloc((size_t)e->size + 1);
	ptrdiff_t n = bytes ? reader_at(r, bytes, (size_t)e->size, 0, NULL) : E_NOMEM;
	if (n >= 0)
		tell(c, e, bytes, (size_t)n);
	free(bytes);
	reader_free(r);
	return n == E_NOMEM ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int collection_apps(struct catalog *c, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < c->entries; i++) {
		struct entry *e = &c->entry[i];
		if (e->sight == SIGHT_META && e->kind == ENTRY_FILE && e->state == EVIDENCE_READ &&
		    collection_list(e->path))
			rc = one_list(c, e, err);
	}
	return rc;
}

static bool is_of(const struct listed *l, const char *parser)
{
	return l->file.state == EVIDENCE_READ && l->file.parser &&
	       strcmp(l->file.parser->name, parser) == 0;
}

void collection_copies(struct catalog *c)
{
	const struct parser *rest = parser_find("google-messages-rcs");
	bool store = false;
	for (size_t i = 0; i < c->s->lists; i++)
		store |= is_of(&c->s->list[i], "android-sms");
	for (size_t i = 0; store && i < c->s->lists; i++) {
		struct listed *l = &c->s->list[i];
		if (is_of(l, "google-messages") && rest)
			l->file.parser = rest;
		else if (is_of(l, "samsung-logs"))
			source_note_add(
				c->s, false, l->file.path,
				"Samsung's log keeps copies of calls and messages that stand "
				"in the phone's own stores: what is in both counts twice");
	}
}
