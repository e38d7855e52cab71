/* evidential_part.h - the sections of the evidential report, for evidential*.c alone. */
#ifndef EVIDENTIAL_PART_H
#define EVIDENTIAL_PART_H
#include "answers.h"
#include "court/pdf.h"
#include "evidential.h"
#include "facts_record.h"

struct evidential {
	struct case_db *c;
	struct pdf *p;
	const struct evidential_options *o;
	struct list_reader *lists;
	struct answers answers;
	struct signed_off sign_off;
	char reference[160], head[65], annexes[65], tool[128], program[65];
	int64_t head_seq;
	struct buf scratch;
};

int evidential_case(struct evidential *e, struct err *err);     /* sections 2 to 6 */
int evidential_coverage(struct evidential *e, struct err *err); /* 7, 8 */
int evidential_facts(struct evidential *e, struct err *err);    /* 9 to 11 */
int evidential_closing(struct evidential *e, struct err *err);  /* 12 to 15 */
#endif
