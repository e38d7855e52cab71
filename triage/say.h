/*
 * say.h - how commands speak to a person: errors that say what to do, progress on a terminal.
 */
#ifndef SAY_H
#define SAY_H
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What a path, a list or a phone holds, on one line: characters that hide or steer become tokens
 * like U+001B in the brackets of report/shown.h. The functions below say their words so. */
void say_name(FILE *to, const char *s);

/* "linecheck: ..." on standard error; gives EXIT_REFUSED, EXIT_USAGE (E_USAGE alone) or
 * EXIT_FAILED. What a file holds is never a wrong word on the command line. */
int say_error(const struct err *err);
/* From here on, a wrong command line of this command is answered with the help of its verb. */
void say_verb(const char *command, const char *verb);
/* A wrong word on the command line: says it, and where to read on; gives EXIT_USAGE. */
__attribute__((format(printf, 2, 3))) int say_usage(const char *command, const char *format, ...);
/* A remark beside the result: one line on standard error. */
__attribute__((format(printf, 1, 2))) void say_note(const char *format, ...);

/* One line on standard error, written over itself while work goes on; nothing when standard error
 * is not a terminal. Matches progress_fn; user is a struct say_progress. */
struct say_progress {
	bool active;
	int64_t last_ms;
};
void say_progress_start(struct say_progress *p);
bool say_progress_fn(void *user, const char *what, uint64_t done, uint64_t total);
void say_progress_end(struct say_progress *p);

/* Colour only on a terminal, and not with NO_COLOR. */
bool say_colour(FILE *to);
#endif
