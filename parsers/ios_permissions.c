/*
 * ios_permissions.c - what apps of an iPhone were allowed: TCC.db.
 *
 * access: service ("kTCCServiceMicrophone" ...), client the app, last_modified in seconds since
 * 1970; auth_value 0 denied, 1 unknown, 2 allowed, 3 limited. Until iOS 13: allowed 0 or 1, no
 * time.
 *
 * Source: MVT's module and public test file (MVT License), plaso's TCC plugin (Apache-2.0).
 */
#include "parser.h"

#define PERMISSION(answer)                                                                     \
	"SELECT rowid AS row, {access.last_modified} AS time, client AS name, service||': '||" \
	"CASE " answer " AS service FROM access ORDER BY rowid"

const struct parser parser_ios_permissions = {
	.name = "ios-permissions",
	.app = "Permissions of apps (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_TRACE_PERMISSION),
	.files = { "HomeDomain/Library/TCC/TCC.db", "*/Library/TCC/TCC.db", "*/TCC.db", "TCC.db" },
	.tested = "iOS 14, real backup; iOS 9-13, tables as published",
	.limits = "location is kept elsewhere and not read",
	.need = { "access(service,client,client_type)" },
	.q = {
		{
			.slot = "permissions",
			.kind = REC_TRACE_PERMISSION,
			.table = "access",
			.unit = TIME_UNIX_S,
			.need = { "access(auth_value)" },
			.sql = PERMISSION("auth_value WHEN 0 THEN 'denied' WHEN 1 THEN 'unknown' WHEN 2"
					  " THEN 'allowed' WHEN 3 THEN 'limited'"
					  " ELSE 'not known ('||coalesce(auth_value,'-')||')' END"),
		},
		{
			.slot = "permissions",
			.kind = REC_TRACE_PERMISSION,
			.table = "access",
			.unit = TIME_UNIX_S,
			.need = { "access(allowed)" },
			.sql = PERMISSION("allowed WHEN 0 THEN 'denied' WHEN 1 THEN 'allowed'"
					  " ELSE 'not known ('||coalesce(allowed,'-')||')' END"),
		},
	},
};
