/*
 * postbox.h - what Telegram on iPhones keeps in the cells of its database (postbox/db/db_sqlite).
 *
 * Numbers are little-endian, texts and bytes stand behind a length of four bytes. An object is a
 * row of fields: a length of one byte and the field's name, a byte for its type, the value. Source:
 * the reader of Telegram messages in iLEAPP (MIT), after V. Oreshkin's public description.
 */
#ifndef POSTBOX_H
#define POSTBOX_H
#include "base/span.h"
#include <stdint.h>

enum postbox_type {
	POSTBOX_INT32,
	POSTBOX_INT64,
	POSTBOX_BOOL,
	POSTBOX_DOUBLE,
	POSTBOX_STRING,
	POSTBOX_OBJECT,
	POSTBOX_INT32S,
	POSTBOX_INT64S,
	POSTBOX_OBJECTS,
	POSTBOX_DICTIONARY,
	POSTBOX_BYTES,
	POSTBOX_NIL,
	POSTBOX_STRINGS,
	POSTBOX_BYTES_LIST
};

struct postbox_value {
	enum postbox_type type;
	int64_t number; /* INT32, INT64, BOOL */
	span bytes;     /* STRING, BYTES; of an OBJECT its fields */
};

/* The field of that name in fields; false if it is not there before the end or the first damage. */
bool postbox_get(span fields, const char *name, struct postbox_value *ret);
/* The fields of the object that a cell or a length stands for: its field "_". */
span postbox_root(span cell);

struct postbox_message {
	uint32_t flags; /* POSTBOX_INCOMING ... */
	bool has_author, forwarded, has_media;
	int64_t author;
	span text;
	int action;           /* what the app says itself: its number, or 0 */
	int64_t call_seconds; /* of a call; -1 not said */
};
enum { POSTBOX_UNSENT = 1, POSTBOX_FAILED = 2, POSTBOX_INCOMING = 4, POSTBOX_SENDING = 32 };
enum { POSTBOX_CALL = 14, POSTBOX_GROUP_CALL = 22 };

/* A value of table t7. False: it is cut off, or newer than tested; what was read until there
 * stands. */
bool postbox_message(span cell, struct postbox_message *ret);
#endif
