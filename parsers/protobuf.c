/* protobuf.c - see protobuf.h */
#include "protobuf.h"

static bool varint(span s, size_t *pos, uint64_t *ret)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 64 && *pos < s.n; shift += 7) {
		unsigned char byte = (unsigned char)s.p[(*pos)++];
		if (shift == 63 && byte > 1)
			return false;
		value |= (uint64_t)(byte & 127) << shift;
		if (byte < 128) {
			*ret = value;
			return true;
		}
	}
	return false;
}

static bool fixed(span s, size_t *pos, size_t n, uint64_t *ret)
{
	uint64_t value = 0;
	if (s.n - *pos < n)
		return false;
	for (size_t i = n; i-- > 0;)
		value = value << 8 | (unsigned char)s.p[*pos + i];
	*pos += n;
	*ret = value;
	return true;
}

bool protobuf_next(span message, size_t *pos, struct protobuf_field *ret)
{
	struct protobuf_field f = { 0 };
	size_t at = *pos;
	uint64_t key, length;
	if (at >= message.n || !varint(message, &at, &key) || key >> 3 == 0 ||
	    key >> 3 > UINT32_MAX)
		return false;
	f.number = (uint32_t)(key >> 3);
	switch (key & 7) {
	case PROTOBUF_VARINT:
		f.type = PROTOBUF_VARINT;
		if (!varint(message, &at, &f.value))
			return false;
		break;
	case PROTOBUF_FIXED64:
		f.type = PROTOBUF_FIXED64;
		if (!fixed(message, &at, 8, &f.value))
			return false;
		break;
	case PROTOBUF_FIXED32:
		f.type = PROTOBUF_FIXED32;
		if (!fixed(message, &at, 4, &f.value))
			return false;
		break;
	case PROTOBUF_BYTES:
		f.type = PROTOBUF_BYTES;
		if (!varint(message, &at, &length) || length > message.n - at)
			return false;
		f.bytes = span_sub(message, at, at + (size_t)length);
		at += (size_t)length;
		break;
	default:
		return false;
	}
	*pos = at;
	*ret = f;
	return true;
}

span protobuf_bytes(span message, uint32_t number)
{
	struct protobuf_field f;
	size_t pos = 0;
	while (protobuf_next(message, &pos, &f))
		if (f.number == number && f.type == PROTOBUF_BYTES)
			return f.bytes;
	return SPAN_NONE;
}
