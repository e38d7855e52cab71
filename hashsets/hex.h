/* hex.h - bytes as lower-case hexadecimal digits: one spelling, both ways. */
#ifndef HEX_H
#define HEX_H
#include "base/span.h"

/* 2 * n digits and a NUL. */
void hex_write(char *ret, const unsigned char *bytes, size_t n);
/* Exactly n bytes from exactly 2 * n lower-case digits; false if it is anything else. */
bool hex_read(unsigned char *ret, size_t n, span digits);
#endif
