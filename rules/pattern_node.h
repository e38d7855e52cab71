/* pattern_node.h - the tree of a pattern, for the files that read it. */
#ifndef PATTERN_NODE_H
#define PATTERN_NODE_H
#include "pattern.h"

#define NODE_WORD_EDGE 'b' /* cp of an edge beside which one side has no letter or digit */

enum node_kind {
	NODE_CHAR,   /* one character, in cp */
	NODE_SET,    /* one character of several; cp is one of them; low: only ASCII digits are */
	NODE_EDGE,   /* ^ $ \b \B; cp says which */
	NODE_LOOK,   /* look-around; child */
	NODE_SEQ,    /* children in a row */
	NODE_ALT,    /* one of the children */
	NODE_REPEAT, /* child, low to high times */
};

struct node {
	enum node_kind kind;
	uint32_t cp;
	unsigned low, high; /* of a row: its bytes in the pattern */
	struct node *child, *next;
	struct node *older; /* chain of all nodes, for freeing */
};

struct pattern {
	struct node *newest;
	struct node *root;
	unsigned min, max;
};

/* Characters of the longest text of a node, look-around counted in. */
unsigned node_longest(const struct node *n);
/* Whether no ASCII letter or digit touches what comes next in any match, if that is so before the
 * node (pattern_apart.c); and the same from right to left. */
bool node_apart_after(const struct node *n, bool before);
bool node_apart_before(const struct node *n, bool after);
#endif
