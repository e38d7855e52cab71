/*
 * lines_csv.h - the rows of a CSV file, fed in pieces. For lines.c.
 *
 * RFC 4180 read strictly through libcsv: a quotation mark out of place is a bad row, never a guess
 * about where the field ends. UTF-8 with or without BOM; lines end in CRLF, LF or CR.
 */
#ifndef LINES_CSV_H
#define LINES_CSV_H
#include "lines_row.h"

/* What the reader finds; each returns 0 to go on or a negative E_*. row is the line of the file
 * that the row starts on. */
struct csv_sink {
	int (*row)(void *user, uint32_t row, const span *field, struct err *err);
	int (*bad)(void *user, uint32_t row, const char *why, struct err *err);
	void *user;
	/* Header names, at most CSV_COLUMNS; field[i] of a row is under column[i]. NULL: the six of
	 * enum row_column. The first two are needed. */
	const char *const *column;
	size_t columns;
};

#define CSV_COLUMNS 32
extern const char *const lines_csv_six[COL_MAX];

struct lines_csv;

struct lines_csv *lines_csv_new(const struct csv_sink *sink,
				const char *name); /* NULL: no memory */
void lines_csv_free(struct lines_csv *c);
int lines_csv_feed(struct lines_csv *c, span piece, struct err *err);
int lines_csv_end(struct lines_csv *c, struct err *err);
/* Header names that are not ours, "a, b", or "". Valid until freed. */
const char *lines_csv_ignored(const struct lines_csv *c);
#endif
