/* evidential_part.h - the sections of the evidential report, for evidential*.c alone. */
#ifndef EVIDENTIAL_PART_H
#define EVIDENTIAL_PART_H
#include "court/pdf.h"
#include "evidential.h"
#include "facts_record.h"
#include <jansson.h>

struct evidential {
	struct case_db *c;
	struct pdf *p;
	const struct evidential_options *o;
	struct list_reader *lists;
	json_t *authority; /* choices of the authority that stands; NULL: none */
	int64_t authority_id;
	int64_t sign_off_id, sign_off_at;
	char sign_off_by[160];
	char reference[160], head[65], annexes[65], tool[128];
	int64_t head_seq;
	struct buf scratch;
};

/* An answer of the authority's form: its choice or its text; "" if there is none. Valid until the
 * next call. */
const char *evidential_answer(struct evidential *e, const char *field);

int evidential_case(struct evidential *e, struct err *err);     /* sections 2 to 6 */
int evidential_coverage(struct evidential *e, struct err *err); /* 7, 8 */
int evidential_facts(struct evidential *e, struct err *err);    /* 9 to 11 */
int evidential_closing(struct evidential *e, struct err *err);  /* 12 to 15 */
#endif
