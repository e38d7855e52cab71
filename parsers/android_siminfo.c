/*
 * android_siminfo.c - SIMs that were in an Android phone: telephony.db of the telephony provider.
 *
 * siminfo has a row for each SIM that the phone has seen: icc_id; number, and since Android 13
 * phone_number_source_carrier and _ims, as far as network or user told them; imsi; display_name and
 * carrier_name. Each is an account.
 *
 * Source: SubscriptionManager and TelephonyProvider of AOSP, Android 5.1 to 15.
 */
#include "accounts.h"

#define IDENT(column, label)                                                      \
	"SELECT {siminfo." column "} AS ident, '" label "' AS label FROM siminfo" \
	" WHERE _id = ?1 AND {siminfo." column "} <> ''"

const struct parser parser_android_siminfo = {
	.name = "android-siminfo",
	.app = "SIM history (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "*/com.android.providers.telephony/databases/telephony.db",
		   "*/com.android.providers.telephony/db/telephony.db", "*/telephony.db",
		   "telephony.db" },
	.tested = "Android 5.1-15, tables as published",
	.need = { "siminfo(_id,icc_id)" },
	.q = {
		{
			.slot = "sims",
			.kind = REC_ACCOUNT,
			.table = "siminfo",
			.sql = "SELECT s._id AS row, COALESCE(NULLIF({s:siminfo.display_name}, ''),"
			       " NULLIF({s:siminfo.carrier_name}, '')) AS name"
			       " FROM siminfo s WHERE s.icc_id <> '' OR {s:siminfo.number} <> ''"
			       " OR {s:siminfo.imsi} <> '' ORDER BY s._id",
			/* UNION: a number that two columns give is one number. */
			.side = { IDENT("number", LABEL_PHONE) " UNION " IDENT(
					  "phone_number_source_carrier", LABEL_PHONE) " UNION " IDENT("phone_number_source_ims", LABEL_PHONE),
				  IDENT("imsi", LABEL_IMSI), IDENT("icc_id", LABEL_ICCID) },
		},
	},
};
