/* plist_open.c - see plist_open.h. The binary form: 8 bytes of magic, objects, a table of their
 * offsets, a trailer of 32 bytes that says how wide offsets and references are. */
#include "plist_open.h"
#include "base/buf.h"
#include <stdint.h>

#define TRAILER 32

struct binary {
	const unsigned char *p;
	size_t n; /* without the trailer */
	uint64_t objects, root, table;
	unsigned offset_width, ref_width;
};

static uint64_t big_endian(const unsigned char *p, unsigned width)
{
	uint64_t value = 0;
	for (unsigned i = 0; i < width; i++)
		value = value << 8 | p[i];
	return value;
}

static bool read_trailer(span bytes, struct binary *b)
{
	if (bytes.n < 8 + TRAILER)
		return false;
	const unsigned char *t = (const unsigned char *)bytes.p + bytes.n - TRAILER;
	*b = (struct binary){
		.p = (const unsigned char *)bytes.p,
		.n = bytes.n - TRAILER,
		.offset_width = t[6],
		.ref_width = t[7],
		.objects = big_endian(t + 8, 8),
		.root = big_endian(t + 16, 8),
		.table = big_endian(t + 24, 8),
	};
	return b->offset_width >= 1 && b->offset_width <= 8 && b->ref_width >= 1 &&
	       b->ref_width <= 8 && b->objects >= 1 && b->objects <= b->n && b->root < b->objects &&
	       b->table <= b->n && b->objects <= (b->n - b->table) / b->offset_width;
}

/* The references that object i holds: where they begin and how many; none if it is no container.
 * False if it lies outside of the file. */
static bool children(const struct binary *b, uint64_t i, size_t *at, uint64_t *count)
{
	*count = 0;
	if (i >= b->objects)
		return false;
	uint64_t offset = big_endian(b->p + b->table + i * b->offset_width, b->offset_width);
	if (offset >= b->n)
		return false;
	size_t pos = (size_t)offset;
	unsigned type = b->p[pos] >> 4, low = b->p[pos] & 15u;
	pos++;
	if (type != 0xa && type != 0xc && type != 0xd)
		return true;
	uint64_t n = low;
	if (low == 15) { /* an integer object with the count follows */
		if (pos >= b->n || b->p[pos] >> 4 != 1 || (b->p[pos] & 15u) > 3)
			return false;
		unsigned width = 1u << (b->p[pos] & 15u);
		if (b->n - ++pos < width)
			return false;
		n = big_endian(b->p + pos, width);
		pos += width;
	}
	if (n > b->n || n * (type == 0xd ? 2 : 1) > (b->n - pos) / b->ref_width)
		return false;
	*at = pos;
	*count = n * (type == 0xd ? 2 : 1);
	return true;
}

/* Walk it as libplist will, counting; a stack of our own, so depth is a number. */
static int check_binary(span bytes, struct err *err)
{
	struct binary b;
	struct {
		size_t at;
		uint64_t left;
	} stack[PLIST_DEPTH_MAX];
	size_t depth = 0, nodes = 0;
	if (!read_trailer(bytes, &b))
		return err_set(err, E_FORMAT, "a damaged property list: its trailer is wrong");
	uint64_t object = b.root;
	for (;;) {
		size_t at = 0;
		uint64_t count;
		if (++nodes > PLIST_NODES_MAX)
			return err_set(err, E_LIMIT, "a property list with too many entries");
		if (!children(&b, object, &at, &count))
			return err_set(err, E_FORMAT, "a damaged property list");
		if (count) {
			if (depth == PLIST_DEPTH_MAX)
				return err_set(err, E_LIMIT, "a property list nested too deep");
			stack[depth].at = at;
			stack[depth++].left = count;
		}
		while (depth && !stack[depth - 1].left)
			depth--;
		if (!depth)
			return 0;
		object = big_endian(b.p + stack[depth - 1].at, b.ref_width);
		stack[depth - 1].at += b.ref_width;
		stack[depth - 1].left--;
	}
}

static bool begins(span s, const char *word)
{
	size_t n = strlen(word);
	return s.n >= n && memcmp(s.p, word, n) == 0;
}

/*
 * An upper bound of the depth: what libplist may see as text, a remark or a declaration is refused
 * or counted as if it opened a container, and only a plain end tag closes one. Before the first
 * container anything may stand: what it opens counts, and there is nothing yet that it could close.
 */
static int check_xml(span bytes, struct err *err)
{
	size_t nodes = 0, depth = 0;
	for (const char *tag; bytes.n && (tag = memchr(bytes.p, '<', bytes.n));) {
		bytes = span_from(bytes, (size_t)(tag - bytes.p));
		bool open = begins(bytes, "<dict") || begins(bytes, "<array");
		bool empty = begins(bytes, "<dict/>") || begins(bytes, "<dict />") ||
			     begins(bytes, "<array/>") || begins(bytes, "<array />");
		bool remark = begins(bytes, "<!") || begins(bytes, "<?");
		if (remark && depth)
			return err_set(
				err, E_FORMAT,
				"a property list with remarks or declarations inside, which no "
				"phone and no backup writes");
		if (open && !empty)
			depth++;
		else if (depth && (begins(bytes, "</dict>") || begins(bytes, "</array>")))
			depth--;
		if (depth > PLIST_DEPTH_MAX)
			return err_set(err, E_LIMIT, "a property list nested too deep");
		if (++nodes > 2 * PLIST_NODES_MAX)
			return err_set(err, E_LIMIT, "a property list with too many entries");
		bytes = span_from(bytes, 1);
	}
	return 0;
}

int plist_open(span bytes, plist_t *ret, struct err *err)
{
	plist_t list = NULL;
	if (bytes.n > PLIST_BYTES_MAX)
		return err_set(err, E_LIMIT, "a property list of %zu bytes is not read", bytes.n);
	bool binary = begins(bytes, "bplist00");
	int rc = binary ? check_binary(bytes, err) : check_xml(bytes, err);
	if (rc)
		return rc;
	if (binary)
		plist_from_bin(bytes.p, (uint32_t)bytes.n, &list);
	else if (bytes.n)
		plist_from_xml(bytes.p, (uint32_t)bytes.n, &list);
	if (!list)
		return err_set(err, E_FORMAT, "a damaged property list");
	*ret = list;
	return 0;
}

int plist_read(const struct input *in, plist_t *ret, struct err *err)
{
	struct buf all = { 0 };
	ptrdiff_t got = 1;
	char piece[16384];
	while (got > 0 && all.n <= PLIST_BYTES_MAX && !all.failed) {
		got = in->read(in->user, piece, sizeof piece, err);
		if (got > 0)
			buf_add(&all, (span){ piece, (size_t)got });
	}
	int rc = got < 0 ? (int)got : 0;
	if (all.failed)
		rc = err_set(err, E_NOMEM, "memory ran out");
	if (rc == 0)
		rc = plist_open(buf_span(&all), ret, err);
	buf_free(&all);
	return rc;
}

plist_t plist_in(plist_t d, const char *key)
{
	return d && plist_get_node_type(d) == PLIST_DICT ? plist_dict_get_item(d, key) : NULL;
}

span plist_text(plist_t node)
{
	uint64_t n = 0;
	if (!node || plist_get_node_type(node) != PLIST_STRING)
		return SPAN_NONE;
	const char *p = plist_get_string_ptr(node, &n);
	return p ? (span){ p, (size_t)n } : SPAN_NONE;
}
