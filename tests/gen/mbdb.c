/* mbdb.c - see mbdb.h */
#include "mbdb.h"
#include <string.h>

static void number(FILE *f, uint64_t v, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		putc((int)(v >> 8 * i & 255), f);
}

static void string(FILE *f, const void *s, size_t n)
{
	number(f, s ? n : 0xffff, 2);
	if (s)
		fwrite(s, 1, n, f);
}

void mbdb_begin(FILE *f)
{
	fwrite("mbdb\5\0", 1, 6, f);
}

void mbdb_add(FILE *f, const struct mbdb_record *r)
{
	string(f, r->domain, strlen(r->domain));
	string(f, r->path, strlen(r->path));
	string(f, NULL, 0); /* link target */
	string(f, NULL, 0); /* hash of the data */
	string(f, r->key, r->key_n);
	number(f, r->folder ? 040755 : 0100644, 2);
	number(f, r->inode, 8);
	number(f, 501, 4);
	number(f, 501, 4);
	for (int i = 0; i < 3; i++)
		number(f, r->when, 4);
	number(f, r->size, 8);
	number(f, r->folder ? 0 : r->protection_class, 1);
	number(f, 0, 1); /* extended attributes */
}
