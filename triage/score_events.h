/*
 * score_events.h - all calls and messages of a case by time and people, for rules that look at
 * traffic and at what stands near what in a conversation. No text.
 */
#ifndef SCORE_EVENTS_H
#define SCORE_EVENTS_H
#include "score_people.h"

struct event {
	int64_t time;
	uint32_t record, person, conversation;
	uint32_t position; /* in its conversation, by time */
	uint32_t seconds;  /* of a call */
	uint8_t kind, direction;
};

struct events {
	struct event *at; /* in order of records */
	uint32_t n, cap;
	/* While the child was missing, by the authority decision: TIME_UNSET where not known. */
	int64_t missing_from, missing_until;
};

/* Drafts are no events. ev is empty to start, and to be freed after a failure too. */
int events_read(struct events *ev, struct case_db *c, struct people *p, struct err *err);
void events_free(struct events *ev);

const struct event *events_of(const struct events *ev, uint32_t record); /* NULL: none */
bool events_missing(const struct events *ev, int64_t time);
#endif
