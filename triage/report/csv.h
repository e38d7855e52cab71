/*
 * csv.h - the only way text gets into a CSV file (RFC 4180, UTF-8, lines end with CR LF).
 *
 * Every field is quoted. A field that a spreadsheet would take for a formula (it begins with = + -
 * @, their full-width forms, a tab or a line end) gets an apostrophe before it. What hides or
 * changes text is a token as in shown.h.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H
#include "base/span.h"
#include <stdint.h>
#include <stdio.h>

struct csv {
	FILE *to;
	bool some; /* a field stands on this line already */
};

void csv_text(struct csv *v, span s); /* absent gives an empty field */
void csv_z(struct csv *v, const char *s);
void csv_int(struct csv *v, int64_t n);
void csv_e164(struct csv *v, uint64_t e164); /* 0: empty */
void csv_time(struct csv *v, int64_t ms);    /* RFC 3339; TIME_UNSET: empty */
void csv_hex(struct csv *v, span s);         /* bytes as hex if they are not UTF-8, else empty */
void csv_end(struct csv *v);                 /* of the line */
void csv_titles(struct csv *v, const char *const *titles); /* NULL ends them */
#endif
