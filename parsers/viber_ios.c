/*
 * viber_ios.c - Viber on an iPhone (Contacts.data), 2018 to 2026.
 *
 * Tables, from the columns that iLEAPP's Viber artifacts name (MIT, Viber 23) and from public
 * descriptions of the same tables by others who read them. Core Data:
 *   ZVIBERMESSAGE  ZSTATE 'received', else sent by the phone ('send', 'delivered' ...); ZDATE in
 *                  seconds since 2001; ZPHONENUMINDEX the sender of what was received, in ZMEMBER;
 *                  ZSYSTEMTYPE empty, 'url' or 'formatted' for what people wrote, others told by
 *                  the app; ZBEINGDELETED
 *   ZCONVERSATION  ZINTERLOCUTOR the other person (ZMEMBER) of a conversation of two; ZGROUPID and
 *                  ZNAME of a group
 *   Z_5PHONENUMINDEXES  members of a conversation
 *   ZMEMBER, ZPHONENUMBER  ZDISPLAYFULLNAME, ZMEMBERID; ZPHONENUMBER.ZMEMBER, ZCANONIZEDPHONENUM
 *   ZRECENT        calls: ZCALLTYPE 'incoming', 'outgoing_viber', 'missed' ..., '_with_video';
 *                  ZDURATION; ZCALLLOGMESSAGE the message that stands for it
 *   ZABCONTACT     the address book: ZMAINNAME, ZPREFIXNAME; ZABCONTACTNUMBER its numbers
 * Whose phone it is stands in Settings.data.
 */
#include "parser.h"

#define TOLD "ifnull({m:ZVIBERMESSAGE.ZSYSTEMTYPE},'') NOT IN ('','url','formatted')"
/* The first number of each member: put together once, as nothing is indexed. */
#define NUMBER(member)                                                                      \
	" LEFT JOIN (SELECT n.ZMEMBER AS member, coalesce(nullif(n.ZCANONIZEDPHONENUM,'')," \
	"nullif({n:ZPHONENUMBER.ZPHONE},'')) AS number, min(n.Z_PK) FROM ZPHONENUMBER n"    \
	" GROUP BY n.ZMEMBER) number_" member " ON number_" member ".member=" member ".Z_PK"
#define HANDLE(member) \
	"coalesce(number_" member ".number,'viber:'||nullif({" member ":ZMEMBER.ZMEMBERID},''))"

const struct parser parser_viber_ios = {
	.name = "viber-ios",
	.app = "Viber (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CALL) |
		 KIND_BIT(REC_CONTACT),
	.files = { "AppDomainGroup-group.viber.share.container/com.viber/database/Contacts.data",
		   "*/com.viber/database/Contacts.data", "*Contacts.data" },
	.tested = "Viber 7 to 23, tables as published",
	.keeps_deleted = true,
	.need = { "ZVIBERMESSAGE(Z_PK,ZDATE,ZSTATE,ZTEXT,ZCONVERSATION,ZPHONENUMINDEX)",
		  "ZCONVERSATION(Z_PK,ZINTERLOCUTOR,ZNAME)", "ZMEMBER(Z_PK,ZDISPLAYFULLNAME)",
		  "ZPHONENUMBER(Z_PK,ZMEMBER,ZCANONIZEDPHONENUM)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.table = "ZCONVERSATION",
			.sql = "SELECT c.Z_PK AS thread, " HANDLE("p") " AS peer,"
			       " p.ZDISPLAYFULLNAME AS peer_name, NULL AS thread_name"
			       " FROM ZCONVERSATION c JOIN ZMEMBER p ON p.Z_PK=c.ZINTERLOCUTOR" NUMBER("p")
			       " {!Z_5PHONENUMINDEXES(Z_5CONVERSATIONS,Z_10PHONENUMINDEXES):"
			       " UNION ALL SELECT j.Z_5CONVERSATIONS, " HANDLE("p") ","
			       " p.ZDISPLAYFULLNAME, nullif(c.ZNAME,'') FROM Z_5PHONENUMINDEXES j"
			       " JOIN ZMEMBER p ON p.Z_PK=j.Z_10PHONENUMINDEXES" NUMBER("p")
			       " LEFT JOIN ZCONVERSATION c ON c.Z_PK=j.Z_5CONVERSATIONS}",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "ZVIBERMESSAGE",
			.unit = TIME_COCOA,
			/* State 4 is STATE_DELETED, 2048 STATE_GROUP. Only a conversation of two says
			 * who the sender is where the message does not. */
			.sql = "SELECT m.Z_PK AS row, m.ZDATE AS time,"
			       " CASE WHEN " TOLD " THEN 'system' END AS kind,"
			       " CASE WHEN m.ZSTATE='received' THEN 0 WHEN m.ZSTATE<>'' THEN 1 END AS sent,"
			       " CASE WHEN m.ZSTATE='received' THEN " HANDLE("p") " ELSE " HANDLE("i")
			       " END AS peer,"
			       " CASE WHEN m.ZSTATE='received' THEN p.ZDISPLAYFULLNAME"
			       " ELSE i.ZDISPLAYFULLNAME END AS peer_name,"
			       " m.ZCONVERSATION AS thread, nullif(c.ZNAME,'') AS thread_name,"
			       " m.ZTEXT AS text,"
			       " CASE WHEN {m:ZVIBERMESSAGE.ZBEINGDELETED}=1 THEN 4 ELSE 0 END"
			       " + CASE WHEN {c:ZCONVERSATION.ZGROUPID}<>'' THEN 2048 ELSE 0 END AS state,"
			       " {m:ZVIBERMESSAGE.ZATTACHMENT}>0 AS side"
			       " FROM ZVIBERMESSAGE m LEFT JOIN ZCONVERSATION c ON c.Z_PK=m.ZCONVERSATION"
			       " LEFT JOIN ZMEMBER i ON i.Z_PK=c.ZINTERLOCUTOR"
			       NUMBER("i")
			       " LEFT JOIN ZMEMBER p ON p.Z_PK=ifnull(m.ZPHONENUMINDEX,c.ZINTERLOCUTOR)"
			       NUMBER("p")
			       " ORDER BY m.Z_PK",
			.side = { "{?ZVIBERMESSAGE(ZATTACHMENT) ZATTACHMENT(Z_PK,ZNAME,ZTYPE):"
				  " SELECT a.ZNAME AS att_name, a.ZTYPE AS att_type FROM ZVIBERMESSAGE m"
				  " JOIN ZATTACHMENT a ON a.Z_PK=m.ZATTACHMENT WHERE m.Z_PK=?1}" },
			.row = row_needs_direction,
		},
		{
			.slot = "calls",
			.kind = REC_CALL,
			.optional = true,
			.table = "ZRECENT",
			.unit = TIME_COCOA,
			.need = { "ZRECENT(Z_PK,ZDATE,ZCALLTYPE)" },
			/* State 64 is STATE_MISSED, 1024 STATE_VIDEO. The person is known through the
			 * message that stands for the call. */
			.sql = "SELECT r.Z_PK AS row, r.ZDATE AS time, {r:ZRECENT.ZDURATION} AS duration,"
			       " CASE WHEN r.ZCALLTYPE LIKE 'outgoing%' THEN 1"
			       " WHEN r.ZCALLTYPE LIKE 'incoming%' OR r.ZCALLTYPE LIKE 'missed%' THEN 0"
			       " END AS sent, " HANDLE("i") " AS peer, i.ZDISPLAYFULLNAME AS peer_name,"
			       " 'Viber' AS service,"
			       " CASE WHEN r.ZCALLTYPE LIKE 'missed%' THEN 64 ELSE 0 END"
			       " + CASE WHEN r.ZCALLTYPE LIKE '%video%' THEN 1024 ELSE 0 END AS state"
			       " FROM ZRECENT r"
			       " LEFT JOIN ZVIBERMESSAGE m ON m.Z_PK={r:ZRECENT.ZCALLLOGMESSAGE}"
			       " LEFT JOIN ZCONVERSATION c ON c.Z_PK=m.ZCONVERSATION"
			       " LEFT JOIN ZMEMBER i ON i.Z_PK=c.ZINTERLOCUTOR" NUMBER("i")
			       " ORDER BY r.Z_PK",
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "ZABCONTACT",
			.need = { "ZABCONTACT(Z_PK,ZMAINNAME)", "ZABCONTACTNUMBER(ZCONTACT,ZCANONIZEDPHONENUM)" },
			.sql = "SELECT a.Z_PK AS row, trim(ifnull({a:ZABCONTACT.ZPREFIXNAME}||' ','')||"
			       "ifnull(a.ZMAINNAME,'')) AS name, NULL AS ident FROM ZABCONTACT a"
			       " ORDER BY a.Z_PK",
			.along = { "SELECT n.ZCONTACT AS row, coalesce(nullif(n.ZCANONIZEDPHONENUM,''),"
				   "{n:ZABCONTACTNUMBER.ZPHONE}) AS ident, 'phone' AS label"
				   " FROM ZABCONTACTNUMBER n ORDER BY n.ZCONTACT, n.rowid" },
		},
	},
};
