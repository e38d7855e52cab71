/*
 * score_people.h - who the other person of a record is, and whether that person is saved.
 */
#ifndef SCORE_PEOPLE_H
#define SCORE_PEOPLE_H
#include "numset.h"
#include "score_read.h"

struct people;

int people_open(struct people **ret, struct case_db *c, struct case_facts *f, struct err *err);
void people_free(struct people *p);

/* The other side of a record: its sender if it came in, the one it went to if it went out. NOBODY
 * and hidden: somebody is there who did not show their number ("private", "-1"). Two such are never
 * the same person. */
int people_of(struct people *p, sqlite3_int64 from, sqlite3_int64 to, enum direction direction,
	      uint32_t *ret, bool *ret_hidden, struct err *err);

/* Read the contacts: mark who is saved, who is family, and lines whose number is family's. What
 * they say of people whom no record was with so far is kept for when one comes. A contact that is a
 * match itself says nothing about a person being saved: of_line holds its record and one of these.
 */
enum { OF_LINE_NUMBER = 1, OF_LINE_NAME };
int people_mark(struct people *p, const struct policy *policy, const struct numset *of_line,
		struct err *err);
#endif
