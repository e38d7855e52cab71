/*
 * erasing.h - a case is destroyed; a certificate (certificate.h) is what is left:
 * FOLDER.erased.txt.
 *
 * In this order: the certificate's first part is safe on the disk as FOLDER.erased.txt.part; FOLDER
 * is renamed to FOLDER.erasing, and is no case any more; the sealed copies of the vault's key are
 * removed; case.db is overwritten; everything is removed; the certificate is finished and gets its
 * name. A run that was stopped is finished by erasing_finish().
 */
#ifndef ERASING_H
#define ERASING_H
#include "case.h"
#include "key.h"

/* Check, log, and write the certificate's first part; nothing is destroyed yet. The caller closes c
 * and calls erasing_finish(). E_REFUSED under a legal hold. */
int erasing_begin(struct case_db *c, const char *reason, const struct key *second, struct err *err);
/* True if an erasure of that folder was begun and has to be finished. */
bool erasing_begun(const char *folder);
/* Destroy and finish. at: ms UTC for the certificate. Its path goes to ret_certificate. */
int erasing_finish(const char *folder, const struct key *k, int64_t at, char *ret_certificate,
		   size_t cap, struct err *err);
#endif
