/*
 * pl.h - property lists that a phone sends, XML or binary, as a tree of bounded size.
 *
 * A phone is hostile until shown otherwise, and libplist 2.2 needs years for some lists of a few
 * hundred bytes. Here an object that is referred to twice is copied twice and counted twice, and
 * beyond PL_NODES_MAX the list is refused. XML with a document type of its own is refused, too.
 */
#ifndef ACQUIRE_PL_H
#define ACQUIRE_PL_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

#define PL_BYTES_MAX ((size_t)64 << 20)
#define PL_NODES_MAX 1000000
#define PL_DEPTH_MAX 32

enum pl_kind { PL_OTHER, PL_BOOL, PL_INT, PL_REAL, PL_DATA, PL_TEXT, PL_ARRAY, PL_DICT };

struct pl_node {
	enum pl_kind kind;
	span key;      /* within a dictionary, UTF-8 */
	span bytes;    /* DATA; TEXT as UTF-8, NUL-terminated */
	int64_t value; /* BOOL, INT */
	double real;   /* REAL, INT */
	const struct pl_node *first, *next;
	size_t n; /* entries of ARRAY and DICT */
};

struct pl;

/* E_FORMAT: no such list; E_LIMIT: larger or deeper than any phone's. */
int pl_read(struct pl **ret, span bytes, struct err *err);
void pl_free(struct pl *p); /* NULL is legal */
const struct pl_node *pl_root(const struct pl *p);

/* All of them take NULL and nodes of another kind, and give NULL, absent or false then. */
const struct pl_node *pl_get(const struct pl_node *dict, const char *key);
const struct pl_node *pl_item(const struct pl_node *array, size_t i);
span pl_text(const struct pl_node *n);
span pl_data(const struct pl_node *n);
bool pl_int(const struct pl_node *n, int64_t *ret);
bool pl_real(const struct pl_node *n, double *ret);
bool pl_true(const struct pl_node *n);
/* The item is this text. */
bool pl_is(const struct pl_node *n, const char *text);
/* Copied and cut to cap, a NUL behind it; "" if it is no text. */
void pl_string(const struct pl_node *n, char *to, size_t cap);
#endif
