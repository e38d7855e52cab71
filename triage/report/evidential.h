/*
 * evidential.h - the evidential extraction report: facts only, for a court.
 *
 * It says what was read, how, by whose authority, and what stands in it. It holds no level, no
 * points, no role, no meaning of a word: those are for the safeguarding summary, which is another
 * document. Fifteen sections; records bear their numbers ("EX1/M000123") once and for ever.
 *
 * Written into a bundle: report.pdf (PDF/A-1b), annex/ (annex.h), ANNEXES.sha256 (the list of the
 * annexes, whose SHA-256 the report prints), and how to check all of it. The same case, person and
 * policy give the same bytes.
 */
#ifndef EVIDENTIAL_H
#define EVIDENTIAL_H
#include "case.h"
#include "court/bundle.h"

enum {
	EVIDENTIAL_RECORDS = 5000
}; /* printed at most; the rest is in the annexes, and that is said */

struct evidential_options {
	const char *force;               /* name, as the policy says; NULL */
	const char *marking;             /* NULL: OFFICIAL-SENSITIVE */
	const char *threads;             /* JSON array of thread ids to print whole; NULL: none */
	const struct key_public *signer; /* who makes it; NULL: nobody */
};

/* E_REFUSED: a training case, one that nobody signed off, or one that is stopped. */
int evidential_write(struct case_db *c, struct bundle *b, const struct evidential_options *o,
		     struct err *err);
#endif
