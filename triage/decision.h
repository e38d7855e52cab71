/*
 * decision.h - what people decided about a case, each signed, none ever edited.
 *
 * A decision has choices (ids, words, dates, numbers) and free texts. The choices stand in its body
 * (canonical JSON), which is signed (context "decision"); of each free text the body holds only
 * SHA-256(salt, text), so that the text can be erased and the signature still stands. A new
 * decision of the same kind supersedes the one before; both stay. Some need a second person, who
 * signs the same body with another key.
 */
#ifndef DECISION_H
#define DECISION_H
#include "base/buf.h"
#include "case.h"
#include <jansson.h>

enum decision_kind {
	DECISION_AUTHORITY, /* basis, purposes, person, who agreed ... (authority.h) */
	DECISION_SCOPE,     /* scope.h */
	DECISION_STAGE,     /* {"stage":1|2|3,"threads":[...]} */
	DECISION_NOTICE,    /* which notice, its hash, how it was confirmed */
	DECISION_UNSEAL,    /* one confidential thread */
	DECISION_STOP,      /* the program stopped the case for a supervisor */
	DECISION_GO_ON,     /* a supervisor lifted a stop */
	DECISION_TASK,      /* something to do by a date */
	DECISION_TASK_DONE,
	DECISION_RETENTION, /* review date, class, legal hold */
	DECISION_OUTCOME,   /* of one finding: useful, false, unknown */
	DECISION_SIGN_OFF,  /* of a report before it leaves */
	DECISION_LIST,      /* use of a raw list of lines on a real case */
	DECISION_TYPED,     /* a record typed by hand */
	DECISION_CHECK,     /* numbers were asked of the list: how many, how many it knew */
	DECISION_CLOSE,
	DECISION_DISCLOSURE, /* something left the case: recipient, purpose, conditions */
	DECISION_PASSWORD,   /* a temporary backup password is set on the phone */
	DECISION_KIND_MAX
};
const char *decision_kind_word(enum decision_kind kind);

struct decision_text {
	const char *field; /* NULL ends the list */
	const char *text;
};

struct decision {
	enum decision_kind kind;
	const json_t *choices;             /* an object; canonical JSON types only; may be NULL */
	const struct decision_text *texts; /* may be NULL */
	int64_t supersedes;                /* 0: none */
	const struct key *second;          /* NULL: one person; must differ from the actor */
};

/* Store and sign inside the caller's transaction; *ret_id may be NULL. */
int decision_add(struct case_db *c, const struct decision *d, int64_t *ret_id, struct err *err);
/* The same with its own transaction and log entry. */
int decision_record(struct case_db *c, const struct decision *d, int64_t *ret_id, struct err *err);

/* The newest decision of a kind that nothing supersedes. *ret_choices is the caller's to decref;
 * both may be NULL. E_ABSENT: none. */
int decision_current(struct case_db *c, enum decision_kind kind, int64_t *ret_id,
		     json_t **ret_choices, struct err *err);
bool decision_exists(struct case_db *c, enum decision_kind kind);
/* Each decision of a kind that stands, in order of id. Ends early when fn gives non-zero. */
typedef int decision_fn(void *user, int64_t id, int64_t at, const char *by, const json_t *choices);
int decision_each(struct case_db *c, enum decision_kind kind, decision_fn *fn, void *user,
		  struct err *err);
/* A free text. E_ABSENT: no such field; E_REFUSED: erased. */
int decision_text(struct case_db *c, int64_t id, const char *field, struct buf *ret,
		  struct err *err);
/* Remove all free texts, in the caller's transaction; the commitments stay. */
int decision_erase_texts(struct case_db *c, struct err *err);

/* Check every decision: body canonical, signatures by the signers that the case names, texts as
 * committed. E_FORMAT names the first that is wrong. */
int decision_verify(struct case_db *c, struct err *err);
#endif
