/* verify_bundle.h - 'linecheck verify' on a folder that left a case. For cmd_verify.c. */
#ifndef VERIFY_BUNDLE_H
#define VERIFY_BUNDLE_H
#include "court/bundle_check.h"

/* Prints what holds and what does not; gives an exit code. */
int verify_bundle(const char *dir, const struct bundle_checks *checks);
/* A pack file (pack.h), against the trust store that counts here. */
bool verify_is_pack(const char *path);
int verify_pack(const char *path);
#endif
