/*
 * score_window.h - which of the events that fit a traffic rule one by one lie in a window that
 * holds enough of them, with enough people, on enough days.
 *
 * Events come file by file, in each nearly in order of time. While those of the last file come,
 * what no later event can bring into a window any more is dropped, so that what is held grows with
 * what is found and hardly with the messages. An event that comes too late for that, or a great
 * many in the files before, make the list of no use, and it says so (late): then the events have to
 * be given again, all in order of time.
 */
#ifndef SCORE_WINDOW_H
#define SCORE_WINDOW_H
#include "ruleset.h"

struct one {
	int64_t time;
	uint32_t record, person;
	uint32_t group; /* windows are within one */
	uint8_t kind, direction;
	bool in; /* in a window that is enough */
};

/* How often a person is in the window: shared by lists, zero between calls. */
struct tallies {
	uint32_t *of;
	uint32_t n;
};

struct window {
	const struct rule_watch *t;
	struct tallies *tallies;
	struct one *one;
	uint32_t n, cap;
	uint32_t most;   /* 0: all; else only the first so many that are in, by group and time */
	int64_t settled; /* nothing before this may come any more */
	bool settles;    /* the list may drop what is of no use */
	bool in_order;   /* events come in order of time */
	bool full, late;
};

/* settles false: events are taken out of the list from outside, so none may be dropped here. */
void window_open(struct window *w, const struct rule_watch *t, struct tallies *tallies,
		 bool settles, uint32_t most);
void window_again(struct window *w); /* empty, for the same events in order of time */
void window_free(struct window *w);

/* last_file: no other file has events after this one. False when memory ran out. */
bool window_add(struct window *w, struct one one, bool last_file);
/* Mark those that are in and drop the others; in order of group, time and record. False when memory
 * ran out. */
bool window_close(struct window *w);
#endif
