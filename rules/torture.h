/* torture.h - does a pattern stay quick on the worst texts that can be thought of for it? */
#ifndef TORTURE_H
#define TORTURE_H
#include "base/err.h"
#include "pattern.h"

/* E_LIMIT if some text takes the pattern past a tenth of the limit it has when texts are searched.
 */
int torture_pattern(const struct pattern *p, const char *regex, struct err *err);
#endif
