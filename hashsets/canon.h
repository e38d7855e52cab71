/*
 * canon.h - canonical JSON: one value has one spelling, so that its hash and signature can be
 * checked by anyone, years later.
 *
 * Objects sorted by the bytes of their keys, no white space, only objects, arrays, strings (UTF-8,
 * control characters, '"' and '\' escaped, '/' not), integers within +-2^53, true, false. No null,
 * no reals, no key twice. It is RFC 8785 for what it allows.
 */
#ifndef CANON_H
#define CANON_H
#include "base/buf.h"
#include "base/err.h"
#include <jansson.h>

/* The canonical bytes of v, appended to ret. E_FORMAT: v holds what canonical JSON does not. */
int canon_write(struct buf *ret, const json_t *v, struct err *err);
/* Read bytes that must be canonical already, to the byte; *ret is the caller's to decref.
 * At most 64 MiB, 32 levels. */
int canon_read(json_t **ret, span bytes, struct err *err);
#endif
