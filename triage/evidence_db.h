/*
 * evidence_db.h - a SQLite connection to evidence that cannot write, wander, recurse or last.
 *
 * Only SELECT on ordinary tables: no views, triggers, virtual tables or attached databases, no
 * pragma but those that describe tables. Generated columns read as NULL: they would run the
 * schema's own expressions.
 */
#ifndef EVIDENCE_DB_H
#define EVIDENCE_DB_H
#include "evidence_vfs.h"
#include <sqlite3.h>

struct evidence_db;

/* The readers are borrowed and must outlive the connection. E_FORMAT: SQLite does not take it. */
int evidence_db_open(struct evidence_db **ret, const struct evidence_vfs_files *files,
		     struct err *err);
void evidence_db_close(struct evidence_db *e); /* NULL is legal */

sqlite3 *evidence_db_handle(const struct evidence_db *e);
/* The limit that ended the reading, in words; NULL if none did. */
const char *evidence_db_limit(const struct evidence_db *e);

/* Remarks on the reading so far, in words: *loss says whether something may be missing. NULL after
 * the last. */
const char *evidence_db_remark(const struct evidence_db *e, size_t i, bool *loss);
#endif
