/*
 * linedb_change.h - proposals: what one person wants to change and another one approves.
 *
 * A proposal is opened, filled with new versions of rows, and ended, all in one transaction. It
 * changes nothing that counts until it is approved by another key; then all of it counts, at once.
 */
#ifndef LINEDB_CHANGE_H
#define LINEDB_CHANGE_H
#include "linedb.h"

enum linedb_table {
	LT_LINE,
	LT_BRAND,
	LT_ASSERTION,
	LT_LINK,
	LT_TEMPLATE,
	LT_NOTE,
	LT_CANDIDATE,
	LT_MAX
};
/* Name, and the columns that follow the six that all have, with commas. */
const char *linedb_table_name(enum linedb_table t);
const char *linedb_columns(enum linedb_table t);

/* Begins the transaction. */
int linedb_propose(struct linedb *d, const char *kind, int64_t undoes, int64_t *ret,
		   struct err *err);
/* Seals the proposal, logs it and commits. E_USER: it holds nothing. */
int linedb_propose_end(struct linedb *d, int64_t proposal, const char *what, const char *why,
		       struct err *err);
/* The next free id of a table; ids are never used again. */
int linedb_next_id(struct linedb *d, enum linedb_table t, int64_t *ret, struct err *err);
/* A new version of a row, as it is now, for the proposal to change; once for each row. */
int linedb_edit(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
		struct err *err);
/* Sets a column of the version that the proposal has of a row. NULL empties it. */
int linedb_set(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
	       const char *column, const char *value, struct err *err);
int linedb_set_number(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
		      const char *column, int64_t value, struct err *err);

/* Approve: all of it counts now. E_REFUSED: the proposer's own, or a supervisor is needed; E_USER:
 * not open, or what it changes was changed by others since. */
int linedb_approve(struct linedb *d, int64_t proposal, const char *why, bool supervisor,
		   struct err *err);
int linedb_refuse(struct linedb *d, int64_t proposal, const char *why, struct err *err);
/* A proposal that puts back what an approved one changed. E_USER: something changed it since. */
int linedb_undo(struct linedb *d, int64_t proposal, const char *why, int64_t *ret, struct err *err);

/* Sets state and current of a proposal that needs no second person, in the caller's transaction. */
int linedb_apply(struct linedb *d, int64_t proposal, struct err *err);
/* For linedb_check(). */
int linedb_check_entry(void *d, int64_t seq, const json_t *entry, struct err *err);
int linedb_check_rows(struct linedb *d, struct err *err);
/* Count and hash the rows of a proposal and write them into it. */
int linedb_seal_rows(struct linedb *d, int64_t proposal, int64_t *ret_rows, char ret[static 65],
		     struct err *err);
#endif
