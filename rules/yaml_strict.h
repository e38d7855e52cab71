/*
 * yaml_strict.h - a user's YAML, looked at event by event before libcyaml reads it.
 *
 * libcyaml 1.3 itself lets anchors, tags and a second document pass, and cuts a text at its first
 * NUL. Here: one document; no anchors, aliases or tags; no NUL in a text; limits on depth and on
 * the number and length of things.
 */
#ifndef YAML_STRICT_H
#define YAML_STRICT_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

#define YAML_STRICT_DEPTH 8
#define YAML_STRICT_TEXT 4000 /* bytes of one text */
#define YAML_STRICT_LINES 20000

/* Lines (from 1) on which the items of one top-level list start. */
struct yaml_lines {
	const char *list; /* its key */
	uint32_t *line;	  /* freed by free(), after a failure too */
	size_t n;
};

/* name is what messages call the document. lines may be NULL. */
int yaml_strict_check(const char *name, span bytes, struct yaml_lines *lines, struct err *err);
#endif
