/*
 * lines_row.h - one row of a line list: text in, assertion or reason out. For lines.c.
 */
#ifndef LINES_ROW_H
#define LINES_ROW_H
#include "lines.h"

#define ROW_FIELD_MAX 200 /* bytes of a brand or identifier */
#define ROW_WHY_MAX 360

enum row_column { COL_LINE, COL_IDENTIFIER, COL_FROM, COL_TO, COL_STATUS, COL_GRADE, COL_MAX };

/* Which space a key lives in: an IMEI never meets a sender name of the same digits. */
enum key_space { KEY_HANDLE = 'h', KEY_IMEI = 'i', KEY_IMSI = 's', KEY_ICCID = 'c' };

struct row_key {
	size_t n; /* 0: the identifier has an E.164 number and needs no key */
	char bytes[ROW_FIELD_MAX * 3 + 1]; /* key space, then what is compared */
};

/* What a good row gives. a.line, a.raw and a.key are not set: the caller keeps the bytes. */
struct row_value {
	struct assertion a;
	char line[ROW_FIELD_MAX + 1];
	char raw[ROW_FIELD_MAX + 1];
	struct row_key key;
};

/* The columns that the file does not have are absent. False with a reason for a
 * person; it repeats parts of the row as they are (see lines_bad_fn). */
bool lines_row_read(const span field[static COL_MAX], struct row_value *ret,
		    char why[static ROW_WHY_MAX]);

/* The key of a handle as a phone stores it, or of the digits that identifier_of_device gives; n is
 * 0 if it can match nothing. */
void lines_row_key(enum key_space space, span raw, struct row_key *ret);
#endif
