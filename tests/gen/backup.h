/* backup.h - an iTunes/Finder backup folder: payloads under their SHA-1 names, Manifest.db, plists.
 */
#ifndef GEN_BACKUP_H
#define GEN_BACKUP_H
#include "phone.h"

struct backup;

struct backup *backup_new(const char *root, const struct phone *p);
/* A file of the phone: gives the place in the backup to write it to (lives as long as b). */
const char *backup_file(struct backup *b, const char *domain, const char *path);
void backup_folder(struct backup *b, const char *domain, const char *path);
/* An installed app, by its bundle identifier. */
void backup_app(struct backup *b, const char *bundle);
/* Encrypt the files if the phone's backup is to be, write the lists (Manifest.db or Manifest.mbdb,
 * Manifest.plist, Info.plist, Status.plist), and free. */
void backup_close(struct backup *b);
#endif
