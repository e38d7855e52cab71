/*
 * pairing.h - what this computer and an iPhone know of each other: the record that usbmuxd keeps.
 *
 * Making and removing one is left to libimobiledevice, in a process of its own with little time:
 * it reads lists from the phone with libplist (see pl.h), and one that never ends must not be ours.
 */
#ifndef ACQUIRE_PAIRING_H
#define ACQUIRE_PAIRING_H
#include "acquire/pl.h"

struct pairing {
	struct pl *list;
	span host_id, buid, host_certificate, host_key, escrow; /* escrow: absent in old ones */
};

/* E_ABSENT: this computer and the phone are not paired. */
int pairing_read(struct pairing *ret, const char *udid, struct err *err);
void pairing_done(struct pairing *p);

enum pairing_answer {
	PAIRING_DONE,
	PAIRING_ASKING, /* the phone asks its owner: ask again in a second */
	PAIRING_LOCKED,
	PAIRING_REFUSED,
	PAIRING_GONE,
	PAIRING_FAILED
};
enum pairing_answer pairing_make(const char *udid);
/* Takes the record away on both sides; true if it is gone from here. */
bool pairing_remove(const char *udid);
#endif
