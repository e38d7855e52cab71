/*
 * android_library_apps.c - apps that an account of an Android phone ever had from the Play Store,
 * on any of its phones (library.db).
 *
 * ownership: account, doc_id the app where doc_type is 1, purchase_time in ms (0: not known).
 * Whether the app is on this phone is not said.
 *
 * Source: ALEAPP's installed apps artifacts (MIT), Android 5 to 13.
 */
#include "parser.h"

const struct parser parser_android_library_apps = {
	.name = "android-library-apps",
	.app = "Apps of the Play Store account (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_APP),
	.files = { "*/com.android.vending/databases/library.db",
		   "*/com.android.vending/db/library.db" },
	.by_path_only = true,
	.tested = "Android 5-13, tables as published",
	.limits = "apps of the account, whether or not on this phone",
	.need = { "ownership(account,doc_id,doc_type,purchase_time)" },
	.q = {
		{
			.slot = "apps",
			.kind = REC_TRACE_APP,
			.table = "ownership",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT rowid AS row, nullif(purchase_time,0) AS time, doc_id AS name,"
			       " 'app: of the account' AS service FROM ownership WHERE doc_type=1"
			       " ORDER BY rowid",
		},
	},
};
