/*
 * yaml_doc.h - a YAML file onto C structs through libcyaml, as strictly as packs need it.
 *
 * No aliases, no unknown keys, a cap on size and on memory. The first complaint of libcyaml, with
 * its place, becomes the error. Everything that was loaded is freed with the document.
 */
#ifndef YAML_DOC_H
#define YAML_DOC_H
#include "base/err.h"
#include "base/span.h"
#include <cyaml/cyaml.h>

struct yaml_doc;

/* name stands for the file in messages. ret_root gets what schema gives, owned by the document. */
int yaml_doc_load(struct yaml_doc **ret, span bytes, const char *name,
		  const struct cyaml_schema_value *schema, void **ret_root, struct err *err);
int yaml_doc_load_file(struct yaml_doc **ret, const char *path,
		       const struct cyaml_schema_value *schema, void **ret_root, struct err *err);
void yaml_doc_free(struct yaml_doc *d);
const char *yaml_doc_sha256(const struct yaml_doc *d); /* of the bytes, 64 hex digits */
#endif
