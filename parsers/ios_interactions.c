/*
 * ios_interactions.c - with whom apps of an iPhone had to do, and when: interactionC.db of
 * CoreDuet.
 *
 * No content. It can outlive the message or call itself. Tables:
 *   ZINTERACTIONS
 *       ZBUNDLEID the app; ZSENDER a ZCONTACTS row; ZSTARTDATE in seconds since 2001; ZDIRECTION 0
 *       received, 1 sent; ZDOMAINIDENTIFIER a thread key of the app
 *   ZCONTACTS
 *       ZIDENTIFIER a number, an e-mail address or the app's own handle; ZDISPLAYNAME
 *   Z_2INTERACTIONRECIPIENT
 *       recipients; Core Data numbers its columns by version
 * Who received what was received is not given: among them is the phone's owner, and the file does
 * not say which.
 *
 * Source: MVT's module and public test file (MVT License), iLEAPP's interactionC artifact (MIT).
 */
#include "parser.h"

/* What is sent to whom stands in a table whose columns differ: known, known, not known. */
#define INTERACTIONS(needs, recipients, unknown)                                                 \
	{                                                                                        \
		.slot = "interactions", .kind = REC_TRACE_CONTACTED, .table = "ZINTERACTIONS",   \
		.unit = TIME_COCOA, .need = { needs },                                           \
		.sql = "SELECT i.Z_PK AS row, i.ZSTARTDATE AS time,"                             \
		       " CASE i.ZDIRECTION WHEN 0 THEN 0 WHEN 1 THEN 1 END AS sent,"             \
		       " CASE WHEN i.ZDIRECTION=0 THEN c.ZIDENTIFIER END AS peer,"               \
		       " CASE WHEN i.ZDIRECTION=0 THEN c.ZDISPLAYNAME END AS peer_name,"         \
		       " i.ZBUNDLEID AS service,"                                                \
		       " nullif({i:ZINTERACTIONS.ZDOMAINIDENTIFIER},'') AS thread,"              \
		       " nullif({i:ZINTERACTIONS.ZGROUPNAME},'') AS thread_name," /* 2048 is     \
										     STATE_GROUP \
										   */            \
		       " CASE WHEN {i:ZINTERACTIONS.ZRECIPIENTCOUNT}>1 THEN 2048 END AS state,"  \
		       " CASE WHEN i.ZSENDER IS NOT NULL AND c.Z_PK IS NULL"                     \
		       " THEN 'a sender that is not in ZCONTACTS'" unknown " END AS lost"        \
		       " FROM ZINTERACTIONS i LEFT JOIN ZCONTACTS c ON c.Z_PK=i.ZSENDER"         \
		       " ORDER BY i.Z_PK",                                                       \
		.along = { recipients }, .row = row_needs_direction,                             \
	}
#define RECIPIENTS(column)                                                                  \
	"SELECT j." column " AS row, c.ZIDENTIFIER AS \"to\", c.ZDISPLAYNAME AS to_name,"   \
	" CASE WHEN c.Z_PK IS NULL THEN 'a recipient that is not in ZCONTACTS' END AS lost" \
	" FROM Z_2INTERACTIONRECIPIENT j JOIN ZINTERACTIONS i ON i.Z_PK=j." column          \
	" AND i.ZDIRECTION=1 LEFT JOIN ZCONTACTS c ON c.Z_PK=j.Z_2RECIPIENTS"               \
	" ORDER BY j." column ", c.Z_PK"
#define RECIPIENTS_OF(column) \
	INTERACTIONS("Z_2INTERACTIONRECIPIENT(Z_2RECIPIENTS," column ")", RECIPIENTS(column), "")

const struct parser parser_ios_interactions = {
	.name = "ios-interactions",
	.app = "People that apps had to do with (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_TRACE_CONTACTED),
	.files = { "HomeDomain/Library/CoreDuet/People/interactionC.db",
		   "*/CoreDuet/People/interactionC.db", "*/interactionC.db", "interactionC.db" },
	.tested = "iOS 14, published test file; iOS 10-17, tables as published",
	.limits = "whom else something received went to",
	.need = { "ZINTERACTIONS(Z_PK,ZBUNDLEID,ZDIRECTION,ZSENDER,ZSTARTDATE)",
		  "ZCONTACTS(Z_PK,ZIDENTIFIER,ZDISPLAYNAME)" },
	.q = {
		RECIPIENTS_OF("Z_3INTERACTIONRECIPIENT"),
		RECIPIENTS_OF("Z_4INTERACTIONRECIPIENT"),
		INTERACTIONS(NULL, NULL,
			     " WHEN i.ZDIRECTION=1 THEN"
			     " 'whom it went to: no table that is known says it'"),
	},
};
