/*
 * links.h - links that were seen in a source. None is ever followed. One to something that the
 * source has itself hides nothing; what any other points to is missing.
 */
#ifndef LINKS_H
#define LINKS_H
#include "base/err.h"
#include "base/span.h"
#include <stddef.h>

struct links;
struct source;

int links_new(struct links **ret, struct err *err);
void links_free(struct links *l); /* NULL is legal */

/* A file or folder that is there: for transports that cannot be asked later. False when memory ran
 * out. */
bool links_saw(struct links *l, span path);

/* path is a link to target; hard: target counts from the source's root. wanted: a file that a
 * parser reads should be there. Copies. False when memory ran out. */
bool links_add(struct links *l, span path, span target, bool hard, bool wanted);

/* One answer for each link, in the order of links_add. has answers for paths that links_saw was
 * not told of; may be NULL. */
enum link_end {
	LINK_WITHIN, /* the source has what it points to */
	LINK_OUTSIDE /* it has not, or the link is wanted and what it points to is not read */
};
struct link_answer {
	span path;
	bool wanted;
	enum link_end end;
};
typedef bool links_has(void *user, span path);
typedef int links_tell(void *user, const struct link_answer *a, struct err *err);
/* read: asked for wanted links: is the file of this path read? */
int links_resolve(const struct links *l, links_has *has, links_has *read, links_tell *tell,
		  void *user, struct err *err);
#endif
