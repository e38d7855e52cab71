/* passwords.c - see passwords.h */
#include "passwords.h"
#include "unlock.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define KEPT_MAX 8 /* passwords of one run */
#define TRIES 3    /* questions about one thing */

struct passwords {
	int fd;
	bool ask, ended;
	void (*before)(void *user);
	void *user;
	struct passphrase *kept; /* KEPT_MAX of them, in locked memory */
	unsigned n, asked;       /* asked: about the thing at hand */
};

int passwords_new(struct passwords **ret, int fd, bool ask, void (*before)(void *user), void *user,
		  struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, E_IO, "libsodium could not be started.");
	struct passwords *p = calloc(1, sizeof *p);
	struct passphrase *kept = sodium_allocarray(KEPT_MAX, sizeof *kept);
	if (!p || !kept) {
		free(p);
		sodium_free(kept);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	*p = (struct passwords){ .fd = fd,
				 .ask = ask && fd < 0 && isatty(STDIN_FILENO),
				 .before = before,
				 .user = user,
				 .kept = kept };
	*ret = p;
	return 0;
}

void passwords_free(struct passwords *p)
{
	if (!p)
		return;
	sodium_free(p->kept);
	free(p);
}

/* E_ABSENT: the person goes on without; E_ENCRYPTED: used up. */
static int from_terminal(struct passwords *p, const char *what, unsigned attempt, struct err *err)
{
	char prompt[200];
	if (p->asked == TRIES)
		return E_ENCRYPTED;
	if (p->before)
		p->before(p->user);
	snprintf(prompt, sizeof prompt, "%sPassword of %s (Enter alone: go on without it): ",
		 attempt ? "That is not it.\n" : "", what);
	p->asked++;
	int rc = passphrase_read(&p->kept[p->n], prompt, -1, err);
	return rc ? rc : p->kept[p->n].n ? 0 : E_ABSENT;
}

static int from_descriptor(struct passwords *p, struct err *err)
{
	struct err own = { 0 };
	int used_up = p->n ? E_ENCRYPTED : E_ABSENT;
	if (p->ended)
		return used_up;
	int rc = passphrase_read(&p->kept[p->n], "", p->fd, &own);
	p->ended = rc || !p->kept[p->n].n;
	if (rc && !p->n)
		return err_set(err, rc,
			       "--password-fd %d: no password can be read from that descriptor. "
			       "Give one as --password-fd 3 3<FILE.",
			       p->fd);
	return p->ended ? used_up : 0;
}

int passwords_next(struct passwords *p, const char *what, unsigned attempt, span *ret,
		   struct err *err)
{
	int rc = 0;
	if (!p)
		return E_ABSENT;
	if (attempt == 0)
		p->asked = 0;
	if (attempt >= p->n) {
		rc = p->n == KEPT_MAX ? E_ENCRYPTED
		     : p->fd >= 0     ? from_descriptor(p, err)
		     : p->ask         ? from_terminal(p, what, attempt, err)
		     : p->n           ? E_ENCRYPTED
				      : E_ABSENT;
		if (rc == E_ENCRYPTED)
			return err_set(err, rc,
				       "The password that was given does not open %s, and nothing "
				       "in it was read. Try again with the right one.",
				       what);
		if (rc)
			return rc;
		p->n++;
	}
	*ret = passphrase_span(&p->kept[attempt]);
	return 0;
}

int passwords_add(struct passwords *p, span password, struct err *err)
{
	if (!p || p->n == KEPT_MAX || password.n > KEY_PASSPHRASE_MAX)
		return err_set(err, E_LIMIT, "More than %d passwords in one run.", KEPT_MAX);
	struct passphrase *to = &p->kept[p->n++];
	memcpy(to->bytes, password.p, password.n);
	to->bytes[password.n] = 0;
	to->n = password.n;
	return 0;
}
