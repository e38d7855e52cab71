/*
 * adb_usage.c - when apps of an Android phone were used in the last 24 hours, as its usage service
 * told the debugging shell: a database that linecheck made of the answer (triage/acquire/adb_dump.h
 * says how, and of what). type is the name that UsageStatsService prints for an event.
 */
#include "parser.h"

const struct parser parser_adb_usage = {
	.name = "adb-usage",
	.app = "Use of apps (Android, over ADB)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_USAGE),
	.files = { "adb/usage.db" },
	.tested = "Android 5-14, lines as published",
	.limits = "the last 24 hours only",
	.need = { "linecheck_usage(_id,time,type,package)" },
	.q = {
		{
			.slot = "events",
			.kind = REC_TRACE_USAGE,
			.table = "linecheck_usage",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT _id AS row, time, package AS name,"
			       " CASE type WHEN 'ACTIVITY_RESUMED' THEN 'app: opened'"
			       " WHEN 'MOVE_TO_FOREGROUND' THEN 'app: opened'"
			       " WHEN 'ACTIVITY_PAUSED' THEN 'app: left'"
			       " WHEN 'MOVE_TO_BACKGROUND' THEN 'app: left'"
			       " WHEN 'ACTIVITY_STOPPED' THEN 'app: stopped'"
			       " WHEN 'USER_INTERACTION' THEN 'app: touched'"
			       " WHEN 'NOTIFICATION_SEEN' THEN 'notification: seen'"
			       " WHEN 'NOTIFICATION_INTERRUPTION' THEN 'notification: interrupted'"
			       " WHEN 'SCREEN_INTERACTIVE' THEN 'screen: on'"
			       " WHEN 'SCREEN_NON_INTERACTIVE' THEN 'screen: off'"
			       " WHEN 'KEYGUARD_SHOWN' THEN 'phone: locked'"
			       " WHEN 'KEYGUARD_HIDDEN' THEN 'phone: unlocked'"
			       " WHEN 'FOREGROUND_SERVICE_START' THEN 'app: work began'"
			       " WHEN 'FOREGROUND_SERVICE_STOP' THEN 'app: work ended'"
			       " WHEN 'DEVICE_SHUTDOWN' THEN 'phone: switched off'"
			       " WHEN 'DEVICE_STARTUP' THEN 'phone: switched on'"
			       " ELSE 'event '||coalesce(type,'-') END AS service"
			       " FROM linecheck_usage ORDER BY _id",
		},
	},
};
