/*
 * report.h - what people and programs read, each from the case alone, the same bytes every time.
 *
 * All text that comes from a phone is hostile: each writer escapes it for its own form, and shows
 * control and bidirectional characters as what they are.
 */
#ifndef REPORT_H
#define REPORT_H
#include "case.h"
#include "record.h"
#include <stdio.h>

/* The JSON of `scan --json` (contract: README). */
int report_json(struct case_db *c, FILE *to, struct err *err);

/* The working view: one self-contained HTML page, no script, no network. */
int report_view(struct case_db *c, FILE *to, struct err *err);

/* The summary that ends a scan. colour adds ANSI colour beside the words, never instead. */
int report_summary(struct case_db *c, FILE *to, bool colour, struct err *err);

/* The level and what to do next, alone. */
int report_level(struct case_db *c, FILE *to, struct err *err);

/* JSON Lines: who is who, as far as the phone itself says (identities.h). */
int report_people(struct case_db *c, FILE *to, struct err *err);

/* JSON Lines of the records of the kinds whose KIND_BIT() is set, in order. */
int report_records(struct case_db *c, unsigned kinds, FILE *to, struct err *err);

/* The exit code that the case's outcome and coverage give: 0, 4 or 10. */
int report_exit_code(struct case_db *c, int *ret_code, struct err *err);
#endif
