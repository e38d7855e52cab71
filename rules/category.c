/* category.c - see category.h */
#include "category.h"

static const char *const words[CAT_MAX] = {
#define G(constant, word) [CAT_##constant] = (word),
#include "category.list"
#undef G
};

const char *category_word(enum category c)
{
	return words[c];
}

bool category_from_word(span word, enum category *ret)
{
	for (int i = 0; i < CAT_MAX; i++)
		if (span_eq(word, span_z(words[i]))) {
			*ret = (enum category)i;
			return true;
		}
	return false;
}
