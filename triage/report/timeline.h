/*
 * timeline.h - contact with each matched line, counted in equal stretches of time.
 *
 * Flat in memory for any number of events: a first pass finds the range, a second one counts.
 */
#ifndef TIMELINE_H
#define TIMELINE_H
#include "base/arena.h"
#include "case.h"
#include <stdint.h>

enum { TIMELINE_LANES = 12, TIMELINE_BINS = 240 };

enum event {
	EVENT_MESSAGE_IN,
	EVENT_MESSAGE_OUT,
	EVENT_CALL_IN,
	EVENT_CALL_OUT,
	EVENT_UNCLEAR,   /* a message or call whose direction is not known */
	EVENT_MENTIONED, /* the number stands in somebody else's text, or its holder is in the group
			  */
	EVENT_MAX
};

enum stretch { STRETCH_DAY, STRETCH_WEEK, STRETCH_MONTH, STRETCH_YEAR };

struct lane {
	span line; /* the brand */
	int64_t total[EVENT_MAX];
	int64_t undated;     /* of these, without a time */
	int64_t saved;       /* contacts that hold it */
	int64_t first, last; /* ms, TIME_UNSET without dated events */
	uint32_t bin[TIMELINE_BINS][EVENT_MAX];
};

struct timeline {
	struct arena *arena;
	struct lane lane[TIMELINE_LANES];
	size_t lanes;
	int64_t more_lines; /* matched lines without a lane */
	enum stretch stretch;
	int64_t first; /* number of the first bin, see timeline_bin_words */
	size_t bins;   /* 0: nothing is dated */
};

int timeline_load(struct timeline **ret, struct case_db *c, struct err *err);
void timeline_free(struct timeline *t); /* NULL is legal */

/* "29 Aug 2019", "week of 26 Aug 2019", "Aug 2019", "2019": UK days. */
void timeline_bin_words(const struct timeline *t, size_t bin, char out[static 40]);
#endif
