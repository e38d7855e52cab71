/* postbox.c - see postbox.h. Nothing is copied and nothing recurses. */
#include "postbox.h"

struct cell {
	span s; /* what is left */
	bool bad;
};

static span take(struct cell *c, size_t n)
{
	if (c->bad || n > c->s.n) {
		c->bad = true;
		return SPAN_NONE;
	}
	span part = span_sub(c->s, 0, n);
	c->s = span_from(c->s, n);
	return part;
}

static uint64_t number(struct cell *c, size_t n)
{
	span p = take(c, n);
	uint64_t v = 0;
	for (size_t i = p.n; i-- > 0;)
		v = v << 8 | (unsigned char)p.p[i];
	return v;
}

static int64_t int32(struct cell *c)
{
	return (int32_t)(uint32_t)number(c, 4);
}

static span bytes(struct cell *c)
{
	int64_t n = int32(c);
	if (n < 0)
		c->bad = true;
	return take(c, n < 0 ? 0 : (size_t)n);
}

static span object(struct cell *c)
{
	take(c, 4); /* what kind, as a hash of its name */
	return bytes(c);
}

static void pass_list(struct cell *c, enum postbox_type type)
{
	int64_t n = int32(c);
	if (n < 0)
		c->bad = true;
	/* Each of them takes four bytes at least, so that the cell bounds the loop. */
	for (int64_t i = 0; i < n && !c->bad; i++)
		switch (type) {
		case POSTBOX_INT32S:
			take(c, 4);
			break;
		case POSTBOX_INT64S:
			take(c, 8);
			break;
		case POSTBOX_DICTIONARY:
			object(c);
			object(c);
			break;
		case POSTBOX_OBJECTS:
			object(c);
			break;
		default:
			bytes(c);
		}
}

static struct postbox_value value(struct cell *c)
{
	struct postbox_value v = { .type = (enum postbox_type)number(c, 1) };
	switch (v.type) {
	case POSTBOX_INT32:
		v.number = int32(c);
		break;
	case POSTBOX_INT64:
		v.number = (int64_t)number(c, 8);
		break;
	case POSTBOX_BOOL:
		v.number = number(c, 1) != 0;
		break;
	case POSTBOX_DOUBLE:
		take(c, 8);
		break;
	case POSTBOX_STRING:
	case POSTBOX_BYTES:
		v.bytes = bytes(c);
		break;
	case POSTBOX_OBJECT:
		v.bytes = object(c);
		break;
	case POSTBOX_NIL:
		break;
	case POSTBOX_INT32S:
	case POSTBOX_INT64S:
	case POSTBOX_OBJECTS:
	case POSTBOX_DICTIONARY:
	case POSTBOX_STRINGS:
	case POSTBOX_BYTES_LIST:
		pass_list(c, v.type);
		break;
	default:
		c->bad = true;
	}
	return v;
}

bool postbox_get(span fields, const char *name, struct postbox_value *ret)
{
	struct cell c = { .s = fields };
	while (c.s.n) {
		span key = take(&c, (size_t)number(&c, 1));
		struct postbox_value v = value(&c);
		if (c.bad)
			return false;
		if (span_eq(key, span_z(name))) {
			*ret = v;
			return true;
		}
	}
	return false;
}

span postbox_root(span cell)
{
	struct postbox_value v;
	return postbox_get(cell, "_", &v) && v.type == POSTBOX_OBJECT ? v.bytes : SPAN_NONE;
}

/* ---- messages ---- */

/* A global id, tags, group, thread: how many bytes each has, where its bit is set. */
static void pass_data(struct cell *c)
{
	static const size_t sizes[] = { 8, 4, 8, 4, 4, 8 };
	unsigned set = (unsigned)number(c, 1);
	if (set >> 6)
		c->bad = true; /* something that nobody describes */
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (set & 1u << i)
			take(c, sizes[i]);
}

static void read_forward(struct cell *c, struct postbox_message *m)
{
	unsigned set = (unsigned)number(c, 1);
	if (!set)
		return;
	m->forwarded = true;
	if (set >> 6)
		c->bad = true;
	take(c, 12); /* author, date */
	if (set & 1u << 1)
		take(c, 8);
	if (set & 1u << 2)
		take(c, 16);
	if (set & 1u << 3)
		bytes(c);
	if (set & 1u << 4)
		bytes(c);
	if (set & 1u << 5)
		take(c, 4);
}

static void read_media(struct postbox_message *m, span cell)
{
	struct postbox_value v;
	span root = postbox_root(cell);
	if (!postbox_get(root, "_rawValue", &v) || v.type != POSTBOX_INT32) {
		m->has_media = true;
		return;
	}
	m->action = v.number > 0 && v.number < 10000 ? (int)v.number : -1;
	if (postbox_get(root, "d", &v) && v.type == POSTBOX_INT32 && v.number >= 0)
		m->call_seconds = v.number;
}

bool postbox_message(span cell, struct postbox_message *ret)
{
	struct cell c = { .s = cell };
	struct postbox_message m = { .call_seconds = -1 };
	*ret = m;
	if (number(&c, 1) != 0)
		return false;
	take(&c, 8); /* its stable id and version */
	pass_data(&c);
	m.flags = (uint32_t)number(&c, 4);
	take(&c, 4); /* tags */
	if (c.bad)
		return false;
	read_forward(&c, &m);
	m.has_author = number(&c, 1) == 1;
	if (m.has_author)
		m.author = (int64_t)number(&c, 8);
	if (c.bad) {
		*ret = (struct postbox_message){ .flags = m.flags, .call_seconds = -1 };
		return false;
	}
	m.text = bytes(&c);
	*ret = m;
	for (int64_t n = int32(&c); n > 0 && !c.bad; n--)
		bytes(&c);
	for (int64_t n = int32(&c); n > 0 && !c.bad; n--)
		read_media(&m, bytes(&c));
	m.has_media |= int32(&c) > 0;
	if (c.bad)
		return false;
	*ret = m;
	return true;
}
