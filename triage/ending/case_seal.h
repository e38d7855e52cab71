/*
 * case_seal.h - a case put away in one encrypted file, and taken out again.
 *
 * FOLDER becomes FOLDER.sealed and comes back. At every moment one of the two is there and whole:
 *
 *   seal   FOLDER.sealed.part is written, synced and read back; renamed to FOLDER.sealed; then
 * FOLDER is renamed to FOLDER.removing and removed open   FOLDER.opening is unpacked, synced and
 * read back; renamed to FOLDER; then FOLDER.sealed is removed
 *
 * After a stop the same command finishes or does the work again; what it then finds beside the case
 * under these names is its own and is removed.
 */
#ifndef CASE_SEAL_H
#define CASE_SEAL_H
#include "case.h"
#include "sealed.h"

/* "FOLDER.sealed" */
int case_sealed_path(const char *folder, char *ret, size_t cap, struct err *err);
/* Finish what a stopped seal or open left: the rest of a folder that was sealed. */
int case_seal_tidy(const char *folder, struct err *err);

/* c is open to write, with the person who acts; nobody else may be using it. Logs it, seals,
 * removes the folder: c is only good for case_close then. E_REFUSED: FOLDER.sealed is there and is
 * not an earlier state of this case. */
int case_seal(struct case_db *c, const struct sealed_to *to, const struct sealed_progress *progress,
	      struct err *err);

/* Take the case out. k acts and logs it; NULL in a training case only. *ret_done: it was out
 * already and only the sealed file was left to remove. E_ABSENT: there is no sealed file. */
int case_unseal(const char *folder, const struct sealed_with *with, const struct key *k,
		const struct sealed_progress *progress, bool *ret_done, struct err *err);
#endif
