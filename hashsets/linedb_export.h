/*
 * linedb_export.h - what counts in the database as the CSV that linedb_import.h reads.
 *
 * One row for each assertion, by line and in order: the same database gives the same bytes, and an
 * empty database that takes them gives them back. Further names of a line, notes, templates, links
 * and history have no column and are not in it.
 */
#ifndef LINEDB_EXPORT_H
#define LINEDB_EXPORT_H
#include "linedb_import.h"

/* six: the contract's columns only, and nothing of a child's own phone. Logged. */
int linedb_export(struct linedb *d, bool six, const char *why, struct buf *ret, uint64_t *ret_rows,
		  struct err *err);
#endif
