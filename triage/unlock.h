/*
 * unlock.h - asking for a passphrase, the one way everywhere: `--key FILE [--passphrase-fd N]`.
 *
 * Never in the words of a command or in the environment: other people's programs can read those.
 * From a descriptor a passphrase is one line; several follow each other in the order they are
 * asked for. On the terminal nothing is echoed, and echo comes back when a signal ends the
 * question. A passphrase is UTF-8 or other bytes without control characters.
 */
#ifndef UNLOCK_H
#define UNLOCK_H
#include "key.h"

struct passphrase {
	char bytes[KEY_PASSPHRASE_MAX + 1];
	size_t n;
};

/* fd < 0: ask on the terminal, with prompt. E_USER: no terminal and no descriptor, or no line came;
 * E_STOPPED: the person ended the question. Wipe it on every path. */
int passphrase_read(struct passphrase *ret, const char *prompt, int fd, struct err *err);
/* A new one: asked twice on the terminal, once from a descriptor; long enough. */
int passphrase_new(struct passphrase *ret, int fd, struct err *err);
void passphrase_wipe(struct passphrase *p);
static inline span passphrase_span(const struct passphrase *p)
{
	return (span){ p->bytes, p->n };
}

/* Open a key file, with three tries on the terminal. *ret is the caller's to key_free. */
int unlock_key(struct key **ret, const char *key_file, int passphrase_fd, struct err *err);
#endif
