/*
 * recovery.h - the record that gets a temporary backup password off a phone again.
 *
 * Without it a password that stays set costs the child a reset of all settings. So the record is on
 * the disk, synced and read back before the phone is asked for anything, and goes only when the
 * phone itself says that the password is gone. CASE/backup-password.recovery, mode 0600, canonical
 * JSON: "schema", "device", "set_at" (ms UTC), "sealed": by key id, the password sealed (key.h) to
 * the person who acts and to the force; in a training case "password" stands openly. From before
 * the change until then the case says LEFT SET (meta 'left-set': the phone).
 */
#ifndef RECOVERY_H
#define RECOVERY_H
#include "case.h"
#include "trust.h"

#define RECOVERY_PASSWORD 24 /* bytes with the NUL; letters that are told apart when read aloud */

struct recovery {
	char device[128];
	char password[RECOVERY_PASSWORD]; /* wiped by the caller */
};

bool recovery_stands(const char *case_dir);
/* Make password, record and mark. E_USER: one stands already. t may be NULL. */
int recovery_begin(struct case_db *c, const struct trust *t, const char *device,
		   struct recovery *ret, struct err *err);
/* E_ABSENT: no record; E_ENCRYPTED: it is not sealed to the person who acts; E_FORMAT. */
int recovery_read(struct case_db *c, struct recovery *ret, struct err *err);
/* The phone has said that it is gone: the mark and the record go. */
int recovery_end(struct case_db *c, struct err *err);
#endif
