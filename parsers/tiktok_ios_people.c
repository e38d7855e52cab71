/*
 * tiktok_ios_people.c - whom TikTok on an iPhone knows (AwemeIM.db).
 *
 * Tables, from iLEAPP's TikTok artifacts (MIT): AwemeContactsV5 { uid, customID, nickname }; other
 * versions number it otherwise and are not read.
 */
#include "parser.h"

const struct parser parser_tiktok_ios_people = {
	.name = "tiktok-ios-people",
	.app = "TikTok people (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CONTACT),
	.files = { "*/AwemeIM.db", "AwemeIM.db" },
	.tested = "TikTok on iOS 15 to 18, columns as published",
	.need = { "AwemeContactsV5(rowid,uid,customID,nickname)" },
	.q = {
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "AwemeContactsV5",
			.sql = "SELECT c.rowid AS row, nullif(c.nickname,'') AS name,"
			       " 'tiktok:'||c.uid AS ident, 'TikTok' AS label"
			       " FROM AwemeContactsV5 c ORDER BY c.rowid",
			.side = { "SELECT '@'||customID AS ident, 'user name' AS label"
				  " FROM AwemeContactsV5 WHERE rowid=?1 AND customID<>''" },
		},
	},
};
