/* pattern_apart.c - where in a pattern no letter or digit can stand beside: see pattern_node.h */
#include "pattern_node.h"

static bool is_word(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9');
}

static bool row_after(const struct node *first, bool before)
{
	for (; first; first = first->next)
		before = node_apart_after(first, before);
	return before;
}

static bool row_before(const struct node *first, bool after)
{
	return first ? node_apart_before(first, row_before(first->next, after)) : after;
}

static bool repeat(const struct node *n, bool outside, bool (*side)(const struct node *, bool))
{
	bool apart = side(n->child, outside);
	if (n->high > 1)
		apart = apart && side(n->child, apart);
	return apart && (n->low > 0 || outside);
}

static bool choice(const struct node *n, bool outside, bool (*side)(const struct node *, bool))
{
	bool all = true;
	for (const struct node *c = n->child; c; c = c->next)
		all = all && side(c, outside);
	return all;
}

bool node_apart_after(const struct node *n, bool before)
{
	switch (n->kind) {
	case NODE_CHAR:
		return n->cp < 0x80 && !is_word(n->cp);
	case NODE_EDGE:
		return before || n->cp == NODE_WORD_EDGE;
	case NODE_LOOK:
		return before;
	case NODE_SEQ:
		return row_after(n->child, before);
	case NODE_ALT:
		return choice(n, before, node_apart_after);
	case NODE_REPEAT:
		return repeat(n, before, node_apart_after);
	case NODE_SET:
		break;
	}
	return false;
}

bool node_apart_before(const struct node *n, bool after)
{
	switch (n->kind) {
	case NODE_CHAR:
		return n->cp < 0x80 && !is_word(n->cp);
	case NODE_EDGE:
		return after || n->cp == NODE_WORD_EDGE;
	case NODE_LOOK:
		return after;
	case NODE_SEQ:
		return row_before(n->child, after);
	case NODE_ALT:
		return choice(n, after, node_apart_before);
	case NODE_REPEAT:
		return repeat(n, after, node_apart_before);
	case NODE_SET:
		break;
	}
	return false;
}
