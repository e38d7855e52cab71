/*
 * seal.h - the encryption of a backup, written from the format and not with the reader's code: a
 * key bag, a key for each file, AES-256-CBC. All keys follow from the phone's seed: this protects
 * nothing.
 */
#ifndef GEN_SEAL_H
#define GEN_SEAL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a backup looks like. */
enum generation {
	GEN_MBDB,  /* iOS 4 to 9: Manifest.mbdb, all files in one folder */
	GEN_DB,    /* iOS 10.0 and 10.1: Manifest.db, open even where the files are encrypted */
	GEN_SEALED /* since iOS 10.2: Manifest.db encrypted too, the password made a key in two
		      steps */
};

struct backup_form {
	enum generation generation;
	const char *password; /* NULL: not encrypted */
	uint32_t rounds;      /* of the slow step; phones have 10,000,000 */
};

struct seal;

/* A bag of class keys that the password opens. */
struct seal *seal_new(const struct backup_form *f, uint64_t seed);
void seal_free(struct seal *s); /* NULL is legal */
/* BackupKeyBag. */
const unsigned char *seal_bag(const struct seal *s, size_t *ret_n);

#define SEAL_KEY 44 /* bytes: the class, and the wrapped key */
/* Encrypt the file in its place with a key of its own, number n; out: the key, wrapped. */
void seal_file(const struct seal *s, const char *path, uint64_t n, uint32_t protection_class,
	       unsigned char out[static SEAL_KEY]);
#endif
