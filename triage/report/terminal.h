/*
 * terminal.h - the parts of the summary on a terminal.
 *
 * What comes from evidence stands last on its line, so that it cannot pass for what we say.
 */
#ifndef TERMINAL_H
#define TERMINAL_H
#include "base/span.h"
#include "case.h"
#include <stdio.h>

/* "12,345" */
void terminal_number(FILE *to, int64_t n);
/* Our words for a stored word; where there are none, the stored word itself. */
void terminal_word(FILE *to, const char *plain, span stored);

/* What was not seen and what was lost, by name, and what to do about it. */
int summary_unseen(FILE *to, struct case_db *c, struct err *err);
#endif
