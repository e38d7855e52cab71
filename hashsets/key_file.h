/*
 * key_file.h - the bytes of a key file. For key.c and its tests.
 *
 * {"format":"linecheck-key-1","kdf":{"kib":K,"ops":N,"salt":hex},"name":...,"nonce":hex,
 * "public":hex,"sealed":hex,"sum":hex} and a line feed. kdf: Argon2id 1.3, as crypto_pwhash of
 * libsodium. sealed: the 32 bytes of the seed, XChaCha20-Poly1305, with the canonical bytes of all
 * members but "sealed" and "sum" as additional data. sum: SHA-256 of the canonical bytes without
 * "sum"; it tells a damaged file from a wrong passphrase.
 */
#ifndef KEY_FILE_H
#define KEY_FILE_H
#include "key.h"
#include <stdint.h>

#define KEY_SEED 32
#define KEY_SALT 16
#define KEY_NONCE 24
#define KEY_SEALED (KEY_SEED + 16)

/* What a guess costs. A file may ask for no more than the largest: it may be somebody's trap. */
struct key_cost {
	uint32_t ops, kib;
};
#define KEY_OPS_MAX 16
#define KEY_KIB_MIN 8
#define KEY_KIB_MAX (1024 * 1024)

extern const struct key_cost key_real_cost;

/* The 32 bytes that a passphrase gives (Argon2id), in guarded memory: sodium_free them. NULL with
 * err set. Used by key files and by cases that are sealed to a passphrase. */
unsigned char *key_stretch(struct key_cost cost, const unsigned char salt[static KEY_SALT],
			   span passphrase, struct err *err);

struct key_file {
	struct key_public public;
	struct key_cost cost;
	unsigned char salt[KEY_SALT], nonce[KEY_NONCE], sealed[KEY_SEALED];
};

/* name stands for the file in messages. */
int key_file_parse(span bytes, const char *name, struct key_file *ret, struct err *err);
int key_file_write(const struct key_file *f, struct buf *ret, struct err *err);
/* What the seal covers beside the seed. */
int key_file_clear(const struct key_file *f, struct buf *ret, struct err *err);

/* The key that grows from a seed; NULL when memory ran out. */
struct key *key_of_seed(const unsigned char seed[static KEY_SEED], const char *name);

/* key_create and key_change with another cost than a real key has: tests make many keys. */
int key_create_at_cost(const char *path, const char *name, span passphrase, struct key_cost cost,
		       struct key_public *ret, struct err *err);
int key_change_at_cost(const char *path, span old_passphrase, span passphrase, struct key_cost cost,
		       struct err *err);
#endif
