/*
 * trust_edit.h - keeping a policy: each change is a new number, signed by the force's key.
 *
 * dir is the folder of the one who keeps the policy; it is locked while it is changed. What comes
 * out is read again and checked before it replaces what was there. today is the first ms of a UTC
 * day and becomes the policy's date. E_REFUSED: key is not the one that signs this policy now, or
 * the policy is older than one seen on this machine.
 */
#ifndef TRUST_EDIT_H
#define TRUST_EDIT_H
#include "trust.h"

/* Policy 1, with nobody in it. Makes dir if it is not there; E_USER if it holds a store. */
int trust_create(const char *dir, const char *force, bool training, int64_t today,
		 const struct key *key, struct err *err);

struct trust_entry {
	unsigned char sign[KEY_PUBLIC];
	const char *name;
	enum person_role role; /* PERSON_ROLE_MAX: a unit that issues packs */
	int64_t from, last;    /* first ms of the first and last day; last TIME_UNSET = open */
};
int trust_add(const char *dir, const struct trust_entry *e, int64_t today, const struct key *key,
	      struct err *err);
/* Set the last day of the entry with this id that is open or ends later. */
int trust_retire(const char *dir, const char *id, int64_t last, int64_t today,
		 const struct key *key, struct err *err);
/* From now on nothing that this key signed counts. */
int trust_revoke(const char *dir, const char *id, int64_t today, const struct key *key,
		 struct err *err);
int trust_set_training(const char *dir, bool allowed, int64_t today, const struct key *key,
		       struct err *err);
/* next signs from here on, and key signs that it does. */
int trust_rotate(const char *dir, int64_t today, const struct key *key, const struct key *next,
		 struct err *err);

/* Copy the store in dir to to (/etc/linecheck), which is made if it is not there: checked first,
 * then readable by all. E_REFUSED: older than what is there, not sound, another root and not
 * new_root, to is not root's. Stopped half-way, what is there is refused until this is run again.
 */
int trust_install(const char *dir, const char *to, bool new_root, struct err *err);
#endif
