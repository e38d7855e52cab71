/*
 * tokens.h - third parties as tokens that are the same in every export of a case: T01, T02 ... in
 * the order in which the case names them. A token that has left stays its bearer's, whatever is
 * read into the case later: the register of exports (decision.h, "disclosure") has in its text
 * "tokens" a line "NUMBER KEY" for each that left first with it, and in its choice "tokens" the
 * highest number so far, which stays when the texts are erased. KEY is a number in E.164, or "x"
 * and the hex digits of what the source has. Who is behind a token stands in the case only.
 */
#ifndef TOKENS_H
#define TOKENS_H
#include "base/buf.h"
#include "case.h"
#include "report/facts_record.h"

struct tokens;

#define TOKENS_FIELD "tokens"

/* plain: numbers stand as they are. */
int tokens_new(struct tokens **ret, struct case_db *c, bool plain, struct err *err);
void tokens_free(struct tokens *t); /* NULL is legal */
/* The text "tokens" of those that were written and are in no register yet, and the highest number
 * that has left. */
int tokens_left(const struct tokens *t, struct buf *ret, uint32_t *ret_highest, struct err *err);
/* Append "owner", "T07", "not known", or the number or handle. */
void tokens_party(const struct tokens *t, struct buf *out, const struct fact_party *p);
/* Append a text with every phone number in it as its token. lists stands on the text's record. */
int tokens_text(const struct tokens *t, struct buf *out, struct list_reader *lists, span text,
		struct err *err);
#endif
