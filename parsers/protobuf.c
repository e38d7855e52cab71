/* protobuf.c - see protobuf.h */
#include "protobuf.h"

static bool varint(span s, size_t *at, uint64_t *ret)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 64 && *at < s.n; shift += 7) {
		unsigned char byte = (unsigned char)s.p[(*at)++];
		if (shift == 63 && byte > 1)
			return false;
		value |= (uint64_t)(byte & 0x7fu) << shift;
		if (!(byte & 0x80u)) {
			*ret = value;
			return true;
		}
	}
	return false;
}

static bool fixed(span s, size_t *at, size_t n, uint64_t *ret)
{
	uint64_t value = 0;
	if (s.n - *at < n)
		return false;
	for (size_t i = 0; i < n; i++)
		value |= (uint64_t)(unsigned char)s.p[*at + i] << 8 * i;
	*at += n;
	*ret = value;
	return true;
}

static bool value_of(span s, size_t *at, struct protobuf_field *f)
{
	uint64_t n;
	switch (f->wire) {
	case PROTOBUF_VARINT:
		return varint(s, at, &f->value);
	case PROTOBUF_FIXED64:
		return fixed(s, at, 8, &f->value);
	case PROTOBUF_FIXED32:
		return fixed(s, at, 4, &f->value);
	case PROTOBUF_BYTES:
		if (!varint(s, at, &n) || n > s.n - *at)
			return false;
		f->bytes = span_sub(s, *at, *at + (size_t)n);
		*at += (size_t)n;
		return true;
	default:
		return false;
	}
}

int protobuf_next(span message, size_t *at, struct protobuf_field *ret, struct err *err)
{
	struct protobuf_field f = { 0 };
	uint64_t tag;
	if (*at >= message.n)
		return 0;
	if (!varint(message, at, &tag) || tag >> 3 == 0 || tag >> 3 > 0x1fffffffu)
		return err_set(err, E_FORMAT, "not a message of Protocol Buffers, or cut off");
	f.number = (uint32_t)(tag >> 3);
	f.wire = (enum protobuf_wire)(tag & 7u);
	if (!value_of(message, at, &f))
		return err_set(err, E_FORMAT, "a message of Protocol Buffers that is cut off");
	*ret = f;
	return 1;
}

bool protobuf_get(span message, uint32_t number, enum protobuf_wire wire,
		  struct protobuf_field *ret)
{
	struct protobuf_field f = { 0 };
	bool found = false;
	size_t at = 0;
	while (protobuf_next(message, &at, &f, NULL) == 1)
		if (f.number == number && f.wire == wire) {
			*ret = f;
			found = true;
		}
	return found;
}

span protobuf_at(span message, const uint32_t *path)
{
	struct protobuf_field f;
	for (; *path; path++) {
		if (!message.p || !protobuf_get(message, *path, PROTOBUF_BYTES, &f))
			return SPAN_NONE;
		message = f.bytes;
	}
	return message;
}

bool protobuf_valid(span message)
{
	struct protobuf_field f;
	size_t at = 0;
	int rc;
	while ((rc = protobuf_next(message, &at, &f, NULL)) == 1)
		;
	return rc == 0;
}
