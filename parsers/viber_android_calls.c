/*
 * viber_android_calls.c - calls and contacts of Viber on Android (viber_data).
 *
 * Tables, from the public test file of plaso (Apache-2.0, Viber of 2022) and ALEAPP's Viber
 * artifacts (MIT):
 *   calls
 *       type 1 received, 2 made; viber_call_type 1 sound, 4 video; date in ms, duration in seconds;
 *       canonized_number
 *   phonebookcontact
 *       display_name
 *   phonebookdata
 *       contact_id; data2 the international form of a number, data1 and data3 others
 */
#include "parser.h"

const struct parser parser_viber_android_calls = {
	.name = "viber-android-calls",
	.app = "Viber calls and contacts (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_CALL) | KIND_BIT(REC_CONTACT),
	.files = { "*/com.viber.voip/databases/viber_data", "*/viber_data", "viber_data*" },
	.tested = "Viber of 2022, real file",
	.need = { "calls(_id,canonized_number,date,duration,type,viber_call_type)" },
	.q = {
		{
			.slot = "calls",
			.kind = REC_CALL,
			.table = "calls",
			.unit = TIME_UNIX_MS,
			/* State 1024 is STATE_VIDEO. */
			.sql = "SELECT c._id AS row, c.date AS time, c.duration AS duration,"
			       " CASE c.type WHEN 1 THEN 0 WHEN 2 THEN 1 END AS sent,"
			       " coalesce(nullif(c.canonized_number,''),{c:calls.number}) AS peer,"
			       " 'Viber' AS service,"
			       " CASE WHEN c.viber_call_type=4 THEN 1024 END AS state"
			       " FROM calls c ORDER BY c._id",
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "phonebookcontact",
			.need = { "phonebookcontact(_id,display_name)",
				  "phonebookdata(contact_id,data1,data2,data3)" },
			.sql = "SELECT _id AS row, display_name AS name, NULL AS ident"
			       " FROM phonebookcontact ORDER BY _id",
			.along = { "SELECT contact_id AS row, coalesce(nullif(data2,''),nullif(data1,''),"
				   "nullif(data3,'')) AS ident, 'phone' AS label FROM phonebookdata"
				   " GROUP BY 1, 2 ORDER BY contact_id, min(_id)" },
		},
	},
};
