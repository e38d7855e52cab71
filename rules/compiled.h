/* compiled.h - what a loaded ruleset holds for the matcher: the engine's own, not for others. */
#ifndef COMPILED_H
#define COMPILED_H
#include "base/arena.h"
#include "pattern_words.h"
#include "ruleset.h"

/* No match is longer than this many bytes, whatever the rule (PATTERN_MAX_CHARS of 4 bytes). */
#define MATCH_MAX_BYTES 480
#define LITERAL_MAX 12 /* symbols of a word that is looked for; the rest is compared */

/* As ahocorasick.h reads texts. */
struct literal {
	span word;   /* what is looked for */
	span before; /* symbols before it; for terms, from the start of the match */
	span after;  /* symbols after it */
	/* Terms only: there must be an edge of a word before `before`, and after `after`. */
	bool edge_before, edge_after;
	uint32_t branch; /* in which alone it stands, NO_BRANCH: in the whole pattern */
};

#define NO_BRANCH UINT32_MAX

/* One of the alternatives that a pattern consists of: tried first, beside its own words. */
struct branch {
	const char *regex;
	unsigned max_chars;                  /* of a match with its look-around */
	unsigned before;                     /* characters that stand before its words at most */
	const struct pattern_clause *clause; /* what every match of it holds */
	size_t clauses;
};

struct rule_body {
	struct rule rule;
	struct rule_text text;
	struct rule_names needs; /* folded words: one must stand near the match */
	bool terms;              /* the literal begins the match */
	const char *regex;       /* for PCRE2 */
	unsigned max_chars;      /* of a match with its look-around */
	const struct literal *literal;
	size_t literal_n; /* 0: run on every text */
	const struct branch *branch;
	size_t branch_n;
	unsigned line; /* in its pack */
};

struct pack {
	const char *name, *version;
	char sha256[65];
};

struct ruleset {
	struct arena *arena;
	struct rule_body *body;
	size_t n, cap;
	struct pack *pack;
	size_t pack_n;
};
#endif
