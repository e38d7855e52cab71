/*
 * kept.h - an exhibit as the case stored it, ready to be opened again from CASE/vault.
 */
#ifndef KEPT_H
#define KEPT_H
#include "case.h"
#include "evidence.h"

struct kept;

/* E_ABSENT: files of it were read in place, so that only the source itself can give them. */
int kept_load(struct kept **ret, struct case_db *c, int64_t exhibit, struct err *err);
void kept_free(struct kept *k); /* NULL is legal */
const struct source_kept *kept_source(const struct kept *k);

/* After the exhibit's rows were replaced: the remarks on the source that were made when it was
 * listed, and that reading it again did not make anew. */
int kept_add_notes(struct kept *k, struct case_db *c, struct err *err);
#endif
