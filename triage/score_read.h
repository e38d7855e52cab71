/*
 * score_read.h - what a case says, in the form it is weighed: sightings of lines and rules.
 *
 * A sighting is one record that met one line or one rule. Conditions of rules that need the whole
 * case (unsaved sender, family, repeats) have been applied.
 */
#ifndef SCORE_READ_H
#define SCORE_READ_H
#include "base/arena.h"
#include "case.h"
#include "contact.h"
#include "policy.h"
#include "record.h"

/* Matches past this many are not weighed, and a warning says so. */
#define SIGHTINGS_MAX 1000000u

#define NOBODY UINT32_MAX
#define NOWHERE UINT32_MAX

/* What a record has to do with a line; a sighting is the first that holds. */
enum sight {
	SIGHT_EVENT,    /* call or message with the number itself */
	SIGHT_OUTREACH, /* a text from the number that tells people about help: listed, no contact
			 */
	SIGHT_OWN,
	SIGHT_SAVED,
	SIGHT_MEMBER,
	SIGHT_MENTION,
	SIGHT_NAME,
	SIGHT_TEXT, /* a rule */
	SIGHT_APP   /* a rule that rests on no record: an app is there */
};

struct sighting {
	int64_t time; /* TIME_UNSET sorts first */
	uint32_t record;
	uint32_t subject; /* rule, rules + brand, or rules + brands + brand for its name */
	uint32_t conversation, person;
	uint32_t start, stop; /* UINT32_MAX: none */
	uint8_t sight, kind, direction;
	bool group;
	bool event; /* its record is a call or message, and no draft */
};

struct case_rule {
	const char *id, *meaning, *innocent;
	enum category category;
	const struct rule *rule; /* NULL: not in the packs loaded now */
	bool runs;               /* at the stage of this case */
	const char *seen;        /* of rules that look at no record: what was seen, or NULL */
	int64_t left_after;      /* first record whose text was not compared, 0: all were */
};

struct case_assertion {
	uint32_t brand;
	uint64_t e164;
	const char *identifier;
	int64_t from, until;
	char grade[4];
	int factor;        /* policy_grade(), less where its review has lapsed */
	const char *basis; /* what stands behind it, in words; "" for a CSV list */
	struct contact *contact;
};

struct brand {
	const char *name;
	bool family;
};

struct person {
	uint64_t e164;
	span raw; /* only where there is no number */
	enum id_kind kind;
	bool met; /* a record is with them; else only contacts hold them, and raw and kind are not
		     set */
	bool saved, family;
	/* Held by a contact that is a match itself, which says nothing of a saved person: its name
	 * (absent: none is), and whether that is a name of a line. */
	span saved_as;
	bool line_name;
};

struct case_facts {
	struct arena *arena;
	struct case_rule *rule;
	uint32_t rules;
	struct case_assertion *assertion;
	uint32_t assertions;
	struct brand *brand;
	uint32_t brands;
	struct person *person;
	uint32_t persons, persons_cap;
	struct sighting *sighting;
	uint32_t n, cap;
	int64_t left_after; /* first record whose matches were not weighed, 0: all were */
};

/* Sightings come in order of subject, time and record. f is empty to start, and to be freed after a
 * failure too. */
int score_read(struct case_facts *f, struct case_db *c, const struct ruleset *rs,
	       const struct policy *p, struct err *err);
void case_facts_free(struct case_facts *f);

/* For the parts of this reading: score_clear.c, score_watch.c. */
int facts_add(struct case_facts *f, struct sighting s, struct err *err);
/* Where a record of this thread with this person belongs; callers who hide their number share a
 * thread without being one conversation. */
uint32_t conversation_of(sqlite3_int64 thread, bool group, uint32_t person, bool hidden);
/* A column of ms as time, TIME_UNSET where there is none that any calendar has. */
int64_t sighting_time(sqlite3_stmt *st, int column);
/* Whether a rule's conditions on direction and on the other person hold. */
bool direction_fits(const struct rule_when *w, enum direction d);
bool person_fits(const struct case_facts *f, const struct policy *p, const struct rule *rule,
		 uint32_t person);

/* Days from 1970 (UTC), INT32_MIN when the time is not known. */
int32_t sighting_day(const struct sighting *s);
/* Who a sighting is with: the person; where nobody is known, the conversation; without one, itself
 * alone. */
uint64_t sighting_with(const struct sighting *s);
#endif
