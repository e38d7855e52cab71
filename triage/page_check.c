/* page_check.c - see page_check.h */
#include "page_check.h"
#include <string.h>

enum { INNER_INDEX = 2, INNER_TABLE = 5, LEAF_INDEX = 10, LEAF_TABLE = 13 };
#define RESERVED_MAX 255 /* bytes at the end of a page that are not SQLite's */

static size_t two(const unsigned char *p)
{
	return (size_t)p[0] << 8 | p[1];
}

/* A page without cells says that its cells begin where it ends. */
static bool empty_sound(const unsigned char *head, size_t n)
{
	size_t start = two(head + 5);
	if (start == 0)
		start = 65536;
	return start <= n && start + RESERVED_MAX >= n;
}

bool page_sound(const void *page, size_t n, bool pointer_maps)
{
	const unsigned char *p = page;
	size_t at = n >= 512 && memcmp(p, "SQLite format 3", 16) == 0 ? 100 : 0;
	const unsigned char *head = p + at;
	bool leaf = head[0] == LEAF_TABLE || head[0] == LEAF_INDEX;
	bool inner = head[0] == INNER_TABLE || head[0] == INNER_INDEX;
	if (!leaf && (!inner || pointer_maps))
		return true;
	size_t cells = two(head + 3);
	if (!cells)
		return leaf && empty_sound(head, n);
	for (size_t i = 0; leaf && i < cells; i++) {
		size_t place = at + 8 + 2 * i;
		if (place + 2 > n)
			return false;
		size_t cell = two(p + place);
		/* It begins with the length of its row, and no row has none. */
		if (cell >= n || p[cell] == 0)
			return false;
	}
	return true;
}
