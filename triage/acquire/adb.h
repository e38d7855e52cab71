/*
 * adb.h - inside of the ADB transport: a session with an Android phone (adb.c), how its data become
 * files (adb_phone.c), how phones on a cable are found (adb_usb.c).
 */
#ifndef ACQUIRE_ADB_H
#define ACQUIRE_ADB_H
#include "acquire/adb_key.h"
#include "acquire/adb_wire.h"
#include "acquire/transport.h"
#include <sqlite3.h>

#define ADB_SETTINGS 4
#define ADB_SETTING_WORDS                                                                         \
	"adb_enabled %.31s, development_settings_enabled %.31s, stay_on_while_plugged_in %.31s, " \
	"usb_mass_storage_enabled %.31s"

struct adb_phone {
	struct device_session base;
	struct device_options options;
	struct adb *door;
	struct adb_key *key;
	char setting[ADB_SETTINGS][32]; /* before anything was read */
	int64_t clock_ahead;            /* seconds that the phone's clock is ahead; */
	bool clock_known;
};

struct catalog;

extern const struct transport transport_adb;
extern const struct acquire acquire_adb;

/* A database that was made of the phone's answers becomes a file of the source. */
int adb_keep(struct catalog *c, const char *path, sqlite3 *db, struct err *err);
/* adb_system.c, adb_storage.c: what else is in scope. */
int adb_read_system(struct catalog *c, struct adb_phone *p, struct err *err);
int adb_read_storage(struct catalog *c, struct adb_phone *p, struct err *err);
/* adb_backup.c: a package's data as a backup that the phone makes, where the owner says yes to it
 * on the phone. *ret_files: files in scope that came of it. *ret_why: static; why none came. */
int adb_read_backup(struct catalog *c, struct adb_phone *p, const char *package, size_t *ret_files,
		    const char **ret_why, struct err *err);

/* Phones on a cable, in order of their serials. link: open the one whose serial is id; E_ABSENT:
 * there is none. */
int adb_usb_devices(device_fn *fn, void *user, struct err *err);
int adb_usb_open(struct adb_link **ret, const char *id, struct err *err);
#endif
