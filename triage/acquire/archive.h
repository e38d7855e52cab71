/* archive.h - is it an archive? See archive.c. */
#ifndef ACQUIRE_ARCHIVE_H
#define ACQUIRE_ARCHIVE_H
#include <stdbool.h>

/* True if fd is a zip, tar or 7z file, or anything in gzip, xz, zstd or bzip2. */
bool archive_recognise(int fd);
#endif
