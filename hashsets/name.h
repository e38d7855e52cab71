/*
 * name.h - the words of a name, in the form two names are compared in.
 *
 * Letters and digits only, case and compatibility forms folded (NFKC), one space between words:
 * "DEANO  Line!" and "deano line" give the same. Bytes that are not UTF-8 separate words.
 */
#ifndef NAME_H
#define NAME_H
#include "base/buf.h"

/* Names longer than this are not read: no person's name is. */
#define NAME_MAX_BYTES 1024

/* Replaces what out holds. False when memory ran out or the name is too long: out is then empty. */
bool name_words(span name, struct buf *out);
#endif
