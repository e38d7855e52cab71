/*
 * say.h - how commands speak to a person: errors that say what to do, progress on a terminal.
 */
#ifndef SAY_H
#define SAY_H
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* "linecheck: ..." on standard error; gives the exit code that fits the error. */
int say_error(const struct err *err);
/* A wrong word on the command line: says it, names --help; gives EXIT_USAGE. */
__attribute__((format(printf, 2, 3))) int say_usage(const char *command, const char *format, ...);

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
