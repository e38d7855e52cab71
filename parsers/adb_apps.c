/*
 * adb_apps.c - apps of an Android phone with the times when they were put on it and last changed,
 * as its package service told the debugging shell: a database that linecheck made of the answer
 * (triage/acquire/adb_dump.h says how, and of what).
 */
#include "parser.h"

const struct parser parser_adb_apps = {
	.name = "adb-apps",
	.app = "Apps (Android, over ADB)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_APP),
	.files = { "adb/apps.db" },
	.tested = "Android 4.4-12, lines as published",
	.limits = "apps that were removed are not in it",
	.need = { "linecheck_app(_id,package,first_install,last_update,installer)" },
	.q = {
		{
			.slot = "first",
			.kind = REC_TRACE_APP,
			.table = "linecheck_app",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT _id AS row, first_install AS time, package AS name,"
			       " CASE WHEN first_install IS NULL THEN 'app: on the phone'"
			       " WHEN installer IS NULL OR installer='?' THEN 'app: first put on'"
			       " ELSE 'app: first put on, by '||installer END AS service"
			       " FROM linecheck_app WHERE first_install IS NOT NULL"
			       " OR last_update IS NULL ORDER BY _id",
		},
		{
			.slot = "last",
			.kind = REC_TRACE_APP,
			.table = "linecheck_app",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT _id AS row, last_update AS time, package AS name,"
			       " 'app: changed' AS service FROM linecheck_app"
			       " WHERE last_update IS NOT NULL"
			       " AND last_update IS NOT first_install ORDER BY _id",
		},
	},
};
