/*
 * seals.h - what stands beside a bundle's manifest, said in a file of the manifest.
 *
 * A signature cannot be in the list that it signs, so whoever takes it away would leave a folder
 * that looks like one that never had any. SIGNED.txt is in the list and says what was put beside
 * it:
 *
 *   linecheck-signed-1
 *   MANIFEST.sig PUBLIC-KEY       64 hex digits; only if it is signed
 *   MANIFEST.cms SHA-256          of the certificate (DER); only if there is one
 *   MANIFEST.tsq
 */
#ifndef SEALS_H
#define SEALS_H
#include "base/buf.h"
#include <stdbool.h>

#define SEALS_FILE "SIGNED.txt"

struct seals {
	const char *key;         /* 64 hex digits; NULL: not signed */
	const char *certificate; /* 64 hex digits; NULL: none */
	bool request;
};

/* Append the only spelling of it. */
void seals_text(const struct seals *s, struct buf *ret);
#endif
