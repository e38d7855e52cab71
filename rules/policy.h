/*
 * policy.h - scoring.yaml, loaded: every number that weighs, as data.
 *
 * Loading checks what scoring relies on: factors are per mille, the order of steps is such that
 * more evidence never counts for less, each name that is used is known. Read-only once loaded.
 */
#ifndef POLICY_H
#define POLICY_H
#include "base/err.h"
#include "base/identifier.h"
#include "category.h"
#include "ruleset.h"

#define PER_MILLE 1000
/* The largest threshold that a condition may name: facts are counted exactly up to here. */
#define FACT_MAX 32

enum harm { HARM_NONE, HARM_POSSIBLE, HARM_STRONG, HARM_IMMEDIATE, HARM_MAX };
const char *harm_word(enum harm harm);

/* What a condition can ask of a category, of all categories that gate ("text"), or of the whole. */
enum measure {
	/* any category with rules, and "text" */
	MEASURE_MESSAGES,   /* different messages */
	MEASURE_DAYS,       /* different days (UTC) */
	MEASURE_IN,         /* messages received */
	MEASURE_OUT,        /* messages sent */
	MEASURE_LOW,        /* messages that rules of low ambiguity hit */
	MEASURE_CATEGORIES, /* "text" only */
	/* line-match */
	MEASURE_LINES,       /* lines that count; also of line-name */
	MEASURE_EVENTS,      /* calls and messages with a line itself */
	MEASURE_BOTH,        /* lines with something sent and something received */
	MEASURE_SURE,        /* lines that can carry "Strong" */
	MEASURE_NEAR,        /* lines that count whatever their points */
	MEASURE_OUTSIDE,     /* lines met far from their dates only */
	MEASURE_SAVED_ONLY,  /* lines saved, without contact */
	MEASURE_MENTIONED,   /* lines met in text or a group only */
	MEASURE_OWN,         /* lines that a number of this phone is on */
	MEASURE_FAMILY,      /* lines whose number is saved as family */
	MEASURE_NOT_COUNTED, /* lines met, but graded suspected false */
	/* the whole */
	MEASURE_PAIR,
	MEASURE_HARM,
	MEASURE_MAX
};

struct condition {
	char *fact;     /* as written: "threat.messages" */
	int min, below; /* min <= value (1 if neither is given), value < below (0: no bound) */
	enum measure measure;
	enum category category; /* CAT_MAX: "text" */
	unsigned pair;
};

struct conditions {
	struct condition *list;
	unsigned n;
};

struct step {
	int events, days, factor;
};

struct grade_factor {
	char *grade;
	int factor;
};

struct time_policy {
	int inside, near, near_days, undated, outside, far_days, far;
};

struct direction_policy {
	int in, out_once, out, two_way, unknown;
};

struct sure_policy {
	int grade, time, direction;
};

struct line_policy {
	int points, cap;
	int *diminish;
	unsigned diminish_n;
	struct grade_factor *grade;
	unsigned grades;
	int ungraded;
	int lapsed; /* of an assertion whose review is overdue */
	struct time_policy time;
	struct step *step;
	unsigned steps;
	struct direction_policy direction;
	int saved, mentioned, member, own;
	struct sure_policy sure;
	int near;
};

struct name_policy {
	int points, cap;
};

/* What a rule's weight counts for, by its ambiguity. */
struct band {
	int alone, repeated, beside;
};

struct text_policy {
	int cap, near_hours, repeated;
	int *diminish;
	unsigned diminish_n;
	struct band low, medium, high;
	unsigned leave_out; /* STATE_* bits */
};

enum category_kind { CATEGORY_TEXT, CATEGORY_BEHAVIOUR, CATEGORY_NOTE };

struct raise {
	char *pair;
	int add, cap;
	unsigned index; /* of the pair */
};

struct category_policy {
	enum category category;
	enum category_kind kind;
	int cap;
	bool gates, anywhere, exonerates;
	struct raise *raise; /* NULL: none */
	enum category *context;
	unsigned context_n;
};

enum scope { SCOPE_MESSAGE, SCOPE_THREAD, SCOPE_PHONE, SCOPE_MAX };

struct pair {
	char *id;
	enum category *a, *b;
	unsigned a_n, b_n;
	enum scope scope;
	int low;
};

struct harm_rule {
	enum harm harm;
	struct conditions all;
};

struct level_rule {
	int level;
	struct conditions all;
};

struct level_policy {
	int *bound; /* points of link from which the next row of the table holds */
	unsigned bounds;
	int *row[HARM_MAX]; /* bounds + 1 levels each */
	unsigned row_n[HARM_MAX];
	struct level_rule *at_least, *gate;
	unsigned at_leasts, gates;
	int messages_read;
};

struct role_clause {
	int points;
	enum category *findings;
	unsigned findings_n;
	struct conditions all;
};

struct role_against {
	char *say;
	struct conditions all;
};

struct role_policy {
	char *id;
	int needs;
	struct role_clause *clause;
	unsigned clauses;
	struct role_against *against;
	unsigned againsts;
};

struct roles_policy {
	int most;
	struct role_policy *list;
	unsigned n;
};

struct words_policy {
	char **family;
	unsigned families;
	enum id_kind *business;
	unsigned businesses;
};

struct contact_text {
	char *kind, *meaning, *innocent;
};

struct policy {
	char *name, *version;
	struct line_policy line;
	struct name_policy line_name;
	struct text_policy text;
	int behaviour_cap;
	struct category_policy *category;
	unsigned categories;
	struct pair *pair;
	unsigned pairs;
	struct harm_rule *harm;
	unsigned harms;
	struct level_policy level;
	struct roles_policy roles;
	struct words_policy words;
	int facts;
	struct contact_text *contact;
	unsigned contacts;

	/* Made when loading. */
	const struct category_policy *by_category[CAT_MAX]; /* NULL: not in the file */
	char sha256[65];
};

int policy_load(struct policy **ret, const char *path, struct err *err);
/* The same from memory, for tests and fuzzing; name stands for the path in messages. */
int policy_load_bytes(struct policy **ret, span yaml, const char *name, struct err *err);
void policy_free(struct policy *p);

const char *policy_name(const struct policy *p);
const char *policy_version(const struct policy *p);
const char *policy_sha256(const struct policy *p);

/* Per mille of a grade: source '1'..'3', assessment 'A'..'D'; source 0 is ungraded. -1: suspected
 * false, never counted. */
int policy_grade(const struct policy *p, char source, char assessment);
/* The texts for a kind of contact ("two-way"), never NULL. */
const struct contact_text *policy_contact(const struct policy *p, const char *kind);
#endif
