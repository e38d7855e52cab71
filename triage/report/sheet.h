/*
 * sheet.h - the only way text gets into a CSV file (RFC 4180, UTF-8, lines end with CR LF).
 *
 * Every field is quoted. A field that a spreadsheet would take for a formula (it begins with = + -
 * @, their full-width forms, a tab or a line end) gets an apostrophe before it. What hides or
 * changes text is a token as in shown.h.
 */
#ifndef SHEET_H
#define SHEET_H
#include "base/span.h"
#include <stdint.h>
#include <stdio.h>

struct sheet {
	FILE *to;
	bool some; /* a field stands on this line already */
};

void sheet_text(struct sheet *v, span s); /* absent gives an empty field */
void sheet_z(struct sheet *v, const char *s);
void sheet_int(struct sheet *v, int64_t n);
void sheet_e164(struct sheet *v, uint64_t e164); /* 0: empty */
void sheet_time(struct sheet *v, int64_t ms);    /* RFC 3339; TIME_UNSET: empty */
void sheet_hex(struct sheet *v, span s); /* bytes as hex if they are not UTF-8, else empty */
void sheet_end(struct sheet *v);         /* of the line */
void sheet_titles(struct sheet *v, const char *const *titles); /* NULL ends them */
#endif
