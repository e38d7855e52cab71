/*
 * fold_forms.h - the steps that make one form out of another. Each writes *ret_changed = false and
 * leaves `out` of no use when it would change nothing. False: out of memory.
 */
#ifndef FOLD_FORMS_H
#define FOLD_FORMS_H
#include "fold_chars.h"
#include "fold_layer.h"

/* What a quick look at the base form says could change it. May be wrong only towards true. */
struct triggers {
	bool runs;  /* a letter three times in a row */
	bool apart; /* single letters set apart */
	bool leet;  /* digits and signs beside letters */
};

/* The base form of an all-ASCII text. *ret_ascii = false, nothing else, if it is not ASCII. */
bool form_ascii(struct layer *out, span text, bool *ret_ascii);
/* Of an ASCII layer. Best asked for some time after it was written: what the processor has only
 * just stored it cannot read at another offset without waiting. */
struct triggers form_triggers(const struct layer *in);
/* Letters repeated more than twice are kept once or twice. */
bool form_runs(struct layer *out, const struct layer *in, unsigned keep, struct fold_chars *chars,
	       bool *ret_changed);
/* Single letters set apart by the same sign are joined. */
bool form_join(struct layer *out, const struct layer *in, bool *ret_changed);
/* Digits and signs inside words become letters; 1 and ! become `one`, and *ret_ones says if any
 * did. */
bool form_leet(struct layer *out, const struct layer *in, char one, bool *ret_ones,
	       bool *ret_changed);
#endif
