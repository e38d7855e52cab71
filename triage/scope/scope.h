/*
 * scope.h - what of a phone may be stored, shown and exported in this case.
 *
 * Made of the decisions that stand in the case (decision.h): DECISION_SCOPE, DECISION_STAGE,
 * DECISION_UNSEAL and the isolation time of DECISION_AUTHORITY. Choices of a scope:
 *
 *   "kinds":["account","call","contact","message"]   record kinds; reaction and system go with
 *                                                    message. Traces, each by its own word
 *                                                    (record.h): "trace-apps" ...
 *   "from":"YYYY-MM-DD", "to":"YYYY-MM-DD"           days, both inclusive; absent: open
 *   "with":["+447700900123", ...]                    counterparties; absent: anyone
 *   "wider":true                                     than the scope before, so that a notice given
 *                                                    for that one does not cover it
 *
 * A record whose time or counterparty is not known is outside a scope that asks for it. Contacts
 * and accounts have no time, nor have trace-apps and trace-permissions, which with trace-usage are
 * also with nobody. Choices of a stage: "stage":1|2|3 and, in stage 2, "threads":[ids] chosen
 * beside those with a number hit.
 *
 * A training case without a decision is read whole but for traces, which no case reads unless its
 * scope names them; a real one is not read at all.
 */
#ifndef SCOPE_H
#define SCOPE_H
#include "case.h"
#include "confidential.h"
#include "hidden.h"
#include "record.h"

enum scope_out {
	SCOPE_IN,
	SCOPE_SEALED,   /* with a number of the confidential list */
	SCOPE_KIND,     /* a kind of record that was not asked for */
	SCOPE_BEFORE,   /* earlier than the window */
	SCOPE_AFTER,    /* later than the window */
	SCOPE_NO_TIME,  /* its time is not known */
	SCOPE_PARTY,    /* with other people */
	SCOPE_NO_PARTY, /* with whom is not known */
	SCOPE_ISOLATED, /* later than the phone's isolation from its network */
	SCOPE_ERASED,   /* was read; erased when the case was closed */
	SCOPE_OUT_MAX
};
const char *scope_out_word(enum scope_out out);     /* "sealed", "other-kind" ...: stored */
const char *scope_out_sentence(enum scope_out out); /* for people */

/* Why a text is not with its record. */
enum text_state {
	TEXT_SHOWN,
	TEXT_STAGE,  /* there is one; the stage does not allow it */
	TEXT_ERASED, /* removed when the case was closed */
	TEXT_STATE_MAX
};
const char *text_state_word(enum text_state state); /* NULL, "withheld-by-stage", "erased" */

struct scope;

/* own: the force's confidential list or NULL. E_REFUSED: nothing may be read, with what to do. */
int scope_load(struct scope **ret, struct case_db *c, const char *own, struct err *err);
void scope_free(struct scope *s); /* NULL is legal */

/* A hidden name counts as the number behind it, too: sealed, or with the people asked for. hidden
 * is borrowed and may grow. */
void scope_know(struct scope *s, struct hidden *hidden);

unsigned scope_kinds(const struct scope *s); /* KIND_BIT()s of parser.h in scope */
int scope_stage(const struct scope *s);      /* 1..3 */
enum scope_out scope_of(const struct scope *s, const struct record *r);
/* May the text of r, of the file at path, be stored? */
bool scope_text(const struct scope *s, span path, const struct record *r);
/* A number that is the same while nothing that matters for reading has been decided anew: the id of
 * the newest such decision, 0 if there is none. */
int64_t scope_version(const struct scope *s);
const struct confidential *scope_confidential(const struct scope *s);
#endif
