/*
 * transport.h - phones on a cable: what `devices`, `scan --device` and `acquire` need of each way
 * to reach one. One way = one line of transports.list.
 *
 * A session is opened before the source and closed after it, whatever became of the source: what
 * was changed on the phone (pairing, a password, an agent) is put back by close, and close says
 * what could not be. Between them source_options.device gives the session to the transport's own
 * `struct acquire` (source.h), whose list() tells the catalog every file once, as an archive does,
 * and takes into the vault what is in scope.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H
#include "evidence.h"

struct case_db;
struct transport;

enum device_state {
	DEVICE_READY,
	DEVICE_NO_TRUST, /* the phone does not know this computer yet */
	DEVICE_ASKING,   /* it asks its owner now: trust, passcode */
	DEVICE_LOCKED,
	DEVICE_REFUSED,  /* its owner said no */
	DEVICE_NO_RIGHT, /* this computer may not open it (udev) */
	DEVICE_TROUBLE,  /* says in detail what */
	DEVICE_STATE_MAX
};
/* "ready", "no-trust", "asking", "locked", "refused", "no-right", "trouble" */
const char *device_state_word(enum device_state state);

#define DEVICE_NUMBERS 2 /* a phone with two SIMs */

/* One phone as it is now. Text is what the phone says: hostile, UTF-8 or not; "" is not known. */
struct device {
	const struct transport *transport;
	char id[128]; /* UDID; serial of ADB: what --device takes */
	enum device_state state;
	char name[128], model[64], product[64], os[16], version[32], build[32], serial[64];
	char imei[DEVICE_NUMBERS][32], iccid[DEVICE_NUMBERS][32], number[DEVICE_NUMBERS][32];
	bool imei_ok[DEVICE_NUMBERS];  /* the check digit is right */
	int paired, locked, encrypted; /* 1, 0, -1: not known. encrypted: its backups */
	bool newer;                    /* its system is newer than any that was tested */
	char detail[320];              /* what is the matter, a sentence; "" if nothing is */
	char next[320];                /* what to do next, a sentence */
};
typedef int device_fn(void *user, const struct device *d, struct err *err);

/* What a session may ask of the command layer. */
struct device_options {
	bool training; /* no real phone: what is reached must not be the machine's own */
	/* A sentence for the person, now: what to do on the phone. Never NULL. */
	void (*tell)(void *user, const char *words);
	progress_fn *progress; /* false: stop. May be NULL */
	void *user;
	struct passwords *passwords; /* of its encrypted backups; NULL: none */
	struct case_db *c;           /* whose log says what was done to the phone; NULL: none */
};

/* Each transport's own begins with this. */
struct device_session {
	const struct transport *transport;
	struct device device;
};

struct transport {
	const char *name; /* "ios", "adb" */
	const char *what; /* "iPhones and iPads", for sentences */
	/* Tell every phone there is, in order of their ids. 0 where there are none. E_ABSENT: the
	 * way itself is not there (a service does not run): err says how to start it. */
	int (*devices)(device_fn *fn, void *user, struct err *err);
	/* Get a phone ready to be read: wait for its owner, with words. E_ABSENT: no such phone. */
	int (*open)(struct device_session **ret, const char *id, const struct device_options *o,
		    struct err *err);
	/* Put the phone back as it was and free the session; NULL is legal. Not 0: something could
	 * not be put back, err says what and what to do. */
	int (*close)(struct device_session *s, struct err *err);
	/* Set (old absent), take away (new absent) or change the password of its backups, and read
	 * back that it is so. E_USER: the old one is wrong. NULL: it has none. */
	int (*password)(struct device_session *s, span old, span new, struct err *err);
	const struct acquire *acquire; /* how its files are listed and read */
};

const struct transport *const *transports(void); /* NULL-terminated */
#endif
