/* rule_check.h - from what a pack's YAML says to a rule that can run, or to a reason why not. */
#ifndef RULE_CHECK_H
#define RULE_CHECK_H
#include "base/arena.h"
#include "compiled.h"
#include "fold.h"
#include "pack_yaml.h"

/* The pattern with each <name> replaced by the words of that list, in an arena; a plain pattern is
 * given back as it is. NULL: a name that is no list, or memory ran out. */
const char *rule_spell_out(const char *pattern, const struct pack_yaml *pack, struct arena *arena,
			   struct err *err);

/* *ret borrows nothing from yaml: all is in the arena. thorough: torture patterns, too. The message
 * says what to change; file, line and rule are the caller's to add. */
int rule_check(struct rule_body *ret, const struct rule_yaml *yaml, const struct pack_yaml *lists,
	       const char *pack, struct arena *arena, struct folder *folder, bool thorough,
	       struct err *err);

/* A pack's name or version: short, of letters, digits, '.', '_' and '-'. */
bool rule_check_name(const char *name);
#endif
