/* nskeyed.c - see nskeyed.h */
#include "nskeyed.h"
#include "base/utf8.h"

int nskeyed_open(span data, struct nskeyed *ret, struct err *err)
{
	struct nskeyed k;
	struct bplist_node root, node;
	int rc = bplist_open(data, &k.list, err);
	if (rc)
		return rc;
	if (!bplist_root(&k.list, &root) || !bplist_get(&k.list, &root, "$top", &node) ||
	    !bplist_get(&k.list, &root, "$objects", &k.objects) || k.objects.kind != BPLIST_ARRAY)
		return err_set(err, E_FORMAT, "a property list that is not a keyed archive");
	*ret = k;
	return 0;
}

/* What node stands for: itself, or the object that it refers to. */
static bool follow(const struct nskeyed *k, struct bplist_node *node)
{
	struct bplist_node object;
	if (node->kind != BPLIST_UID)
		return node->kind != BPLIST_NONE;
	if (node->value <= 0 || !bplist_item(&k->list, &k->objects, (uint64_t)node->value, &object))
		return false;
	if (object.kind == BPLIST_UID || object.kind == BPLIST_NONE)
		return false;
	*node = object;
	return true;
}

static bool entry(const struct nskeyed *k, const struct bplist_node *dict, const char *name,
		  struct bplist_node *ret)
{
	struct bplist_node node;
	if (!bplist_get(&k->list, dict, name, &node) || !follow(k, &node))
		return false;
	*ret = node;
	return true;
}

bool nskeyed_top(const struct nskeyed *k, const char *name, struct bplist_node *ret)
{
	struct bplist_node root, top;
	return bplist_root(&k->list, &root) && bplist_get(&k->list, &root, "$top", &top) &&
	       entry(k, &top, name, ret);
}

bool nskeyed_get(const struct nskeyed *k, const struct bplist_node *object, const char *name,
		 struct bplist_node *ret)
{
	return entry(k, object, name, ret);
}

bool nskeyed_any(const struct nskeyed *k, const struct bplist_node *object,
		 const char *const *names, struct bplist_node *ret)
{
	for (; *names; names++)
		if (entry(k, object, *names, ret))
			return true;
	return false;
}

static bool items(const struct nskeyed *k, const struct bplist_node *object,
		  struct bplist_node *ret)
{
	struct bplist_node node;
	if (!bplist_get(&k->list, object, "NS.objects", &node) || node.kind != BPLIST_ARRAY)
		return false;
	*ret = node;
	return true;
}

uint64_t nskeyed_count(const struct nskeyed *k, const struct bplist_node *object)
{
	struct bplist_node node;
	return items(k, object, &node) ? node.n : 0;
}

bool nskeyed_item(const struct nskeyed *k, const struct bplist_node *object, uint64_t i,
		  struct bplist_node *ret)
{
	struct bplist_node list, node;
	if (!items(k, object, &list) || !bplist_item(&k->list, &list, i, &node) ||
	    !follow(k, &node))
		return false;
	*ret = node;
	return true;
}

static span from_utf16(span bytes, struct arena *a, bool *nomem)
{
	struct buf out = { 0 };
	bool ok = true;
	utf8_from_utf16(&out, bytes, true);
	span text = out.n ? arena_copy(a, buf_span(&out), &ok) : SPAN("");
	*nomem |= out.failed || !ok;
	buf_free(&out);
	return text;
}

span nskeyed_text(const struct nskeyed *k, const struct bplist_node *node, struct arena *a,
		  bool *nomem)
{
	struct bplist_node inner;
	if (node->kind == BPLIST_DICT) {
		if (!entry(k, node, "NS.string", &inner) && !entry(k, node, "NS.bytes", &inner))
			return SPAN_NONE;
		node = &inner;
	}
	if (node->kind == BPLIST_ASCII || (node == &inner && node->kind == BPLIST_DATA))
		return node->bytes;
	return node->kind == BPLIST_UTF16 ? from_utf16(node->bytes, a, nomem) : SPAN_NONE;
}

bool nskeyed_date(const struct nskeyed *k, const struct bplist_node *node, double *ret)
{
	struct bplist_node inner;
	if (node->kind == BPLIST_DICT) {
		if (!entry(k, node, "NS.time", &inner))
			return false;
		node = &inner;
	}
	if (node->kind == BPLIST_REAL || node->kind == BPLIST_DATE)
		*ret = node->real;
	else if (node->kind == BPLIST_INT)
		*ret = (double)node->value;
	else
		return false;
	return true;
}

bool nskeyed_int(const struct bplist_node *node, int64_t *ret)
{
	if (node->kind != BPLIST_INT && node->kind != BPLIST_BOOL)
		return false;
	*ret = node->value;
	return true;
}
