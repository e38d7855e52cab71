/*
 * ios_sim.c - SIMs that were in the iPhone: CellularUsage.db.
 *
 * subscriber_info has a row for each SIM: subscriber_id its ICCID (19 or 20 digits; its IMSI, 15
 * digits, in some versions), subscriber_mdn its phone number, which may be empty, last_update_time
 * seconds since 2001. Each is an account.
 *
 * Source: the table as public forensic tools read it (iLEAPP subscriberInfo, IPED, SQLiteHunter).
 */
#include "accounts.h"

const struct parser parser_ios_sim = {
	.name = "ios-sim",
	.app = "SIM history (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "WirelessDomain/Library/Databases/CellularUsage.db", "*/CellularUsage.db",
		   "CellularUsage.db" },
	.tested = "iOS 11-17, tables as published",
	.need = { "subscriber_info(subscriber_id,subscriber_mdn)" },
	.q = {
		{
			.slot = "sims",
			.kind = REC_ACCOUNT,
			.table = "subscriber_info",
			.unit = TIME_COCOA,
			.sql = "SELECT s.rowid AS row,"
			       " {s:subscriber_info.last_update_time} AS time"
			       " FROM subscriber_info s"
			       " WHERE s.subscriber_id <> '' OR s.subscriber_mdn <> ''"
			       " ORDER BY s.rowid",
			.side = { "SELECT subscriber_mdn AS ident, '" LABEL_PHONE "' AS label"
				  " FROM subscriber_info WHERE rowid = ?1 AND subscriber_mdn <> ''",
				  "SELECT subscriber_id AS ident, CASE length(subscriber_id)"
				  " WHEN 15 THEN '" LABEL_IMSI "' ELSE '" LABEL_ICCID "' END AS label"
				  " FROM subscriber_info WHERE rowid = ?1 AND subscriber_id <> ''" },
		},
	},
};
