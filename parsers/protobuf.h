/*
 * protobuf.h - the fields of a Protocol Buffers message, read in place.
 *
 * The wire format, from the public encoding description (protobuf.dev/programming-guides/encoding):
 * each field is a varint tag (number << 3 | wire type) and its value: 0 a varint, 1 eight bytes,
 * 2 a length and that many bytes (text, bytes, another message), 5 four bytes, little-endian. The
 * groups of proto1 (3, 4) are not read. Nothing is copied and nothing recurses: a message within a
 * message is a span that the caller may read the same way, to the depth that it knows.
 */
#ifndef PROTOBUF_H
#define PROTOBUF_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

enum protobuf_wire {
	PROTOBUF_VARINT = 0,
	PROTOBUF_FIXED64 = 1,
	PROTOBUF_BYTES = 2,
	PROTOBUF_FIXED32 = 5
};

struct protobuf_field {
	uint32_t number;
	enum protobuf_wire wire;
	uint64_t value; /* VARINT, FIXED64, FIXED32; two's complement if the type is signed */
	span bytes;     /* BYTES */
};

/* The field at *at, which moves behind it; start from 0. 1, 0 at the end, or E_FORMAT (err may be
 * NULL): nothing behind that place can be read. */
int protobuf_next(span message, size_t *at, struct protobuf_field *ret, struct err *err);

/* The last field of that number and wire type before the end or the first damage: what a reader of
 * the format takes when a field stands more than once. False, *ret untouched, if there is none. */
bool protobuf_get(span message, uint32_t number, enum protobuf_wire wire,
		  struct protobuf_field *ret);

/* Bytes of the field at the end of a path of numbers, each a message within the one before; the
 * path ends with 0. Absent if it is not there; present and empty if it has no bytes. */
span protobuf_at(span message, const uint32_t *path);
#define PROTOBUF_AT(message, ...) protobuf_at((message), (const uint32_t[]){ __VA_ARGS__, 0 })

/* True if all of message is fields: what text only seldom is. */
bool protobuf_valid(span message);
#endif
