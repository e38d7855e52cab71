/*
 * digest.h - the digest of one table of a case: SHA-256 over the table's salt and then every row,
 * every column, with its type. Anyone can compute it again:
 *
 *   salt (32 bytes), then for each row, in the order of its key, for each column:
 *     'n'                            NULL
 *     'i', 8 bytes big-endian        INTEGER
 *     'r', 8 bytes big-endian        REAL (IEEE 754)
 *     't' or 'b', length as 8 bytes big-endian, bytes     TEXT, BLOB
 *   and 'e' at the end of each row.
 *
 * The name "schema" stands for sqlite_schema: type, name, tbl_name, sql of each row by name, and
 * user_version and application_id as a last row.
 */
#ifndef DIGEST_H
#define DIGEST_H
#include "case.h"

#define DIGEST_SCHEMA "schema"

/* Hex of table's digest and its number of rows. E_ABSENT: no such table, or no salt for it. */
int digest_table(struct case_db *c, const char *table, char ret[static 65], int64_t *ret_rows,
		 struct err *err);
/* The table's salt, made if there is none: random, zeros in a training case. */
int digest_salt(struct case_db *c, const char *table, bool renew, struct err *err);
#endif
