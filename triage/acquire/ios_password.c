/*
 * ios_password.c - the backup password of an iPhone: set, taken away, and read back. What the
 * service answers is not enough: lockdownd is asked afterwards, in a new session.
 */
#include "acquire/mobilebackup.h"
#include <time.h>

/* A phone tells of the change by a notification of its own (libimobiledevice's
 * NP_BACKUP_DOMAIN_CHANGED): lockdownd may know it a little later than the answer comes. */
#define SETTLES_MS 10000
#define SETTLES_AFTER_TROUBLE_MS 3000

static void on_passcode(void *user, bool asked)
{
	const struct ios *s = user;
	if (asked)
		s->options.tell(s->options.user,
				"On the phone: it asks for its passcode to change the backup "
				"password. Have it entered within three minutes.");
}

/* Does it encrypt, once it says what is wanted or has had its time? 1, 0, negative. */
static int settled(struct ios *s, bool wanted, int ms, struct err *err)
{
	const struct timespec step = { 0, 250000000 };
	for (;; ms -= 250) {
		int is = ios_encrypts(s->door, err);
		if (is < 0 || is == (int)wanted || ms <= 0)
			return is;
		nanosleep(&step, NULL);
	}
}

int ios_password(struct device_session *session, span old, span new, struct err *err)
{
	struct ios *s = (struct ios *)session;
	struct mobilebackup *m;
	struct err why = { 0 };
	int rc = ios_reopen(s, err);
	if (rc)
		return rc;
	/* One that is gone already (a run that was cut off) needs no change. */
	int is = ios_encrypts(s->door, err);
	if (is < 0)
		return is;
	if (is == (new.p != NULL) && !(old.p && new.p))
		return 0;
	rc = mobilebackup_open(&m, s, err);
	if (rc)
		return rc;
	rc = mobilebackup_password(m, old, new, on_passcode, s, &why);
	mobilebackup_free(m);
	struct err again = { 0 };
	if (ios_reopen(s, &again) != 0)
		return err_set(err, rc ? rc : again.code, "%s", rc ? why.message : again.message);
	bool refused = rc == E_USER || rc == E_ENCRYPTED; /* nothing is on its way */
	is = settled(s, new.p != NULL,
		     refused ? 0
		     : rc    ? SETTLES_AFTER_TROUBLE_MS
			     : SETTLES_MS,
		     &again);
	if (is < 0)
		return err_set(err, is, "%s", again.message);
	s->encrypted = is;
	s->base.device.encrypted = is;
	if (is == (new.p != NULL))
		return 0;
	return err_set(err, rc ? rc : E_IO, "%s",
		       rc ? why.message
			  : "The phone said that it changed its backup password, and did not.");
}
