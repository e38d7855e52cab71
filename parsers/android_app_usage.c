/*
 * android_app_usage.c - when apps of an Android phone were used: app_usage of Digital Wellbeing.
 *
 * events: timestamp in ms; type as UsageEvents.Event of AOSP numbers them; package_id a row of
 * packages. It keeps about ten days. 10 and 12 say that a notification was seen or made a sound.
 *
 * Source: UsageEvents of AOSP; ALEAPP's wellbeing artifact (MIT); plaso's Android app usage plugin
 * and test file (Apache-2.0).
 */
#include "parser.h"

const struct parser parser_android_app_usage = {
	.name = "android-app-usage",
	.app = "Use of apps (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_USAGE) | KIND_BIT(REC_TRACE_NOTIFICATION),
	.files = { "*/com.google.android.apps.wellbeing/databases/app_usage",
		   "*/com.google.android.apps.wellbeing/db/app_usage", "*/app_usage", "app_usage" },
	.tested = "Android 13, real file",
	.need = { "events(_id,timestamp,type,package_id)", "packages(_id,package_name)" },
	.q = {
		{
			.slot = "events",
			.kind = REC_TRACE_USAGE,
			.table = "events",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT e._id AS row, e.timestamp AS time, p.package_name AS name,"
			       " CASE WHEN e.type IN (10,12) THEN 'trace-notifications' END AS kind,"
			       " CASE e.type WHEN 1 THEN 'app: opened' WHEN 2 THEN 'app: left'"
			       " WHEN 7 THEN 'app: touched' WHEN 10 THEN 'notification: seen'"
			       " WHEN 12 THEN 'notification: interrupted'"
			       " WHEN 15 THEN 'screen: on' WHEN 16 THEN 'screen: off'"
			       " WHEN 17 THEN 'phone: locked' WHEN 18 THEN 'phone: unlocked'"
			       " WHEN 19 THEN 'app: work began' WHEN 20 THEN 'app: work ended'"
			       " WHEN 23 THEN 'app: stopped' WHEN 26 THEN 'phone: switched off'"
			       " WHEN 27 THEN 'phone: switched on'"
			       " ELSE 'event '||coalesce(e.type,'-') END AS service,"
			       " CASE WHEN p._id IS NULL THEN 'an app that is not in packages' END"
			       " AS lost FROM events e LEFT JOIN packages p ON p._id=e.package_id"
			       " ORDER BY e._id",
		},
	},
};
