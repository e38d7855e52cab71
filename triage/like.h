/* like.h - which of the words that there are was most likely meant by one that was mistyped. */
#ifndef LIKE_H
#define LIKE_H
#include <stddef.h>

struct like {
	const char *word; /* the best so far, or NULL */
	size_t far;       /* slips of the finger between it and what was typed */
};

#define LIKE_NEW ((struct like){ NULL, 3 }) /* two slips, no more */

/* Take word if it is nearer to what was typed than the one before. */
void like_offer(struct like *l, const char *typed, const char *word);
#endif
