/*
 * imo_ios.c - imo on an iPhone (IMODb2.sqlite).
 *
 * Tables, from the public test file of plaso (Apache-2.0, imo of 2023) and from looking at its
 * rows. Core Data:
 *   ZIMOCHATMSG
 *       ZISSENT 1 = sent by the phone; ZBUID the chat: the other person's account, or a group's;
 *       ZA_UID and ZALIAS the author of what was received; ZTS when, in nanoseconds since 1970;
 *       ZTYPE 12 stands for a message that was taken back
 *   ZIMOCONTACT
 *       ZBUID, ZDISPLAY, ZPHONE as the phone's address book has it, ZIS_GROUP
 *   ZIMOKEYVAL
 *       imo_account_uid and imo_account_alias: the phone's own account
 */
#include "parser.h"

#define OWN(key) "(SELECT ZSTRING_VAL FROM ZIMOKEYVAL WHERE ZKEY='" key "' LIMIT 1)"

/* The chat stands for a person only where the contact does not say that it is a group. */
#define GROUP "ifnull(c.ZIS_GROUP,0)<>0"
#define CONTACT                                                                                 \
	" LEFT JOIN (SELECT ZBUID, min(ZDISPLAY) AS ZDISPLAY, max({ZIMOCONTACT.ZIS_GROUP}) AS " \
	"ZIS_GROUP"                                                                             \
	" FROM ZIMOCONTACT GROUP BY ZBUID) c ON c.ZBUID=m.ZBUID"

const struct parser parser_imo_ios = {
	.name = "imo-ios",
	.app = "imo (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT),
	.files = { "*/IMODb2.sqlite", "IMODb2.sqlite" },
	.tested = "imo of 2023, real file",
	.keeps_deleted = true,
	.need = { "ZIMOCHATMSG(Z_PK,ZISSENT,ZTS,ZBUID,ZTEXT)", "ZIMOCONTACT(Z_PK,ZBUID,ZDISPLAY)" },
	.q = {
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.optional = true,
			.table = "ZIMOKEYVAL",
			.need = { "ZIMOKEYVAL(Z_PK,ZKEY,ZSTRING_VAL)" },
			.sql = "SELECT Z_PK AS row, 'imo:'||ZSTRING_VAL AS ident, 'imo' AS label,"
			       " " OWN("imo_account_alias") " AS name FROM ZIMOKEYVAL"
			       " WHERE ZKEY='imo_account_uid' AND ZSTRING_VAL<>'' ORDER BY Z_PK",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "ZIMOCHATMSG",
			.unit = TIME_UNIX_NS,
			/* State 2 is STATE_UNSENT, 2048 STATE_GROUP. */
			.sql = "SELECT m.Z_PK AS row, m.ZTS AS time, m.ZISSENT AS sent,"
			       " CASE WHEN m.ZISSENT=0 THEN ifnull('imo:'||nullif({m:ZIMOCHATMSG.ZA_UID},''),"
			       " CASE WHEN " GROUP " THEN NULL ELSE 'imo:'||m.ZBUID END)"
			       " WHEN NOT " GROUP " THEN 'imo:'||m.ZBUID END AS peer,"
			       " CASE WHEN m.ZISSENT=0 THEN {m:ZIMOCHATMSG.ZALIAS}"
			       " WHEN NOT " GROUP " THEN c.ZDISPLAY END AS peer_name,"
			       " {?ZIMOKEYVAL(ZKEY,ZSTRING_VAL): 'imo:'||" OWN("imo_account_uid") "}"
			       " AS owner, m.ZBUID AS thread,"
			       " CASE WHEN " GROUP " THEN c.ZDISPLAY END AS thread_name,"
			       " m.ZTEXT AS text,"
			       " CASE WHEN {m:ZIMOCHATMSG.ZTYPE}=12 THEN 2 ELSE 0 END"
			       " + CASE WHEN " GROUP " THEN 2048 ELSE 0 END AS state"
			       " FROM ZIMOCHATMSG m" CONTACT " ORDER BY m.Z_PK",
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "ZIMOCONTACT",
			.need = { "ZIMOCONTACT(Z_PK,ZBUID,ZDISPLAY)" },
			.sql = "SELECT Z_PK AS row, ZDISPLAY AS name, 'imo:'||ZBUID AS ident,"
			       " 'imo' AS label, CASE WHEN {ZIMOCONTACT.ZBLOCK_STATE}>0 THEN 512 END AS state"
			       " FROM ZIMOCONTACT WHERE ifnull({ZIMOCONTACT.ZIS_GROUP},0)=0 ORDER BY Z_PK",
			.side = { "{?ZIMOCONTACT(ZPHONE): SELECT ZPHONE AS ident, 'phone' AS label"
				  " FROM ZIMOCONTACT WHERE Z_PK=?1 AND ZPHONE<>''}" },
		},
	},
};
