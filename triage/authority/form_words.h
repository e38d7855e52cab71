/* form_words.h - how the answer to a question is written, for a person. */
#ifndef FORM_WORDS_H
#define FORM_WORDS_H
#include "form.h"
#include <stdio.h>

/* The choices, the form of a day or time, the least length, whether it may be empty: each on a line
 * that begins with `before`. */
void form_words_answer(FILE *to, const char *before, const struct field *f);
/* Where it is asked: "Only where basis is not training." Nothing if always. */
void form_words_asked(FILE *to, const char *before, const struct field *f);
#endif
