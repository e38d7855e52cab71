/*
 * protobuf.h - the fields of one message in protobuf's wire form, read in place.
 *
 * For blobs that lie in evidence: nothing is copied, nothing recurses; a message within a message
 * is the bytes of a field, opened by the caller as deep as it wants. The form, from Google's
 * "Encoding" page: a varint key (number << 3 | type), then a varint (0), 8 bytes (1), a length and
 * bytes (2), or 4 bytes (5). Groups (3, 4) are not read.
 */
#ifndef PROTOBUF_H
#define PROTOBUF_H
#include "base/span.h"
#include <stdint.h>

struct protobuf_field {
	uint32_t number;
	enum {
		PROTOBUF_VARINT = 0,
		PROTOBUF_FIXED64 = 1,
		PROTOBUF_BYTES = 2,
		PROTOBUF_FIXED32 = 5
	} type;
	uint64_t value; /* of all types but BYTES */
	span bytes;     /* of BYTES */
};

/* The next field at *pos, which moves behind it. False at the end, and where the bytes are no
 * message: then *pos is not message.n. */
bool protobuf_next(span message, size_t *pos, struct protobuf_field *ret);

/* The first field of that number and type BYTES; absent if there is none before the message ends or
 * breaks. */
span protobuf_bytes(span message, uint32_t number);
#endif
