/*
 * whatsapp_ios_contacts.c - WhatsApp's address book on an iPhone: ContactsV2.sqlite.
 *
 * ZWAADDRESSBOOKCONTACT has a row for each entry: ZPHONENUMBER as it was saved, ZWHATSAPPID the
 * account, ZLID its hidden name; ZFULLNAME and the parts of the name, ZBUSINESSNAME, ZUSERNAME,
 * ZABOUTTEXT what the person says of himself. Texts are stored as text or as bytes.
 *
 * An entry is a copy of a card of the phone, or a person that WhatsApp alone knows. Where it has an
 * account and a hidden name, the number is known from it.
 *
 * Source: the tables of MVT's tests; column names as iLEAPP, IPED and MVT read them.
 */
#include "whatsapp.h"

#define OF(column) "nullif(CAST({c:ZWAADDRESSBOOKCONTACT." column "} AS TEXT),'')"
#define NAME                                                                                       \
	"coalesce(" OF("ZFULLNAME") ", nullif(trim(ifnull(" OF(                                    \
		"ZGIVENNAME") ",'')||' '||"                                                        \
			      "ifnull(" OF("ZLASTNAME") ",'')),''), " OF("ZBUSINESSNAME") ", " OF( \
				      "ZUSERNAME") ")"

const struct parser parser_whatsapp_ios_contacts = {
	.name = "whatsapp-ios-contacts",
	.app = "WhatsApp contacts (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CONTACT),
	.files = { "AppDomainGroup-group.net.whatsapp.WhatsApp.shared/ContactsV2.sqlite",
		   "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/ContactsV2.sqlite",
		   "*/ContactsV2.sqlite" },
	.tested = "tables of 2025 as published",
	.need = { "ZWAADDRESSBOOKCONTACT(Z_PK,ZFULLNAME,ZWHATSAPPID)" },
	.early = 2,
	.q = {
		{
			.slot = "pairs",
			.links = LINK_CONTACT,
			.table = "ZWAADDRESSBOOKCONTACT",
			.sql = "{?ZWAADDRESSBOOKCONTACT(ZLID): SELECT Z_PK AS row, ZLID AS ident,"
			       " ZWHATSAPPID AS peer FROM ZWAADDRESSBOOKCONTACT c"
			       " WHERE CAST(ZLID AS TEXT) LIKE '%@lid'"
			       " AND CAST(ZWHATSAPPID AS TEXT) LIKE '%@s.whatsapp.net' ORDER BY Z_PK}",
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "ZWAADDRESSBOOKCONTACT",
			.sql = "SELECT c.Z_PK AS row, " NAME " AS name, 'WhatsApp' AS service,"
			       " nullif(trim(ifnull(nullif(" OF("ZBUSINESSNAME") "," NAME "),'')"
			       "||ifnull(char(10)||nullif(" OF("ZUSERNAME") "," NAME "),'')"
			       "||ifnull(char(10)||" OF("ZABOUTTEXT") ",''),char(10)),'') AS text,"
			       " CASE v.n WHEN 1 THEN " OF("ZPHONENUMBER")
			       " WHEN 2 THEN " OF("ZWHATSAPPID") " ELSE " OF("ZLID") " END AS ident,"
			       " CASE v.n WHEN 1 THEN 'phone' WHEN 2 THEN 'WhatsApp'"
			       " ELSE 'hidden name' END AS label"
			       " FROM (SELECT Z_PK FROM ZWAADDRESSBOOKCONTACT ORDER BY Z_PK LIMIT -1) x"
			       " CROSS JOIN ZWAADDRESSBOOKCONTACT c ON c.Z_PK=x.Z_PK"
			       " CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) v"
			       " ORDER BY c.Z_PK, v.n",
		},
	},
};
