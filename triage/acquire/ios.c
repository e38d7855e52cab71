/*
 * ios.c - a session with an iPhone: trust, what it says of itself, its clock; and at the end the
 * trust taken back. The backup is ios_backup.c's.
 */
#include "acquire/ios.h"
#include "caselog.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TRUST_SECONDS 180 /* for its owner to answer */

static bool go_on(void *user)
{
	struct ios *s = user;
	return !s->options.progress ||
	       s->options.progress(s->options.user, "Waiting for the phone", 0, 0);
}

static int note(const struct ios *s, const char *what, int64_t n, struct err *err)
{
	const struct log_entry e = { LOG_COLLECTION, what, { { "n", n } }, { { 0 } } };
	return s->options.c ? caselog_note(s->options.c, &e, err) : 0;
}

static int64_t wall_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- trust ---- */

struct wait {
	time_t end;
	enum pairing_answer said;
};

/* A second; E_STOPPED when the user says so, E_LIMIT when the time is over. */
static int pause_a_second(struct ios *s, const struct wait *w, struct err *err)
{
	const struct timespec second = { 1, 0 };
	nanosleep(&second, NULL);
	if (!go_on(s))
		return err_set(err, E_STOPPED, "Stopped as asked. Nothing was read.");
	if (time(NULL) > w->end)
		return err_set(err, E_LIMIT,
			       "The phone was not unlocked or nobody answered its question within "
			       "%d minutes. Nothing was read. Start again when its owner is ready.",
			       TRUST_SECONDS / 60);
	return 0;
}

static void tell_once(struct ios *s, struct wait *w, enum pairing_answer what, const char *words)
{
	if (w->said != what)
		s->options.tell(s->options.user, words);
	w->said = what;
}

static int pair(struct ios *s, struct wait *w, struct err *err)
{
	tell_once(
		s, w, PAIRING_ASKING,
		"On the phone: unlock it. When it asks 'Trust This Computer?', tap Trust and enter "
		"the passcode.");
	enum pairing_answer answer = pairing_make(s->base.device.id);
	switch (answer) {
	case PAIRING_DONE:
		s->paired_here = true;
		s->options.tell(s->options.user,
				"The phone trusts this computer now. linecheck takes that back at "
				"the end.");
		return note(s, "device-paired", 1, err);
	case PAIRING_LOCKED:
		tell_once(s, w, answer, "The phone is locked: have its passcode entered on it.");
		return pause_a_second(s, w, err);
	case PAIRING_ASKING:
		return pause_a_second(s, w, err);
	case PAIRING_REFUSED:
		return err_set(
			err, E_REFUSED,
			"Its owner tapped 'Don't Trust': nothing was read. If they agree after "
			"all, pull the cable, connect it again and start again.");
	case PAIRING_GONE:
		return err_set(err, E_ABSENT,
			       "The phone is no longer there, or cannot be spoken to. Connect it "
			       "again, unlock it and start again.");
	default:
		return err_set(
			err, E_FORMAT,
			"The phone did not take this computer's offer of trust. Restart the "
			"phone, connect it again and start again; if it stays so, its system "
			"may be newer than this version can speak to.");
	}
}

static int session(struct ios *s, struct wait *w, struct err *err)
{
	struct err why = { 0 };
	lockdown_close(s->door);
	s->door = NULL;
	int rc = lockdown_open(&s->door, s->handle, &s->patience, err);
	if (rc == 0)
		rc = lockdown_session(s->door, &s->pairing, &why);
	else
		return rc;
	if (rc == E_ENCRYPTED) {
		tell_once(s, w, PAIRING_LOCKED,
			  "The phone is locked: have its passcode entered on it.");
		return pause_a_second(s, w, err);
	}
	if (rc == E_REFUSED) { /* the record is of a phone that has forgotten us */
		pairing_done(&s->pairing);
		return pair(s, w, err);
	}
	return rc ? err_set(err, rc, "%s", why.message) : 0;
}

static int get_in(struct ios *s, struct err *err)
{
	struct wait w = { time(NULL) + TRUST_SECONDS, PAIRING_DONE };
	int rc = 0;
	while (rc == 0) {
		struct err why = { 0 };
		if (!s->pairing.list &&
		    (rc = pairing_read(&s->pairing, s->base.device.id, &why)) != 0) {
			rc = rc == E_ABSENT && !s->paired_here
				     ? pair(s, &w, err)
				     : err_set(err, rc, "%s", why.message);
			continue;
		}
		rc = session(s, &w, err);
		if (rc == 0 && s->door && lockdown_in_session(s->door))
			return 0;
	}
	return rc;
}

/* ---- what it says ---- */

static void clock_of(struct ios *s)
{
	double seconds;
	struct pl *p;
	int64_t before = wall_ms();
	if (lockdown_get(s->door, NULL, "TimeIntervalSince1970", &p, NULL) != 0)
		return;
	int64_t here = before + (wall_ms() - before) / 2;
	if (pl_real(pl_get(pl_root(p), "Value"), &seconds) && seconds > 0 && seconds < 1e11) {
		int64_t ahead = (int64_t)(seconds * 1000) - here;
		s->clock_ahead = (ahead < 0 ? ahead - 500 : ahead + 500) / 1000;
		s->clock_known = true;
	}
	pl_free(p);
}

static int describe(struct ios *s, struct err *err)
{
	int rc = lockdown_get(s->door, NULL, NULL, &s->values, err);
	if (rc)
		return rc;
	const struct pl_node *v = pl_get(pl_root(s->values), "Value");
	if (!v)
		return err_set(
			err, E_FORMAT,
			"The phone says nothing of itself. Restart it, unlock it, connect it "
			"again and start again.");
	ios_describe(&s->base.device, v);
	pl_string(pl_get(v, "TimeZone"), s->zone, sizeof s->zone);
	clock_of(s);
	rc = ios_encrypts(s->door, err);
	if (rc < 0)
		return rc;
	s->encrypted = rc;
	s->base.device.encrypted = rc;
	s->base.device.paired = 1;
	return 0;
}

int ios_open(struct device_session **ret, const char *id, const struct device_options *o,
	     struct err *err)
{
	if (strncmp(id, "adb:", 4) == 0)
		return err_set(err, E_ABSENT, "'%.80s' is no iPhone.", id);
	int rc = ios_way(o->training, false, err);
	struct ios *s = rc ? NULL : calloc(1, sizeof *s);
	if (!s)
		return rc ? rc : err_set(err, E_NOMEM, "Memory ran out.");
	char udid[64] = "";
	s->base.transport = &transport_ios;
	s->base.device = (struct device){ .transport = &transport_ios, .locked = -1 };
	s->options = *o;
	s->patience = (struct wire_patience){ .go_on = go_on, .user = s };
	const char *seconds = getenv("LINECHECK_DEVICE_SECONDS");
	if (seconds)
		s->patience.seconds = (int)strtol(seconds, NULL, 10);
	rc = ios_find(id, udid, &s->handle, err);
	snprintf(s->base.device.id, sizeof s->base.device.id, "%s", udid);
	if (rc == 0)
		rc = get_in(s, err);
	if (rc == 0)
		rc = describe(s, err);
	if (rc == 0) {
		*ret = &s->base;
		return 0;
	}
	struct err again = { 0 };
	if (ios_close(&s->base, &again) != 0)
		s = NULL; /* freed all the same; the first trouble is told */
	return rc;
}

int ios_reopen(struct ios *s, struct err *err)
{
	char udid[64];
	struct err why = { 0 };
	lockdown_close(s->door);
	s->door = NULL;
	/* it may have been unplugged, and have another number now */
	int rc = ios_find(s->base.device.id, udid, &s->handle, err);
	if (rc == 0)
		rc = lockdown_open(&s->door, s->handle, &s->patience, err);
	if (rc)
		return rc;
	rc = lockdown_session(s->door, &s->pairing, &why);
	return rc ? err_set(err, rc, "%s", why.message) : 0;
}

int ios_close(struct device_session *session, struct err *err)
{
	struct ios *s = (struct ios *)session;
	int rc = 0;
	if (!s)
		return 0;
	lockdown_close(s->door);
	pairing_done(&s->pairing);
	pl_free(s->values);
	if (s->paired_here) {
		bool gone = pairing_remove(s->base.device.id);
		rc = note(s, gone ? "device-unpaired" : "device-still-paired", 1, err);
		if (!gone)
			rc = err_set(err, E_IO,
				     "This computer is still trusted by the phone: the trust could "
				     "not be taken back. Connect it and run 'idevicepair unpair -u "
				     "%s'.",
				     s->base.device.id);
	}
	free(s);
	return rc;
}
