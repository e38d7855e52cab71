/*
 * bplist.h - Apple's binary property lists, read in place.
 *
 * For lists that lie in evidence by the thousand. Nothing is copied, nothing recurses, and an
 * object that is referred to many times is not many objects: a list of 140 bytes can otherwise ask
 * for years of work. The format, from public descriptions: "bplist00", objects, a table of offsets,
 * and a trailer of 32 bytes (offset size at 6, reference size at 7, number of objects, root,
 * table).
 */
#ifndef BPLIST_H
#define BPLIST_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

struct bplist {
	span data;
	uint64_t objects, root;
	size_t table, offset_size, ref_size;
};

enum bplist_kind {
	BPLIST_NONE, /* null, fill, and what is not known */
	BPLIST_BOOL,
	BPLIST_INT,
	BPLIST_REAL,
	BPLIST_DATE, /* seconds since 2001 */
	BPLIST_DATA,
	BPLIST_ASCII,
	BPLIST_UTF16, /* big-endian */
	BPLIST_UID,
	BPLIST_ARRAY, /* and sets */
	BPLIST_DICT
};

struct bplist_node {
	enum bplist_kind kind;
	span bytes;    /* DATA, ASCII, UTF16 */
	int64_t value; /* BOOL, INT, UID */
	double real;   /* REAL, DATE */
	uint64_t n;    /* entries of ARRAY and DICT */
	size_t refs;   /* where they are referred to */
};

/* Looks at the trailer only: a node that lies badly is found when it is asked for. */
int bplist_open(span data, struct bplist *ret, struct err *err);

/* Each is false, *ret untouched, if there is no such node or its bytes lie outside the list. */
bool bplist_root(const struct bplist *b, struct bplist_node *ret);
bool bplist_item(const struct bplist *b, const struct bplist_node *array, uint64_t i,
		 struct bplist_node *ret);
/* The first entry of that ASCII name. */
bool bplist_get(const struct bplist *b, const struct bplist_node *dict, const char *name,
		struct bplist_node *ret);
/* Entry i of a dictionary: its name and its value. */
bool bplist_entry(const struct bplist *b, const struct bplist_node *dict, uint64_t i,
		  struct bplist_node *ret_name, struct bplist_node *ret_value);
#endif
