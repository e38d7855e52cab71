/*
 * kik_android.c - Kik on Android (<account>.kikDatabase.db), versions 10 to 15.
 *
 * Tables, from the CREATE TABLE statements of the app as public copies of its code show them, and
 * from the columns that ALEAPP's kik artifacts name (MIT, Kik of 2024):
 *   messagesTable     was_me 1 = sent by the phone; bin_id the chat (a person or a group),
 *                     partner_jid the person; timestamp in ms; sys_msg and stat_msg are told by
 *                     the app, of stat_user_jid; content_id names an attachment
 *   KIKcontactsTable  people and groups (is_group): jid "name_abc@talk.kik.com", user_name
 *   memberTable       group_id, member_jid
 *   KIKContentTable   properties of an attachment by name ("file-name", "app-name")
 * The file does not say whose phone it is; kikCoreDatabase.db does.
 */
#include "parser.h"

#define IS_GROUP(jid) jid " LIKE '%@groups.kik.com'"
#define TOLD \
	"(ifnull({m:messagesTable.sys_msg},'')<>'' OR ifnull({m:messagesTable.stat_msg},'')<>'')"
#define PERSON "coalesce(nullif({m:messagesTable.stat_user_jid},''),m.partner_jid)"
#define HANDLE(user, jid) "ifnull('@'||nullif(" user ".user_name,'')," jid ")"

const struct parser parser_kik_android = {
	.name = "kik-android",
	.app = "Kik (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CONTACT),
	.files = { "*/kik.android/databases/*kikDatabase.db", "*kikDatabase.db" },
	.tested = "Kik 10 to 15, tables as published",
	.need = { "messagesTable(_id,body,partner_jid,was_me,timestamp,bin_id)",
		  "KIKcontactsTable(_id,jid,display_name,user_name)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "memberTable",
			.need = { "memberTable(group_id,member_jid)" },
			.sql = "SELECT t.group_id AS thread, " HANDLE("p", "t.member_jid") " AS peer,"
			       " p.display_name AS peer_name, g.display_name AS thread_name"
			       " FROM memberTable t LEFT JOIN KIKcontactsTable p ON p.jid=t.member_jid"
			       " LEFT JOIN KIKcontactsTable g ON g.jid=t.group_id ORDER BY t.rowid",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messagesTable",
			.unit = TIME_UNIX_MS,
			/* State 2048 is STATE_GROUP. What the app tells is of a person, if of any. */
			.sql = "SELECT m._id AS row, m.timestamp AS time,"
			       " CASE WHEN " TOLD " THEN 'system' END AS kind,"
			       " CASE WHEN NOT " TOLD " THEN m.was_me END AS sent,"
			       " CASE WHEN " PERSON " IS NOT NULL AND NOT " IS_GROUP(PERSON)
			       " THEN " HANDLE("p", PERSON) " END AS peer,"
			       " CASE WHEN NOT " IS_GROUP(PERSON) " THEN p.display_name END AS peer_name,"
			       " m.bin_id AS thread, coalesce(nullif(m.body,''),"
			       "nullif({m:messagesTable.sys_msg},''),nullif({m:messagesTable.stat_msg},''))"
			       " AS text,"
			       " CASE WHEN " IS_GROUP("m.bin_id") " THEN 2048 END AS state,"
			       " {m:messagesTable.content_id} IS NOT NULL"
			       " {!messagesTable(content_id) KIKContentTable(content_id): AND m.content_id"
			       " IN (SELECT c.content_id FROM KIKContentTable c)} AS side"
			       " FROM messagesTable m LEFT JOIN KIKcontactsTable p ON p.jid=" PERSON
			       " ORDER BY m._id",
			.side = { "{?KIKContentTable(content_id,content_name,content_string)"
				  " messagesTable(content_id): SELECT m.content_id AS att_name,"
				  " NULL AS att_type FROM messagesTable m WHERE m._id=?1}" },
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "KIKcontactsTable",
			.sql = "SELECT u._id AS row, u.display_name AS name,"
			       " '@'||nullif(u.user_name,'') AS ident, 'user name' AS label,"
			       " CASE WHEN {u:KIKcontactsTable.is_blocked}=1 THEN 512 END AS state"
			       " FROM KIKcontactsTable u WHERE u.jid IS NULL OR NOT " IS_GROUP("u.jid")
			       " ORDER BY u._id",
			.side = { "SELECT jid AS ident, 'Kik' AS label FROM KIKcontactsTable"
				  " WHERE _id=?1" },
		},
	},
};
