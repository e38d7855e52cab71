/*
 * stamp.h - a time stamp (RFC 3161): the request is written here, carried to a machine with a
 * network, and the token taken back. linecheck itself uses no network.
 */
#ifndef STAMP_H
#define STAMP_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

/* The request, DER: SHA-256 of the bytes, certificate wanted, no nonce, so that it is the same
 * bytes every time. */
int stamp_request(span bytes, struct buf *ret, struct err *err);
/* Is the answer a token of these bytes, in its only spelling, with the signature of the certificate
 * in it? *ret_time: ms UTC that it says. Whether that certificate is an authority's is asked only
 * with ca, a PEM file with the issuer of the time-stamp authority (NULL: not asked). */
int stamp_check(span token, span bytes, const char *ca, int64_t *ret_time, struct err *err);
#endif
