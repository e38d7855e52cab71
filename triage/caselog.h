/*
 * caselog.h - the log of a case: what was done with the child's data, by whom, when.
 *
 * Append-only rows of table log. Each entry is canonical JSON (canon.h):
 *
 *   {"act":"collection","at":MS,"by":"KEY","n":{...},"prev":"SHA-256 of the entry before",
 *    "seq":N,"tables":{"record":{"rows":N,"sha256":"..."}},"w":{...},"what":"scan"}
 *
 * prev of the first entry is 64 zeros. `tables` are the digests (digest.h) of every table that the
 * act changed, as it left them; the last one of each table must be what the case holds now. The
 * SHA-256 of the last entry is the head: whoever has it on paper can prove that nothing before it
 * was changed (`verify --head`). Entries are signed by the key of the one who acts.
 *
 * An entry holds ids, counts, hashes and fixed words: never a name, number, text or search term.
 * Acts are those of the Data Protection Act 2018 s.62: collection, alteration, consultation,
 * disclosure, combination, erasure.
 */
#ifndef CASELOG_H
#define CASELOG_H
#include "base/span.h"
#include "case.h"

enum log_act {
	LOG_COLLECTION,
	LOG_ALTERATION,
	LOG_CONSULTATION,
	LOG_DISCLOSURE,
	LOG_COMBINATION,
	LOG_ERASURE,
	LOG_ACT_MAX
};
const char *log_act_word(enum log_act act);

struct log_entry {
	enum log_act act;
	const char *what; /* fixed word: "scan", "records", "decision" ... */
	struct {
		const char *name; /* NULL ends the list */
		int64_t value;    /* an id or a count */
	} n[8];
	struct {
		const char *name;  /* NULL ends the list */
		const char *value; /* a hash, a key id or a fixed word */
	} w[4];
};

/* Append inside the caller's transaction. Used by case_commit(); nobody else needs it. */
int caselog_append(struct case_db *c, const struct log_entry *e, struct err *err);

/* Log an act that changes nothing else, in a transaction of its own. On media that cannot be
 * written it gives E_IO. */
int caselog_note(struct case_db *c, const struct log_entry *e, struct err *err);

/* The hash of an entry: SHA-256 of its bytes, as hex. */
int caselog_hash(span entry, char ret[static 65], struct err *err);

/* The head to print: hash and number of the last entry that changed something. Looking at a case
 * adds entries but does not move it. E_ABSENT: there is none. */
int caselog_head(struct case_db *c, char ret[static 65], int64_t *ret_seq, struct err *err);
#endif
