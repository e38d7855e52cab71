/*
 * plist_open.h - a property list from evidence, as libplist's tree.
 *
 * libplist 2.2 follows and frees nested lists by recursion, and copies what a binary list refers to
 * twice, so a file of a few kilobytes can exhaust the stack or the memory. Both are counted here
 * before libplist sees a byte.
 */
#ifndef PLIST_OPEN_H
#define PLIST_OPEN_H
#include "parser.h"
#include <plist/plist.h>

#define PLIST_BYTES_MAX ((size_t)32 << 20)
#define PLIST_DEPTH_MAX 64
#define PLIST_NODES_MAX 262144

/* Binary or XML. *ret is the caller's, to plist_free. E_FORMAT, E_LIMIT. */
int plist_open(span bytes, plist_t *ret, struct err *err);
/* The same of a whole stream. */
int plist_read(const struct input *in, plist_t *ret, struct err *err);

/* The value of key if d is a dictionary that has it, else NULL; owned by d. */
plist_t plist_in(plist_t d, const char *key);
/* The text of a string node, borrowed until the list is freed; absent for any other node. */
span plist_text(plist_t node);
#endif
