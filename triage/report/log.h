/*
 * log.h - the log of a case for those who audit it: who did what, when. It holds no name,
 * number or text of the phone.
 */
#ifndef REPORT_LOG_H
#define REPORT_LOG_H
#include "case.h"
#include "trust.h"
#include <stdio.h>

/* One line for each entry, for a person; t names the people (NULL: as their keys did). */
int report_log(struct case_db *c, const struct trust *t, FILE *to, int64_t *ret_n, struct err *err);
/* JSON Lines: seq, time, act, what, key, name, counts, words, sha256. */
int report_log_json(struct case_db *c, const struct trust *t, FILE *to, int64_t *ret_n,
		    struct err *err);

/*
 * The log as it can be checked without the case: canonical JSON (canon.h) a line. First
 *   {"case":id,"format":"linecheck-log-1","signers":[{"id":..,"name":..,"public":hex}]}
 * then for each entry
 *   {"entry":{...},"sha256":hex,"signature":hex or ""}
 * sha256 is that of the canonical bytes of entry and the "prev" of the next one; the signature is
 * Ed25519 by "by" (context "log", key.h) over the same bytes.
 */
int report_log_export(struct case_db *c, FILE *to, int64_t *ret_n, struct err *err);
#endif
