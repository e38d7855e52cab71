/*
 * stop.h - when a case stops by itself for a supervisor.
 *
 * If an identifier of the person who agreed, or a contact saved as a parent or carer, is in a
 * finding, a notice or summary in their hands could put the child at risk. And a case that meets
 * more than STOP_LINES lines may be a phone made to find out what the list holds.
 */
#ifndef STOP_H
#define STOP_H
#include "case.h"

#define STOP_LINES 20

/* Look at the findings and record a stop where one is due, and none was recorded for the same
 * reason and as many people or lines. Real cases, and training cases with a recorded authority. */
int stop_check(struct case_db *c, struct err *err);
/* The words for the stop that stands, or NULL. */
const char *stop_standing(struct case_db *c);
#endif
