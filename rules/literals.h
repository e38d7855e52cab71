/*
 * literals.h - where the literals of rules stand in a folded text, and so which rules to ask there.
 *
 * Word by word (wordsieve.h) what has a whole word, or one with an edge; the rest, and everything
 * where few rules look for rare words, byte by byte (ahocorasick.h).
 */
#ifndef LITERALS_H
#define LITERALS_H
#include "compiled.h"
#include "match.h"

/* Which texts a rule is for, and which way a text went: a rule is asked where they share a bit. */
enum aim { AIM_ANY = 1, AIM_IN = 2, AIM_OUT = 4, AIM_UNKNOWN = 8 };
unsigned literals_aim(const struct rule_body *b);
/* Rules that look at other things than text, and those switched off, are not for this engine. */
bool literals_read(const struct rule_body *b);

struct literals;

struct literals *literals_new(const struct ruleset *rs, enum sieve sieve); /* NULL: out of memory */
void literals_free(struct literals *l);                                    /* NULL is legal */

/* A form of a text, and which rules to leave out of it. */
struct literals_text {
	span text;      /* 32 zero bytes before and after */
	bool ascii;     /* all of it is */
	bool base;      /* it is the base form */
	bool all_ascii; /* the original is ASCII */
	unsigned aim;
	const uint32_t *done; /* per rule: leave it out if this is `run` */
	uint32_t run;
};

/* A match of the rule may stand around `start`, by this alternative or NO_BRANCH. */
typedef void literals_hit_fn(void *user, uint32_t rule, size_t start, uint32_t branch);
/* Report those that begin in [from, to), and perhaps some after them, in any order, perhaps twice.
 * *steps grows by what is not in proportion to the text. False: out of memory. */
bool literals_find(struct literals *l, const struct literals_text *text, size_t from, size_t to,
		   literals_hit_fn *hit, void *user, uint64_t *steps);
#endif
