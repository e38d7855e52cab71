/*
 * ruleset.h - rule packs: what is worth saying about a text, as data.
 *
 * A pack is one YAML file (rules/packs/, its README gives the form). Loading checks everything:
 * ids are unique, patterns compile, each rule has at least one `match` and one `nomatch` example
 * and they hold. A loaded ruleset is immutable and may be shared.
 */
#ifndef RULESET_H
#define RULESET_H
#include "base/err.h"
#include "category.h"
#include <stdint.h>

enum ambiguity { AMBIGUITY_LOW, AMBIGUITY_MEDIUM, AMBIGUITY_HIGH };

/* When a hit counts. Evaluated when the case is scored, not while reading. */
struct rule_when {
	bool in, out;         /* directions it counts for; both false = any */
	bool unsaved_only;    /* the other person is not in the contacts */
	bool not_family;      /* the other person is not saved under a family word */
	bool line_only;       /* the other person is on the line list */
	uint32_t repeat;      /* counts only from this many messages on (0, 1 = at once) */
	uint32_t repeat_days; /* and on this many days */
};

struct rule {
	const char *id; /* "core.debt.work-it-off": stable, in every output */
	enum category category;
	unsigned stage; /* 2 or 3: how deep the reading must be for it to run */
	int weight;     /* points of one hit, before scoring.yaml's caps */
	enum ambiguity ambiguity;
	const char *meaning;  /* plain English: what it says */
	const char *innocent; /* an innocent explanation */
	const char *source;   /* where the rule comes from, may be "" */
	const char *pack;     /* name of the pack */
	bool on_original;     /* confirmed on the original bytes: prices and numbers */
	bool has_literal;     /* false: it is run on every message, and its cost is said */
	struct rule_when when;
};

/* What a rule reads and its examples, as written: for people and for tests. */
struct rule_text {
	const char *const *term; /* words and phrases, or */
	size_t term_n;
	const char *pattern;        /* a regular expression; NULL for terms */
	const char *const *literal; /* what every match of the pattern must hold */
	size_t literal_n;
	const char *const *match, *const *nomatch;
	size_t match_n, nomatch_n;
};

struct ruleset;

/* Load packs in order. err names file, rule and what to change. check_examples false skips running
 * the examples (they were checked when the pack was made). */
int ruleset_load(struct ruleset **ret, const char *const *paths, size_t n, bool check_examples,
		 struct err *err);
/* The same for one pack in memory; name is what messages call it. */
int ruleset_load_memory(struct ruleset **ret, const char *name, span yaml, bool check_examples,
			struct err *err);
void ruleset_free(struct ruleset *rs); /* NULL is legal */

size_t ruleset_count(const struct ruleset *rs);
const struct rule *ruleset_at(const struct ruleset *rs, size_t i);
const struct rule_text *ruleset_text(const struct ruleset *rs, size_t i);
size_t ruleset_packs(const struct ruleset *rs);
/* Name, version and SHA-256 (64 hex digits) of pack i. */
void ruleset_pack(const struct ruleset *rs, size_t i, const char **name, const char **version,
		  const char **sha256);
#endif
