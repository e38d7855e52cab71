/*
 * yamldoc.h - a user's YAML into C structs: libcyaml, behind rules stricter than YAML's own.
 *
 * One document; no anchors, aliases or tags; no NUL in a text; limits on size, depth and on the
 * number of things. What libcyaml has to say goes into struct err, with its line.
 */
#ifndef YAMLDOC_H
#define YAMLDOC_H
#include "base/err.h"
#include "base/span.h"
#include <cyaml/cyaml.h>
#include <stdint.h>

#define YAMLDOC_MAX_BYTES ((size_t)4 << 20)
#define YAMLDOC_MAX_DEPTH 8
#define YAMLDOC_MAX_TEXT 4000 /* bytes of one text */
#define YAMLDOC_MAX_LINES 20000

/* Lines (from 1) on which the items of one top-level list start. */
struct yamldoc_lines {
	const char *list; /* its key; NULL: none wanted */
	uint32_t *line;
	size_t n;
};

/* name is what messages call the document. lines may be NULL. The data is freed by yamldoc_free(),
 * lines->line by free(). */
int yamldoc_load(void **ret, const cyaml_schema_value_t *schema, const char *name, span bytes,
		 struct yamldoc_lines *lines, struct err *err);
void yamldoc_free(const cyaml_schema_value_t *schema, void *data); /* NULL is legal */

/* The bytes of a regular file of at most YAMLDOC_MAX_BYTES; *ret.p is freed by free(). */
int yamldoc_read(const char *path, span *ret, struct err *err);
#endif
