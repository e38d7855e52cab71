/*
 * match.h - run a ruleset over one text.
 *
 * The text is folded on a shadow copy with an offset map; one Aho-Corasick over every rule's
 * required literal finds candidates; PCRE2 confirms on the same folded text (on the original for
 * rules with on_original); hits come back as bytes of the original. The prefilter only saves time:
 * the hits are those of "every rule on the text".
 */
#ifndef MATCH_H
#define MATCH_H
#include "ruleset.h"

struct hit {
	uint32_t rule;      /* index in the ruleset */
	size_t start, stop; /* bytes of the original text */
};

/* A limit reached while matching this text: named, never "no match". rule may be NULL. */
typedef void match_limit_fn(void *user, const struct rule *rule, const char *what);
/* At most one hit per rule and text: the first. */
typedef void match_hit_fn(void *user, const struct hit *hit);

struct matcher; /* scratch for one thread */

struct matcher *matcher_new(const struct ruleset *rs, bool jit, struct err *err);
void matcher_free(struct matcher *m);
/* Any bytes. Hits come in order of rule index. */
void matcher_run(struct matcher *m, span text, match_hit_fn *hit, match_limit_fn *limit,
		 void *user);
#endif
