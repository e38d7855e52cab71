/*
 * typed.h - a record that a person saw on the handset and typed: the phones that lines hand out
 * are often basic ones, which no backup is made of.
 *
 * Scope, stage and the confidential list decide as they do for rows of a database. Its origin is
 * the table "typed" of the file "seen on handset by WHO, photo N", in the state "typed"; it is
 * matched and scored like any other and marked wherever it is shown.
 */
#ifndef TYPED_H
#define TYPED_H
#include "scan.h"
#include "scope/scope.h"

#define TYPED_TABLE "typed"
#define TYPED_STATE "typed" /* evidence_file.state */

struct typed {
	enum record_kind kind; /* contact, call or message */
	span number;
	span name;       /* contacts */
	span text;       /* messages; SPAN_NONE: not typed */
	int64_t time;    /* TIME_UNSET: not seen */
	span time_typed; /* as it was typed */
	enum direction direction;
	int64_t duration; /* ms, -1: not seen */
	unsigned state;   /* STATE_MISSED ... */
	const char *seen_by;
	int64_t photo; /* of the photographs of the handset's screen, from 1 */
};

struct typed_result {
	enum scope_out out; /* not SCOPE_IN: only counted, nothing was kept */
	int64_t exhibit, record;
	bool text_withheld; /* the stage keeps its text out */
};

/* Store, match, record the decision (DECISION_TYPED) and score, in one transaction. */
int typed_add(struct case_db *c, const struct typed *t, const struct scan_options *options,
	      struct typed_result *ret, struct err *err);
#endif
