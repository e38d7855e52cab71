/*
 * csv_cell.h - CSV that a spreadsheet shows as it is (RFC 4180, UTF-8, CRLF).
 *
 * A cell that a spreadsheet would take for a formula or a number ( = + - @ 0 first) gets an
 * apostrophe in front, which the reader of this folder takes off again.
 */
#ifndef CSV_CELL_H
#define CSV_CELL_H
#include "base/buf.h"

/* One more cell of the row that ret ends with; a row begins behind a line end. */
void csv_cell(struct buf *ret, span text);
void csv_end(struct buf *ret);
#endif
