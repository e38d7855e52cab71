/*
 * wal_fit.h - a database with its -wal, or without it where the -wal is another database's: a log
 * names no database, and SQLite lays any log over any database.
 */
#ifndef WAL_FIT_H
#define WAL_FIT_H
#include "evidence_db.h"
#include "parser.h"

struct wal_fit {
	const char *words; /* what is to be said of the -wal, or NULL */
	bool loss;
};

/* As evidence_db_open. The database is opened without its -wal where p takes it so and does not, or
 * only with its rows out of order, with it. */
int wal_fit_open(struct evidence_db **ret, const struct evidence_vfs_files *files,
		 const struct parser *p, struct wal_fit *fit, struct err *err);
#endif
