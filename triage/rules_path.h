/*
 * rules_path.h - where the shipped rule files are.
 *
 * In order: the folder $LINECHECK_RULES; beside the program as installed
 * (../share/linecheck/rules); where it was installed when it was built; in the source tree that the
 * program was built in.
 */
#ifndef RULES_PATH_H
#define RULES_PATH_H
#include "base/err.h"
#include <stddef.h>

/* The path of a shipped file ("core.yaml"). E_ABSENT: it is nowhere; err says what to do. */
int rules_default_path(const char *name, char *out, size_t cap, struct err *err);
#endif
