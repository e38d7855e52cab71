/*
 * jsonpull.h - JSON read a token at a time, in the order of the file.
 *
 * For exports that may be larger than memory: what is held is one string and one bit for each level
 * of nesting, whatever the size of the file. There is no recursion. The grammar is RFC 8259's;
 * beyond it, control bytes within strings are taken as they are, since exporters write them.
 *
 * A string is given without its escapes, as UTF-8 where the file is; bytes that are no UTF-8 are
 * given as they are. UTF-16 and a BOM are understood (textin.h).
 */
#ifndef JSONPULL_H
#define JSONPULL_H
#include "parser.h"

#define JSON_DEPTH_MAX 64
#define JSON_TEXT_MAX ((size_t)1 << 20) /* of one string; a longer one is cut */

enum json_kind {
	JSON_OBJECT,
	JSON_OBJECT_END,
	JSON_ARRAY,
	JSON_ARRAY_END,
	JSON_KEY,
	JSON_STRING,
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL
};

/* What was wrong in a string. */
enum {
	JSON_CUT = 1 << 0, /* longer than JSON_TEXT_MAX: its beginning is given */
	JSON_BAD = 1 << 1  /* an unknown escape, or half a surrogate pair: U+FFFD in its place */
};

struct json_token {
	enum json_kind kind;
	span text; /* of keys, strings, and numbers as they are written; dies with the next call */
	unsigned flaws;
};

struct jsonpull;

/* in is borrowed until jsonpull_free. NULL when memory ran out. */
struct jsonpull *jsonpull_new(const struct input *in);
void jsonpull_free(struct jsonpull *j); /* NULL is legal */

/* 1, or 0 when the file ended after one whole value. E_FORMAT where it is not JSON or breaks off,
 * E_LIMIT deeper than JSON_DEPTH_MAX, E_NOMEM, or what the input answered. */
int jsonpull_next(struct jsonpull *j, struct json_token *ret, struct err *err);

/* A beginning of a file, for sniffing: does it have a member of this path? Names stand between
 * slashes, "*" for any; arrays do not count: "chats/list/messages". */
bool json_head_has(span head, const char *path);

/* Bytes as a stream. */
struct json_memory {
	span left;
};
struct input json_memory_input(struct json_memory *m, span bytes);
#endif
