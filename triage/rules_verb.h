/* rules_verb.h - the verbs of 'linecheck rules' that have a file of their own. */
#ifndef RULES_VERB_H
#define RULES_VERB_H
#include "ruleset.h"

/* The packs of a command line over those that ship; without any, those alone. */
int rules_load(struct ruleset **ret, int n, char **path, bool check, struct err *err);

/* Both take what stands after the verb and give an exit code. */
int rules_test(int n, char **word);
int rules_diff(int n, char **word);
#endif
