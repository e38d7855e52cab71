/*
 * width.h - how much more is asked for: what one person may decide alone, and what a notice covers.
 *
 * More than 90 days, and the text of more than ten chosen threads, need a second person; also when
 * they are asked for bit by bit, in decisions that one person made alone. Not counted are the days
 * around a missing episode, which every scope has by itself.
 */
#ifndef WIDTH_H
#define WIDTH_H
#include "case.h"
#include <jansson.h>

/* Days around a missing episode that a scope has by itself: our choice, not the law's. */
#define SCOPE_MARGIN 14
#define SCOPE_DAYS_ALONE 90
#define SCOPE_THREADS_ALONE 10

/* Choices of a scope, decided at `at` (ms): more than 90 days? authority: its choices, or NULL.
 * While somebody is missing the days since they are count as around the episode, up to three years.
 */
bool scope_is_wide(const json_t *scope, const json_t *authority, int64_t at);

/* The same together with what was decided before decision `id` in this case (0: before now). */
int scope_needs_second(struct case_db *c, const json_t *scope, const json_t *authority, int64_t id,
		       int64_t at, bool *ret, struct err *err);
/* Choices of a stage: all text, or too many chosen threads. */
int stage_needs_second(struct case_db *c, const json_t *stage, int64_t id, bool *ret,
		       struct err *err);

/* Does scope ask for something that old did not? */
bool scope_is_wider(const json_t *old, const json_t *scope);
#endif
