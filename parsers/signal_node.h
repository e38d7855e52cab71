/*
 * signal_node.h - a message of Signal's backup.proto, in either form that it is written in:
 * Protocol Buffers, or the same fields as JSON under their names (numbers of 64 bits as text, bytes
 * as base64, enums as words). One reader for both: each field is asked for by number and by name.
 */
#ifndef SIGNAL_NODE_H
#define SIGNAL_NODE_H
#include "base/arena.h"
#include "base/span.h"
#include <stdint.h>

struct node {
	span s; /* absent: the field is not there */
	bool json;
	struct arena *arena; /* for what has to be decoded */
	bool *nomem;         /* only ever set */
};

/* The message within n; absent if it is not there. */
struct node node_at(struct node n, uint32_t number, const char *name);
/* Each message of a repeated field; *at from 0. */
bool node_next(struct node n, uint32_t number, const char *name, size_t *at, struct node *ret);
span node_text(struct node n, uint32_t number, const char *name);
span node_bytes(struct node n, uint32_t number, const char *name);
/* False: not there, or no integer of 63 bits. */
bool node_int(struct node n, uint32_t number, const char *name, int64_t *ret);
bool node_true(struct node n, uint32_t number, const char *name);
/* An enum's number; words: its names by number from 0, ended by NULL. 0 if it is absent, -1 if it
 * is none of them. */
int node_enum(struct node n, uint32_t number, const char *name, const char *const *words);
static inline bool node_is(struct node n)
{
	return n.s.p != NULL;
}
#endif
