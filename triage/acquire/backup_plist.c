/*
 * backup_plist.c - Manifest.plist and Info.plist of a backup, binary or XML. See backup_list.h.
 *
 * Wanted are at the top of the list: "IsEncrypted" (true or false), "Installed Applications" (an
 * array of bundle ids), "Applications" (a dictionary named by them), and of an encrypted backup
 * "BackupKeyBag" and "ManifestKey" (data).
 */
#include "acquire/backup_list.h"
#include "base64.h"
#include "bplist.h"
#include <expat.h>
#include <stdlib.h>

#define LIST_MAX ((uint64_t)32 << 20)
#define APPS_MAX 100000
#define WORD_MAX 256
#define PIECE 65536
#define DATA_MAX ((size_t)1 << 20) /* a key bag has some two thousand bytes */

struct plist {
	backup_app_fn *app;
	void *user;
	struct arena *a;
	struct backup_plist said;
	size_t apps;
	bool no_memory;
	/* XML */
	unsigned depth;     /* 1: in <plist>, 2: in its dictionary, 3: in a value of that */
	char top[WORD_MAX]; /* the key at the top that is being read */
	char word[WORD_MAX];
	size_t n;
	bool collecting, too_long;
	struct buf data; /* base64 of the data that is being read */
	bool in_data;
};

/* Where data of this name goes; NULL: nowhere. */
static span *data_of(struct plist *p, const char *name)
{
	return !strcmp(name, "BackupKeyBag")  ? &p->said.keybag
	       : !strcmp(name, "ManifestKey") ? &p->said.manifest_key
					      : NULL;
}

static void one_app(struct plist *p, span id)
{
	if (id.n && p->apps++ < APPS_MAX)
		p->app(p->user, id);
}

/* ---- binary ---- */

static void binary_apps(struct plist *p, const struct bplist *b, const struct bplist_node *root)
{
	struct bplist_node list, name, value;
	if (bplist_get(b, root, "Installed Applications", &list) && list.kind == BPLIST_ARRAY)
		for (uint64_t i = 0; i < list.n && i < APPS_MAX; i++)
			if (bplist_item(b, &list, i, &value) && value.kind == BPLIST_ASCII)
				one_app(p, value.bytes);
	if (bplist_get(b, root, "Applications", &list) && list.kind == BPLIST_DICT)
		for (uint64_t i = 0; i < list.n && i < APPS_MAX; i++)
			if (bplist_entry(b, &list, i, &name, &value) && name.kind == BPLIST_ASCII)
				one_app(p, name.bytes);
}

static void binary_data(struct plist *p, const struct bplist *b, const struct bplist_node *root)
{
	static const char *const names[] = { "BackupKeyBag", "ManifestKey" };
	struct bplist_node data;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (bplist_get(b, root, names[i], &data) && data.kind == BPLIST_DATA &&
		    data.bytes.n <= DATA_MAX) {
			span copy = arena_copy(p->a, data.bytes, NULL);
			p->no_memory |= !copy.p;
			*data_of(p, names[i]) = copy;
		}
}

static int binary(struct plist *p, span bytes, struct err *err)
{
	struct bplist b;
	struct bplist_node root, flag;
	int rc = bplist_open(bytes, &b, err);
	if (rc)
		return rc;
	if (!bplist_root(&b, &root) || root.kind != BPLIST_DICT)
		return err_set(err, E_FORMAT, "the property list has no names at its top");
	if (bplist_get(&b, &root, "IsEncrypted", &flag) && flag.kind == BPLIST_BOOL) {
		p->said.known = true;
		p->said.encrypted = flag.value != 0;
	}
	binary_data(p, &b, &root);
	binary_apps(p, &b, &root);
	return 0;
}

/* ---- XML ---- */

static void XMLCALL on_start(void *user, const XML_Char *element, const XML_Char **atts)
{
	struct plist *p = user;
	(void)atts;
	p->depth++;
	p->n = 0;
	p->too_long = false;
	p->collecting = (!strcmp(element, "key") && (p->depth == 3 || p->depth == 4)) ||
			(!strcmp(element, "string") && p->depth == 4);
	p->in_data = p->depth == 3 && !strcmp(element, "data") && data_of(p, p->top);
	buf_clear(&p->data);
	if (p->depth == 3 && !strcmp(p->top, "IsEncrypted") &&
	    (!strcmp(element, "true") || !strcmp(element, "false"))) {
		p->said.known = true;
		p->said.encrypted = !strcmp(element, "true");
	}
}

static void XMLCALL on_text(void *user, const XML_Char *s, int n)
{
	struct plist *p = user;
	if (p->in_data && n > 0 && p->data.n < DATA_MAX)
		buf_add(&p->data, (span){ s, (size_t)n });
	if (!p->collecting || n <= 0)
		return;
	if (p->n + (size_t)n >= sizeof p->word) {
		p->too_long = true;
		return;
	}
	memcpy(p->word + p->n, s, (size_t)n);
	p->n += (size_t)n;
}

static void XMLCALL on_end(void *user, const XML_Char *element)
{
	struct plist *p = user;
	bool key = !strcmp(element, "key");
	p->word[p->n] = 0;
	if (p->collecting && p->depth == 3 && key)
		memcpy(p->top, p->too_long ? "" : p->word, p->too_long ? 1 : p->n + 1);
	else if (p->collecting && p->depth == 4 && !p->too_long &&
		 ((!key && !strcmp(p->top, "Installed Applications")) ||
		  (key && !strcmp(p->top, "Applications"))))
		one_app(p, (span){ p->word, p->n });
	if (p->in_data) {
		*data_of(p, p->top) = base64_decode(buf_span(&p->data), p->a, &p->no_memory);
		p->no_memory |= p->data.failed;
	}
	p->in_data = p->collecting = false;
	p->depth--;
}

static int xml(struct plist *p, span bytes, struct err *err)
{
	XML_Parser x = XML_ParserCreate(NULL);
	if (!x)
		return err_set(err, E_NOMEM, "Memory ran out.");
	XML_SetUserData(x, p);
	XML_SetElementHandler(x, on_start, on_end);
	XML_SetCharacterDataHandler(x, on_text);
	int rc = 0;
	for (bool last = false; rc == 0 && !last;) {
		size_t n = bytes.n < PIECE ? bytes.n : PIECE;
		last = n == bytes.n;
		if (XML_Parse(x, bytes.p, (int)n, last) != XML_STATUS_OK)
			rc = err_set(err, E_FORMAT, "the property list is broken (%s)",
				     XML_ErrorString(XML_GetErrorCode(x)));
		bytes = span_from(bytes, n);
	}
	XML_ParserFree(x);
	return rc;
}

int backup_plist_read(struct reader *r, struct arena *a, backup_app_fn *app, void *user,
		      struct backup_plist *ret, struct err *err)
{
	struct plist p = { .app = app, .user = user, .a = a };
	uint64_t size = reader_size(r);
	if (size > LIST_MAX)
		return err_set(err, E_LIMIT, "it is larger than such a list can be");
	char *bytes = malloc((size_t)size + 1);
	if (!bytes)
		return err_set(err, E_NOMEM, "Memory ran out.");
	ptrdiff_t n = reader_at(r, bytes, (size_t)size, 0, err);
	span all = { bytes, n > 0 ? (size_t)n : 0 };
	int rc = n < 0                                         ? (int)n
		 : all.n >= 8 && !memcmp(all.p, "bplist00", 8) ? binary(&p, all, err)
							       : xml(&p, all, err);
	free(bytes);
	buf_free(&p.data);
	*ret = p.said; /* what was read before a damage stands */
	return p.no_memory ? err_set(err, E_NOMEM, "Memory ran out.") : rc;
}
