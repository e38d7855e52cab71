/*
 * adb.h - inside of the ADB transport: a session with an Android phone (adb.c), how its data become
 * files (adb_phone.c), how phones on a cable are found (adb_usb.c).
 */
#ifndef ACQUIRE_ADB_H
#define ACQUIRE_ADB_H
#include "acquire/adb_key.h"
#include "acquire/adb_wire.h"
#include "acquire/transport.h"

#define ADB_SETTINGS 4

struct adb_phone {
	struct device_session base;
	struct device_options options;
	struct adb *door;
	struct adb_key *key;
	char setting[ADB_SETTINGS][32]; /* before anything was read */
	int64_t clock_ahead;            /* seconds that the phone's clock is ahead; */
	bool clock_known;
};

extern const struct transport transport_adb;
extern const struct acquire acquire_adb;

/* Phones on a cable, in order of their serials. link: open the one whose serial is id; E_ABSENT:
 * there is none. */
int adb_usb_devices(device_fn *fn, void *user, struct err *err);
int adb_usb_open(struct adb_link **ret, const char *id, struct err *err);
#endif
