/*
 * rescan.h - the identifiers that a case holds against another list of lines, without the phone.
 *
 * Gives the rows that a scan with that list would have given: match, line, line_source and what
 * score_case() makes of them. Texts that the stage withheld are not there to be looked through.
 * What was found before stays in table rescan, word for word.
 */
#ifndef RESCAN_H
#define RESCAN_H
#include "scan.h"

/* lines of options must be given. *ret_id: row of table rescan. E_USER: it is the list that the
 * case was matched with already, or the rules are others. */
int rescan_case(struct case_db *c, const struct scan_options *options, int64_t *ret_id,
		struct err *err);
#endif
