/* mbdb.h - Manifest.mbdb, the list of backups before iOS 10. */
#ifndef GEN_MBDB_H
#define GEN_MBDB_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct mbdb_record {
	const char *domain, *path;
	int folder;
	const unsigned char *key; /* of an encrypted file, or NULL */
	size_t key_n;
	uint64_t inode, size, when; /* seconds since 1970 */
	unsigned protection_class;
};

void mbdb_begin(FILE *f);
void mbdb_add(FILE *f, const struct mbdb_record *r);
#endif
