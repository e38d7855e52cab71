/*
 * linedb.h - the unit's deal-line database: a SQLite file that one person at a time changes.
 *
 * linedb_schema.sql says what it holds. Everything that is done to it or looked up in it is an
 * entry of its log (chain.h), in the same transaction: what is half done is not there.
 */
#ifndef LINEDB_H
#define LINEDB_H
#include "chain.h"

#define LINEDB_SCHEMA 1

struct linedb;

/* E_USER: something of that name is there. */
int linedb_create(const char *path, const struct key *by, struct err *err);
/* by acts, and must outlive it. */
int linedb_open(struct linedb **ret, const char *path, const struct key *by, struct err *err);
void linedb_close(struct linedb *d); /* rolls back; NULL is legal */

sqlite3 *linedb_handle(struct linedb *d);
const char *linedb_id(const struct linedb *d); /* 32 hex digits, drawn when it was made */
const struct key *linedb_actor(const struct linedb *d);
int64_t linedb_now(void); /* ms UTC */

struct linedb_entry {
	const char *what; /* "import", "approve", "search" ... */
	const char *why;  /* free text: can be erased later; NULL: none */
	const char *query;
	struct {
		const char *name; /* NULL ends the list */
		int64_t value;
	} n[8];
	struct {
		const char *name;
		const char *value;
	} w[4];
};

int linedb_begin(struct linedb *d, struct err *err);
int linedb_commit(struct linedb *d, const struct linedb_entry *e, struct err *err);
void linedb_rollback(struct linedb *d);
/* Log something that changes nothing else. */
int linedb_note(struct linedb *d, const struct linedb_entry *e, struct err *err);
/* Check the log, and that what counts is what it says was approved. */
int linedb_check(struct linedb *d, int64_t *ret_entries, struct err *err);

int linedb_prepare(struct linedb *d, const char *sql, sqlite3_stmt **ret, struct err *err);
int linedb_step(struct linedb *d, sqlite3_stmt *st, struct err *err); /* no rows; resets */
int linedb_exec(struct linedb *d, const char *sql, struct err *err);
/* One number; E_ABSENT: no row. */
int linedb_number(struct linedb *d, const char *sql, int64_t a, int64_t *ret, struct err *err);
int linedb_error(struct linedb *d, struct err *err); /* from the database's last error */
#endif
