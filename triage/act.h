/*
 * act.h - who is at the keyboard: the options of every command that touches a case.
 *
 *   --key FILE [--passphrase-fd N]              the person who acts
 *   --second FILE [--second-passphrase-fd N]    a second person, where one is needed
 *
 * LINECHECK_KEY names the file where --key is not given. A real case needs a key that the trust
 * store names; a training case needs none. Used by the command layer only.
 */
#ifndef ACT_H
#define ACT_H
#include "case.h"
#include "trust.h"

struct act {
	const char *key_file, *second_file;
	int key_fd, second_fd;
	struct key *key, *second;
	struct trust *trust;
	char confidential[4200];
	/* What must hold of a real case's decisions (guard.h) before act_open and act_look give it.
	 */
	enum {
		ACT_COUNTS,   /* they are as they were signed, and their signers may */
		ACT_INTACT,   /* as they were signed: for deciding anew */
		ACT_WHATEVER, /* nothing: for keeping what is there, or ending it */
	} guard;
};

#define ACT_NEW ((struct act){ .key_fd = -1, .second_fd = -1 })
#define ACT_HELP                                                                             \
	"  --key FILE         your key (see 'linecheck key'). A training case needs none.\n" \
	"  --passphrase-fd N  read its passphrase from that descriptor instead of asking.\n"
#define ACT_HELP_SECOND                                                           \
	"  --second FILE      the key of a second person, where one is needed.\n" \
	"  --second-passphrase-fd N  read its passphrase from that descriptor.\n"

/* If argv[*i] is one of the options, take it with its value. */
bool act_option(struct act *a, int argc, char **argv, int *i);
/* May training cases be made and read into here? A force can forbid them on its machines. */
int act_training(struct err *err);
/* Unlock the key and find its person in the trust store, who must hold the role. PERSON_AUDITOR
 * stands for reading the log, which officers may do, too. */
int act_unlock(struct act *a, enum person_role role, struct err *err);
/* Unlock the second key; its person must be another one and hold the role. */
int act_second(struct act *a, enum person_role role, struct err *err);
/* The same of a case that is open, as act_open asks. */
int act_guard(const struct act *a, struct case_db *c, struct err *err);
/* Open a case to change it, as the person. */
int act_open(struct act *a, struct case_db **ret, const char *dir, enum person_role role,
	     struct err *err);
/* Open a case to look at it, and log that ("records", "view" ...). Where the case cannot be
 * written, it is opened all the same and *ret_unlogged is set. */
int act_look(struct act *a, struct case_db **ret, const char *dir, const char *what,
	     enum person_role role, bool *ret_unlogged, struct err *err);
/* The force's own list of confidential numbers: confidential.csv beside the policy, which nobody
 * can leave out; where there is none, the one that was named, which may be NULL. E_USER: both. */
int act_confidential(struct act *a, const char *named, const char **ret, struct err *err);
void act_end(struct act *a); /* forgets the keys; after the case is closed */
#endif
