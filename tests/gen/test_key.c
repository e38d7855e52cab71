/*
 * test_key.c - a key whose passphrase costs nothing to try, for tests that need many.
 *   test_key FILE NAME PASSPHRASE
 */
#include "key_file.h"
#include <stdio.h>

int main(int argc, char **argv)
{
	struct key_cost cheap = { 1, KEY_KIB_MIN };
	struct key_public public;
	struct err err = { 0 };
	if (argc != 4) {
		fputs("test_key FILE NAME PASSPHRASE\n", stderr);
		return 2;
	}
	if (key_create_at_cost(argv[1], argv[2], span_z(argv[3]), cheap, &public, &err)) {
		fprintf(stderr, "test_key: %s\n", err.message);
		return 1;
	}
	return 0;
}
