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

#define PATTERN_WORDS_MAX 400

struct pattern_word {
	span text; /* folded, with separators as in the pattern */
	/* No letter or digit stands before, after it in any match. */
	bool edge_before, edge_after;
};

/* *ret lies in the arena; *ret_n 0: no word is certain. *ret_cost: how often ordinary text holds
 * one of them, in millionths of its words, more or less. False when memory ran out. */
bool pattern_words(const struct pattern *p, struct folder *folder, struct arena *arena,
		   const struct pattern_word **ret, size_t *ret_n, double *ret_cost);
/* The same estimate for one word given by hand. */
double pattern_word_cost(span text, bool edge_before, bool edge_after);
#endif
