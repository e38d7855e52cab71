/*
 * json.h - JSON, written as it comes: memory stays flat however long it gets.
 *
 * The keys come in the order of the calls. Characters that a terminal or an editor would act on or
 * not show are written as \uXXXX, so that a printed document cannot change how it reads; the value
 * is the same. A failed write shows in ferror(to).
 */
#ifndef JSON_H
#define JSON_H
#include "base/span.h"
#include <stdint.h>
#include <stdio.h>

struct json {
	FILE *to;
	int indent; /* levels down to this one get a line for each value; 0 = all on one line */
	int depth;
	bool some[16]; /* something stands on this level already */
	bool keyed;    /* a key was written, its value comes now */
};

void json_open(struct json *j, char bracket);  /* '{' or '[' */
void json_close(struct json *j, char bracket); /* '}' or ']' */
void json_key(struct json *j, const char *key);
void json_null(struct json *j);
void json_bool(struct json *j, bool value);
void json_int(struct json *j, int64_t value);
void json_int_or_null(struct json *j, int64_t value); /* negative: null */
void json_thousandths(struct json *j, int64_t value); /* 1500 is 1.5; value >= 0 */
void json_word(struct json *j, const char *ascii); /* our own: nothing to escape; NULL gives null */

/* Bad UTF-8 becomes U+FFFD; absent gives null. */
void json_string(struct json *j, span s);
void json_hex(struct json *j, span s);

/* Key and value. If s is not UTF-8, a second pair `<key>_hex` holds its bytes. */
void json_pair(struct json *j, const char *key, span s);
void json_pair_word(struct json *j, const char *key, const char *ascii);
void json_pair_int(struct json *j, const char *key, int64_t value);
void json_pair_bool(struct json *j, const char *key, bool value);
void json_pair_time(struct json *j, const char *key, int64_t ms); /* RFC 3339, TIME_UNSET: null */
void json_pair_e164(struct json *j, const char *key, uint64_t e164); /* "+44...", 0: null */
#endif
