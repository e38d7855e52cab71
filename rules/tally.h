/*
 * tally.h - messages counted so that several tallies can be joined without keeping them all.
 *
 * Totals are complete; of the messages themselves only as many are kept as make any count up to
 * FACT_MAX exact, of one tally or of many together: the first FACT_MAX of each direction, and the
 * first message of each of the first FACT_MAX days.
 */
#ifndef TALLY_H
#define TALLY_H
#include "policy.h"
#include "record.h"

struct tally_message {
	int64_t record;
	int32_t day; /* from 1970, UTC; INT32_MIN: the time is not known */
	enum direction direction;
};

struct tally {
	uint32_t total[3]; /* by enum direction */
	uint32_t days;     /* up to FACT_MAX */
	struct tally_message *kept;
	uint32_t n, cap;
};

bool tally_add(struct tally *t, struct tally_message m); /* false when memory ran out */
void tally_free(struct tally *t);
uint32_t tally_messages(const struct tally *t);

/* What is counted when tallies are joined. */
enum tally_of { TALLY_MESSAGES, TALLY_DAYS, TALLY_IN, TALLY_OUT };

/* Start from { .of = ... }; join each; count holds how many different ones there were, exact up to
 * FACT_MAX. */
struct tally_union {
	enum tally_of of;
	int count;
	int64_t seen[FACT_MAX];
};
void tally_join(struct tally_union *u, const struct tally *t);
#endif
