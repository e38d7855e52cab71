/*
 * ios_data_usage.c - which apps of an iPhone used the network, and when: DataUsage.sqlite.
 *
 * ZPROCESS has a row for each program, also of apps that were removed since: ZBUNDLENAME,
 * ZFIRSTTIMESTAMP and ZTIMESTAMP, when it was first and last seen, in seconds since 2001.
 * ZLIVEUSAGE has mobile data by program. It is in a backup.
 *
 * Source: MVT's datausage module and public test file (MVT License), plaso's iOS data usage plugin
 * and test file (Apache-2.0).
 */
#include "parser.h"

#define APP "coalesce(nullif({p:ZPROCESS.ZBUNDLENAME},''),p.ZPROCNAME)"

const struct parser parser_ios_data_usage = {
	.name = "ios-data-usage",
	.app = "Network use of apps (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_TRACE_USAGE),
	.files = { "WirelessDomain/Library/Databases/DataUsage.sqlite", "*/DataUsage.sqlite",
		   "DataUsage.sqlite" },
	.tested = "iOS 12 to 14, real files",
	.limits = "network use only",
	.need = { "ZPROCESS(Z_PK,ZPROCNAME,ZTIMESTAMP)", "ZLIVEUSAGE(Z_PK,ZHASPROCESS,ZTIMESTAMP)" },
	.q = {
		{
			.slot = "first",
			.kind = REC_TRACE_USAGE,
			.table = "ZPROCESS",
			.unit = TIME_COCOA,
			.sql = "SELECT p.Z_PK AS row, {p:ZPROCESS.ZFIRSTTIMESTAMP} AS time, " APP
			       " AS name, 'network: first seen' AS service FROM ZPROCESS p"
			       " WHERE {p:ZPROCESS.ZFIRSTTIMESTAMP} IS NOT NULL ORDER BY p.Z_PK",
		},
		{
			.slot = "last",
			.kind = REC_TRACE_USAGE,
			.table = "ZPROCESS",
			.unit = TIME_COCOA,
			.sql = "SELECT p.Z_PK AS row, p.ZTIMESTAMP AS time, " APP " AS name,"
			       " 'network: last seen' AS service FROM ZPROCESS p ORDER BY p.Z_PK",
		},
		{
			.slot = "use",
			.kind = REC_TRACE_USAGE,
			.table = "ZLIVEUSAGE",
			.unit = TIME_COCOA,
			.sql = "SELECT u.Z_PK AS row, u.ZTIMESTAMP AS time, " APP " AS name,"
			       " 'network: used' AS service,"
			       " CASE WHEN u.ZHASPROCESS IS NOT NULL AND p.Z_PK IS NULL THEN"
			       " 'a program that is not in ZPROCESS' END AS lost"
			       " FROM ZLIVEUSAGE u LEFT JOIN ZPROCESS p ON p.Z_PK=u.ZHASPROCESS"
			       " ORDER BY u.Z_PK",
		},
	},
};
