/* yamldoc.h - a user's YAML into C structs with libcyaml, whose complaints go into struct err. */
#ifndef YAMLDOC_H
#define YAMLDOC_H
#include "base/err.h"
#include "base/span.h"
#include <cyaml/cyaml.h>

#define YAMLDOC_MAX_BYTES ((size_t)4 << 20)

/* name is what messages call the document. The data is freed by yamldoc_free(). */
int yamldoc_load(void **ret, const cyaml_schema_value_t *schema, const char *name, span bytes,
		 struct err *err);
void yamldoc_free(const cyaml_schema_value_t *schema, void *data); /* NULL is legal */

/* The bytes of a regular file of at most YAMLDOC_MAX_BYTES; ret->p is freed by free(). what says
 * in messages what the file must be: "a rule pack in YAML". */
int yamldoc_read(const char *path, const char *what, span *ret, struct err *err);
#endif
