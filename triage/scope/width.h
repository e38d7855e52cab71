/*
 * width.h - how much more is asked for: what one person may decide alone, and what a notice covers.
 */
#ifndef WIDTH_H
#define WIDTH_H
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Days around a missing episode that a scope has by itself: our choice, not the law's. */
#define SCOPE_MARGIN 14

/* Choices of a scope: more than 90 days, decided at `at` (ms), and not within the days around the
 * episode of this authority (its choices, or NULL). Such a scope needs a second person. */
bool scope_is_wide(const json_t *scope, const json_t *authority, int64_t at);

/* Does scope ask for something that old did not? */
bool scope_is_wider(const json_t *old, const json_t *scope);
#endif
