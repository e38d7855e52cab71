/*
 * adb_notifications.c - notifications that stood on an Android phone when it was read, as its
 * notification service told the debugging shell: a database that linecheck made of the answer
 * (triage/acquire/adb_dump.h says how, and of what). A title often is a sender's name, a text the
 * beginning of a message: both are text, subject to the stage.
 */
#include "parser.h"

const struct parser parser_adb_notifications = {
	.name = "adb-notifications",
	.app = "Notifications (Android, over ADB)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_NOTIFICATION),
	.files = { "adb/notifications.db" },
	.tested = "Android 8-16, lines as published",
	.limits = "only those that stood there when the phone was read",
	.need = { "linecheck_notification(_id,time,package,title,text,lost)" },
	.q = {
		{
			.slot = "notifications",
			.kind = REC_TRACE_NOTIFICATION,
			.table = "linecheck_notification",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT _id AS row, time, package AS name,"
			       " 'notification: shown' AS service,"
			       " CASE WHEN title IS NULL THEN text WHEN text IS NULL THEN title"
			       " ELSE title||char(10)||text END AS text, lost"
			       " FROM linecheck_notification ORDER BY _id",
		},
	},
};
