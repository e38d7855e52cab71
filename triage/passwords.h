/*
 * passwords.h - passwords of sources: of an encrypted backup, of a packed archive.
 *
 * They come from a descriptor, one a line, or from the person at the terminal, never from the words
 * of a command or the environment. They stay in locked memory, are wiped when freed, and are never
 * stored, logged or shown. One that was given is tried on what comes after it before another is
 * asked for: the archive and the backup in it, or two backups of a phone, often share one.
 */
#ifndef PASSWORDS_H
#define PASSWORDS_H
#include "base/err.h"
#include "base/span.h"
#include <stdbool.h>

struct passwords;

/* fd < 0: none; ask: the person may be asked if standard input is a terminal. before (may be NULL)
 * is called before a question is shown. */
int passwords_new(struct passwords **ret, int fd, bool ask, void (*before)(void *user), void *user,
		  struct err *err);
void passwords_free(struct passwords *p); /* NULL is legal */

/*
 * The password to try as number `attempt` (from 0) on what ("the backup"). *ret lives until the
 * next call. E_ABSENT: none was given, here or before, or the person declined: go on without.
 * E_ENCRYPTED: those that were given are used up. p NULL: E_ABSENT.
 */
int passwords_next(struct passwords *p, const char *what, unsigned attempt, span *ret,
		   struct err *err);
/* One that is known already: tried before another is asked for. */
int passwords_add(struct passwords *p, span password, struct err *err);
#endif
