/* unlock.c - see unlock.h */
#include "unlock.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define TRIES 3

static const int stopping[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
#define STOPPING (sizeof stopping / sizeof *stopping)
static volatile sig_atomic_t caught;

static void note(int signal)
{
	caught = signal;
}

void passphrase_wipe(struct passphrase *p)
{
	explicit_bzero(p, sizeof *p);
}

/* One line, byte by byte: what follows is left for the next question. open: the stopping signals
 * are held off, and act only while this waits, with this mask; NULL: nothing is held off. A signal
 * that came between a look at `caught` and a read would be lost, and the read would go on. */
static int read_line(struct passphrase *ret, int fd, const sigset_t *open, struct err *err)
{
	bool control = false;
	ret->n = 0;
	for (size_t seen = 0;; seen++) {
		char c;
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		ssize_t n = open && ppoll(&wait, 1, NULL, open) < 0 ? -1 : read(fd, &c, 1);
		if (n < 0 && errno == EINTR && caught)
			return err_set(err, E_STOPPED, "Stopped: no passphrase was given.");
		if (n < 0 && errno == EINTR) {
			seen--;
			continue;
		}
		if (n < 0)
			return err_set(err, E_USER, "The passphrase cannot be read: %s.",
				       strerror(errno));
		if (n == 0 && seen == 0)
			return err_set(err, E_USER, "No passphrase was given.");
		if (n == 0 || c == '\n')
			break;
		control |= (unsigned char)c < 0x20 || c == 0x7f;
		if (ret->n < sizeof ret->bytes)
			ret->bytes[ret->n++] = c;
	}
	if (control)
		return err_set(err, E_USER,
			       "The passphrase holds control characters (a line from "
			       "Windows, perhaps): it could never be typed.");
	if (ret->n > KEY_PASSPHRASE_MAX)
		return err_set(err, E_USER, "The passphrase is longer than %d bytes.",
			       KEY_PASSPHRASE_MAX);
	return 0;
}

/* With echo off; what was before is back when this returns, and a signal that came acts then. */
static int ask_once(struct passphrase *ret, const char *prompt, struct err *err)
{
	struct termios before, quiet;
	struct sigaction old[STOPPING], act = { .sa_handler = note };
	sigset_t held, open;
	caught = 0;
	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return err_set(err, E_USER, "The terminal cannot be asked: %s.", strerror(errno));
	sigemptyset(&held);
	for (size_t i = 0; i < STOPPING; i++)
		sigaddset(&held, stopping[i]);
	sigprocmask(SIG_BLOCK, &held, &open);
	for (size_t i = 0; i < STOPPING; i++)
		sigaction(stopping[i], &act, &old[i]);
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	quiet.c_lflag |= ICANON | ISIG;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	fprintf(stderr, "%s", prompt);
	fflush(stderr);
	int rc = read_line(ret, STDIN_FILENO, &open, err);
	fprintf(stderr, "\n");
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	for (size_t i = 0; i < STOPPING; i++)
		sigaction(stopping[i], &old[i], NULL);
	sigprocmask(SIG_SETMASK, &open, NULL);
	return rc;
}

static int ask(struct passphrase *ret, const char *prompt, struct err *err)
{
	for (;;) {
		struct err own = { 0 };
		int rc = ask_once(ret, prompt, &own);
		int signal = caught;
		if (rc != E_STOPPED)
			return rc ? err_set(err, rc, "%s", own.message) : 0;
		passphrase_wipe(ret);
		raise(signal); /* ends the program, or stops it until it is in front again */
		if (signal != SIGTSTP)
			return err_set(err, E_STOPPED, "%s", own.message);
	}
}

int passphrase_read(struct passphrase *ret, const char *prompt, int fd, struct err *err)
{
	*ret = (struct passphrase){ 0 };
	if (fd >= 0)
		return read_line(ret, fd, NULL, err);
	if (!isatty(STDIN_FILENO))
		return err_set(err, E_USAGE,
			       "There is no terminal to ask for the passphrase on. Give "
			       "it on a descriptor: --passphrase-fd N.");
	return ask(ret, prompt, err);
}

int passphrase_new(struct passphrase *ret, int fd, struct err *err)
{
	struct passphrase again;
	int rc = passphrase_read(ret,
				 "New passphrase (at least 12 characters, best four words "
				 "picked by chance): ",
				 fd, err);
	if (!rc)
		rc = key_passphrase_check(passphrase_span(ret), err);
	if (rc || fd >= 0)
		return rc;
	rc = passphrase_read(&again, "The same again: ", fd, err);
	if (!rc && !span_eq(passphrase_span(ret), passphrase_span(&again)))
		rc = err_set(err, E_USER, "The two passphrases differ. Nothing was changed.");
	passphrase_wipe(&again);
	return rc;
}

int unlock_key(struct key **ret, const char *key_file, int passphrase_fd, struct err *err)
{
	struct key_public who;
	char prompt[KEY_NAME_MAX + 64];
	int rc = key_peek(key_file, &who, err);
	if (rc)
		return rc;
	snprintf(prompt, sizeof prompt, "Passphrase of %s (%s): ", who.name, who.id);
	for (int tries = passphrase_fd < 0 ? TRIES : 1;; tries--) {
		struct passphrase p;
		struct err own = { 0 };
		rc = passphrase_read(&p, prompt, passphrase_fd, &own);
		if (!rc)
			rc = key_open(ret, key_file, passphrase_span(&p), &own);
		passphrase_wipe(&p);
		if (rc != E_ENCRYPTED || tries == 1)
			return rc ? err_set(err, rc, "%s", own.message) : 0;
		fprintf(stderr, "That is not it.\n");
	}
}
