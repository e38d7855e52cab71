/*
 * ios.h - inside of the transport for iPhones and iPads. Only acquire/ios*.c and the code that puts
 * a backup password back include it.
 */
#ifndef ACQUIRE_IOS_H
#define ACQUIRE_IOS_H
#include "acquire/lockdown.h"
#include "acquire/transport.h"

#define IOS_NEWEST 26 /* whose databases were tested; the cable was tested against a stand-in */

struct ios {
	struct device_session base;
	struct device_options options;
	struct wire_patience patience;
	uint32_t handle;
	struct pairing pairing;
	bool paired_here; /* by us, now: removed at the end */
	struct lockdown *door;
	struct pl *values;   /* what lockdownd says of the phone, in the session */
	bool clock_known;    /* what the phone's clock is ahead of this computer's, in ms */
	int64_t clock_ahead; /* ... rounded to seconds */
	char zone[64];       /* of the phone: "Europe/London" */
	bool encrypted;      /* its backups */
};

extern const struct transport transport_ios;
extern const struct acquire acquire_ios;
int ios_open(struct device_session **ret, const char *id, const struct device_options *o,
	     struct err *err);
int ios_close(struct device_session *s, struct err *err);
int ios_password(struct device_session *s, span old, span new, struct err *err);
/* A new session with lockdownd: an old one may have been closed meanwhile. */
int ios_reopen(struct ios *s, struct err *err);

/* usbmuxd can be asked: 0, E_ABSENT with what to do, or E_REFUSED (not for training, no socket of
 * this machine). */
int ios_way(bool training, bool any, struct err *err);
/* The phone's number at usbmuxd; id NULL: the only one. E_ABSENT, E_USER: which? */
int ios_find(const char *id, char udid[static 64], uint32_t *ret_handle, struct err *err);
/* What lockdownd says, in or out of a session. */
void ios_describe(struct device *d, const struct pl_node *values);
/* Does it encrypt its backups? 1, 0, negative. */
int ios_encrypts(struct lockdown *l, struct err *err);
/* "iPhone 12 mini" of "iPhone13,1"; the product itself where it is not known. */
const char *ios_model(const char *product);
#endif
