/* safeguarding_part.h - the parts of the summary, for safeguarding*.c alone. */
#ifndef SAFEGUARDING_PART_H
#define SAFEGUARDING_PART_H
#include "answers.h"
#include "doc.h"
#include "facts_record.h"

struct safeguarding {
	struct case_db *c;
	struct doc d;
	struct answers answers;
	struct signed_off signed_off;
	struct fact_outcome outcome;
	struct buf text;
	const char *marking;
};

int safeguarding_reasons(struct safeguarding *s,
			 struct err *err);                      /* level, reasons, roles, words */
int safeguarding_talk(struct safeguarding *s, struct err *err); /* prompts, telling the child */
int safeguarding_referral(struct safeguarding *s, struct err *err);
int safeguarding_actions(struct safeguarding *s, struct err *err);
#endif
