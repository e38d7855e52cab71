/*
 * adb_device.c - what an Android phone says of itself and of the accounts on it, as its services
 * told the debugging shell: a database that linecheck made of the answers
 * (triage/acquire/adb_dump.h says how, and of what).
 *
 * linecheck_device: one row, the phone; linecheck_account: type (the app's word, "com.google") and
 * name, which is what the app calls it: an address, a number or a name. The label is the type.
 */
#include "accounts.h"

#define IDENT(column, label)                                                                     \
	"SELECT " column " AS ident, '" label "' AS label FROM linecheck_device WHERE _id = ?1 " \
	"AND " column " <> ''"

const struct parser parser_adb_device = {
	.name = "adb-device",
	.app = "The phone and its accounts (Android, over ADB)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "adb/device.db" },
	.tested = "Android 4.4-16, lines as published",
	.need = { "linecheck_device(_id,name,imei,serial)", "linecheck_account(_id,type,name)" },
	.q = {
		{
			.slot = "phone",
			.kind = REC_ACCOUNT,
			.table = "linecheck_device",
			.sql = "SELECT _id AS row, name FROM linecheck_device ORDER BY _id",
			.side = { IDENT("imei", LABEL_IMEI), IDENT("serial", LABEL_SERIAL) },
		},
		{
			.slot = "accounts",
			.kind = REC_ACCOUNT,
			.table = "linecheck_account",
			.sql = "SELECT _id AS row, name AS ident, type AS label"
			       " FROM linecheck_account ORDER BY _id",
		},
	},
};
