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

struct rule_names {
	const char *const *name;
	size_t n;
};

/* When a hit counts. Evaluated when the case is scored, not while reading. */
struct rule_when {
	bool in, out;         /* directions it counts for; both false = any */
	bool unsaved_only;    /* the other person is not in the contacts */
	bool not_family;      /* the other person is no firm and not saved under a family word */
	bool line_only;       /* the other person is on the line list */
	bool in_private;      /* not in groups */
	uint32_t repeat;      /* counts only from this many messages on (0, 1 = at once) */
	uint32_t repeat_days; /* and on this many days */
	/* Only within `messages` messages of a hit of one of these rules or categories, in the same
	 * conversation. */
	struct rule_names near;
	uint32_t messages;
	bool missing; /* only while the child was missing, by the case's authority decision */
};

/* What a rule looks at. All but text are looked for when a case is scored. */
enum rule_kind {
	RULE_TEXT,     /* terms or a pattern */
	RULE_TRAFFIC,  /* calls and messages by number, time and direction */
	RULE_SEQUENCE, /* hits of other rules one after the other in one conversation */
	RULE_APPS,     /* an app of a kind (triage/apps.list) is on the phone */
	RULE_IDENTITY, /* SIMs and numbers of the phone, and how a line's number is saved */
	RULE_SHAPE     /* how a text with a hit is written: in quotation marks, as verse */
};

enum rule_identity { IDENTITY_SIMS, IDENTITY_OWN_LISTED, IDENTITY_LINE_SAVED };
enum rule_shape { SHAPE_QUOTED, SHAPE_LYRICS };

/* What hits of this rule take away from others, being an innocent explanation. Never welfare. */
enum rule_clears {
	CLEARS_NOTHING,
	CLEARS_HIT,     /* hits inside its own */
	CLEARS_MESSAGE, /* hits in the same message */
	CLEARS_PERSON   /* hits in messages with the same person */
};

struct rule_watch {
	/* RULE_TRAFFIC. With `people` of 2 or more the events are counted over all people, else
	 * for each person apart. */
	bool calls, texts;
	uint32_t events, people, days; /* at least */
	uint32_t minutes;              /* all of it within, 0: any time */
	uint32_t shorter;              /* calls of fewer seconds only, 0: any */
	uint32_t from_hour, to_hour;   /* local hours; the same: any */
	bool one_way;                  /* nothing with this person the other way */
	bool first;                    /* only the first contact with each person */
	bool same_text;                /* near-identical texts only */
	uint32_t quiet_hours;          /* only after nothing was sent or dialled for so long */
	/* RULE_TRAFFIC: hits of these rules or categories only; RULE_SEQUENCE: its steps, each one
	 * or more of them with | between; RULE_APPS: categories of apps. */
	struct rule_names of;
	uint32_t messages, hours; /* RULE_SEQUENCE: from one step to the next, 0: any */
	enum rule_identity identity;
	enum rule_shape shape;
	uint32_t least; /* SIMs; words in quotation marks or verse */
};

struct rule {
	const char *id; /* "core.debt.work-it-off": stable, in every output */
	enum category category;
	enum rule_kind kind;
	unsigned stage; /* 1 to 3: how deep the reading must be for it to run */
	int weight;     /* points of one hit, before scoring.yaml's caps */
	enum ambiguity ambiguity;
	const char *meaning;  /* plain English: what it says */
	const char *innocent; /* an innocent explanation */
	const char *source;   /* where the rule comes from, may be "" */
	const char *pack;     /* name of the pack */
	bool on_original;     /* confirmed on the original bytes: prices and numbers */
	bool has_literal;     /* false: it is run on every message, and its cost is said */
	struct rule_when when;
	struct rule_watch watch;
	enum rule_clears clears;
	struct rule_names takes; /* only hits of these rules or categories; none: of all */
	const char *review;      /* YYYY-MM-DD: until when somebody should look at it again; "" */
	const char *off;         /* why a later pack switched it off; NULL: it runs */
};

/* What a rule reads and its examples, as written: for people and for tests. */
struct rule_text {
	const char *const *term; /* words and phrases, or */
	size_t term_n;
	const char *pattern;        /* a regular expression; NULL for terms */
	const char *const *literal; /* what every match of the pattern must hold */
	size_t literal_n;
	struct rule_names needs; /* one of these words within so many words of the match */
	uint32_t within;
	const char *const *match, *const *nomatch;
	size_t match_n, nomatch_n;
};

/* Whether one of the names is the rule's id or its category. */
bool rule_named(const struct rule *r, const struct rule_names *names);

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
