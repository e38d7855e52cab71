/*
 * ios_calls_old.c - the iPhone's call history up to iOS 7 (and left behind later): call_history.db.
 *
 * One table, call: address, date (seconds since 1970), duration (seconds), flags, id (of the
 * address book), name and, from iOS 6, answered.
 *
 * flags: bit 0 is set for outgoing calls: the database's own triggers count the phone's incoming
 * and outgoing minutes by it. Published values are 4 incoming, 5 outgoing, 8 blocked, 16 FaceTime,
 * with further bits from 65536 up that are a reason why the call ended. A value with other bits has
 * no published meaning: its direction is unknown. An incoming call of no length was missed.
 *
 * Source: schemas of iOS 6.1.6 and 9.3.5 as published (iphonebackuptools), with their triggers;
 * Practical Mobile Forensics (2014) and The iPhone Wiki for values of flags.
 */
#include "parser.h"

/* 1 out, 0 in, else unknown: bits 0, 2, 3, 4 and those from 16 up, at least one of 2, 3, 4. */
#define SENT                                                                               \
	"CASE WHEN typeof(c.flags) = 'integer' AND c.flags >= 0 AND (c.flags & 65506) = 0" \
	" AND (c.flags & 28) <> 0 THEN c.flags & 1 END"

static int call_row(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "flags that do not say who rang");
	return 0;
}

const struct parser parser_ios_calls_old = {
	.name = "ios-calls-old",
	.app = "Calls (iPhone, before iOS 8)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CALL),
	.files = { "WirelessDomain/Library/CallHistory/call_history.db",
		   "HomeDomain/Library/CallHistory/call_history.db", "*/call_history.db",
		   "call_history.db" },
	.tested = "iOS 3-7, tables as published",
	.need = { "call(address,date,duration,flags)" },
	.q = {
		{
			.slot = "calls",
			.kind = REC_CALL,
			.table = "call",
			.unit = TIME_UNIX_S,
			.sql = "SELECT c.rowid AS row, c.date AS time, c.duration AS duration,"
			       " " SENT " AS sent, c.address AS peer,"
			       " NULLIF({c:call.name}, '') AS peer_name,"
			       " CASE WHEN (c.flags & 16) <> 0 THEN 'FaceTime' ELSE 'Phone' END"
			       " AS service,"
			       " CASE WHEN " SENT " = 0 AND (c.duration = 0 OR {c:call.answered} = 0)"
			       " AND (c.flags & 8) = 0 THEN 64 ELSE 0 END"
			       " + CASE WHEN (c.flags & 8) <> 0 THEN 512 ELSE 0 END AS state"
			       " FROM call c ORDER BY c.rowid",
			.row = call_row,
		},
	},
};

_Static_assert(STATE_MISSED == 64 && STATE_BLOCKED == 512, "the numbers in the SQL");
