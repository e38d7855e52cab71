/*
 * score_quiet.h - whether a phone had been silent for so long: the times at which anything went out
 * as stretches without a gap of that length.
 */
#ifndef SCORE_QUIET_H
#define SCORE_QUIET_H
#include <stdbool.h>
#include <stdint.h>

struct quiet;

struct quiet *quiet_new(int64_t gap); /* ms; NULL when memory ran out */
void quiet_free(struct quiet *q);     /* NULL is legal */

/* Something went out, in any order. False when memory ran out. */
bool quiet_sent(struct quiet *q, int64_t time);
/* By what was sent so far already: something went out less than the gap before. May miss that. */
bool quiet_broken(const struct quiet *q, int64_t time);

/* Once all is there. */
void quiet_close(struct quiet *q);
/* Nothing had gone out for the gap before time, though something had before that. */
bool quiet_before(const struct quiet *q, int64_t time);
#endif
