/*
 * wa_crypt.h - WhatsApp's own encrypted backups: msgstore.db.crypt12, .crypt14, .crypt15.
 *
 * What WhatsApp on Android puts into shared storage. Beside the phone's key file (crypt12, crypt14:
 * files/key; crypt15: files/encrypted_backup.key) or, for crypt15, the 64 digits that its user was
 * shown, it is a database deflated and sealed with AES-256-GCM.
 *
 *   crypt14, crypt15   1 byte length of the header; 1 in some; the header, a protobuf: 2 { 3 salt,
 * 4 id, 5 IV } of crypt14, or 3 { 1 IV } of crypt15; the sealed bytes; a tag of 16; in most an MD5
 * of 16 of all before it crypt12            0, 1, key version, salt 32, id 16, IV 16; the sealed
 * bytes; tag; MD5; 4 bytes key file           a Java byte array: 27 bytes, then 131 (version 3,
 * salt 32, id 16, hash 32, zeros 16, key 32) or 32 (the root key of crypt15) the key of crypt15
 * HMAC-SHA256(HMAC-SHA256(zeros 32, root), "backup encryption" 1)
 *
 * Source: wa-crypt-tools' description of the formats, and its test files (crypt14 and crypt15).
 */
#ifndef ACQUIRE_WA_CRYPT_H
#define ACQUIRE_WA_CRYPT_H
#include "reader.h"
#include <stdbool.h>

struct wa_key;

/* The key in the file at path: a key file, its bytes alone, or 64 hexadecimal digits with or
 * without blanks. E_USER when it is none of them. Wiped when it is freed. */
int wa_key_load(struct wa_key **ret, const char *path, struct err *err);
/* The same from bytes. */
int wa_key_of(struct wa_key **ret, span bytes, struct err *err);
void wa_key_free(struct wa_key *k); /* NULL is legal */

/* "msgstore-2024-05-01.1.db.crypt15" is a backup of "msgstore.db": *ret_n bytes of its beginning
 * ("msgstore") and *ret_version 15. False for other names. */
bool wa_backup_name(span name, size_t *ret_n, int *ret_version);

#define WA_HEAD \
	512 /* bytes of the beginning that wa_header wants to see, or all of a shorter file */
struct wa_header {
	int version; /* 12, 14, 15 */
	unsigned char iv[16];
	unsigned char salt[32], id[16]; /* of the key; not 15 */
	size_t body;                    /* where the sealed bytes begin */
};
bool wa_header_read(span head, struct wa_header *ret);

/* Takes pieces of the database in order. 0, or negative to end. */
typedef int wa_take(void *user, span piece, struct err *err);

/*
 * Open the backup: proves the key against the whole file first, then gives the database; nothing is
 * given of a file that was changed. sha256: of the encrypted file. E_ENCRYPTED: the key is not this
 * backup's (sha256 is set); E_FORMAT: it is no backup of a known kind; E_LIMIT: it holds more than
 * linecheck opens.
 */
int wa_open(struct reader *from, const struct wa_key *key, wa_take *take, void *user,
	    char sha256[static 65], struct err *err);
#endif
