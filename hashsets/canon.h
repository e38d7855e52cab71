/*
 * canon.h - canonical JSON: one value has one spelling, so that its hash and signature can be
 * checked by anyone, years later.
 *
 * RFC 8785 for what it allows: objects sorted by key, no white space; only objects, arrays,
 * strings, integers within +-(2^53 - 1), true, false. Keys are printable ASCII without '"' and '\':
 * their order is the same in bytes as in the UTF-16 units that RFC 8785 sorts by. Strings are UTF-8
 * without U+0000; '"', '\' and control characters below U+0020 are escaped (\b \t \n \f \r, else
 * \u00xx in lower case), nothing else is. No null, no reals, no key twice.
 */
#ifndef CANON_H
#define CANON_H
#include "base/buf.h"
#include "base/err.h"
#include <jansson.h>
#include <stdint.h>

#define CANON_BYTES_MAX ((size_t)64 << 20)
#define CANON_DEPTH_MAX 32
#define CANON_VALUES_MAX 1000000
#define CANON_INTEGER_MAX INT64_C(9007199254740991)

/* The canonical bytes of v, appended to ret, which is as it was on failure. E_FORMAT: v holds what
 * canonical JSON does not; E_LIMIT: deeper than CANON_DEPTH_MAX. */
int canon_write(struct buf *ret, const json_t *v, struct err *err);
/* Read bytes that must be canonical already, to the byte: E_FORMAT if not, E_LIMIT past one of the
 * limits above. *ret is the caller's to decref. */
int canon_read(json_t **ret, span bytes, struct err *err);
#endif
