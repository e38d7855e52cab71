/* category.h - the categories of findings, made from category.list. */
#ifndef CATEGORY_H
#define CATEGORY_H
#include "base/span.h"

enum category {
#define G(constant, word) CAT_##constant,
#include "category.list"
#undef G
	CAT_MAX
};

const char *category_word(enum category c);
bool category_from_word(span word, enum category *ret);
#endif
