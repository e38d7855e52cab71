/*
 * ios_password.c - the backup password of an iPhone: set, taken away, and read back. What the
 * service answers is not enough: lockdownd is asked afterwards, in a new session.
 */
#include "acquire/mobilebackup.h"

static void on_passcode(void *user, bool asked)
{
	const struct ios *s = user;
	if (asked)
		s->options.tell(s->options.user,
				"On the phone: it asks for its passcode to change the backup "
				"password. Have it entered within three minutes.");
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
	is = ios_encrypts(s->door, &again);
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
