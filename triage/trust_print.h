/* trust_print.h - a policy for a person to read. For cmd_trust.c. */
#ifndef TRUST_PRINT_H
#define TRUST_PRINT_H
#include "trust.h"
#include <stdio.h>

/* folder: it was named on the command line, so it is not asked if it counts here. */
void trust_print(FILE *to, const struct trust *t, bool folder, int64_t now);
/* What to do when a key is lost or stolen. */
void trust_print_lost(FILE *to);
#endif
