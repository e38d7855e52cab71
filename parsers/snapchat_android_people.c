/*
 * snapchat_android_people.c - the people that Snapchat on Android shows (main.db).
 *
 * Table, from ALEAPP's Snapchat artifacts (MIT, eight phones) and a public description of the file:
 *   Friend   userId, username, displayName, phone, addedTimestamp (ms, above 0 where the account
 *            added the user), reverseAddedTimestamp (the user added the account)
 * It is no list of friends: suggestions and members of groups stand in it too. Its own account is
 * one of the rows and is not marked.
 */
#include "parser.h"

const struct parser parser_snapchat_android_people = {
	.name = "snapchat-android-people",
	.app = "Snapchat people (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_CONTACT),
	.files = { "*/com.snapchat.android/databases/main.db" },
	.tested = "Snapchat on Android 11 to 17, table as published",
	.need = { "Friend(rowid,userId,username,displayName)" },
	.q = {
		{
			.slot = "people",
			.kind = REC_CONTACT,
			.table = "Friend",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT f.rowid AS row, nullif(f.displayName,'') AS name,"
			       " '@'||nullif(f.username,'') AS ident, 'user name' AS label,"
			       " CASE WHEN {f:Friend.addedTimestamp}>0 THEN {f:Friend.addedTimestamp}"
			       " END AS time FROM Friend f ORDER BY f.rowid",
			.side = { "SELECT 'snapchat:'||userId AS ident, 'Snapchat' AS label FROM Friend"
				  " WHERE rowid=?1 AND userId<>''",
				  "{?Friend(phone): SELECT phone AS ident, 'phone' AS label FROM Friend"
				  " WHERE rowid=?1 AND phone<>''}" },
		},
	},
};
