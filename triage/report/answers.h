/* answers.h - what people recorded about a case and documents print: the authority's form, the
 * sign-off. */
#ifndef ANSWERS_H
#define ANSWERS_H
#include "base/buf.h"
#include "case.h"
#include <jansson.h>

struct answers {
	struct case_db *c;
	json_t *choices; /* of the authority that stands; NULL: none */
	int64_t decision;
	struct buf text;
};

int answers_load(struct answers *a, struct case_db *c, struct err *err);
void answers_free(struct answers *a);
/* The answer to a question of the form (form.h); "" if there is none, "(erased)" if it was. Valid
 * until the next call. */
const char *answers_get(struct answers *a, const char *field);

struct signed_off {
	int64_t id, at; /* decision, ms UTC */
	char by[160];   /* name and key of who signed */
};
/* The sign-off that stands. E_ABSENT: none. */
int signed_off_load(struct signed_off *ret, struct case_db *c, struct err *err);
#endif
