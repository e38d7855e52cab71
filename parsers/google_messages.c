/* google_messages.c - all that Google Messages keeps, see google_messages.h. */
#include "google_messages.h"

int google_messages_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t value = 0;
	(void)err;
	if (row_int(row, "elsewhere", &value)) {
		row_warn(row, WARN_NOTE,
			 "a copy of a message of the phone's own store (mmssms.db), which is read "
			 "there");
		return 1;
	}
	if (r->direction == DIR_UNKNOWN && r->kind == REC_MESSAGE)
		row_warn(row, WARN_FIELD_UNKNOWN, "a status that does not say who sent it");
	return 0;
}

const struct parser parser_google_messages = {
	.name = "google-messages",
	.app = "Google Messages (RCS chats)",
	.platform = PLATFORM_ANDROID,
	.kinds = GOOGLE_MESSAGES_KINDS,
	.files = { "*/com.google.android.apps.messaging/databases/bugle_db", "*/bugle_db",
		   "bugle_db", "*/bugle_db.db" },
	.tested = "tables of 2014 as published, rows made up",
	.need = { GOOGLE_MESSAGES_NEED },
	.q = { GOOGLE_MESSAGES_MEMBERS, GOOGLE_MESSAGES_ROWS("0"), GOOGLE_MESSAGES_PEOPLE },
};
