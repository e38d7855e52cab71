/*
 * sealed.h - a folder as one encrypted file, for those whose keys it names or for a passphrase.
 *
 *   "LCSEAL1\n", the length of the head as 4 bytes big-endian, the head, the chunks (chunk.h)
 *
 * The head is canonical JSON (canon.h), in clear; it says nothing of what is inside:
 *
 *   {"case":id,"format":"linecheck-sealed-1","head":hex,"id":hex,"keys":[{"id":hex,"name":...,
 *    "sealed":hex}],"passphrase":{"kib":K,"nonce":hex,"ops":N,"salt":hex,"sealed":hex}?,
 *    "review_by":date?,"seq":N,"size":N,"training":bool}
 *
 * A random key is sealed to each of keys (key_seal), and under a passphrase (Argon2id and
 * XChaCha20-Poly1305, as a key file is). The key of the chunks is made of it, of id and of all
 * bytes of the head, so that nothing in the head can be changed. size: bytes inside the chunks,
 * which are, big-endian:
 *
 *   'D', length of path as 2 bytes, path                              a folder
 *   'F', length of path as 2 bytes, path, size as 8 bytes, bytes      a file
 *   'E', number of all that stood before it as 8 bytes                the end
 *
 * Paths are relative, their parts separated by '/', folders before what is in them, in order of
 * bytes. Anybody can seal something to a public key: who did is not proved by it. What comes out is
 * checked as a case is (case_verify.h).
 */
#ifndef SEALED_H
#define SEALED_H
#include "evidence.h"
#include "key_file.h"
#include <stdbool.h>
#include <stdint.h>

#define SEALED_KEYS_MAX 16
#define SEALED_HEAD_MAX 65536
#define SEALED_DEPTH_MAX 8
#define SEALED_ENTRIES_MAX 1000000

/* Which case it is, and where its log stood. */
struct sealed_about {
	char case_id[65], head[65];
	int64_t seq;
	char review_by[11]; /* "" where none is recorded */
	bool training;
};

struct sealed_to {
	const struct key_public *key;
	size_t keys;
	span passphrase;      /* .p NULL: none */
	struct key_cost cost; /* of the passphrase; 0: key_real_cost */
};

struct sealed_with {
	const struct key *key; /* or NULL */
	span passphrase;       /* .p NULL: none */
};

struct sealed_progress {
	progress_fn *fn; /* may be NULL */
	void *user;
};

/* Write the folder into path, which must not exist, synced; then read all of it back from the disk
 * and compare. On failure path is gone. A file that changes meanwhile is E_IO. *ret_held: -1, or a
 * descriptor of the folder's case.db, to be closed once the folder is not needed: closing it drops
 * every lock that this process holds on the database. Set on failure, too. */
int sealed_write(const char *path, const char *folder, const struct sealed_about *about,
		 const struct sealed_to *to, const struct sealed_progress *progress, int *ret_held,
		 struct err *err);

/* What stands in clear. E_FORMAT: no sealed case, damaged, not whole. has_passphrase, keys: how it
 * can be opened. */
struct sealed_peek {
	struct sealed_about about;
	uint64_t size;
	bool has_passphrase;
	size_t keys;
	struct key_public key[SEALED_KEYS_MAX]; /* id and name only */
};
int sealed_peek(const char *path, struct sealed_peek *ret, struct err *err);

/* Unpack into folder, which must be there and empty; everything is synced and read back.
 * E_ENCRYPTED: not for this key, or the passphrase is wrong; E_FORMAT: altered or not whole. On
 * failure the folder holds whatever was unpacked. */
int sealed_unpack(const char *path, const struct sealed_with *with, const char *folder,
		  const struct sealed_progress *progress, struct err *err);
#endif
