/*
 * clauses.h - what every match of an alternative holds besides its literal (pattern_words.h): where
 * it is not there, PCRE2 need not be asked.
 */
#ifndef CLAUSES_H
#define CLAUSES_H
#include "compiled.h"
#include "wordsieve.h"

struct clauses;

/* Adds the words to `words`. NULL: out of memory. */
struct clauses *clauses_new(const struct ruleset *rs, struct words *words);
void clauses_free(struct clauses *c); /* NULL is legal */
/* When all words have been added, before words_done(). False: out of memory. */
bool clauses_done(struct clauses *c);

/* Whether all of it is in the text that was read, within reach of a literal at `at`. width: bytes
 * of a character, at most. *steps grows by what it cost, about a nanosecond each. */
bool clauses_hold(const struct clauses *c, uint32_t rule, uint32_t branch, size_t at, size_t width,
		  uint64_t *steps);
#endif
