/*
 * trust.h - who may do what: the force's policy, signed by the force's key.
 *
 * One store for packs, rules, reports and cases. It is a folder with two files. `force.pub` is the
 * root: the public half of the first force key, 64 hex digits and a line feed; it never changes.
 * `policy.json` is one line of canonical JSON (canon.h):
 *
 *   {"format":"linecheck-trust-1","policy":{...},"rotations":[{"signature":hex,"to":hex}],
 *    "signature":hex}
 *
 * rotations lead from the root to the key that signs now: each names the next force key and is
 * signed by the one before it (context "rotation", over {"format":"linecheck-rotation-1",
 * "from":hex,"to":hex}). signature is by the last of them (context "policy", over the bytes of
 * policy). One file, so that a change is there whole or not at all. policy:
 *
 *   {"format":"linecheck-policy-1","force":name,"issued":date,"number":N,"people":[{"from":date,
 *    "key":hex,"name":...,"revoked":date?,"role":...,"until":date?}],"training":"allowed"|"refused",
 *    "units":[the same without role]}
 *
 * until is the last day. A key may stand more than once, for days that do not overlap. It is a
 * person's or a unit's or the force's, never two of these; nobody has two keys for the same day.
 * Members that are not named here are refused: they may be a limit that this version does not keep.
 *
 * The installed store is /etc/linecheck and counts only if root owns the folder and its files and
 * nobody else can write them. Where there is none, the folder named by LINECHECK_TRUST counts, or
 * ~/.config/linecheck, and everything says "self-made trust: not installed by the force".
 *
 * number only rises. The last one seen is remembered (trust_seen.h): an older policy, another one
 * of the same number, and one by a force key that was replaced are refused. A lost force key needs
 * a new root on each machine.
 */
#ifndef TRUST_H
#define TRUST_H
#include "base/time.h"
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
bool person_role_from_word(span word, enum person_role *ret);

struct person {
	struct key_public key; /* name: as the policy says */
	enum person_role role; /* of a unit: PERSON_ROLE_MAX */
	int64_t from, until;   /* ms UTC; until is the first ms after, or TIME_UNSET = open */
	bool revoked;          /* from then on nothing it signed counts, whatever date it bears: */
	int64_t revoked_on;    /* who has a stolen key can write any date. TIME_UNSET if not */
};

struct trust;

/* Open the store that counts here. E_ABSENT: there is none (a training case needs none); E_REFUSED:
 * altered, not signed, older than one seen, or in files that others than root can write. */
int trust_open(struct trust **ret, struct err *err);
/* A store in a folder of the caller's, for tests and for `trust check FOLDER`. */
int trust_open_dir(struct trust **ret, const char *dir, struct err *err);
void trust_free(struct trust *t); /* NULL is legal */

bool trust_installed(const struct trust *t); /* by root, in /etc/linecheck */
bool trust_training_allowed(const struct trust *t);
const char *trust_dir(const struct trust *t);   /* the folder it was read from */
const char *trust_force(const struct trust *t); /* name of the force */
uint64_t trust_number(const struct trust *t);   /* of the policy */
int64_t trust_issued(const struct trust *t);    /* first ms of the day, UTC */
/* The root, then each force key that followed; the last one signs. */
size_t trust_force_keys(const struct trust *t);
const unsigned char *trust_force_key(const struct trust *t, size_t i);

/* The person with this key, NULL if none; ids are 16 hex digits. If the key stands more than once,
 * the entry with the latest first day. */
const struct person *trust_person(const struct trust *t, const char *id);
size_t trust_people(const struct trust *t);
const struct person *trust_person_at(const struct trust *t, size_t i); /* in the policy's order */
size_t trust_units(const struct trust *t);
const struct person *trust_unit_at(const struct trust *t, size_t i);

/* 0 if the person may act in that role at that time; E_REFUSED with the reason in a sentence.
 * A supervisor may do what an officer may. */
int trust_may(const struct trust *t, const char *id, enum person_role role, int64_t at,
	      struct err *err);
/* The same for a unit that issues packs. ret may be NULL. */
int trust_unit(const struct trust *t, const char *id, int64_t at, const struct key_public **ret,
	       struct err *err);
#endif
