/*
 * vault_head.h - the first bytes of a vault file, as vault.h lays them out. For vault.c and
 * vault_read.c.
 */
#ifndef VAULT_HEAD_H
#define VAULT_HEAD_H
#include "vault_key.h"

#define VAULT_HEAD 88

struct vault_head {
	uint64_t size;
	unsigned char id[CHUNK_ID];
};

/* place: "EX1/0001" */
void vault_head_write(const struct vault_key *k, const char *place, const struct vault_head *h,
		      unsigned char ret[static VAULT_HEAD]);
int vault_head_read(const struct vault_key *k, const char *place,
		    const unsigned char bytes[static VAULT_HEAD], struct vault_head *ret,
		    struct err *err);
/* The key of the file's chunks. */
void vault_head_chunks(const struct vault_key *k, const struct vault_head *h,
		       struct chunk_key *ret);
#endif
