/*
 * adb_dump.h - what system services of an Android phone print for its debugging shell, as rows. No
 * phone is needed: bytes in, rows of a database out; the parsers adb_*.c read that database.
 *
 * dumpsys package --checkin   "pkg,NAME,APPID,VERSION,FIRST,LAST,INSTALLER", times in ms. Android
 * 13 and later keep the first time for each user, and print it elsewhere: of six fields only the
 * last time is taken. dumpsys usagestats -c       "Last 24 hour events (...)" and then lines
 * "time=MS type=NAME package=NAME ...". Never --checkin: that marks files as sent. dumpsys account
 * "Accounts: N" and then N lines "Account {name=..., type=...}" dumpsys notification
 * "NotificationRecord(0x...: pkg=NAME ... key=KEY: ...", its fields, one a line, and its extras,
 * "android.title=String (...)" service call iphonesubinfo  "Result: Parcel(...)" with words of 32
 * bits in hexadecimal
 *
 * Texts of a notification are what anybody may have sent, and nothing marks their end. The service
 * prints all of it twice: without texts ("String [length=5]"), from which the rows and their fields
 * are taken, and with them (--noredact), which only gives the texts. There each notification's
 * first line, with a number that no sender can know, must stand exactly once, and between it and
 * the next one each line that begins a text as often as in the first printing. A text is cut out by
 * its length in UTF-16 units where the phone says it (Android 9 and later), else only if it is one
 * line with the right line behind it. What does not fit gives no text, and is a loss.
 *
 * Source: AOSP frameworks/base (Apache-2.0): Settings.dumpPackageLPr, UserUsageStatsService.
 * printEvent, AccountManagerService.dump, NotificationRecord.dump; printed examples of Android 8 to
 * 16 that users published.
 */
#ifndef ADB_DUMP_H
#define ADB_DUMP_H
#include "base/err.h"
#include "base/span.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct adb_dump {
	int64_t rows;
	int64_t lost;  /* lines of a row that could not be understood */
	int64_t texts; /* notifications: whose texts could not be told from what stands around them
			*/
	bool none;     /* nothing in it looks like what the service prints: refused, most likely */
};

/* Each makes its table and fills it. 0, or E_NOMEM. */
int adb_dump_packages(span text, sqlite3 *db, struct adb_dump *ret, struct err *err);
int adb_dump_usage(span text, sqlite3 *db, struct adb_dump *ret, struct err *err);
int adb_dump_accounts(span text, sqlite3 *db, struct adb_dump *ret, struct err *err);
/* full may be absent: rows without texts. */
int adb_dump_notifications(span redacted, span full, sqlite3 *db, struct adb_dump *ret,
			   struct err *err);
/* The string in a parcel: digits only, NUL-terminated; false if it is none (refused, or another
 * thing than a number). */
bool adb_dump_parcel(span text, char out[static 32]);
/* 15 digits whose last fits the others (3GPP TS 23.003, annex B). */
bool adb_dump_imei(const char *digits);
#endif
