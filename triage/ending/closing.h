/*
 * closing.h - the end of the work on a case: everybody without a hit is forgotten.
 *
 * Gone afterwards, also from the free pages of case.db: records in which nothing was met, with
 * their texts, numbers, names, threads and contacts; parties that stand in no record that is kept;
 * the vault, files and keys; the working view. Kept: records that met a line or a rule and the
 * people in them, the phone's own accounts, findings, decisions, counts, the SHA-256 of every file,
 * the log. The digests of the log are renewed with new salts, so that they do not betray what was
 * erased.
 */
#ifndef CLOSING_H
#define CLOSING_H
#include "case.h"
#include "key.h"

struct closing {
	int64_t records, parties, threads; /* erased */
	int64_t kept;                      /* records */
	int64_t vault_files, vault_keys;   /* destroyed */
	bool resumed;                      /* it was closed before, and is now finished */
};

/* E_REFUSED under a legal hold, and when it is closed and finished already. A run that was stopped
 * is finished by the next. */
int closing_run(struct case_db *c, const char *reason, const struct key *second,
		struct closing *ret, struct err *err);
#endif
