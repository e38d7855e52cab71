/*
 * cipher.h - a file of an encrypted backup, decrypted as it is read. See keybag.h for the form.
 */
#ifndef ACQUIRE_CIPHER_H
#define ACQUIRE_CIPHER_H
#include "acquire/keybag.h"
#include "reader.h"

/* What opens one file. The bag outlives it; the file's own key is never kept. */
struct cipher {
	const struct keybag *bag;
	uint32_t protection_class;
	unsigned char wrapped[KEYBAG_WRAPPED];
	uint64_t size; /* of the decrypted file */
};

/* The decrypted bytes, any of them at any time. Takes stored over, also on failure. E_ABSENT and
 * E_FORMAT: see keybag_file_key. */
int cipher_reader(struct reader **ret, struct reader *stored, const struct cipher *c,
		  struct err *err);

/* How the stored bytes end. */
enum cipher_end {
	CIPHER_END_GOOD,  /* with a padding */
	CIPHER_END_BARE,  /* without one: written so, or cut between two blocks, or damaged */
	CIPHER_END_RAGGED /* within a block: cut */
};
/* Works out c->size: with the length that the backup's list says (said), or NULL. */
int cipher_measure(struct cipher *c, struct reader *stored, const uint64_t *said,
		   enum cipher_end *ret, struct err *err);
#endif
