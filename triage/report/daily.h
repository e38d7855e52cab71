/*
 * daily.h - the list for the morning meeting, from many cases: what was scanned, sorted by level.
 *
 * A case that nobody has signed off is named first, without its level: a person looks before a
 * level is passed on. No name, number or text of a phone.
 */
#ifndef DAILY_H
#define DAILY_H
#include "case.h"
#include "court/bundle.h"

struct daily; /* the rows gathered so far */

int daily_new(struct daily **ret, struct err *err);
void daily_free(struct daily *d); /* NULL is legal */
/* Take a case up. folder: as the person named it. */
int daily_add(struct daily *d, struct case_db *c, const char *folder, struct err *err);
/* daily.html, daily.pdf, daily.csv. */
int daily_write(struct daily *d, struct bundle *b, struct err *err);
#endif
