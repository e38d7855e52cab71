/*
 * burner_android.c - Burner, an app for second numbers, on Android: the database of 2022.
 *
 * Tables, from the public test file of plaso (Apache-2.0) and the meaning of the numbers as
 * iLEAPP's burnerCache artifacts give it for the same fields (MIT):
 *   messages
 *       contact_phone_number; direction 1 = received, 2 = sent; message_type 1 a call or voice
 *       message, 2 a text or picture; state of a call 3 completed, 4 missed, 5 voice message;
 *       date_created in ms; burner_id which of the phone's numbers was used
 *   burners
 *       the phone's own second numbers: phone_number_id
 *   contacts
 *       name, phone_number
 *
 * duration has no stated unit (the real file's values fit minutes begun), so it is not given.
 */
#include "parser.h"

const struct parser parser_burner_android = {
	.name = "burner-android",
	.app = "Burner (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL) | KIND_BIT(REC_CONTACT) |
		 KIND_BIT(REC_ACCOUNT),
	.files = { "*/com.adhoclabs.burner/databases/burners.sqlite",
		   "*/com.adhoclabs.burner/databases/*.sqlite", "*burners.sqlite" },
	.tested = "Burner of 2022, real file",
	.need = { "messages(_id,message,contact_phone_number,direction,message_type,burner_id,"
		  "date_created)",
		  "burners(_id,burner_id,phone_number_id)" },
	.q = {
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "burners",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT _id AS row, phone_number_id AS ident, 'phone' AS label,"
			       " {burners.name} AS name, {burners.date_created} AS time FROM burners"
			       " ORDER BY _id",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			/* State 64 is STATE_MISSED, 256 STATE_VOICEMAIL. */
			.sql = "SELECT m._id AS row, m.date_created AS time,"
			       " CASE m.direction WHEN 1 THEN 0 WHEN 2 THEN 1 END AS sent,"
			       " CASE WHEN m.message_type=1 THEN 'call' END AS kind,"
			       " nullif(m.contact_phone_number,'') AS peer,"
			       " {?contacts(phone_number,name): (SELECT nullif(c.name,c.phone_number)"
			       " FROM contacts c WHERE c.phone_number=m.contact_phone_number"
			       " ORDER BY c.rowid LIMIT 1)} AS peer_name,"
			       " (SELECT b.phone_number_id FROM burners b WHERE b.burner_id=m.burner_id"
			       " ORDER BY b._id LIMIT 1) AS owner,"
			       " m.burner_id||'/'||m.contact_phone_number AS thread, 'Burner' AS service,"
			       " nullif(m.message,'') AS text,"
			       " CASE WHEN m.direction=1 THEN {m:messages.read} END AS read,"
			       " CASE WHEN m.message_type=1 THEN CASE {m:messages.state} WHEN 4 THEN 64"
			       " WHEN 5 THEN 320 END END AS state,"
			       " {m:messages.asset_url}<>'' OR {m:messages.voice_url}<>'' AS side"
			       " FROM messages m ORDER BY m._id",
			.side = { "{?messages(asset_url): SELECT asset_url AS att_name, NULL AS att_type"
				  " FROM messages WHERE _id=?1 AND asset_url<>''}",
				  "{?messages(voice_url): SELECT voice_url AS att_name, NULL AS att_type"
				  " FROM messages WHERE _id=?1 AND voice_url<>''}" },
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "contacts",
			.need = { "contacts(_id,name,phone_number)" },
			.sql = "SELECT _id AS row, nullif(name,phone_number) AS name,"
			       " phone_number AS ident, 'phone' AS label,"
			       " CASE WHEN {contacts.blocked}=1 THEN 512 END AS state"
			       " FROM contacts ORDER BY _id",
		},
	},
};
