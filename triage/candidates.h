/*
 * candidates.h - unknown numbers of a case that behaved like a line, for the unit: without what
 * would name the child or say what was written.
 *
 * A number goes out if it sent texts as lines send them, or said that a number is new, on two
 * occasions or so that it counted; and if no line of the list has it (domain notes, behaviour of
 * unknown numbers). Of it: the number, first and last day, how it behaved in fixed words, and a
 * token of the case, which says only whether two submissions are of the same one. No grade: that is
 * the unit's. Saved names, texts, other numbers and the owner's own stay.
 */
#ifndef CANDIDATES_H
#define CANDIDATES_H
#include "base/buf.h"
#include "case.h"

/* The CSV that 'lines import' takes, appended. leave_out: numbers not to hand over, as typed. */
int candidates_write(struct case_db *c, const char *const *leave_out, size_t n, struct buf *ret,
		     uint64_t *ret_rows, struct err *err);
#endif
