/* watch_check.h - the part of a rule that reads no text: its form and limits. */
#ifndef WATCH_CHECK_H
#define WATCH_CHECK_H
#include "base/arena.h"
#include "pack_yaml.h"
#include "ruleset.h"

/* Fill r->kind and r->watch; RULE_TEXT where the rule has none of these. err without file or id. */
int watch_check(struct rule *r, const struct rule_yaml *y, struct arena *arena, struct err *err);
#endif
