/*
 * emit.h - JSON, written as it comes: memory stays flat however long it gets.
 *
 * The keys come in the order of the calls. Characters that a terminal or an editor would act on or
 * not show are written as \uXXXX, so that a printed document cannot change how it reads; the value
 * is the same. What was written is in `to` after emit_flush(), which is also called whenever a
 * value on the lowest level has been closed and the buffer is half full.
 */
#ifndef EMIT_H
#define EMIT_H
#include "base/span.h"
#include <stdint.h>
#include <stdio.h>

struct emit {
	FILE *to;
	int indent; /* levels down to this one get a line for each value; 0 = all on one line */
	int depth;
	bool some[16]; /* something stands on this level already */
	bool keyed;    /* a key was written, its value comes now */
	size_t n;      /* bytes that wait in out */
	char out[32768];
};

/* False when writing failed, now or before. */
bool emit_flush(struct emit *j);

void emit_open(struct emit *j, char bracket);  /* '{' or '[' */
void emit_close(struct emit *j, char bracket); /* '}' or ']' */
void emit_key(struct emit *j, const char *key);
void emit_null(struct emit *j);
void emit_bool(struct emit *j, bool value);
void emit_int(struct emit *j, int64_t value);
void emit_int_or_null(struct emit *j, int64_t value); /* negative: null */
void emit_thousandths(struct emit *j, int64_t value); /* 1500 is 1.5; value >= 0 */
void emit_word(struct emit *j, const char *ascii); /* our own: nothing to escape; NULL gives null */

/* Bad UTF-8 becomes U+FFFD; absent gives null. */
void emit_string(struct emit *j, span s);
void emit_hex(struct emit *j, span s);

/* Key and value. If s is not UTF-8, a second pair `<key>_hex` holds its bytes. */
void emit_pair(struct emit *j, const char *key, span s);
void emit_pair_word(struct emit *j, const char *key, const char *ascii);
void emit_pair_int(struct emit *j, const char *key, int64_t value);
void emit_pair_bool(struct emit *j, const char *key, bool value);
void emit_pair_time(struct emit *j, const char *key, int64_t ms); /* RFC 3339, TIME_UNSET: null */
void emit_pair_e164(struct emit *j, const char *key, uint64_t e164); /* "+44...", 0: null */
#endif
