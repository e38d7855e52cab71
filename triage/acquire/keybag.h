/*
 * keybag.h - the keys of an encrypted iTunes or Finder backup: BackupKeyBag in Manifest.plist.
 *
 * The bag is a list of fields: tag (4 letters), length (32 bits, big-endian), value. First the
 * bag's own: VERS, TYPE, UUID, HMCK, WRAP, SALT and ITER, and since iOS 10.2 DPSL and DPIC; then,
 * each begun by its UUID, the protection classes: CLAS (number), WRAP (2 and 3: with the password's
 * key), KTYP (0: AES) and WPKY (the class's key, wrapped: 40 bytes).
 *
 *   password --PBKDF2-SHA256(DPSL, DPIC rounds; 32 bytes), where there is a DPSL
 *            --PBKDF2-SHA1(SALT, ITER rounds)--> 32 bytes, which unwrap (RFC 3394) each WPKY
 *   a file's key: number of the class (32 bits, little-endian), then 40 bytes that the class's key
 *   unwraps; the file is AES-256-CBC with an IV of zeros, padded as PKCS 7 says
 *
 * As Apple's Platform Security guide and public descriptions say (Bedrune and Sigwald 2011; for
 * iOS 10.2 and later iphone_backup_decrypt's README). Rounds of a phone: DPIC 10,000,000, ITER
 * 10,000; more than KEYBAG_ROUNDS_MAX is no phone's doing.
 */
#ifndef ACQUIRE_KEYBAG_H
#define ACQUIRE_KEYBAG_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

#define KEYBAG_ROUNDS_MAX 50000000
#define KEYBAG_WRAPPED 40  /* bytes of a wrapped key */
#define KEYBAG_FILE_KEY 44 /* ... with the number of its class before it */

struct keybag; /* in locked memory, wiped when freed */

/* E_FORMAT: damaged or not such a bag; E_LIMIT: it asks for more rounds than any phone does. */
int keybag_read(struct keybag **ret, span bytes, struct err *err);
void keybag_free(struct keybag *k); /* NULL is legal */

/* Takes seconds. E_ENCRYPTED: the password opens none of the classes. */
int keybag_unlock(struct keybag *k, span password, struct err *err);
/* True if the bag is of iOS 10.2 or later. */
bool keybag_two_steps(const struct keybag *k);

/* A file's key. E_ABSENT: the bag holds no key of its class, or one that did not open; E_FORMAT: it
 * does not fit the class. */
int keybag_file_key(const struct keybag *k, uint32_t protection_class,
		    const unsigned char wrapped[static KEYBAG_WRAPPED],
		    unsigned char key[static 32], struct err *err);
#endif
