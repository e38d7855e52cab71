/* lines_key.c - see lines_key.h */
#include "lines_key.h"
#include "hex.h"
#include "small_file.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>

#define DIGITS ((size_t)2 * LINEPACK_KEY)

int lines_key_find(const char *file, unsigned char ret[static LINEPACK_KEY], bool *ret_found,
		   struct err *err)
{
	struct buf b = { 0 };
	if (!file)
		file = getenv("LINECHECK_LINES_KEY");
	*ret_found = file && *file;
	if (!*ret_found)
		return 0;
	int rc = small_file_read(AT_FDCWD, file, 4096, &b, NULL, err);
	size_t n = b.n && b.data[b.n - 1] == '\n' ? b.n - 1 : b.n;
	if (!rc && !hex_read(ret, LINEPACK_KEY, (span){ b.data, n }))
		rc = err_set(err, E_FORMAT, "'%.200s' is not a key of a pack: 64 digits.", file);
	key_wipe(&b);
	return rc;
}

int lines_key_make(const char *file, struct err *err)
{
	unsigned char key[LINEPACK_KEY];
	char text[DIGITS + 2];
	randombytes_buf(key, sizeof key);
	hex_write(text, key, sizeof key);
	text[DIGITS] = '\n';
	int rc = small_file_new(AT_FDCWD, file, (span){ text, DIGITS + 1 }, 0600, err);
	lines_key_wipe(key);
	sodium_memzero(text, sizeof text);
	return rc;
}

void lines_key_wipe(unsigned char key[static LINEPACK_KEY])
{
	sodium_memzero(key, LINEPACK_KEY);
}
