/* parser.c - the registry, the schema check, and the generic row loop. */
#include "parser.h"

#define P(name) extern const struct parser parser_##name;
#include "parsers.list"
#undef P

const struct parser *const parsers[] = {
#define P(name) &parser_##name,
#include "parsers.list"
#undef P
	NULL
};
