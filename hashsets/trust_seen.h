/*
 * trust_seen.h - the last policy seen on this machine, so that an older one is refused.
 *
 * One entry for each root: number, SHA-256 of the policy, the force key that signed it. What is
 * installed remembers it beside itself, in seen.json of the same folder, written by `trust install`
 * as root. Each person remembers it as well, in ~/.local/state/linecheck/trust-seen.json: for
 * self-made trust that is the only memory, and it goes no further than that person's own care.
 */
#ifndef TRUST_SEEN_H
#define TRUST_SEEN_H
#include "trust.h"
#include <sys/types.h>

/* path relative to dir; nothing there is no objection. E_REFUSED: older, another of the same
 * number, or by a force key that had been replaced; E_FORMAT: the memory itself is damaged. */
int trust_seen_check(int dir, const char *path, const struct trust *t, struct err *err);
/* Remember t if it is newer than what is remembered. */
int trust_seen_note(int dir, const char *path, const struct trust *t, mode_t mode, struct err *err);

/* The same in the person's own memory; where there is no home folder, or it cannot be read or
 * written, nothing is remembered and that is no error. */
int trust_seen_own_check(const struct trust *t, struct err *err);
void trust_seen_own_note(const struct trust *t);
#endif
