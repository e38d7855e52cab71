/*
 * xmlclean.h - the tags of an XML export, made fit for expat one by one.
 *
 * Some exporters write what XML does not allow: an emoji as a pair of references to surrogates
 * (&#55357;&#56842;), bytes that are not UTF-8, control characters, a bare & or < in a value. Here
 * these are mended within the attribute value they stand in: nothing mended can end a value, so a
 * message cannot become another element. The value of an attribute named `data` (the bytes of a
 * picture) is dropped unseen. What is not a tag is dropped: these formats keep nothing in it.
 *
 * A document type declaration is refused: no exporter writes one, and entities come from there.
 */
#ifndef XMLCLEAN_H
#define XMLCLEAN_H
#include "base/buf.h"
#include "base/err.h"

#define XML_VALUE_MAX ((size_t)2 << 20) /* of one attribute value */
#define XML_TAG_MAX ((size_t)6 << 20)

/* What was mended in a tag. */
enum {
	XML_BAD_BYTES = 1 << 0, /* not UTF-8, or not allowed in XML: U+FFFD in its place */
	XML_SURROGATE = 1 << 1, /* half a surrogate pair: U+FFFD in its place */
	XML_BARE_MARK = 1 << 2, /* a bare & or <: kept as text */
	XML_TRUNCATED = 1 << 3  /* a value longer than XML_VALUE_MAX: its beginning is kept */
};

/* One whole tag, from < to >. 0 to go on, negative to end. */
typedef int xmlclean_tag(void *user, span tag, unsigned mended);

struct xmlclean;

struct xmlclean *xmlclean_new(xmlclean_tag *tag, void *user); /* NULL when memory ran out */
void xmlclean_free(struct xmlclean *x);

/* UTF-8, or what should be. 0, what tag answered, or E_LIMIT, E_REFUSED, E_NOMEM. */
int xmlclean_feed(struct xmlclean *x, span piece, struct err *err);

/* True if the file can end here: between tags. */
bool xmlclean_between(const struct xmlclean *x);
/* Of what was fed, from 1. */
unsigned long xmlclean_line(const struct xmlclean *x);
#endif
