/*
 * scan_match.h - one stored record against the deal lines and the rules: rows of table match.
 *
 * Numbers are matched at every stage. Text - rules, and numbers written in it - only where the
 * caller gives the record with its text.
 */
#ifndef SCAN_MATCH_H
#define SCAN_MATCH_H
#include "record_store.h"
#include "scan.h"
#include "warning_store.h"

struct scan_match;

struct scan_match_setup {
	struct case_db *c;
	const struct scan_options *options;
	int stage;          /* rules of a later stage do not run */
	int64_t lines_pack; /* row of table pack */
	struct record_store *records;
	struct hidden *hidden; /* the numbers behind hidden names */
	struct warning_store *warnings;
};

int scan_match_open(struct scan_match **ret, const struct scan_match_setup *setup, struct err *err);
void scan_match_free(struct scan_match *m); /* NULL is legal */

/* A listed_fn for record_store; user is the struct lines, or NULL. */
uint32_t scan_match_listed(void *lines, const struct identifier *id, span raw);

/* What a stored record met: for matching a case again. */
struct scan_met {
	int64_t record;
	uint32_t first; /* of the list; LINES_NONE: a rule */
	bool named;     /* the contact's name was met: first alone */
	const char *rule;
	uint64_t e164;
	span raw;
	const char *via;
	size_t start, stop; /* stop 0: not in the text */
};
int scan_match_again(struct scan_match *s, const struct scan_met *m, struct err *err);

int scan_match_record(struct scan_match *m, int64_t file, const struct record *r,
		      const struct stored *stored, struct err *err);

/* Rules run beside the reading (match_ahead.h): after each file, and before matches are read. */
int scan_match_settle(struct scan_match *m, struct err *err);
double scan_match_seconds(const struct scan_match *m); /* of the processor, until it was settled */
#endif
