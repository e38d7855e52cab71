/*
 * warning_store.h - losses and notes into case.db, counted.
 *
 * The first rows of each (kind, table, detail) of a file are named one by one; further ones are
 * counted on one row. Call warning_store_flush after each file.
 */
#ifndef WARNING_STORE_H
#define WARNING_STORE_H
#include "case.h"
#include "parser.h"

struct warning_store;

int warning_store_open(struct warning_store **ret, struct case_db *c, int64_t exhibit,
		       struct err *err);
void warning_store_free(struct warning_store *w); /* NULL is legal */

/* file 0: about the source as a whole. kind_word: warning_word() or "source". */
int warning_store_add(struct warning_store *w, int64_t file, const char *kind_word, bool loss,
		      const char *table, int64_t row, const char *detail, struct err *err);
int warning_store_flush(struct warning_store *w, struct err *err);
#endif
