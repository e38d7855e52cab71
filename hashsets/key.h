/*
 * key.h - a person is a key: Ed25519 to sign, the same key turned to X25519 to receive.
 *
 * A key file is one line of canonical JSON in a 0600 file: the public half and the name in clear,
 * the seed sealed by a passphrase (Argon2id, XChaCha20-Poly1305, libsodium) together with all that
 * stands in clear. Nothing else can open it: a forgotten passphrase is a lost key (trust.h says
 * what to do then).
 *
 * Every signature is plain Ed25519 over "linecheck\0" context "\0" bytes, so that what was signed
 * for one purpose proves nothing for another. Contexts are short fixed words: "log", "decision",
 * "pack", "policy", "rotation", "report", "certificate".
 */
#ifndef KEY_H
#define KEY_H
#include "base/buf.h"
#include "base/err.h"

#define KEY_PUBLIC 32
#define KEY_SIGNATURE 64
#define KEY_PASSPHRASE_MIN 12   /* characters */
#define KEY_PASSPHRASE_MAX 1024 /* bytes */
#define KEY_NAME_MAX 127        /* bytes */
#define KEY_SECRET_MAX 4096     /* bytes that key_seal takes */

struct key; /* unlocked; its secret stands in guarded memory. Read-only, so any thread may use it */

struct key_public {
	unsigned char sign[KEY_PUBLIC];
	char id[17]; /* first 8 bytes of SHA-256 of sign, hex: the name of the key in records */
	char name[KEY_NAME_MAX + 1]; /* as the person gave it; UTF-8 without hidden characters; says
					nothing until a policy says it too */
};

/* Make a key file at path, which must not exist. E_USER: passphrase or name will not do. Takes
 * about a second and 256 MiB: that is what guessing a passphrase costs, too. */
int key_create(const char *path, const char *name, span passphrase, struct key_public *ret,
	       struct err *err);
/* What a key file says of itself, without the passphrase. E_FORMAT: no key file, or altered. */
int key_peek(const char *path, struct key_public *ret, struct err *err);
/* E_ENCRYPTED: the passphrase is wrong; E_FORMAT: no key file, or altered. */
int key_open(struct key **ret, const char *path, span passphrase, struct err *err);
/* Seal the same key anew under another passphrase. Copies of the old file still open with the old
 * one. */
int key_change(const char *path, span old_passphrase, span passphrase, struct err *err);
void key_free(struct key *k); /* NULL is legal */
const struct key_public *key_public(const struct key *k);

/* A name that a person, unit or force may have: 1 to KEY_NAME_MAX bytes of UTF-8, nothing hidden,
 * no space at its ends. E_USER. */
int key_name_check(const char *name, struct err *err);
/* E_USER with what is wrong with it as a new passphrase. */
int key_passphrase_check(span passphrase, struct err *err);

int key_sign(const struct key *k, const char *context, span bytes,
	     unsigned char ret[static KEY_SIGNATURE], struct err *err);
/* 0, or E_FORMAT: the signature is not by this key over these bytes for this purpose. */
int key_verify(const unsigned char sign[static KEY_PUBLIC], const char *context, span bytes,
	       const unsigned char signature[static KEY_SIGNATURE], struct err *err);

/* A short secret that only the holder of sign's private half can open; appended to ret. Says
 * nothing of who sealed it. */
int key_seal(const unsigned char sign[static KEY_PUBLIC], span secret, struct buf *ret,
	     struct err *err);
/* Appended to ret, which the caller wipes (key_wipe). E_ENCRYPTED: not sealed to k, or altered. */
int key_unseal(const struct key *k, span sealed, struct buf *ret, struct err *err);

/* The id of a public key. */
void key_id(const unsigned char sign[static KEY_PUBLIC], char ret[static 17]);
/* E_USER: these bytes are no public key (mistyped, or one that proves nothing). */
int key_public_check(const unsigned char sign[static KEY_PUBLIC], struct err *err);
/* Overwrite a secret in b and free it. */
void key_wipe(struct buf *b);
#endif
