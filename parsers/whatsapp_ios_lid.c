/*
 * whatsapp_ios_lid.c - which number stands behind a hidden name of WhatsApp on an iPhone:
 * LID.sqlite.
 *
 * ZWAPHONENUMBERLIDPAIR has a row for each pair that WhatsApp told the phone; ZWAZACCOUNT, in some
 * versions, an account with both. The file holds nobody's messages and gives no records: only
 * links, which say what the number of a party is elsewhere.
 *
 * Source: the tables of MVT's tests, and public tools that read the same two (mvt-ios,
 * people_sync).
 */
#include "whatsapp.h"

const struct parser parser_whatsapp_ios_lid = {
	.name = "whatsapp-ios-lid",
	.app = "WhatsApp numbers of hidden names (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CONTACT), /* whose scope it falls under; it gives links alone */
	.files = { "AppDomainGroup-group.net.whatsapp.WhatsApp.shared/LID.sqlite",
		   "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/LID.sqlite", "*/LID.sqlite" },
	.tested = "tables of 2025 as published",
	.limits = "only which number stands behind a hidden name",
	.need = { "ZWAPHONENUMBERLIDPAIR(Z_PK,ZLID,ZPHONENUMBER)", "!ZWAMESSAGE" },
	.early = 3,
	.q = {
		{
			.slot = "pairs",
			.links = LINK_MAP,
			.table = "ZWAPHONENUMBERLIDPAIR",
			.sql = WHATSAPP_LID_PAIRS,
		},
		{
			.slot = "accounts",
			.links = LINK_MAP,
			.table = "ZWAZACCOUNT",
			.sql = "{?ZWAZACCOUNT(Z_PK,ZIDENTIFIER,ZPHONENUMBER): SELECT Z_PK AS row,"
			       " ZIDENTIFIER AS ident,"
			       " CASE WHEN instr(ZPHONENUMBER,'@') THEN ZPHONENUMBER"
			       " ELSE ltrim(ZPHONENUMBER,'+')||'@s.whatsapp.net' END AS peer"
			       " FROM ZWAZACCOUNT WHERE ZIDENTIFIER LIKE '%@lid' ORDER BY Z_PK}",
		},
	},
};
