/*
 * identities.h - numbers, handles and names of a case brought together, with what each link rests
 * on.
 *
 * Two identifiers stand under one person only where the phone itself says so: they are in one entry
 * of an address book, or the app's own list gives the number behind a hidden name. Names alone
 * never join: two people can be called Mum. A number that is saved under different names joins
 * nobody: it is a person of its own, marked shared, and those entries name it. Spellings of one
 * number are one identifier; where the country was assumed, the spelling says so.
 */
#ifndef IDENTITIES_H
#define IDENTITIES_H
#include "base/identifier.h"
#include "case.h"

enum {
	IDENTITIES_LISTED = 64
}; /* of names and spellings of one identifier, of each; the rest is counted */
#define NO_PERSON UINT32_MAX

/* A spelling of an identifier, or a name that an app gives beside it. */
struct told {
	span text, certainty; /* of spellings: id_certainty_word() */
	int64_t exhibit;
	uint32_t next;
};

struct known_id {
	enum id_kind kind;
	uint64_t e164;                     /* 0: none; of a hidden name its own: none */
	bool owner;                        /* the phone's owner uses it too */
	bool shared;                       /* saved under different names */
	uint32_t person;                   /* from 0 */
	uint32_t next;                     /* of the same person */
	uint32_t spelling, name, saved_as; /* of told: as stored, as apps call it, as saved */
	uint32_t spellings, names, saved_ases;
	/* Of a hidden name: */
	uint32_t number;        /* the identifier behind it, or NO_PERSON */
	span reason, certainty; /* why; "map", "contact", "unresolved" */
	span saved;             /* the name of the first entry that has it */
};

struct entry { /* of an address book */
	int64_t record, exhibit;
	span name;
	uint32_t person, next;
	uint32_t first_id, ids; /* in entry_id */
};

struct identities {
	struct known_id *id;
	uint32_t ids;
	struct entry *entry;
	uint32_t entries;
	uint32_t *entry_id;
	uint32_t entry_ids;
	struct told *told;
	uint32_t tolds;
	struct person {
		uint32_t id, entry; /* the first of each, by .next; NO_PERSON: none */
		uint32_t ids, entries;
	} * person;
	uint32_t persons;
	void *hidden_part; /* of identities.c */
};

int identities_load(struct identities **ret, struct case_db *c, struct err *err);
void identities_free(struct identities *p); /* NULL is legal */
#endif
