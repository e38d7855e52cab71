/*
 * kik_ios.c - Kik on an iPhone (kik.sqlite), 2015 to 2026.
 *
 * Tables, from the public test file of plaso (Apache-2.0), from the columns that iLEAPP's kik
 * artifacts name (MIT, Kik 16 and 17), and from looking at the rows. Core Data:
 *   ZKIKMESSAGE     ZTYPE 1 received, 2 sent, 3 and 4 told by the app ("... has joined the chat");
 *                   ZUSER is the sender of what was received (also in a group) and the other side,
 *                   person or group, of what was sent; ZTIMESTAMP when it was sent, seconds since
 *                   2001; ZDRAFTMESSAGECHAT is set for a draft; ZFLAGS 4: ZBODY names an attachment
 *   ZKIKUSER        people and groups: ZJID "name_abc@talk.kik.com", of a group
 *                   "..._g@groups.kik.com"; ZUSERNAME is what people type to find somebody
 *   ZKIKCHAT        ZUSER is the other person or the group
 *   Z_3MESSAGES     which message is in which chat; a message may stand in two
 *   Z_6MEMBERS      people of a group, without the phone's owner
 * The file does not say whose phone it is.
 */
#include "parser.h"

enum { TYPE_RECEIVED = 1, TYPE_SENT = 2, TYPE_TOLD = 3, TYPE_TOLD_OF = 4 };

static int message_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t type = 0;
	(void)err;
	row_int(row, "type", &type);
	if (type < TYPE_RECEIVED || type > TYPE_TOLD_OF)
		row_warn(row, WARN_FIELD_UNKNOWN, "a type that does not say who sent it");
	if (r->attachments_n && span_eq(r->text, r->attachments[0].name))
		r->text = SPAN_NONE; /* the attachment's name, which nobody wrote */
	return 0;
}

#define IS_GROUP(user) user ".ZJID LIKE '%@groups.kik.com'"
#define HANDLE(user) "ifnull('@'||nullif(" user ".ZUSERNAME,'')," user ".ZJID)"

const struct parser parser_kik_ios = {
	.name = "kik-ios",
	.app = "Kik (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CONTACT),
	.files = { "AppDomainGroup-group.com.kik.chat/cores/private/kik.sqlite", "*/kik.sqlite",
		   "kik.sqlite" },
	.tested = "Kik of 2015, real file; Kik 16 and 17, tables as published",
	.need = { "ZKIKMESSAGE(Z_PK,ZTYPE,ZUSER,ZTIMESTAMP,ZBODY)",
		  "ZKIKUSER(Z_PK,ZJID,ZUSERNAME,ZDISPLAYNAME)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "ZKIKCHAT",
			.need = { "ZKIKCHAT(Z_PK,ZUSER)", "Z_6MEMBERS(Z_6MEMBERSINVERSE,Z_6MEMBERS)" },
			.sql = "SELECT u.ZJID AS thread, " HANDLE("u") " AS peer,"
			       " u.ZDISPLAYNAME AS peer_name, NULL AS thread_name"
			       " FROM ZKIKCHAT c JOIN ZKIKUSER u ON u.Z_PK=c.ZUSER"
			       " WHERE NOT " IS_GROUP("u")
			       " UNION ALL SELECT g.ZJID, " HANDLE("p") ", p.ZDISPLAYNAME,"
			       " g.ZDISPLAYNAME FROM Z_6MEMBERS m"
			       " JOIN ZKIKUSER g ON g.Z_PK=m.Z_6MEMBERSINVERSE"
			       " JOIN ZKIKUSER p ON p.Z_PK=m.Z_6MEMBERS",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "ZKIKMESSAGE",
			.unit = TIME_COCOA,
			/* State 8 is STATE_DRAFT, 2048 STATE_GROUP. */
			.sql = "SELECT m.Z_PK AS row, ifnull(m.ZTIMESTAMP,"
			       "{m:ZKIKMESSAGE.ZRECEIVEDTIMESTAMP}) AS time,"
			       " CASE m.ZTYPE WHEN 1 THEN 0 WHEN 2 THEN 1 END AS sent,"
			       " CASE WHEN m.ZTYPE IN (3,4) THEN 'system' END AS kind, m.ZTYPE AS type,"
			       " CASE WHEN NOT " IS_GROUP("u") " THEN " HANDLE("u") " END AS peer,"
			       " CASE WHEN NOT " IS_GROUP("u") " THEN u.ZDISPLAYNAME END AS peer_name,"
			       " CASE WHEN m.ZTYPE=2 OR " IS_GROUP("u") " THEN u.ZJID END AS thread,"
			       " m.ZBODY AS text,"
			       " CASE WHEN {m:ZKIKMESSAGE.ZDRAFTMESSAGECHAT}>0 THEN 8 ELSE 0 END"
			       " + CASE WHEN " IS_GROUP("u") " THEN 2048 ELSE 0 END AS state"
			       " FROM ZKIKMESSAGE m LEFT JOIN ZKIKUSER u ON u.Z_PK=m.ZUSER"
			       " ORDER BY m.Z_PK",
			.along = { "{?Z_3MESSAGES(Z_3CHAT,Z_5MESSAGES) ZKIKCHAT(Z_PK,ZUSER):"
				   " SELECT j.Z_5MESSAGES AS row, g.ZJID AS thread,"
				   " CASE WHEN " IS_GROUP("g") " THEN 2048 END AS state"
				   " FROM Z_3MESSAGES j JOIN ZKIKCHAT c ON c.Z_PK=j.Z_3CHAT"
				   " JOIN ZKIKUSER g ON g.Z_PK=c.ZUSER"
				   " LEFT JOIN ZKIKMESSAGE n ON n.Z_PK=j.Z_5MESSAGES"
				   " WHERE n.ZTYPE IS NOT 2 OR n.ZUSER=c.ZUSER"
				   " ORDER BY j.Z_5MESSAGES, j.Z_3CHAT}",
				   "{?ZKIKATTACHMENT(ZMESSAGE,ZCONTENT): SELECT ZMESSAGE AS row,"
				   " ZCONTENT AS att_name, NULL AS att_type FROM ZKIKATTACHMENT"
				   " WHERE ZMESSAGE IS NOT NULL ORDER BY ZMESSAGE, Z_PK}" },
			.row = message_row,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "ZKIKUSER",
			.sql = "SELECT Z_PK AS row, ZDISPLAYNAME AS name, " HANDLE("u") " AS ident,"
			       " 'user name' AS label FROM ZKIKUSER u"
			       " WHERE ZJID IS NULL OR NOT " IS_GROUP("u") " ORDER BY Z_PK",
			.side = { "SELECT ZJID AS ident, 'Kik' AS label FROM ZKIKUSER WHERE Z_PK=?1"
				  " AND ZUSERNAME<>''",
				  "{?ZKIKUSER(ZEMAIL): SELECT ZEMAIL AS ident, 'e-mail' AS label"
				  " FROM ZKIKUSER WHERE Z_PK=?1 AND ZEMAIL<>''}" },
		},
	},
};
