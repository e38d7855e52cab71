/*
 * match.h - run a ruleset over one text.
 *
 * The text is folded on a shadow copy with an offset map; one Aho-Corasick over every rule's
 * required literal finds candidates; PCRE2 confirms on the same folded text (on the original for
 * rules with on_original); hits come back as bytes of the original. The prefilter only saves time:
 * the hits are those of "every rule on every form of the text" (fold.h).
 *
 * Time grows with the length of a text and no faster: beyond a budget that only hostile texts
 * reach, the rest is not looked at and the limit is named.
 */
#ifndef MATCH_H
#define MATCH_H
#include "record.h"
#include "ruleset.h"

struct hit {
	uint32_t rule;      /* index in the ruleset */
	size_t start, stop; /* bytes of the original text */
};

/* A limit reached while matching this text: named, never "no match". rule may be NULL. */
typedef void match_limit_fn(void *user, const struct rule *rule, const char *what);
/* At most one hit per rule and text: the first in the first form that has one. */
typedef void match_hit_fn(void *user, const struct hit *hit);

struct matcher; /* scratch for one thread */

struct matcher *matcher_new(const struct ruleset *rs, bool jit, struct err *err);
void matcher_free(struct matcher *m); /* NULL is legal */
/* From now on texts went this way: rules whose `when` asks for another direction are left out. A
 * new matcher leaves none out. */
void matcher_aim(struct matcher *m, enum direction direction);
/* How texts are searched; the answers are the same. */
enum sieve {
	SIEVE_BEST,  /* what is faster with these rules */
	SIEVE_BYTES, /* byte by byte: ahocorasick.h */
	SIEVE_WORDS, /* word by word: wordsieve.h */
	SIEVE_NONE   /* each rule on all of each form */
};
struct matcher *matcher_new_by(const struct ruleset *rs, enum sieve sieve, bool jit,
			       struct err *err);
/* The same answers without prefilter, windows and budget: each rule on all of each form. Slow; for
 * tests. */
struct matcher *matcher_new_plain(const struct ruleset *rs, bool jit, struct err *err);
/* Any bytes. Hits come in order of rule index. Bytes that are not UTF-8 separate words. */
void matcher_run(struct matcher *m, span text, match_hit_fn *hit, match_limit_fn *limit,
		 void *user);
#endif
