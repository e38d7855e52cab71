/*
 * members.h - who is in which thread of one file.
 *
 * Filled once by a parser's member query, then asked for each record. Parties are kept in the
 * order they were added, each person once.
 */
#ifndef MEMBERS_H
#define MEMBERS_H
#include "record.h"

/* No app seen allows more people in one chat that it also lists by name. */
#define MEMBERS_PER_THREAD 2048
/* Of a whole file, members and threads each: a bound on memory. */
#define MEMBERS_PER_FILE 262144

struct members;

struct members *members_new(void);    /* NULL when memory ran out */
void members_free(struct members *m); /* NULL is legal */

/* What the thread itself is called, and the phone's own account in it; absent: not said. The first
 * to be said stays. Copies. 0, E_LIMIT when the file has too many, or E_NOMEM. */
int members_name(struct members *m, span thread, span name, span owner);

/* Copies. 0, E_LIMIT when the thread or the file is full (the party is left out), E_NOMEM. */
int members_add(struct members *m, span thread, const struct party *party);

struct member_list {
	const struct party *party;
	const uint64_t *e164; /* of each, 0 if it has none */
	size_t n;
	size_t persons; /* those that are not the owner */
	span name, owner;
};

/* The members of thread, or NULL. Valid until the next members_add. */
const struct member_list *members_of(struct members *m, span thread);
#endif
