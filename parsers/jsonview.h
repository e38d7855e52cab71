/*
 * jsonview.h - JSON in a cell of a database, read in place (RFC 8259).
 *
 * A value is the span of its own text. Nothing is copied but text with escapes, nothing recurses,
 * and what is asked for is found in one pass over the value it is in. The reader is lenient about
 * what it skips and strict about what it gives.
 */
#ifndef JSONVIEW_H
#define JSONVIEW_H
#include "base/arena.h"
#include "base/span.h"
#include <stdint.h>

enum jsonview_kind {
	JSONVIEW_NONE, /* absent, damaged, or cut off */
	JSONVIEW_NULL,
	JSONVIEW_BOOL,
	JSONVIEW_NUMBER,
	JSONVIEW_TEXT,
	JSONVIEW_ARRAY,
	JSONVIEW_OBJECT
};

/* By the first character: the rest is looked at when it is asked for. */
enum jsonview_kind jsonview_kind(span value);

/* The first value of text, without the blanks around it. Absent if there is none. */
span jsonview_first(span text);

/* The next element of an array, or member of an object, at or after *at; *at moves behind it; start
 * from 0. False at the end and where the text is damaged. name may be NULL; of an element it is
 * absent. It is the text of the name without its quotation marks, escapes as they are. */
bool jsonview_next(span container, size_t *at, span *ret_name, span *ret_value);

/* The first member of that name (no escapes); absent if there is none, or if object is none. */
span jsonview_get(span object, const char *name);

/* UTF-8, within value or in a; absent if value is not text. *nomem is only ever set. */
span jsonview_text(span value, struct arena *a, bool *nomem);
/* Also of a number that is written as text. False if it is no integer that fits. */
bool jsonview_int(span value, int64_t *ret);
/* The digits or the text of what can be either: account numbers. */
span jsonview_number_or_text(span value, struct arena *a, bool *nomem);
bool jsonview_true(span value);
#endif
