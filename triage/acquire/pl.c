/* pl.c - see pl.h */
#include "acquire/pl.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base64.h"
#include "bplist.h"
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>

struct pl {
	struct arena *arena;
	struct pl_node *root;
	size_t nodes;
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static int too_large(struct err *err)
{
	return err_set(err, E_LIMIT, "The phone sent a list larger or deeper than any phone's.");
}

static struct pl_node *node_new(struct pl *p)
{
	struct pl_node *n = p->nodes < PL_NODES_MAX ? arena_alloc(p->arena, sizeof *n) : NULL;
	p->nodes++;
	return n;
}

static int node_failed(const struct pl *p, struct err *err)
{
	return p->nodes > PL_NODES_MAX ? too_large(err) : no_memory(err);
}

/* ---- binary ---- */

static int bytes_of(struct pl *p, const struct bplist_node *from, struct pl_node *to,
		    struct err *err)
{
	bool ok = true;
	if (from->kind == BPLIST_UTF16) {
		struct buf b = { 0 };
		utf8_from_utf16(&b, from->bytes, true);
		ok = !b.failed;
		to->bytes = ok ? arena_copy(p->arena, buf_span(&b), &ok) : SPAN_NONE;
		buf_free(&b);
	} else {
		to->bytes = arena_copy(p->arena, from->bytes, &ok);
	}
	return ok ? 0 : no_memory(err);
}

static int from_binary(struct pl *p, const struct bplist *b, const struct bplist_node *from,
		       struct pl_node *to, int depth, struct err *err);

static int children(struct pl *p, const struct bplist *b, const struct bplist_node *from,
		    struct pl_node *to, int depth, struct err *err)
{
	struct pl_node *last = NULL;
	for (uint64_t i = 0; i < from->n; i++) {
		struct bplist_node name, value;
		struct pl_node key = { 0 }, *n;
		int rc = 0;
		bool there = from->kind == BPLIST_DICT ? bplist_entry(b, from, i, &name, &value)
						       : bplist_item(b, from, i, &value);
		if (!there)
			return err_set(err, E_FORMAT, "The phone sent a damaged list.");
		if (!(n = node_new(p)))
			return node_failed(p, err);
		if (from->kind == BPLIST_DICT &&
		    (name.kind == BPLIST_ASCII || name.kind == BPLIST_UTF16))
			rc = bytes_of(p, &name, &key, err);
		if (rc == 0)
			rc = from_binary(p, b, &value, n, depth + 1, err);
		if (rc)
			return rc;
		n->key = key.bytes;
		if (last)
			last->next = n;
		else
			to->first = n;
		last = n;
		to->n++;
	}
	return 0;
}

/* Depth is bounded. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static int from_binary(struct pl *p, const struct bplist *b, const struct bplist_node *from,
		       struct pl_node *to, int depth, struct err *err)
{
	if (depth > PL_DEPTH_MAX)
		return too_large(err);
	to->value = from->value;
	to->real = from->real;
	switch (from->kind) {
	case BPLIST_BOOL:
		to->kind = PL_BOOL;
		return 0;
	case BPLIST_INT:
		to->kind = PL_INT;
		to->real = (double)from->value;
		return 0;
	case BPLIST_REAL:
		to->kind = PL_REAL;
		return 0;
	case BPLIST_DATA:
		to->kind = PL_DATA;
		return bytes_of(p, from, to, err);
	case BPLIST_ASCII:
	case BPLIST_UTF16:
		to->kind = PL_TEXT;
		return bytes_of(p, from, to, err);
	case BPLIST_ARRAY:
	case BPLIST_DICT:
		to->kind = from->kind == BPLIST_DICT ? PL_DICT : PL_ARRAY;
		return children(p, b, from, to, depth, err);
	default:
		to->kind = PL_OTHER;
		return 0;
	}
}

static int read_binary(struct pl *p, span bytes, struct err *err)
{
	struct bplist b;
	struct bplist_node root;
	if (bplist_open(bytes, &b, NULL) != 0 || !bplist_root(&b, &root))
		return err_set(err, E_FORMAT, "The phone sent a damaged list.");
	p->root = node_new(p);
	return p->root ? from_binary(p, &b, &root, p->root, 0, err) : no_memory(err);
}

/* ---- XML ---- */

struct xml {
	struct pl *p;
	XML_Parser parser;
	struct pl_node *open[PL_DEPTH_MAX + 1], *last[PL_DEPTH_MAX + 1];
	int depth; /* arrays and dictionaries that are open */
	bool in_value, started;
	struct buf text;
	span key;
	int rc;
	struct err *err;
};

static void stop(struct xml *x, int rc)
{
	if (!x->rc)
		x->rc = rc;
	XML_StopParser(x->parser, XML_FALSE);
}

static void damaged(struct xml *x)
{
	stop(x, err_set(x->err, E_FORMAT, "The phone sent a damaged list."));
}

static struct pl_node *add(struct xml *x, enum pl_kind kind)
{
	struct pl_node *n = node_new(x->p);
	if (!n) {
		stop(x, node_failed(x->p, x->err));
		return NULL;
	}
	n->kind = kind;
	if (!x->depth) {
		if (x->p->root) {
			damaged(x);
			return NULL;
		}
		x->p->root = n;
		return n;
	}
	struct pl_node *in = x->open[x->depth - 1], *last = x->last[x->depth - 1];
	if (in->kind == PL_DICT) {
		n->key = x->key;
		x->key = SPAN_NONE;
	}
	if (last)
		last->next = n;
	else
		in->first = n;
	x->last[x->depth - 1] = n;
	in->n++;
	return n;
}

static void on_start(void *user, const char *name, const char **attributes)
{
	struct xml *x = user;
	(void)attributes;
	if (x->rc)
		return;
	buf_clear(&x->text);
	if (strcmp(name, "plist") == 0)
		return;
	bool dict = strcmp(name, "dict") == 0;
	if (!dict && strcmp(name, "array") != 0)
		return;
	struct pl_node *n = add(x, dict ? PL_DICT : PL_ARRAY);
	if (!n)
		return;
	if (x->depth >= PL_DEPTH_MAX) {
		stop(x, too_large(x->err));
		return;
	}
	x->open[x->depth] = n;
	x->last[x->depth] = NULL;
	x->depth++;
}

static void number(struct pl_node *n, const char *text)
{
	char *end;
	n->real = strtod(text, &end);
	n->value = (int64_t)strtoll(text, &end, 0);
}

static void scalar(struct xml *x, const char *name)
{
	static const struct {
		const char *name;
		enum pl_kind kind;
	} kinds[] = { { "string", PL_TEXT }, { "data", PL_DATA },  { "integer", PL_INT },
		      { "real", PL_REAL },   { "true", PL_BOOL },  { "false", PL_BOOL },
		      { "date", PL_OTHER },  { "null", PL_OTHER }, { "uid", PL_OTHER } };
	size_t k = 0;
	while (k < sizeof kinds / sizeof *kinds && strcmp(kinds[k].name, name) != 0)
		k++;
	struct pl_node *n = k < sizeof kinds / sizeof *kinds ? add(x, kinds[k].kind) : NULL;
	if (!n) {
		damaged(x);
		return;
	}
	bool ok = true, nomem = false;
	n->value = strcmp(name, "true") == 0;
	if (n->kind == PL_TEXT)
		n->bytes = arena_copy(x->p->arena, buf_span(&x->text), &ok);
	else if (n->kind == PL_DATA)
		n->bytes = base64_decode(buf_span(&x->text), x->p->arena, &nomem);
	else if (n->kind == PL_INT || n->kind == PL_REAL)
		number(n, x->text.data ? x->text.data : "");
	if (!ok || nomem)
		stop(x, no_memory(x->err));
}

static void on_end(void *user, const char *name)
{
	struct xml *x = user;
	bool ok = true;
	if (x->rc || strcmp(name, "plist") == 0)
		return;
	if (strcmp(name, "dict") == 0 || strcmp(name, "array") == 0) {
		if (x->depth)
			x->depth--;
	} else if (strcmp(name, "key") == 0) {
		x->key = arena_copy(x->p->arena, buf_span(&x->text), &ok);
		if (!ok)
			stop(x, no_memory(x->err));
	} else {
		scalar(x, name);
	}
	buf_clear(&x->text);
}

static void on_text(void *user, const char *s, int n)
{
	struct xml *x = user;
	if (x->rc)
		return;
	buf_add(&x->text, (span){ s, (size_t)n });
	if (x->text.failed)
		stop(x, no_memory(x->err));
}

static void on_doctype(void *user, const char *name, const char *system, const char *public,
		       int internal)
{
	(void)name;
	(void)system;
	(void)public;
	if (internal)
		damaged(user);
}

static int read_xml(struct pl *p, span bytes, struct err *err)
{
	struct xml x = { .p = p, .err = err, .parser = XML_ParserCreate("UTF-8") };
	if (!x.parser)
		return no_memory(err);
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, on_start, on_end);
	XML_SetCharacterDataHandler(x.parser, on_text);
	XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
	enum XML_Status ok = XML_Parse(x.parser, bytes.p, (int)bytes.n, 1);
	if (!x.rc && (ok != XML_STATUS_OK || !p->root))
		x.rc = err_set(err, E_FORMAT, "The phone sent something that is no list: %s.",
			       ok != XML_STATUS_OK ? XML_ErrorString(XML_GetErrorCode(x.parser))
						   : "nothing is in it");
	XML_ParserFree(x.parser);
	buf_free(&x.text);
	return x.rc;
}

/* ---- the whole ---- */

int pl_read(struct pl **ret, span bytes, struct err *err)
{
	if (bytes.n > PL_BYTES_MAX)
		return too_large(err);
	struct pl *p = calloc(1, sizeof *p);
	if (!p || !(p->arena = arena_new())) {
		free(p);
		return no_memory(err);
	}
	/* some services put a NUL behind their XML */
	while (bytes.n && bytes.p[0] == '<' && !bytes.p[bytes.n - 1])
		bytes.n--;
	int rc = bytes.n >= 8 && memcmp(bytes.p, "bplist00", 8) == 0 ? read_binary(p, bytes, err)
								     : read_xml(p, bytes, err);
	if (rc)
		pl_free(p);
	else
		*ret = p;
	return rc;
}

void pl_free(struct pl *p)
{
	if (!p)
		return;
	arena_free(p->arena);
	free(p);
}

const struct pl_node *pl_root(const struct pl *p)
{
	return p ? p->root : NULL;
}

const struct pl_node *pl_get(const struct pl_node *dict, const char *key)
{
	if (!dict || dict->kind != PL_DICT)
		return NULL;
	for (const struct pl_node *n = dict->first; n; n = n->next)
		if (span_eq(n->key, span_z(key)))
			return n;
	return NULL;
}

const struct pl_node *pl_item(const struct pl_node *array, size_t i)
{
	if (!array || array->kind != PL_ARRAY)
		return NULL;
	const struct pl_node *n = array->first;
	while (n && i--)
		n = n->next;
	return n;
}

span pl_text(const struct pl_node *n)
{
	return n && n->kind == PL_TEXT ? n->bytes : SPAN_NONE;
}

span pl_data(const struct pl_node *n)
{
	return n && n->kind == PL_DATA ? n->bytes : SPAN_NONE;
}

bool pl_int(const struct pl_node *n, int64_t *ret)
{
	if (!n || (n->kind != PL_INT && n->kind != PL_BOOL))
		return false;
	*ret = n->value;
	return true;
}

bool pl_real(const struct pl_node *n, double *ret)
{
	if (!n || (n->kind != PL_INT && n->kind != PL_REAL))
		return false;
	*ret = n->real;
	return true;
}

bool pl_true(const struct pl_node *n)
{
	return n && (n->kind == PL_BOOL || n->kind == PL_INT) && n->value;
}

bool pl_is(const struct pl_node *n, const char *text)
{
	return span_eq(pl_text(n), span_z(text));
}

void pl_string(const struct pl_node *n, char *to, size_t cap)
{
	span s = pl_text(n);
	if (!s.p)
		s = SPAN("");
	if (s.n >= cap)
		s.n = cap - 1;
	memcpy(to, s.p, s.n);
	to[s.n] = 0;
}
