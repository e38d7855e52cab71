/*
 * nskeyed.h - objects that NSKeyedArchiver wrote, read in place.
 *
 * The form, from Apple's public description of keyed archives and from looking at bytes: a binary
 * property list whose dictionary has $archiver, $objects (an array) and $top (name -> UID). A UID
 * is an index into $objects; number 0 there is the text "$null". An object is a dictionary of its
 * keys and $class; NSArray, NSSet and NSDictionary hold NS.objects (and NS.keys) of UIDs, NSDate
 * NS.time in seconds since 2001, NSMutableString NS.string, NSData NS.data. Plain text, numbers and
 * booleans stand as they are.
 *
 * One UID is followed at a time, so an archive that refers to itself costs no more than what is
 * asked for.
 */
#ifndef NSKEYED_H
#define NSKEYED_H
#include "base/arena.h"
#include "bplist.h"

struct nskeyed {
	struct bplist list;
	struct bplist_node objects;
};

/* E_FORMAT if data is no keyed archive. */
int nskeyed_open(span data, struct nskeyed *ret, struct err *err);

/* Each is false, *ret untouched, if it is not there, is nil, or lies badly. */
bool nskeyed_top(const struct nskeyed *k, const char *name, struct bplist_node *ret);
bool nskeyed_get(const struct nskeyed *k, const struct bplist_node *object, const char *name,
		 struct bplist_node *ret);
/* The first of several names, which is how classes change between versions; ends with NULL. */
bool nskeyed_any(const struct nskeyed *k, const struct bplist_node *object,
		 const char *const *names, struct bplist_node *ret);

/* Of NSArray, NSSet and NSOrderedSet: how many (0 for anything else), and one of them. */
uint64_t nskeyed_count(const struct nskeyed *k, const struct bplist_node *object);
bool nskeyed_item(const struct nskeyed *k, const struct bplist_node *object, uint64_t i,
		  struct bplist_node *ret);

/* UTF-8, in the archive or in a; absent if node is no text. *nomem is only ever set. */
span nskeyed_text(const struct nskeyed *k, const struct bplist_node *node, struct arena *a,
		  bool *nomem);
/* Seconds since 2001 of an NSDate. */
bool nskeyed_date(const struct nskeyed *k, const struct bplist_node *node, double *ret);
bool nskeyed_int(const struct bplist_node *node, int64_t *ret);
#endif
