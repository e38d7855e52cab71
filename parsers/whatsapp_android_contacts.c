/*
 * whatsapp_android_contacts.c - WhatsApp's address book on an Android phone: wa.db.
 *
 * wa_contacts has a row for each JID that WhatsApp knows: jid, number as it was saved, display_name
 * the card's name, wa_name what the person calls himself, nickname, company, status what he says of
 * himself. Groups, lists and channels stand there too, and people that WhatsApp knows from groups
 * alone: neither is an entry of an address book, and only rows with a card's name or card
 * (raw_contact_id) are contacts. is_whatsapp_user 0 is a card of the phone without an account.
 *
 * Where jid is a hidden name and number is filled, the number is known from it.
 *
 * Source: table as published (2023), columns as IPED and WhatsApp-Chat-Exporter read them.
 */
#include "whatsapp.h"

#define OF(column) "nullif({c:wa_contacts." column "},'')"
#define NAME                                                       \
	"coalesce(" OF("display_name") ", nullif(trim(ifnull(" OF( \
		"given_name") ",'')||' '||"                        \
			      "ifnull(" OF("family_name") ",'')),''), " OF("wa_name") ")"

const struct parser parser_whatsapp_android_contacts = {
	.name = "whatsapp-android-contacts",
	.app = "WhatsApp contacts (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_CONTACT),
	.files = { "*/com.whatsapp/databases/wa.db", "*/com.whatsapp.w4b/databases/wa.db",
		   "*/com.whatsapp/db/wa.db", "*/com.whatsapp.w4b/db/wa.db", "*/wa.db" },
	.tested = "tables of 2023 as published",
	.need = { "wa_contacts(_id,jid,display_name)" },
	.early = 2,
	.q = {
		{
			.slot = "pairs",
			.links = LINK_CONTACT,
			.table = "wa_contacts",
			.sql = "{?wa_contacts(number): SELECT _id AS row, jid AS ident, number AS peer"
			       " FROM wa_contacts WHERE jid LIKE '%@lid' AND number LIKE '+%' ORDER BY _id}",
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "wa_contacts",
			.sql = "SELECT c._id AS row, " NAME " AS name, 'WhatsApp' AS service,"
			       " nullif(trim(ifnull(nullif(" OF("wa_name") "," NAME "),'')"
			       "||ifnull(char(10)||" OF("nickname") ",'')"
			       "||ifnull(char(10)||" OF("company") ",'')"
			       "||ifnull(char(10)||" OF("status") ",''),char(10)),'') AS text,"
			       " CASE v.n WHEN 1 THEN " OF("number") " ELSE " WHATSAPP_PERSON("c.jid")
			       " END AS ident, CASE v.n WHEN 1 THEN 'phone' ELSE 'WhatsApp' END AS label"
			       " FROM (SELECT _id FROM wa_contacts ORDER BY _id LIMIT -1) x"
			       " CROSS JOIN wa_contacts c ON c._id=x._id"
			       " CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2) v"
			       " WHERE " WHATSAPP_PERSON("c.jid") " IS NOT NULL AND (c.display_name<>''"
			       " OR {c:wa_contacts.given_name}<>'' OR {c:wa_contacts.raw_contact_id}>0)"
			       " ORDER BY c._id, v.n",
		},
	},
};
