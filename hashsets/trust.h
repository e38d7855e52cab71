/*
 * trust.h - who may do what: the force's policy, signed by the force's key.
 *
 * One store for packs, rules, reports and cases. It is a folder with `force.pub` (the force's
 * public key, hex) and `policy.json` (canonical JSON, canon.h, with the force's signature beside
 * it, context "policy"). The installed one is /etc/linecheck and counts only if root owns the
 * folder and both files and nobody else can write them. Without an installed one, the folder named
 * by LINECHECK_TRUST, or ~/.config/linecheck, is used and everything says "self-made trust: not
 * installed by the force".
 *
 * policy.json: {"format":"linecheck-policy-1","number":N,"force":"...","people":[{"key","name",
 * "role","from","until"?,"revoked"?}],"units":[{"key","name","from","until"?,"revoked"?}],
 * "training":"allowed"|"refused", ...}. number only rises: an older policy than the last one seen
 * on this machine is refused. Rotation is a new force key named and signed by the old one
 * ("next_force_key"); a lost force key needs a new root on each machine.
 */
#ifndef TRUST_H
#define TRUST_H
#include "key.h"
#include <stdbool.h>
#include <stdint.h>

enum person_role {
	PERSON_OFFICER,    /* prevention officer: own cases */
	PERSON_SUPERVISOR, /* decides what needs a second person */
	PERSON_ANALYST,    /* keeps the line database */
	PERSON_AUDITOR,    /* reads logs only */
	PERSON_ROLE_MAX
};
const char *person_role_word(enum person_role role);

struct person {
	struct key_public key; /* name: as the policy says */
	enum person_role role;
	int64_t from, until; /* ms UTC; until TIME_UNSET = open */
	bool revoked;
};

struct trust;

/* Open the store that counts here. E_ABSENT: there is none (a training case needs none). */
int trust_open(struct trust **ret, struct err *err);
/* A store in a folder of the caller's, for tests and for `trust check FOLDER`. */
int trust_open_dir(struct trust **ret, const char *dir, struct err *err);
void trust_free(struct trust *t); /* NULL is legal */

bool trust_installed(const struct trust *t); /* by root, in /etc/linecheck */
bool trust_training_allowed(const struct trust *t);
const char *trust_force(const struct trust *t); /* name of the force */
uint64_t trust_number(const struct trust *t);   /* of the policy */

/* The person with this key, NULL if none; ids are 16 hex digits. */
const struct person *trust_person(const struct trust *t, const char *id);
size_t trust_people(const struct trust *t);
const struct person *trust_person_at(const struct trust *t, size_t i);
/* 0 if the person may act in that role at that time; E_REFUSED with the reason in a sentence.
 * A supervisor may do what an officer may. */
int trust_may(const struct trust *t, const char *id, enum person_role role, int64_t at,
	      struct err *err);
/* The same for a unit that issues packs. */
int trust_unit(const struct trust *t, const char *id, int64_t at, const struct key_public **ret,
	       struct err *err);
#endif
