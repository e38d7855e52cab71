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

#define CASE_SCHEMA 1

struct case_db;

/* True if dir holds a case.db. */
bool case_exists(const char *dir);

enum case_mode {
	CASE_NEW,   /* the folder is made, or is empty */
	CASE_WRITE, /* it exists */
	CASE_READ   /* nothing is written; works from read-only media */
};

/* Open or make the case in dir. training is for CASE_NEW only. */
int case_open(struct case_db **ret, const char *dir, enum case_mode mode, bool training,
	      struct err *err);
void case_close(struct case_db *c); /* rolls back what is not committed; NULL is legal */

sqlite3 *case_handle(struct case_db *c);
const char *case_dir(const struct case_db *c);
bool case_training(const struct case_db *c);

int case_begin(struct case_db *c, struct err *err);
int case_commit(struct case_db *c, struct err *err);
void case_rollback(struct case_db *c);

/* Run SQL without results; err carries SQLite's words and what was being done. */
int case_exec(struct case_db *c, const char *what, const char *sql, struct err *err);
/* Prepare, for callers that step themselves. The statement is the caller's to finalise. */
int case_prepare(struct case_db *c, const char *sql, sqlite3_stmt **ret, struct err *err);
/* Step a statement that gives no rows, then reset it. */
int case_step(struct case_db *c, sqlite3_stmt *st, struct err *err);
/* Fill err from the database's last error. Gives E_IO or E_NOMEM or E_LIMIT. */
int case_error(struct case_db *c, const char *what, struct err *err);
#endif
