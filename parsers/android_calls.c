/*
 * android_calls.c - Android's call log since version 7: calllog.db of the contacts provider.
 *
 * calls has a row for each call: number, date (ms since 1970), duration (s), type, name as it was
 * known then; presentation says why a number is empty; features bit 0 is a video call;
 * via_number and phone_account_address are the phone's own line, where the phone knew it. The
 * provider's calls of before 7 lie in contacts2.db: android_contacts.c. calllog_shadow.db holds the
 * calls that came before the phone was first unlocked.
 *
 * Source: android.provider.CallLog.Calls and CallLogDatabaseHelper of AOSP.
 */
#include "android_calls.h"
#include "parser.h"

int android_calls_row(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "a type that does not say who rang");
	return 0;
}

const struct parser parser_android_calls = {
	.name = "android-calls",
	.app = "Calls (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_CALL),
	.files = { "*/com.android.providers.contacts/databases/calllog.db",
		   "*/com.android.providers.contacts/databases/calllog_shadow.db",
		   "*/com.android.providers.contacts/db/calllog.db", "*/calllog.db", "calllog.db",
		   "*/calllog_shadow.db", "calllog_shadow.db" },
	.tested = "Android 7-15, real file of 9",
	.need = { ANDROID_CALLS_NEED, "!raw_contacts", "!mimetypes" },
	.q = { ANDROID_CALLS_QUERY },
};
