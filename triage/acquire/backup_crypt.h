/*
 * backup_crypt.h - opening an encrypted iTunes or Finder backup: its keys with a password, its
 * list, its files. The formats: keybag.h.
 */
#ifndef BACKUP_CRYPT_H
#define BACKUP_CRYPT_H
#include "acquire/backup_list.h"
#include "acquire/cipher.h"

/*
 * Open the backup's keys with a password of the source's options: s->keybag. 0 and no keybag: it
 * stays closed, and *ret_why says why in words (static, or in the source's arena). Negative ends
 * the source: E_ENCRYPTED for passwords that were given and are wrong.
 */
int backup_unlock(struct source *s, const struct backup_plist *said, const char **ret_why,
		  struct err *err);

/* A wrapped key as the backup's lists have it. False: not of the form. protection_class 0: the key
 * names it. */
bool backup_cipher(const struct source *s, span key, uint32_t protection_class, struct cipher *ret);

/* Manifest.db, closed with the manifest's key. Takes stored over. */
int backup_list_reader(struct source *s, span manifest_key, struct reader *stored,
		       struct reader **ret, struct err *err);

/* From now on p reads decrypted. said: the length by the list, or NULL. E_ABSENT, E_FORMAT: see
 * keybag_file_key. */
int backup_place(struct source *s, struct place *p, const struct cipher *c, const uint64_t *said,
		 enum cipher_end *ret_end, struct err *err);
/* What p reads, into the vault; p is there then. For archives, whose stored bytes are not kept. */
int backup_into_vault(struct source *s, struct place *p, char sha256[static 65], struct err *err);

/* Which bytes a hash is of: "decrypted ...". what: "", or " its -wal". path: in the source. */
void backup_tell_stored(struct buf *b, const char *what, span path, uint64_t size,
			const char *sha256);
#endif
