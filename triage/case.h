/*
 * case.h - the case: a folder with case.db (case_schema.sql), vault/ and view.html.
 *
 * One transaction per source: killed at any moment, the case opens again as it was before that
 * source, and says which exhibit was interrupted.
 */
#ifndef CASE_H
#define CASE_H
#include "base/err.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define CASE_SCHEMA 4

struct case_db;
struct key;       /* key.h */
struct log_entry; /* caselog.h */

/* True if dir holds a case.db. */
bool case_exists(const char *dir);

enum case_mode {
	CASE_NEW,   /* the folder is made, or is empty */
	CASE_WRITE, /* it exists */
	CASE_READ   /* nothing is written; works from read-only media */
};

/* Make a real case, also where a run was stopped while it made one; k acts, and must outlive it.
 * Training cases are made by case_open. */
int case_create(struct case_db **ret, const char *dir, const struct key *k, struct err *err);
/* Open the case in dir, or make a training case (CASE_NEW; training must be true). */
int case_open(struct case_db **ret, const char *dir, enum case_mode mode, bool training,
	      struct err *err);
/* A case is real or training from its first entry on: E_REFUSED if it now says otherwise. Asked
 * whenever a case is opened to be written. */
int case_agrees(struct case_db *c, struct err *err);
/* Nobody else scans into, seals, closes or erases this case until it is closed. Where the disk
 * knows no locks, there is none. */
int case_lock(struct case_db *c, struct err *err);
void case_close(struct case_db *c); /* rolls back what is not committed; NULL is legal */

sqlite3 *case_handle(struct case_db *c);
const char *case_dir(const struct case_db *c);
bool case_training(const struct case_db *c);

/* Who acts from now on: signs what is decided and logged. k lives longer than c; NULL is legal in a
 * training case only. */
int case_act_as(struct case_db *c, const struct key *k, struct err *err);
const struct key *case_actor(const struct case_db *c); /* or NULL */

/* ms UTC. A training case keeps no clock, so that the same input gives the same bytes: it says
 * SOURCE_DATE_EPOCH, or 0. */
int64_t case_now(const struct case_db *c);

int case_begin(struct case_db *c, struct err *err);
/* Nothing is committed without an entry of the log: what was done, and the digests of the tables
 * that it changed. */
int case_commit(struct case_db *c, const struct log_entry *done, struct err *err);
void case_rollback(struct case_db *c);

/* Tables that statements prepared since the last commit may change, NULL-terminated. */
const char *const *case_changed(const struct case_db *c);

/* Run SQL without results; err carries SQLite's words and what was being done. */
int case_exec(struct case_db *c, const char *what, const char *sql, struct err *err);
/* Prepare, for callers that step themselves. The statement is the caller's to finalise. */
int case_prepare(struct case_db *c, const char *sql, sqlite3_stmt **ret, struct err *err);
/* Step a statement that gives no rows, then reset it. */
int case_step(struct case_db *c, sqlite3_stmt *st, struct err *err);
/* Fill err from the database's last error. Gives E_IO or E_NOMEM or E_LIMIT. */
int case_error(struct case_db *c, const char *what, struct err *err);
#endif
