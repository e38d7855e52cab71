/*
 * whatsapp_android_old.c - WhatsApp's messages on an Android phone until 2021: msgstore.db with the
 * table `messages` alone. What stands where: whatsapp_android.h.
 *
 * Edits did not exist. Calls were rows of `messages` (types 8 and 10), which are events here, and
 * of call_logs, whose columns are not published.
 *
 * Source: tables and numbers as IPED, whapa and WhatsApp-Chat-Exporter publish them; a real store
 * of 2022 that has them beside the newer ones (wa-crypt-tools' test data).
 */
#include "whatsapp_android.h"

int whatsapp_android_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t type = 0;
	(void)err;
	row_int(row, "type", &type);
	if (type == 11)
		row_warn(row, WARN_NOTE, "the phone had not decrypted this message");
	if (r->kind == REC_MESSAGE && r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "nothing says who sent it");
	return 0;
}

const struct parser parser_whatsapp_android_old = {
	.name = "whatsapp-android-old",
	.app = "WhatsApp (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/com.whatsapp/databases/msgstore.db",
		   "*/com.whatsapp.w4b/databases/msgstore.db", "*/com.whatsapp/db/msgstore.db",
		   "*/com.whatsapp.w4b/db/msgstore.db", "*/msgstore.db" },
	.tested = "2014-2021, tables as published",
	.keeps_deleted = true,
	.need = { WHATSAPP_OLD_NEED, "!message" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "group_participants",
			.need = { "group_participants(_id,gjid,jid)" },
			.sql = WHATSAPP_OLD_MEMBERS,
		},
		{
			.slot = "names of groups",
			.members = true,
			.optional = true,
			.table = "chat_list",
			.need = { "chat_list(_id,key_remote_jid,subject)" },
			.sql = "SELECT key_remote_jid AS thread, nullif(subject,'') AS thread_name"
			       " FROM chat_list ORDER BY _id",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			.sql = WHATSAPP_OLD_SELECT " ORDER BY m._id",
			.side = { WHATSAPP_OLD_FILES, WHATSAPP_OLD_CARDS },
			.row = whatsapp_android_row,
		},
	},
};
