/*
 * tokens.h - third parties as tokens that are the same in every export of a case: T01, T02 ... in
 * the order in which the case first names them. Who is behind a token stands in the case only.
 */
#ifndef TOKENS_H
#define TOKENS_H
#include "base/buf.h"
#include "case.h"
#include "report/facts_record.h"

struct tokens;

/* plain: numbers stand as they are. */
int tokens_new(struct tokens **ret, struct case_db *c, bool plain, struct err *err);
void tokens_free(struct tokens *t); /* NULL is legal */
/* Append "owner", "T07", "not known", or the number or handle. */
void tokens_party(const struct tokens *t, struct buf *out, const struct fact_party *p);
/* Append a text with every phone number in it as its token. lists stands on the text's record. */
int tokens_text(const struct tokens *t, struct buf *out, struct list_reader *lists, span text,
		struct err *err);
#endif
