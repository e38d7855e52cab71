/* rule_check.h - from what a pack's YAML says to a rule that can run, or to a reason why not. */
#ifndef RULE_CHECK_H
#define RULE_CHECK_H
#include "base/arena.h"
#include "compiled.h"
#include "fold.h"
#include "pack_yaml.h"

/* *ret borrows nothing from yaml: all is in the arena. thorough: torture patterns, too. The message
 * says what to change; file, line and rule are the caller's to add. */
int rule_check(struct rule_body *ret, const struct rule_yaml *yaml, const char *pack,
	       struct arena *arena, struct folder *folder, bool thorough, struct err *err);

/* A pack's name or version: short, of letters, digits, '.', '_' and '-'. */
bool rule_check_name(const char *name);
#endif
