/*
 * linedb_text.h - how the database's values are spelt.
 */
#ifndef LINEDB_TEXT_H
#define LINEDB_TEXT_H
#include "base/buf.h"
#include "base/time.h"

/* "2024-05-31", "" if it is not set. */
void linedb_day(int64_t ms, char ret[static 12]);
/* "2024-01-01 to 2024-05-31", "from ...", "to ...", "undated"; until is the first ms after. */
void linedb_dates(int64_t from, int64_t until, char ret[static 40]);
/* A random UUID (version 4). */
void linedb_uuid(char ret[static 37]);
/* The type of an assertion by its key: "number", "imei" ... */
const char *linedb_type_of(span key);
/* NULL-terminated lists of the words of the columns type and role. */
extern const char *const linedb_types[], *const linedb_roles[];
#endif
