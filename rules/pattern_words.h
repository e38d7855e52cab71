/*
 * pattern_words.h - the words of which every match of a pattern holds one.
 *
 * From the tree of the pattern: texts that stand in a row are multiplied out, choices added up, and
 * of all sets that each match must hold one of, the one is taken that ordinary text holds least.
 */
#ifndef PATTERN_WORDS_H
#define PATTERN_WORDS_H
#include "base/arena.h"
#include "pattern.h"

#define PATTERN_WORDS_MAX 1000

struct pattern_word {
	span text; /* folded, with separators as in the pattern */
	/* No letter or digit stands before, after it in any match. */
	bool edge_before, edge_after;
};

/* Every match holds one of the words (symbols of ahocorasick.h, no separators), or a digit if so.
 */
struct pattern_clause {
	const struct pattern_word *word;
	size_t n;
	bool digit;
};

struct pattern_words {
	const struct pattern_word *word; /* in the arena */
	size_t n;                        /* 0: no word is certain */
	double cost; /* how often ordinary text holds one of them, in millionths of its words */
	/* Of the alternative: its bytes in the pattern, characters of its longest match, and how
	 * many of these can stand before the word. */
	unsigned from, to, max_chars, before;
	/* What every match holds besides, the rarest first. */
	const struct pattern_clause *clause;
	size_t clauses;
};

/* Of one alternative of the pattern. False when memory ran out. */
bool pattern_words(struct pattern_words *ret, const struct pattern *p, size_t branch,
		   struct folder *folder, struct arena *arena);
/* The same estimate for one word given by hand. */
double pattern_word_cost(span text, bool edge_before, bool edge_after);
/* Of a million words of ordinary text, how many hold this one, at most as a part. */
double pattern_word_rate(span word);
/* Of symbols (ahocorasick.h) the word that ordinary text holds least; empty if there is none. */
span pattern_rarest_word(span symbols);
#endif
