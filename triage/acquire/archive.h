/* archive.h - is it an archive? And the one archive that is opened within a source. See archive.c.
 */
#ifndef ACQUIRE_ARCHIVE_H
#define ACQUIRE_ARCHIVE_H
#include "acquire/ab.h"

struct source;
struct catalog;

/* True if fd is a zip, tar, 7z or .ab file, or anything in gzip, xz, zstd or bzip2. */
bool archive_recognise(int fd);

/* List what the Android backup at path within the source holds, as path/...; size: its bytes, 0 not
 * known. One that stays closed is listed as such: 0. E_ENCRYPTED: passwords were given, none fits.
 */
int archive_ab(struct source *s, struct catalog *c, span path, uint64_t size, ab_read_fn *read,
	       void *user, struct err *err);
#endif
