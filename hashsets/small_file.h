/*
 * small_file.h - files that are read and written whole: keys, policies.
 *
 * dir is a descriptor of a folder, or AT_FDCWD. Links are not followed in the last part of a path.
 * What is written is there whole after a crash, or not at all (small_file_new: or cut short, under
 * a name that was free).
 */
#ifndef SMALL_FILE_H
#define SMALL_FILE_H
#include "base/buf.h"
#include "base/err.h"
#include <sys/stat.h>

/* Appends to ret. E_ABSENT: there is none; E_LIMIT: more than max bytes; E_FORMAT: not a plain
 * file. st may be NULL. */
int small_file_read(int dir, const char *path, size_t max, struct buf *ret, struct stat *st,
		    struct err *err);
/* E_USER: something of that name is there. */
int small_file_new(int dir, const char *path, span bytes, mode_t mode, struct err *err);
/* In place of what is there, if anything is; the new file is put together under path + ".new". */
int small_file_replace(int dir, const char *path, span bytes, mode_t mode, struct err *err);
#endif
