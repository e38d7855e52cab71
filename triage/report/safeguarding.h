/*
 * safeguarding.h - the safeguarding summary: for today's meeting, never for a court.
 *
 * The level and its reasons with what else each could be, the words that occurred and what they
 * can mean, what the phone is consistent with, open prompts for the return-home interview, a
 * referral on one page, actions with owners and dates, what to tell the child and what not to do.
 * The child is presumed a victim throughout.
 */
#ifndef SAFEGUARDING_H
#define SAFEGUARDING_H
#include "case.h"
#include "court/bundle.h"

enum {
	SAFEGUARDING_FINDINGS = 40, /* in full */
	SAFEGUARDING_FACTS = 3,     /* of each */
	SAFEGUARDING_TERMS = 80
};

/* summary.html, summary.pdf (PDF/A-1b), check.sh and checking.html into the bundle. marking: NULL
 * for OFFICIAL-SENSITIVE. E_REFUSED: not signed off, or stopped. */
int safeguarding_write(struct case_db *c, struct bundle *b, const char *marking, struct err *err);
#endif
