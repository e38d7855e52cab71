/* bplist.c - see bplist.h */
#include "bplist.h"

#define TRAILER 32
/* Entries that bplist_get looks at: more than any dictionary seen has. */
#define NAMES_MAX 4096

/* n bytes at `at`, big-endian; the caller has checked that they lie in the list. */
static uint64_t number_at(const struct bplist *b, size_t at, size_t n)
{
	uint64_t value = 0;
	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)b->data.p[at + i];
	return value;
}

int bplist_open(span data, struct bplist *ret, struct err *err)
{
	struct bplist b = { .data = data };
	if (data.n < 8 + TRAILER || memcmp(data.p, "bplist0", 7) != 0)
		return err_set(err, E_FORMAT, "not a binary property list");
	size_t trailer = data.n - TRAILER;
	b.offset_size = (unsigned char)data.p[trailer + 6];
	b.ref_size = (unsigned char)data.p[trailer + 7];
	b.objects = number_at(&b, trailer + 8, 8);
	b.root = number_at(&b, trailer + 16, 8);
	uint64_t table = number_at(&b, trailer + 24, 8);
	if (b.offset_size < 1 || b.offset_size > 8 || b.ref_size < 1 || b.ref_size > 8 ||
	    table < 8 || table > trailer || b.objects > (trailer - table) / b.offset_size ||
	    b.root >= b.objects)
		return err_set(err, E_FORMAT, "a damaged binary property list");
	b.table = (size_t)table;
	*ret = b;
	return 0;
}

static double real_of(uint64_t bits, size_t n)
{
	double d;
	float f;
	uint32_t low = (uint32_t)bits;
	if (n == 4) {
		memcpy(&f, &low, sizeof f);
		return (double)f;
	}
	memcpy(&d, &bits, sizeof d);
	return d;
}

/* The count that follows a marker: in its low half, or in an integer of its own. */
static bool count_at(const struct bplist *b, size_t *at, uint64_t *ret)
{
	unsigned low = (unsigned char)b->data.p[*at] & 15u;
	++*at;
	*ret = low;
	if (low < 15)
		return true;
	if (*at >= b->table || ((unsigned char)b->data.p[*at] & 0xf0u) != 0x10)
		return false;
	size_t n = (size_t)1 << ((unsigned char)b->data.p[*at] & 15u);
	++*at;
	if (n > 8 || n > b->table - *at)
		return false;
	*ret = number_at(b, *at, n);
	*at += n;
	return true;
}

static bool sized_node(const struct bplist *b, size_t at, unsigned type, struct bplist_node *node)
{
	uint64_t n;
	if (!count_at(b, &at, &n))
		return false;
	uint64_t width = 1;
	if (type == 6)
		width = 2;
	else if (type >= 0xa)
		width = (type == 0xd ? 2u : 1u) * (uint64_t)b->ref_size;
	if (width == 0 || n > (b->table - at) / width)
		return false;
	node->n = n;
	node->refs = at;
	node->bytes = span_sub(b->data, at, at + (size_t)(n * width));
	node->kind = type == 4    ? BPLIST_DATA
		     : type == 5  ? BPLIST_ASCII
		     : type == 6  ? BPLIST_UTF16
		     : type == 13 ? BPLIST_DICT
				  : BPLIST_ARRAY;
	return true;
}

static bool scalar_node(const struct bplist *b, size_t at, unsigned type, unsigned low,
			struct bplist_node *node)
{
	if (type == 0) {
		node->kind = low == 8 || low == 9 ? BPLIST_BOOL : BPLIST_NONE;
		node->value = low == 9;
		return true;
	}
	size_t n = type == 8 ? (size_t)low + 1 : low < 5 ? (size_t)1 << low : 0;
	if (n == 0 || n > b->table - at - 1)
		return false;
	if (type == 1 || type == 8) {
		/* 16 bytes: the value is in the last eight. */
		size_t skip = n > 8 ? n - 8 : 0;
		node->kind = type == 1 ? BPLIST_INT : BPLIST_UID;
		node->value = (int64_t)number_at(b, at + 1 + skip, n - skip);
		return true;
	}
	if (n != 4 && n != 8)
		return false;
	node->kind = type == 2 ? BPLIST_REAL : BPLIST_DATE;
	node->real = real_of(number_at(b, at + 1, n), n);
	return true;
}

static bool node_at(const struct bplist *b, uint64_t index, struct bplist_node *ret)
{
	if (index >= b->objects)
		return false;
	uint64_t offset = number_at(b, b->table + (size_t)index * b->offset_size, b->offset_size);
	if (offset < 8 || offset >= b->table)
		return false;
	size_t at = (size_t)offset;
	unsigned marker = (unsigned char)b->data.p[at];
	unsigned type = marker >> 4;
	struct bplist_node node = { .kind = BPLIST_NONE };
	bool ok;
	if (type <= 3 || type == 8)
		ok = scalar_node(b, at, type, marker & 15u, &node);
	else if (type <= 6 || type == 0xa || type == 0xc || type == 0xd)
		ok = sized_node(b, at, type, &node);
	else
		return false;
	if (ok)
		*ret = node;
	return ok;
}

static bool ref_node(const struct bplist *b, const struct bplist_node *node, uint64_t i,
		     struct bplist_node *ret)
{
	return node_at(b, number_at(b, node->refs + (size_t)i * b->ref_size, b->ref_size), ret);
}

bool bplist_root(const struct bplist *b, struct bplist_node *ret)
{
	return node_at(b, b->root, ret);
}

bool bplist_item(const struct bplist *b, const struct bplist_node *array, uint64_t i,
		 struct bplist_node *ret)
{
	return array->kind == BPLIST_ARRAY && i < array->n && ref_node(b, array, i, ret);
}

bool bplist_entry(const struct bplist *b, const struct bplist_node *dict, uint64_t i,
		  struct bplist_node *ret_name, struct bplist_node *ret_value)
{
	struct bplist_node name, value;
	if (dict->kind != BPLIST_DICT || i >= dict->n || !ref_node(b, dict, i, &name) ||
	    !ref_node(b, dict, dict->n + i, &value))
		return false;
	*ret_name = name;
	*ret_value = value;
	return true;
}

bool bplist_get(const struct bplist *b, const struct bplist_node *dict, const char *name,
		struct bplist_node *ret)
{
	struct bplist_node key;
	if (dict->kind != BPLIST_DICT)
		return false;
	for (uint64_t i = 0; i < dict->n && i < NAMES_MAX; i++)
		if (ref_node(b, dict, i, &key) && key.kind == BPLIST_ASCII &&
		    span_eq(key.bytes, span_z(name)))
			return ref_node(b, dict, dict->n + i, ret);
	return false;
}
