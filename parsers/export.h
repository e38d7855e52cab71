/*
 * export.h - what the parsers of apps' JSON downloads share: the file read in its own order, one
 * record at a time.
 *
 * Trouble is kept in export.stop and ends every loop, so that a parser reads
 *	while (export_key(x, &key)) ...
 * and looks at stop once, at the end. A value of a kind that was not expected is passed over.
 */
#ifndef EXPORT_H
#define EXPORT_H
#include "base/arena.h"
#include "base/buf.h"
#include "jsonpull.h"

struct export
{
	const struct sink *sink;
	struct err *err;
	struct jsonpull *json;
	struct arena *arena; /* of the record at hand */
	const char *table;
	int64_t row;
	int stop;   /* why reading ends: negative */
	bool ahead; /* token was looked at, not taken */
	struct json_token token;
};

/* 0, or E_NOMEM. export_end() frees all and gives x->stop. */
int export_begin(struct export *x, const struct input *in, const struct sink *sink,
		 struct err *err);
int export_end(struct export *x);

/* All bytes of a file that has to be read twice. E_LIMIT above max. */
int export_load(const struct input *in, size_t max, struct buf *all, struct err *err);

/* The next value's kind; JSON_NULL when reading has ended. */
enum json_kind export_peek(struct export *x);
/* Go into the next value; false, and the value is passed over, if it is of another kind. */
bool export_object(struct export *x);
bool export_array(struct export *x);
/* In an object: its next name, valid until the next call. In an array: is there another item? */
bool export_key(struct export *x, span *ret);
bool export_more(struct export *x);
/* Pass over the next value, or what is left of it. */
void export_pass(struct export *x);
/* A string or a number, kept until the next export_record; absent if the value is another. What
 * was wrong in it is counted against the row at hand. */
span export_text(struct export *x);
bool export_true(struct export *x);

/* Begin a record: forgets what was kept. row: its ordinal in table, from 1. */
struct record export_record(struct export *x, enum record_kind kind, const char *table,
			    int64_t row);
span export_keep(struct export *x, span s);
void export_warn(struct export *x, enum warning kind, const char *detail);
/* Where the file's value ended before the record did, the record is a named loss instead. */
void export_deliver(struct export *x, const struct record *r);

/* A whole decimal number; false if it is anything else. */
bool export_int(span s, int64_t *ret);
/* Set r's time from a number in unit, or from "YYYY-MM-DD hh:mm:ss" with a zone ("UTC", "Z",
 * "+01:00"). Without a zone r->local is set instead. Absent or 0 is "not set". */
void export_time_number(struct export *x, struct record *r, span s, enum time_unit unit);
void export_time_text(struct export *x, struct record *r, span s);

/* The name of the folder that the file lies in; absent if path has none. */
span export_folder(span path);
/* Does path have this word, whatever its case? */
bool export_path_has(span path, const char *word);
#endif
