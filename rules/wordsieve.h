/*
 * wordsieve.h - find many phrases in one pass over a folded text, word by word.
 *
 * The words of a text, runs of ASCII letters and digits, are looked up in a table; phrases are
 * walked in a tree of words. Far cheaper than byte by byte, and a phrase is reported only when all
 * of it stands there. Between two words of a phrase stand separators (ahocorasick.h) and nothing
 * else. Apostrophes are not there; beside one a word may also end or begin: "mum's" holds mums, mum
 * and s.
 */
#ifndef WORDSIEVE_H
#define WORDSIEVE_H
#include "base/span.h"
#include <stdint.h>

#define WORD_BYTES ((size_t)16)     /* of the longest word */
#define WORD_PART_BYTES ((size_t)2) /* of the shortest that is not whole */

/* Whether more of a word may stand before or after what is looked for. */
enum word_kind { WORD_WHOLE, WORD_ENDS, WORD_BEGINS, WORD_KINDS };

struct words;

struct words *words_new(void); /* NULL: out of memory */
void words_free(struct words *w);
/* Whether the table can hold it: ASCII letters and digits, not too long, nor too short. */
bool words_can(span word, enum word_kind kind);
/* How one with such edges can be looked for; WORD_KINDS: not at all. */
enum word_kind words_kind(span word, bool edge_before, bool edge_after);
/* The number of a word, from 2 on; 0: out of memory. WORD_ENDS begins phrases only, WORD_BEGINS
 * ends them. */
uint32_t words_add(struct words *w, span word, enum word_kind kind);
uint32_t words_count(const struct words *w); /* the highest number */
/* `what` is reported where these words, 1 to WORDS_MOST, stand in a row. before, after: the byte
 * that stands there beyond any separators and apostrophes, 0: any. */
#define WORDS_MOST 24
bool words_phrase(struct words *w, const uint32_t *word, size_t n, uint32_t what, char before,
		  char after);

/* When all phrases are there; before the first text. False: out of memory. */
bool words_done(struct words *w);

/* A word of the text last read. */
struct text_word {
	uint32_t start, stop;
	uint32_t word;   /* its number, 0: in no phrase */
	uint32_t part_n; /* of the words in it */
	uint32_t part;   /* the first of them */
	bool digit;      /* a digit stands in it */
	bool quote;      /* an apostrophe does */
	bool apart;      /* more than separators stand before it */
};

/* A word that stands in another: it begins or ends at an apostrophe, or need not be whole. */
struct word_part {
	uint32_t start, stop, word;
};

/* Read the words of text that begin in [from, to). ascii: all of it is. 32 zero bytes lie before
 * and after the text. False: out of memory. */
bool words_read(struct words *w, span text, bool ascii, size_t from, size_t to);
const struct text_word *words_text(const struct words *w, size_t *ret_n);
const struct word_part *words_parts(const struct words *w);
/* Which words were read: for each number that of WORDS_SEEN, modulo, is set. That of WORDS_DIGIT,
 * no word's number, if a digit was. */
#define WORDS_SEEN 512
#define WORDS_DIGIT 1
const uint64_t *words_seen(struct words *w);
bool words_digit(const struct words *w);

typedef void words_hit_fn(void *user, uint32_t what, size_t start, size_t stop);
/* Report the phrases that begin before `to`, in what was read. */
void words_find(const struct words *w, span text, size_t to, words_hit_fn *hit, void *user);
size_t words_bytes(const struct words *w);
#endif
