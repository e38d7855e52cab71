/*
 * utf8.h - the little of UTF-8 that everything needs. Strict: no overlong forms, no
 * surrogates, nothing past U+10FFFF (RFC 3629). Normalising and folding are utf8proc's job.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/buf.h"
#include "base/span.h"
#include <stdint.h>

#define UTF8_BAD 0xFFFFFFFFu

/* Decode at *pos (which must be < s.n) and advance: by the character's length, or by
 * one byte with UTF8_BAD. */
uint32_t utf8_next(span s, size_t *pos);
/* Write 1-4 bytes; 0 if cp cannot be encoded. */
size_t utf8_put(uint32_t cp, char out[static 4]);
bool utf8_valid(span s);
/* True if all bytes are below 0x80. */
bool utf8_ascii(span s);
/* Append s with every bad byte replaced by U+FFFD. */
void utf8_repair(struct buf *out, span s);
/* UTF-16 code units of either byte order to UTF-8; lone surrogates become U+FFFD. */
void utf8_from_utf16(struct buf *out, span s, bool big_endian);

/* True for characters that can change how the text around them reads or is drawn without being
 * seen: C0 (but tab and newline), DEL, C1, bidirectional controls and isolates, zero-width, BOM,
 * line and paragraph separators, tags (U+E0000-E007F), variation selectors but U+FE0E/FE0F, and
 * whatever else Unicode draws as nothing (soft hyphen, fillers, annotation, shorthand, music). */
bool utf8_is_hidden(uint32_t cp);
#endif
