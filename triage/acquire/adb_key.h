/*
 * adb_key.h - the key that a phone's owner allows: RSA 2048, made for one reading of one case and
 * never stored, so that what stays allowed on the phone opens nothing afterwards.
 */
#ifndef ADB_KEY_H
#define ADB_KEY_H
#include "base/buf.h"
#include "base/err.h"

#define ADB_TOKEN 20

struct adb_key;
int adb_key_new(struct adb_key **ret, struct err *err);
void adb_key_free(struct adb_key *k); /* NULL is legal */
/* Of the token as it is, taken for a SHA-1. */
int adb_key_sign(const struct adb_key *k, const unsigned char token[static ADB_TOKEN],
		 struct buf *out, struct err *err);
/* As adbd keeps it: Montgomery numbers in base64, a name behind it, NUL. */
int adb_key_public(const struct adb_key *k, struct buf *out, struct err *err);
/* What the phone shows its owner: MD5 of the public half, "AA:BB:..."; and its SHA-256 as hex. */
int adb_key_fingerprint(const struct adb_key *k, char md5[static 48], char sha256[static 65],
			struct err *err);
#endif
