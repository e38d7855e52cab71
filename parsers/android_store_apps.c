/*
 * android_store_apps.c - apps that the Play Store of an Android phone put on it (localappstate.db).
 *
 * appstate has a row for each app, also when it was removed since: package_name, title, account,
 * first_download_ms.
 *
 * Source: ALEAPP's installed apps artifacts (MIT), Android 5 to 13.
 */
#include "parser.h"

const struct parser parser_android_store_apps = {
	.name = "android-store-apps",
	.app = "Apps from the Play Store (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_APP),
	.files = { "*/com.android.vending/databases/localappstate.db",
		   "*/com.android.vending/db/localappstate.db", "*/localappstate.db",
		   "localappstate.db" },
	.tested = "Android 5-13, tables as published",
	.need = { "appstate(package_name,first_download_ms)" },
	.q = {
		{
			.slot = "apps",
			.kind = REC_TRACE_APP,
			.table = "appstate",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT rowid AS row, first_download_ms AS time, package_name AS name,"
			       " 'app: first put on' AS service FROM appstate ORDER BY rowid",
		},
	},
};
