/*
 * score_events.h - all calls and messages of a case, one after the other, for rules that look at
 * traffic and at what stands near what in a conversation. No text, and nothing is held: what a rule
 * needs of them it keeps itself.
 */
#ifndef SCORE_EVENTS_H
#define SCORE_EVENTS_H
#include "score_people.h"

struct event {
	int64_t time;
	uint32_t record, person, conversation;
	uint32_t seconds; /* of a call */
	uint8_t kind, direction;
	bool last_file; /* no other file has calls or messages after those of this one */
};

typedef int (*event_sink)(void *user, const struct event *e);

enum events_order {
	EVENTS_BY_RECORD,
	EVENTS_BY_TIME /* then by record; only those with a time. Slower. */
};

/* Drafts are no events. What the sink gives other than 0 ends the reading and is given back. */
int events_read(struct case_db *c, struct people *p, enum events_order order, event_sink sink,
		void *user, struct err *err);

/* A duration in ms, at most ten days of it. */
uint32_t event_seconds(sqlite3_stmt *st, int column);

/* While the child was missing, by the authority decision: TIME_UNSET where not known. */
struct episode {
	int64_t from, until;
};
int episode_read(struct episode *ret, struct case_db *c, struct err *err);
bool episode_holds(const struct episode *e, int64_t time);
#endif
