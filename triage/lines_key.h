/*
 * lines_key.h - the key of a pack whose identifiers are keyed: a file with 64 hexadecimal digits.
 */
#ifndef LINES_KEY_H
#define LINES_KEY_H
#include "linepack.h"

/* From the file, or from the one that LINECHECK_LINES_KEY names; *ret_found false: neither. */
int lines_key_find(const char *file, unsigned char ret[static LINEPACK_KEY], bool *ret_found,
		   struct err *err);
/* A new one. E_USER: something of that name is there. */
int lines_key_make(const char *file, struct err *err);
void lines_key_wipe(unsigned char key[static LINEPACK_KEY]);
#endif
