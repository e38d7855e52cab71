/*
 * textnow_android.c - TextNow, an app for second numbers, on Android (textnow_data.db).
 *
 * Tables, from the CREATE TABLE statements of the app as public copies of its code show them
 * (database version 7, TextNow 20.21), and ALEAPP's TextNow artifacts (MIT):
 *   messages
 *       contact_value the other number, or a group's; message_direction 1 = received, 2 = sent;
 *       message_type 100 and 102 calls, with their seconds in message_text; date in ms; attach a
 *       file
 *   group_members
 *       contact_value the group, member_contact_value its members
 *
 * Who wrote in a group is not said. The file does not say whose number it is.
 */
#include "parser.h"

#define GROUP "EXISTS (SELECT 1 FROM groups g WHERE g.contact_value=m.contact_value)"
#define CALL "m.message_type IN (100,102)"

const struct parser parser_textnow_android = {
	.name = "textnow-android",
	.app = "TextNow (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL) | KIND_BIT(REC_CONTACT),
	.files = { "*/com.enflick.android.TextNow/databases/textnow_data.db",
		   "*/textnow_data.db", "textnow_data.db" },
	.tested = "TextNow of 2015 to 2021, tables as published",
	.need = { "messages(_id,contact_value,message_direction,message_type,message_text,date)",
		  "groups(contact_value)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "group_members",
			.need = { "group_members(contact_value,member_contact_value)" },
			.sql = "SELECT j.contact_value AS thread, j.member_contact_value AS peer,"
			       " nullif({j:group_members.member_display_name},'') AS peer_name,"
			       " {?groups(title): (SELECT nullif(g.title,'') FROM groups g"
			       " WHERE g.contact_value=j.contact_value)} AS thread_name"
			       " FROM group_members j ORDER BY j.rowid",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			/* State 2048 is STATE_GROUP. */
			.sql = "SELECT m._id AS row, m.date AS time,"
			       " CASE m.message_direction WHEN 1 THEN 0 WHEN 2 THEN 1 END AS sent,"
			       " CASE WHEN " CALL " THEN 'call' END AS kind,"
			       " CASE WHEN NOT " GROUP " THEN m.contact_value END AS peer,"
			       " CASE WHEN NOT " GROUP " THEN nullif({m:messages.contact_name},'') END"
			       " AS peer_name, m.contact_value AS thread, 'TextNow' AS service,"
			       " CASE WHEN NOT " CALL " THEN nullif(m.message_text,'') END AS text,"
			       " CASE WHEN " CALL " THEN nullif(m.message_text,'') END AS duration,"
			       " CASE WHEN m.message_direction=1 THEN {m:messages.read} END AS read,"
			       " CASE WHEN " GROUP " THEN 2048 END AS state,"
			       " {m:messages.attach}<>'' AS side FROM messages m ORDER BY m._id",
			.side = { "{?messages(attach): SELECT attach AS att_name, NULL AS att_type"
				  " FROM messages WHERE _id=?1}" },
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "contacts",
			.need = { "contacts(contact_value,contact_name)" },
			.sql = "SELECT rowid AS row, nullif(contact_name,'') AS name,"
			       " contact_value AS ident, 'phone' AS label FROM contacts ORDER BY rowid",
		},
	},
};
