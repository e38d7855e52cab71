/*
 * replay_compare.h - two folders of annexes: are they the same, and if not, in what not?
 */
#ifndef REPLAY_COMPARE_H
#define REPLAY_COMPARE_H
#include "base/err.h"
#include <stdint.h>

/* Told of each file that is not the same, and how: plain words without text from evidence. */
typedef void replay_fn(void *user, const char *file, const char *how);

/* Every file of `one`/annex and `two`/annex but REPLAY_FILE. *ret_same: how many are the same, byte
 * for byte. E_FORMAT: one is not, or is in one folder only. */
int replay_compare(const char *one, const char *two, replay_fn *differs, void *user,
		   int64_t *ret_same, struct err *err);
#endif
