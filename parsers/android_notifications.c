/*
 * android_notifications.c - which apps of an Android phone showed a notification, and what was done
 * with it: notification_log.db. No content.
 *
 * log: event_type 1 shown, 2 opened, 3 taken back by the app, 4 put away by the owner;
 * event_time_ms; pkg the app.
 *
 * Source: NotificationUsageStats of AOSP, Android 5 to 10 (the file is no longer kept since).
 */
#include "parser.h"

const struct parser parser_android_notifications = {
	.name = "android-notifications",
	.app = "Notifications (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_NOTIFICATION),
	.files = { "*/system/notification_log.db", "*/notification_log.db", "notification_log.db" },
	.tested = "Android 5-10, tables as published",
	.limits = "no content",
	.need = { "log(_id,event_type,event_time_ms,pkg)" },
	.q = {
		{
			.slot = "notifications",
			.kind = REC_TRACE_NOTIFICATION,
			.table = "log",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT _id AS row, event_time_ms AS time, pkg AS name,"
			       " CASE event_type WHEN 1 THEN 'notification: shown'"
			       " WHEN 2 THEN 'notification: opened'"
			       " WHEN 3 THEN 'notification: taken back by the app'"
			       " WHEN 4 THEN 'notification: put away'"
			       " ELSE 'event '||coalesce(event_type,'-') END AS service"
			       " FROM log ORDER BY _id",
		},
	},
};
