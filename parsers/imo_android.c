/*
 * imo_android.c - imo on Android (imofriends.db), versions 9.8 to 2024.
 *
 * Tables, from Autopsy's imo module (Apache-2.0, imo 9.8), ALEAPP's (MIT, 2024) and a public list
 * of the columns of the same tables:
 *   messages
 *       buid the chat; author and author_alias who wrote what was received in a group; timestamp in
 *       nanoseconds since 1970; message_type 1 = received, 0 and 2 = sent (the sources agree on 1
 *       only, and that all others are sent); message_read; last_message the text; imdata JSON with
 *       the place of an attachment
 *   friends
 *       buid, name
 *
 * Groups have a ';' in their buid or an author beside it. The file does not say whose phone it is.
 */
#include "jsonview.h"
#include "parser.h"

static int decode_data(const struct row *row, struct record *r, struct err *err)
{
	bool nomem = false;
	span data = jsonview_first(row_bytes(row, "data"));
	span path = jsonview_text(jsonview_get(data, "original_path"), row_arena(row), &nomem);
	(void)r;
	if (!path.n)
		path = jsonview_text(jsonview_get(data, "local_path"), row_arena(row), &nomem);
	if (path.n)
		row_attachment(row, path, SPAN_NONE);
	return nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

#define GROUP "(m.buid LIKE '%;%' OR ifnull({m:messages.author},'')<>'')"

const struct parser parser_imo_android = {
	.name = "imo-android",
	.app = "imo (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CONTACT),
	.files = { "*/com.imo.android.*/databases/imofriends.db", "*imofriends.db" },
	.tested = "imo 9.8 to 2024, tables as published",
	.need = { "messages(buid,last_message,timestamp,message_type,message_read)",
		  "friends(buid,name)" },
	.q = {
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_NS,
			/* State 2048 is STATE_GROUP. */
			.sql = "SELECT m.rowid AS row, m.timestamp AS time,"
			       " CASE m.message_type WHEN 1 THEN 0 WHEN 0 THEN 1 WHEN 2 THEN 1 END AS sent,"
			       " CASE WHEN NOT " GROUP " THEN 'imo:'||m.buid"
			       " WHEN m.message_type=1 THEN 'imo:'||nullif({m:messages.author},'') END AS peer,"
			       " CASE WHEN NOT " GROUP " THEN f.name"
			       " WHEN m.message_type=1 THEN {m:messages.author_alias} END AS peer_name,"
			       " m.buid AS thread, CASE WHEN " GROUP " THEN f.name END AS thread_name,"
			       " m.last_message AS text, {m:messages.imdata} AS data,"
			       " CASE WHEN m.message_type=1 THEN m.message_read END AS read,"
			       " CASE WHEN " GROUP " THEN 2048 END AS state"
			       " FROM messages m LEFT JOIN (SELECT buid, min(name) AS name FROM friends"
			       " GROUP BY buid) f ON f.buid=m.buid ORDER BY m.rowid",
			.decode = decode_data,
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "friends",
			.sql = "SELECT rowid AS row, name, 'imo:'||buid AS ident, 'imo' AS label"
			       " FROM friends WHERE buid NOT LIKE '%;%' ORDER BY rowid",
		},
	},
};
