/*
 * ahocorasick.h - find many words in one pass over a folded text.
 *
 * It is a sieve: what it reports is confirmed elsewhere. To let through every spelling that a rule
 * takes, texts are compared as symbols: any run of ASCII signs and spaces is one separator,
 * apostrophes are not there, any other byte is itself. Literals are words, without separators:
 * where a separator stands the search begins anew, so that two halves of a text can be searched at
 * once.
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

/* literal[i] are symbols, not empty, no separators, at most 255. NULL: out of memory. No literals:
 * nothing is ever found. whole[i]: no ASCII letter or digit stands beside it, else it need not be
 * reported (NULL: of none). */
struct ac *ac_new(const span *literal, const bool *whole, size_t n);
void ac_free(struct ac *ac);

/* Called for every literal that ends at byte stop. Not in the order of the text, and the same place
 * may be reported twice. */
typedef void ac_hit_fn(void *user, uint32_t literal, size_t stop);
/* Search bytes [from, to) of text, and perhaps some after them; 32 zero bytes follow the text. */
void ac_scan(const struct ac *ac, span text, size_t from, size_t to, ac_hit_fn *hit, void *user);
/* The first byte from `from` on that is a separator; text.n if there is none before `limit`. */
size_t ac_separator(span text, size_t from, size_t limit);

/* Where symbols that end at stop begin, where symbols that begin at start end: SIZE_MAX if they do
 * not stand there. A separator at the outer end stands for one sign, the nearest. */
size_t ac_start(span text, size_t stop, span symbols);
size_t ac_stop(span text, size_t start, span symbols);

size_t ac_bytes(const struct ac *ac); /* size of the table */
#endif
