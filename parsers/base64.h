/* base64.h - RFC 4648, both alphabets, with or without padding; blanks are skipped. */
#ifndef BASE64_H
#define BASE64_H
#include "base/arena.h"

/* The bytes that text stands for, in a. Absent if it is not base64; *nomem is only ever set. */
span base64_decode(span text, struct arena *a, bool *nomem);
#endif
