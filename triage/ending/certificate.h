/*
 * certificate.h - what is left of a case that was erased: a page of text, signed.
 *
 * It lists the SHA-256 of every file of the exhibits, says what was destroyed and what is claimed,
 * and what is not. A line "Signature ..." signs (key.h, context "certificate") all bytes before it.
 * The first part is written before anything is destroyed, the end when all is gone.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H
#include "base/buf.h"
#include "case.h"
#include "key.h"

/* The first part, from the case that is to be erased. second may be NULL. */
int certificate_begin(struct case_db *c, const char *reason, const struct key *second,
		      struct buf *ret, struct err *err);
/* Append the end: at in ms UTC; k is NULL where the first part is not signed (training). E_FORMAT:
 * the first part is not whole, or was altered. */
int certificate_end(struct buf *certificate, const struct key *k, int64_t at, struct err *err);
/* Is the first part signed, as that of a real case is? */
bool certificate_signed(span certificate);
/* Check the signatures of a finished certificate. */
int certificate_check(span certificate, struct err *err);
#endif
