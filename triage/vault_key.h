/*
 * vault_key.h - the key of a vault: 32 random bytes that encrypt every file of one case's vault.
 *
 * Who has it can read the vault; when it is gone the vault is noise. case_key.h says where it
 * stands. The key of a training case is no secret: it is the same 32 bytes everywhere, and a file's
 * id is then not random, so that the same input gives the same bytes.
 */
#ifndef VAULT_KEY_H
#define VAULT_KEY_H
#include "base/err.h"
#include "chunk.h"

#define VAULT_KEY 32
#define VAULT_KEY_ID 16

struct vault_key; /* in guarded memory */

int vault_key_random(struct vault_key **ret, struct err *err);
int vault_key_training(struct vault_key **ret, struct err *err);
/* E_FORMAT: not VAULT_KEY bytes. */
int vault_key_of(struct vault_key **ret, span bytes, struct err *err);
void vault_key_free(struct vault_key *k); /* NULL is legal */

span vault_key_bytes(const struct vault_key *k);
bool vault_key_is_training(const struct vault_key *k);
/* Names the key without giving it away: BLAKE2b-128 keyed with it, over "linecheck vault key". */
void vault_key_id(const struct vault_key *k, unsigned char ret[static VAULT_KEY_ID]);
/* The id of a new file: random, or for training made of where it stands. */
void vault_key_file_id(const struct vault_key *k, const char *place,
		       unsigned char ret[static CHUNK_ID]);
/* BLAKE2b-256 keyed with the key, over "linecheck vault head", head and place. */
void vault_key_mac(const struct vault_key *k, span head, const char *place,
		   unsigned char ret[static 32]);
#endif
