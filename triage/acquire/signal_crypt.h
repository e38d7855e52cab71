/*
 * signal_crypt.h - legacy backups of Signal on Android: signal-YYYY-MM-DD-hh-mm-ss.backup.
 *
 * The file is a length of four bytes and a BackupFrame { 1 header { 1 IV 16, 2 salt, 3 version } }
 * in the clear; then frames, each four bytes of length and that many bytes, the last ten of them an
 * HMAC-SHA256 cut short. Frames are AES-256-CTR, whose counter begins with the first four bytes of
 * the IV, one more for each frame and each file; since version 1 the length is encrypted and
 * authenticated with its frame. Frames 4 attachment { 3 length }, 7 avatar { 2 length } and 8
 * sticker { 2 length } are followed by that many bytes and ten more of their own HMAC.
 *
 * The key: SHA-512 of salt, passphrase, passphrase, then 249,999 times of itself and the
 * passphrase; the first 32 bytes of it through HKDF-SHA256 ("Backup Export") are the cipher's and
 * the HMAC's.
 *
 * Source: Signal-Android's BackupRecordInputStream, FullBackupBase and Backups.proto.
 */
#ifndef ACQUIRE_SIGNAL_CRYPT_H
#define ACQUIRE_SIGNAL_CRYPT_H
#include "reader.h"

struct signal_opened;

/* The passphrase against the first frame. Blanks and hyphens in it do not count. E_ENCRYPTED: it is
 * not this backup's; E_FORMAT: it is no backup of this kind. Keys are wiped when it is freed. */
int signal_opened_new(struct signal_opened **ret, struct reader *from, span passphrase,
		      struct err *err);
/* The same from what the passphrase was stretched to: 32 bytes. */
int signal_opened_key(struct signal_opened **ret, struct reader *from, const unsigned char *key,
		      struct err *err);
void signal_opened_free(struct signal_opened *o); /* NULL is legal */

typedef int signal_take(void *user, span piece, struct err *err);
/*
 * All that parsers read, in the form of parsers/signal_frames.h, in pieces; each frame only when
 * its HMAC fits. A backup that is cut short or was changed is given as far as it is whole, without
 * its end. sha256: of the encrypted file.
 */
int signal_opened_give(struct signal_opened *o, signal_take *take, void *user,
		       char sha256[static 65], struct err *err);
#endif
