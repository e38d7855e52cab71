/*
 * google_messages_rcs.c - what Google Messages keeps beyond the phone's own store: RCS chats, and
 * rows without an address there. Chosen by the program where mmssms.db is read beside bugle_db, so
 * that no message counts twice; it claims no file by itself. See google_messages.h.
 */
#include "google_messages.h"

const struct parser parser_google_messages_rcs = {
	.name = "google-messages-rcs",
	.app = "Google Messages (RCS chats)",
	.platform = PLATFORM_ANDROID,
	.kinds = GOOGLE_MESSAGES_KINDS,
	.files = { "*/bugle_db.beside-mmssms" },
	.by_path_only = true,
	.tested = "tables of 2014 as published, rows made up",
	.limits = "only what mmssms.db, read beside it, does not have",
	.need = { GOOGLE_MESSAGES_NEED },
	.q = { GOOGLE_MESSAGES_MEMBERS, GOOGLE_MESSAGES_ROWS("1"), GOOGLE_MESSAGES_PEOPLE },
};
