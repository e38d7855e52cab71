/*
 * case_key.h - the key of a case's vault: who can open it, and its end. Table vault_key.
 *
 * The key itself stands nowhere: it is sealed (key.h) to the person who first read a phone into the
 * case and to the force's key, so that the case can be read when that person has left. In a
 * training case it stands openly: training cases are not protected.
 */
#ifndef CASE_KEY_H
#define CASE_KEY_H
#include "case.h"
#include "trust.h"
#include "vault_key.h"

/* Make the key if the case has none yet, in the caller's transaction. t may be NULL. */
int case_key_ensure(struct case_db *c, const struct trust *t, struct err *err);
/* *ret is the caller's to free. k is not needed in a training case. E_ABSENT: the case has no key
 * (nothing is in its vault, or it was destroyed); E_ENCRYPTED: it is not sealed to k, or k is NULL.
 */
int case_key_open(struct case_db *c, const struct key *k, struct vault_key **ret, struct err *err);
/* Seal it to another key, too, in the caller's transaction. */
int case_key_share(struct case_db *c, const struct key_public *to, struct err *err);
/* Take it away from everybody, in the caller's transaction: the vault is noise from then on. */
int case_key_destroy(struct case_db *c, int64_t *ret_copies, struct err *err);
#endif
