/* device_run.c - see device_run.h */
#include "device_run.h"
#include "caselog.h"
#include "passwords.h"
#include "recovery.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BACK_SECONDS 60 /* for a phone that is gone to come back, or that is not there yet */

/* Ctrl-C ends the work, and the phone is put back; while that is done it does nothing. */
static volatile sig_atomic_t stopped;
static bool putting_back;

static void on_signal(int signal)
{
	(void)signal;
	stopped = 1;
}

struct caught {
	struct sigaction before[3];
};
static const int signals[3] = { SIGINT, SIGTERM, SIGHUP };

static void catch_signals(struct caught *c)
{
	const struct sigaction a = { .sa_handler = on_signal };
	stopped = 0;
	for (size_t i = 0; i < 3; i++)
		sigaction(signals[i], &a, &c->before[i]);
}

static void release_signals(const struct caught *c)
{
	for (size_t i = 0; i < 3; i++)
		sigaction(signals[i], &c->before[i], NULL);
}

struct talk {
	const struct device_run *r;
};

static void tell(void *user, const char *words)
{
	const struct device_run *r = ((struct talk *)user)->r;
	r->tell(r->user, words);
}

static bool progress(void *user, const char *what, uint64_t done, uint64_t total)
{
	const struct device_run *r = ((struct talk *)user)->r;
	if (stopped && !putting_back)
		return false;
	return !r->progress || r->progress(r->user, what, done, total) || putting_back;
}

static int log_words(struct case_db *c, const char *what, struct err *err)
{
	const struct log_entry e = { .act = LOG_COLLECTION, .what = what };
	return caselog_note(c, &e, err);
}

/* ---- opening ---- */

static int open_any(const struct device_options *o, const char *id, struct device_session **ret,
		    struct err *err)
{
	struct err all = { 0 };
	for (const struct transport *const *t = transports(); *t; t++) {
		struct err why = { 0 };
		int rc = (*t)->open(ret, id, o, &why);
		if (rc == 0)
			return 0;
		if (rc != E_ABSENT)
			return err_set(err, rc, "%s", why.message);
		struct err both = { 0 };
		if (all.code)
			err_set(&both, E_ABSENT, "%s %s", all.message, why.message);
		all = all.code ? both : why;
	}
	return err_set(err, E_ABSENT, "%s",
		       all.code ? all.message : "There is no way to reach a phone.");
}

/* A phone on a cable may not be plugged in yet, or its owner is still looking for the switch. An
 * address is there or not, and a training case takes nothing on a cable. */
static int open_when_there(const struct device_options *o, const char *id,
			   struct device_session **ret, struct err *err)
{
	const struct timespec second = { 1, 0 };
	const char *shorter = getenv("LINECHECK_DEVICE_SECONDS");
	time_t end = time(NULL) + (shorter ? strtol(shorter, NULL, 10) : BACK_SECONDS);
	bool waits = !o->training && strncmp(id, "adb:", 4) != 0, told = false;
	for (;;) {
		struct err why = { 0 };
		int rc = open_any(o, id, ret, &why);
		if (rc != E_ABSENT || !waits || time(NULL) >= end)
			return rc ? err_set(err, rc, "%s", why.message) : 0;
		if (!told)
			o->tell(o->user, "The phone is not there yet. Connect it by cable and "
					 "unlock it; on an "
					 "Android phone switch on USB debugging (Settings, "
					 "Developer options). "
					 "It is looked for until it is there, for a minute.");
		told = true;
		nanosleep(&second, NULL);
		if (o->progress && !o->progress(o->user, "Waiting for the phone", 0, 0))
			return err_set(err, E_STOPPED, "Stopped as asked. Nothing was read.");
	}
}

/* ---- the temporary password ---- */

struct temporary {
	bool set; /* intended: from the record on it may stand on the phone */
	struct recovery record;
};

static int set_password(const struct device_run *r, struct device_session *s,
			struct passwords *passwords, struct temporary *t, struct err *err)
{
	char words[200];
	if (!s->transport->password)
		return err_set(err, E_USER, "--temporary-password is for iPhones.");
	int rc = recovery_begin(r->c, r->trust, s->device.id, &t->record, err);
	if (rc)
		return rc;
	t->set = true;
	snprintf(words, sizeof words,
		 "A temporary backup password is set now and taken away at the end. Write it down "
		 "until then: %s",
		 t->record.password);
	r->tell(r->user, words);
	explicit_bzero(words, sizeof words);
	rc = s->transport->password(s, SPAN_NONE, span_z(t->record.password), err);
	if (rc == 0)
		rc = log_words(r->c, "password-set", err);
	return rc ? rc : passwords_add(passwords, span_z(t->record.password), err);
}

/* The phone may have gone: wait for it, and try again. */
static int take_away(const struct device_run *r, struct device_session *s, const char *password,
		     struct err *err)
{
	const struct timespec second = { 1, 0 };
	time_t end = time(NULL) + BACK_SECONDS;
	const char *shorter = getenv("LINECHECK_DEVICE_SECONDS");
	if (shorter)
		end = time(NULL) + strtol(shorter, NULL, 10);
	bool told = false;
	for (;;) {
		struct err why = { 0 };
		int rc = s->transport->password(s, span_z(password), SPAN_NONE, &why);
		if (rc == 0)
			return 0;
		if (rc == E_USER || rc == E_NOMEM || time(NULL) >= end)
			return err_set(err, rc, "%s", why.message);
		if (!told)
			r->tell(r->user,
				"The temporary backup password could not be taken away yet. "
				"Connect "
				"the phone again and unlock it: it is tried until it answers.");
		told = true;
		nanosleep(&second, NULL);
	}
}

static int put_back(const struct device_run *r, struct device_session *s, struct temporary *t,
		    struct err *err)
{
	if (!t->set)
		return 0;
	int rc = take_away(r, s, t->record.password, err);
	if (rc == 0)
		rc = recovery_end(r->c, err);
	else
		log_words(r->c, "password-left-set", NULL);
	if (rc == 0)
		r->tell(r->user,
			"The temporary backup password is off the phone again; the phone says so.");
	return rc;
}

/* ---- the whole ---- */

/* An hour of cable for nothing is avoided: the password is asked for first. */
static int know_password(const struct device_run *r, struct device_session *s,
			 struct passwords *passwords, struct temporary *t, struct err *err)
{
	span ignored;
	if (s->device.encrypted == 1) {
		struct err why = { 0 };
		r->tell(r->user, "The phone's backups are encrypted with a password of its owner.");
		int rc = passwords_next(passwords, "the phone's backups", 0, &ignored, &why);
		if (rc == E_ABSENT)
			return err_set(
				err, E_ENCRYPTED,
				"The phone's backups are encrypted and no password was given: "
				"nothing was read. Scan on a terminal, where it is asked for, or "
				"give it with --password-fd. Who does not know it: Settings, "
				"Transfer or Reset, Reset All Settings on the phone removes it, "
				"and "
				"Wi-Fi passwords and other settings with it.");
		return rc ? err_set(err, rc, "%s", why.message) : 0;
	}
	if (s->device.encrypted == 0 && r->temporary)
		return set_password(r, s, passwords, t, err);
	if (s->device.encrypted == 0)
		r->tell(r->user,
			"The phone's backups are not encrypted: call history and some apps are not "
			"in them. With its owner's agreement --temporary-password --reason TEXT "
			"sets a password for this backup and takes it away again.");
	return 0;
}

static void add_left(char *left, size_t cap, const char *first, const char *words)
{
	size_t n = strlen(left);
	snprintf(left + n, cap - n, "%s%s%s", n ? " " : "", first, words);
}

int device_run(const struct device_run *r, struct scan_options *options, struct scan_result *ret,
	       char ret_left[static 480], struct err *err)
{
	struct talk talk = { r };
	struct caught caught;
	struct temporary t = { 0 };
	struct device_session *s = NULL;
	struct err why = { 0 };
	char label[160];
	const struct device_options o = { .training = case_training(r->c),
					  .tell = tell,
					  .progress = progress,
					  .user = &talk,
					  .passwords = options->passwords,
					  .c = r->c };
	*ret_left = 0;
	if (recovery_stands(case_dir(r->c)))
		return err_set(err, E_USER,
			       "A temporary backup password of this case still stands on a phone. "
			       "First: linecheck recover %s",
			       case_dir(r->c));
	catch_signals(&caught);
	int rc = open_when_there(&o, r->id, &s, err);
	if (rc == 0)
		rc = know_password(r, s, options->passwords, &t, err);
	if (rc == 0) {
		options->device = s;
		options->progress = progress;
		options->user = &talk;
		snprintf(label, sizeof label, "%s", s->device.id);
		rc = scan_source(r->c, label, options, ret, err);
		options->device = NULL;
		options->progress = NULL;
		options->user = NULL;
	}
	putting_back = true;
	if (put_back(r, s, &t, &why) != 0)
		add_left(ret_left, 480,
			 "LEFT SET: a temporary backup password stands on the phone. ",
			 why.message);
	why = (struct err){ 0 };
	if (s && s->transport->close(s, &why) != 0)
		add_left(ret_left, 480, "", why.message);
	putting_back = false;
	explicit_bzero(&t, sizeof t);
	release_signals(&caught);
	return rc;
}

int device_recover(const struct device_run *r, struct err *err)
{
	struct talk talk = { r };
	struct device_session *s = NULL;
	struct recovery record = { 0 };
	struct err why = { 0 };
	const struct device_options o = { .training = case_training(r->c),
					  .tell = tell,
					  .progress = progress,
					  .user = &talk,
					  .c = r->c };
	int rc = recovery_read(r->c, &record, err);
	if (rc == 0)
		rc = open_any(&o, record.device, &s, err);
	if (rc == 0 && s->device.encrypted != 0)
		rc = s->transport->password(s, span_z(record.password), SPAN_NONE, err);
	if (rc == 0)
		rc = recovery_end(r->c, err);
	explicit_bzero(&record, sizeof record);
	if (s && s->transport->close(s, &why) != 0 && rc == 0)
		rc = err_set(err, why.code, "%s", why.message);
	return rc;
}
