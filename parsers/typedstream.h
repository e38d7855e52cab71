/*
 * typedstream.h - the text in Apple's old archive format, as Messages keeps it in attributedBody.
 *
 * The format, from public descriptions and from looking at bytes (numbers are little-endian after
 * "streamtyped", big-endian after "typedstream"):
 *
 *   stream   04, the length and letters of one of these words, number (system version), values...
 *   values   a type, then one value for each letter of it
 *   type     84 length bytes = a new one, kept in a list; or 92+n = the n-th of that list
 *   number   one signed byte; or 81 and two bytes; or 82 and four bytes
 *   object   85 = none; or 92+n = one seen before; or 84 class values... 86
 *   class    85 = the root has no parent; or 92+n = one seen before; or 84 name version parent,
 *            where name is written like a type
 *   Objects and classes are counted together, in the order in which they begin.
 *
 * Messages archives an NSAttributedString: type "@", an object whose class descends from it, in it
 * type "@", an object whose class descends from NSString, in it type "+", length and UTF-8 bytes.
 * What follows (fonts, links, data detectors) is not read.
 */
#ifndef TYPEDSTREAM_H
#define TYPEDSTREAM_H
#include "base/err.h"
#include "base/span.h"

/* *ret lies within blob; present and empty for an archived empty string. E_FORMAT if the bytes
 * are not that, or end before the string does. Allocates nothing. */
int typedstream_text(span blob, span *ret, struct err *err);
#endif
