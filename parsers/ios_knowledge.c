/*
 * ios_knowledge.c - when apps of an iPhone were in front, put on it, and told of something:
 * knowledgeC.db of CoreDuet.
 *
 * ZOBJECT: ZSTREAMNAME what happened, ZVALUESTRING the app ("/notification/usage": what became of
 * it, the app then stands in ZSTRUCTUREDMETADATA), ZSTARTDATE and ZENDDATE in seconds since 2001.
 * It keeps about four weeks. Since iOS 16 most streams are in Biome files, which are not read. It
 * is not in a backup.
 *
 * Source: APOLLO's modules (BSD), iLEAPP's knowledgeC artifacts (MIT), plaso's public test file of
 * macOS 10.13 (Apache-2.0).
 */
#include "parser.h"

#define SAID                                                                                    \
	"SELECT o.Z_PK AS row, o.ZSTARTDATE AS time, o.ZVALUESTRING AS name, o.ZSTREAMNAME AS " \
	"service,"
#define NOTIFIER                                                                           \
	"{?ZOBJECT(ZSTRUCTUREDMETADATA)"                                                   \
	" ZSTRUCTUREDMETADATA(Z_PK,Z_DKNOTIFICATIONUSAGEMETADATAKEY__BUNDLEID):"           \
	" (SELECT m.Z_DKNOTIFICATIONUSAGEMETADATAKEY__BUNDLEID FROM ZSTRUCTUREDMETADATA m" \
	" WHERE m.Z_PK=o.ZSTRUCTUREDMETADATA)}"

const struct parser parser_ios_knowledge = {
	.name = "ios-knowledge",
	.app = "Use of apps (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_TRACE_USAGE) | KIND_BIT(REC_TRACE_APP) |
		 KIND_BIT(REC_TRACE_NOTIFICATION),
	.files = { "*/CoreDuet/Knowledge/knowledgeC.db", "*/knowledgeC.db", "knowledgeC.db" },
	.tested = "macOS 10.13, real file; iOS 11-16, tables as published",
	.limits = "not in a backup; since iOS 16 most of it is in files that are not read",
	.need = { "ZOBJECT(Z_PK,ZSTREAMNAME,ZSTARTDATE,ZENDDATE,ZVALUESTRING)" },
	.q = {
		{
			.slot = "usage",
			.kind = REC_TRACE_USAGE,
			.table = "ZOBJECT",
			.unit = TIME_COCOA,
			.sql = SAID " CASE WHEN o.ZENDDATE>=o.ZSTARTDATE THEN o.ZENDDATE-o.ZSTARTDATE"
				    " END AS duration FROM ZOBJECT o WHERE o.ZSTREAMNAME IN"
				    " ('/app/inFocus','/app/usage','/app/mediaUsage','/app/webUsage')"
				    " ORDER BY o.Z_PK",
		},
		{
			.slot = "installs",
			.kind = REC_TRACE_APP,
			.table = "ZOBJECT",
			.unit = TIME_COCOA,
			.sql = SAID " NULL AS text FROM ZOBJECT o WHERE o.ZSTREAMNAME='/app/install'"
				    " ORDER BY o.Z_PK",
		},
		{
			.slot = "notifications",
			.kind = REC_TRACE_NOTIFICATION,
			.table = "ZOBJECT",
			.unit = TIME_COCOA,
			.sql = "SELECT o.Z_PK AS row, o.ZSTARTDATE AS time, " NOTIFIER " AS name,"
			       " 'notification: '||o.ZVALUESTRING AS service,"
			       " CASE WHEN " NOTIFIER " IS NULL THEN"
			       " 'nothing names the app that the notification is of' END AS lost"
			       " FROM ZOBJECT o WHERE o.ZSTREAMNAME='/notification/usage'"
			       " ORDER BY o.Z_PK",
		},
	},
};
