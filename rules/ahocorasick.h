/*
 * ahocorasick.h - find many literals in one pass over a folded text.
 *
 * It is a sieve: what it reports is confirmed elsewhere. To let through every spelling that a rule
 * takes, it reads text as symbols: any run of ASCII signs and spaces is one separator, apostrophes
 * are not there, any other byte is itself.
 *
 * The automaton of Aho and Corasick (1975) as a dense table: one row per state, one column per
 * class of bytes. States with output are numbered last, so that one comparison finds them.
 */
#ifndef AHOCORASICK_H
#define AHOCORASICK_H
#include "base/buf.h"
#include "base/span.h"
#include <stdint.h>

#define AC_SEPARATOR ' '

struct ac;

/* Append the symbols of folded text. A separator at the end of `out` swallows one at the start. */
void ac_symbols(struct buf *out, span folded);

/* literal[i] are symbols, not empty. NULL: out of memory. No literals: nothing is ever found. */
struct ac *ac_new(const span *literal, size_t n);
void ac_free(struct ac *ac);

/* Called for every literal that ends at byte stop. The same place may be reported twice. */
typedef void ac_hit_fn(void *user, uint32_t literal, size_t stop);
void ac_scan(const struct ac *ac, span text, ac_hit_fn *hit, void *user);

/* Where the occurrence of symbols that ends at stop begins: with the last sign of a run, if it
 * begins with a separator. SIZE_MAX if they do not stand there. */
size_t ac_start(span text, size_t stop, span symbols);

size_t ac_bytes(const struct ac *ac); /* size of the table */
#endif
