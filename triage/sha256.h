/* sha256.h - SHA-256 by OpenSSL, as a stream and as hex. */
#ifndef SHA256_H
#define SHA256_H
#include "base/err.h"
#include "base/span.h"

struct sha256;

struct sha256 *sha256_new(struct err *err); /* NULL on failure */
void sha256_free(struct sha256 *h);         /* NULL is legal */
/* Failing is remembered and told by sha256_end. */
void sha256_add(struct sha256 *h, span bytes);
/* 64 lower-case hex digits and a NUL. h starts anew. */
int sha256_end(struct sha256 *h, char out[static 65], struct err *err);
#endif
