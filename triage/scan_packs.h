/*
 * scan_packs.h - what a case is matched against: lines, rules and scoring, by hash.
 */
#ifndef SCAN_PACKS_H
#define SCAN_PACKS_H
#include "scan.h"

/* Store the packs and rules of a first scan, or check that a later one uses the same (E_USER if
 * not: one case is matched against one list). *ret_lines_pack is the pack row of the line list, 0
 * without one. Who signed that list is kept in `meta`, as lines-signer. Rules of a later stage than
 * the case's are marked as not run. Inside a transaction.
 */
int scan_packs(struct case_db *c, const struct scan_options *options, int stage,
	       int64_t *ret_lines_pack, struct err *err);
/* Another list of lines in place of the one the case has; rules and scoring must be the same. */
int scan_packs_change(struct case_db *c, const struct scan_options *options,
		      int64_t *ret_lines_pack, struct err *err);
#endif
