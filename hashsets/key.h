/*
 * key.h - a person is a key: Ed25519 to sign, the same key turned to X25519 to receive.
 *
 * A key file is one JSON object in a 0600 file: the public half and the name in clear, the seed
 * sealed by a passphrase (Argon2id, XChaCha20-Poly1305, libsodium). Nothing else can open it: a
 * forgotten passphrase is a lost key (trust.h says what to do then).
 *
 * Every signature is over "linecheck\0" context "\0" bytes, so that what was signed for one
 * purpose proves nothing for another. Contexts are short fixed words: "log", "decision", "pack",
 * "policy", "report".
 */
#ifndef KEY_H
#define KEY_H
#include "base/buf.h"
#include "base/err.h"

#define KEY_PUBLIC 32
#define KEY_SIGNATURE 64

struct key; /* unlocked; its secret stands in guarded memory */

struct key_public {
	unsigned char sign[KEY_PUBLIC];
	char id[17];    /* first 8 bytes of SHA-256 of sign, hex: the name of the key in records */
	char name[128]; /* as the person gave it; UTF-8; says nothing until a policy says it too */
};

/* Make a key file at path, which must not exist. */
int key_create(const char *path, const char *name, span passphrase, struct key_public *ret,
	       struct err *err);
/* What a key file says of itself, without the passphrase. */
int key_peek(const char *path, struct key_public *ret, struct err *err);
/* E_ENCRYPTED: the passphrase is wrong. */
int key_open(struct key **ret, const char *path, span passphrase, struct err *err);
void key_free(struct key *k); /* NULL is legal */
const struct key_public *key_public(const struct key *k);

int key_sign(const struct key *k, const char *context, span bytes,
	     unsigned char ret[static KEY_SIGNATURE], struct err *err);
/* 0, or E_FORMAT: the signature is not by this key over these bytes for this purpose. */
int key_verify(const unsigned char sign[static KEY_PUBLIC], const char *context, span bytes,
	       const unsigned char signature[static KEY_SIGNATURE], struct err *err);

/* A short secret (at most 4096 bytes) that only the holder of sign's private half can open. */
int key_seal(const unsigned char sign[static KEY_PUBLIC], span secret, struct buf *ret,
	     struct err *err);
int key_unseal(const struct key *k, span sealed, struct buf *ret, struct err *err);

/* The id of a public key. */
void key_id(const unsigned char sign[static KEY_PUBLIC], char ret[static 17]);
#endif
