/*
 * fold_forms.h - the steps that make one form out of another. Each says if it changed anything; if
 * not, `out` is of no use. False: out of memory.
 *
 * What stands beside a letter or a digit is asked by character (fold_walk.h): letters, marks and
 * numbers of any script are words, a currency sign guards the digits beside it, and every other
 * sign, emoji among them, separates.
 */
#ifndef FOLD_FORMS_H
#define FOLD_FORMS_H
#include "fold_chars.h"
#include "fold_layer.h"

/* What a quick look at the base form says could change it. May be wrong only towards true. */
struct triggers {
	bool runs;  /* an ASCII letter three times in a row */
	bool apart; /* single letters set apart, ASCII letters among them */
	bool leet;  /* digits and signs beside letters */
};

/* The base form of an all-ASCII text. *ret_ascii = false, nothing else, if it is not ASCII. */
bool form_ascii(struct layer *out, span text, bool *ret_ascii);
/* Best asked for some time after the layer was written: what the processor has only just stored it
 * cannot read at another offset without waiting. */
struct triggers form_triggers(const struct layer *in);

/* How often letters are kept that are repeated more than twice: a e i o u, and all others. */
struct keep {
	unsigned char vowels, others; /* 1 or 2 */
};
enum { RUNS_VOWELS = 1, RUNS_OTHERS = 2 }; /* which there are */
bool form_runs(struct layer *out, const struct layer *in, struct keep keep,
	       struct fold_chars *chars, unsigned *ret_runs);
/* Single letters set apart by the same signs, up to three, are joined. fold_join.c */
bool form_join(struct layer *out, const struct layer *in, struct fold_chars *chars,
	       bool *ret_changed);
/* Digits and signs inside words become letters; 1 and ! become `one`, and *ret_ones says if any
 * did. fold_leet.c */
bool form_leet(struct layer *out, const struct layer *in, char one, struct fold_chars *chars,
	       bool *ret_ones, bool *ret_changed);
/* The letter that a digit or sign stands for, or 0. */
char form_leet_letter(char c, char one);
#endif
