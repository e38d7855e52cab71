/*
 * ab.h - an Android backup (.ab, what `adb backup` writes) as the tar that it holds.
 *
 *   ANDROID BACKUP\n VERSION\n COMPRESSED\n none|AES-256\n
 *   of AES-256 five lines more: salt of the password (hex), salt of the checksum (hex), rounds,
 *   IV of the user's key (hex), what that key seals (hex): 1 length, IV of the master key, 1
 *   length, master key, 1 length, its checksum
 *   a tar; with COMPRESSED 1 as a zlib stream; with AES-256 that in AES-256-CBC, PKCS#7
 *
 * Keys are PBKDF2-HMAC-SHA1 of the password; the checksum is the same of the master key, whose
 * bytes Java widens to characters: as UTF-8 since version 2, as their low bytes in version 1. Both
 * are tried, as Android does. Source: public descriptions of the format (N. Elenkov, "Unpacking
 * Android backups", 2012; floatingoctothorpe.uk, 2017), and Android's documentation of bu.
 */
#ifndef ACQUIRE_AB_H
#define ACQUIRE_AB_H
#include "base/err.h"
#include "base/span.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AB_NEWEST 5 /* version of the format that was tested */

struct ab;
struct passwords;

/* Up to n bytes of the file, in order: their number, 0 at the end, negative on failure. */
typedef ptrdiff_t ab_read_fn(void *user, void *buf, size_t n, struct err *err);

/* Do the first bytes of a file say that it is one? */
bool ab_is(span head);

/*
 * Reads the head and finds the password. most: bytes that may come out. read and user are borrowed.
 * E_ABSENT: encrypted, and no password was given. E_ENCRYPTED: not with those that were given.
 * E_FORMAT, E_LIMIT: the head is not one.
 */
int ab_open(struct ab **ret, ab_read_fn *read, void *user, uint64_t most,
	    struct passwords *passwords, struct err *err);
void ab_free(struct ab *a); /* NULL is legal; wipes the keys */

/* The next bytes of the tar, valid until the next call: their number, 0 at the end. E_FORMAT: it is
 * damaged or cut here. E_LIMIT: more than most. After a failure it fails again. */
ptrdiff_t ab_next(struct ab *a, const void **ret, struct err *err);

unsigned ab_version(const struct ab *a);
bool ab_encrypted(const struct ab *a);
/* Bytes of the file that were read; and, once all of the tar was given: did it end with the mark
 * (1,024 zeros) that Android writes? */
uint64_t ab_done(const struct ab *a);
bool ab_has_end_mark(const struct ab *a);
#endif
