/*
 * authority.h - may this phone be read? The law's tests on the answers of a form, and their record.
 *
 * The tests are those of the Police, Crime, Sentencing and Courts Act 2022 ss.37-41, 44 and
 * Schedule 3. A refusal says in a sentence what the law says and what can be done instead.
 */
#ifndef AUTHORITY_H
#define AUTHORITY_H
#include "case.h"
#include "form.h"

/* What the answers so far already refuse: E_REFUSED. 0: nothing yet. now: ms UTC. */
int authority_gate(const struct form *f, int64_t now, struct err *err);
/* All that must be answered is, and nothing refuses: 0, E_USER (which question) or E_REFUSED. */
int authority_check(const struct form *f, int64_t now, struct err *err);

/* Does this basis rest on somebody's agreement, so that a notice must be given and confirmed? */
bool authority_needs_notice(const struct form *f);

/* Do these answers ask for more days than one person may decide alone? c: NULL for a new case. */
int authority_needs_second(struct case_db *c, const struct form *f, int64_t now, bool *ret,
			   struct err *err);

/* Record authority, scope, stage 1, retention and tasks as decisions, in the caller's transaction.
 * supersede: replace those that stand. second: signs the scope, too; NULL: one person. */
int authority_record(struct case_db *c, const struct form *f, bool supersede,
		     const struct key *second, struct err *err);

/* May a scan begin? E_REFUSED: no authority, a notice that is not confirmed, or a stop. */
int authority_allows_scan(struct case_db *c, struct err *err);
/* May anything be handed over? E_REFUSED while a stop stands. */
int authority_allows_handover(struct case_db *c, struct err *err);
#endif
