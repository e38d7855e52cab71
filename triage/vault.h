/*
 * vault.h - CASE/vault/EXn: files of an exhibit kept byte for byte, encrypted as they arrive.
 *
 * What comes from an archive or a phone is copied here while it is hashed. Readers see the file's
 * own bytes at the file's own offsets and never the form on disk, so that the form can change.
 *
 * Form of a vault file, version 2; integers little-endian:
 *
 *   offset  size
 *        0     8  "LCVAULT" and a NUL
 *        8     4  version: 2
 *       12     4  bytes of the file in one chunk: 65,536
 *       16     8  size of the file
 *       24    16  id of the file: random; in a training case made of where it stands
 *       40    16  id of the vault's key (vault_key.h): tells another key from an altered file
 *       56    32  BLAKE2b-256 keyed with the vault's key, over the bytes before and where the file
 *                 stands ("EX1/0001"): a file under another name or in another exhibit is refused
 *       88     -  the chunks (chunk.h), 65,552 bytes from one to the next; the last may be shorter.
 *                 An empty file has none
 *
 * A file is written under a temporary name ("...part"), synced and then renamed: a run that is
 * killed leaves nothing that could be taken for a whole file. Names are numbers, so that they say
 * nothing of what is inside. What was altered, cut off or put elsewhere reads as an error, not as
 * bytes.
 */
#ifndef VAULT_H
#define VAULT_H
#include "reader.h"
#include "vault_key.h"

struct vault;

/* The folder must exist and hold no vault files yet. key is borrowed. */
int vault_open(struct vault **ret, const char *dir, const struct vault_key *key, struct err *err);
/* A vault that holds files: for vault_read only. */
int vault_open_kept(struct vault **ret, const char *dir, const struct vault_key *key,
		    struct err *err);
/* Removes what was written and not kept. NULL is legal. */
void vault_free(struct vault *v);

struct vault_writer;

/* Begin a file; *ret_number stands for it until it is kept. */
int vault_create(struct vault *v, struct vault_writer **ret, uint32_t *ret_number, struct err *err);
int vault_write(struct vault_writer *w, span bytes, struct err *err);
/* A hole in a sparse file. */
int vault_write_zeros(struct vault_writer *w, uint64_t n, struct err *err);
/* Complete the file and give its hash and size; frees w. */
int vault_finish(struct vault_writer *w, char sha256[static 65], uint64_t *ret_size,
		 struct err *err);
/* Forget the file; frees w. NULL is legal. */
void vault_abandon(struct vault_writer *w);

/* Keep a finished file for good under the next name ("0001", "0002" ...; NUL-terminated). */
int vault_keep(struct vault *v, uint32_t number, char name[static 16], struct err *err);
void vault_drop(struct vault *v, uint32_t number);
/* All that is not kept. */
void vault_drop_rest(struct vault *v);
/* After the last vault_keep: the names themselves reach the disk. */
int vault_sync(struct vault *v, struct err *err);

/* The file's own bytes. A finished file that is not kept yet, and a kept one. E_ENCRYPTED: it was
 * written with another key; E_FORMAT: no vault file, altered, not whole. The reader may outlive the
 * vault. */
int vault_read_number(struct vault *v, uint32_t number, struct reader **ret, struct err *err);
int vault_read(struct vault *v, const char *name, struct reader **ret, struct err *err);
#endif
