/* decision_words.h - a decision for a person to read: what it was about, and each choice on a line.
 */
#ifndef DECISION_WORDS_H
#define DECISION_WORDS_H
#include "decision.h"
#include <stdio.h>

/* "What allows the phone to be read" */
const char *decision_words_kind(enum decision_kind kind);
/* The choices in the order of their names, one a line, each indented by four. Long lists are
 * counted; what people wrote cannot pass for words of the program. */
void decision_words(FILE *to, const json_t *choices);
#endif
