/*
 * android_calls.h - the table of calls of Android's contacts provider, which lies in calllog.db
 * (android_calls.c) and, before Android 7, in contacts2.db (android_contacts.c).
 *
 * type: 1 incoming, 2 outgoing, 3 missed, 4 voicemail, 5 rejected, 6 blocked, 7 answered on another
 * device; makers add numbers of their own, whose direction is unknown. Before presentation came
 * (4.4), the numbers -1, -2 and -3 stood for unknown, withheld and payphone.
 */
#ifndef ANDROID_CALLS_H
#define ANDROID_CALLS_H
#include "parser.h"

#define ANDROID_CALLS_NEED "calls(_id,number,date,type)"

/* A call of an app that tells the phone about its calls names the app; the phone's own do not. */
#define ANDROID_CALLS_SERVICE                                                       \
	"CASE WHEN {c:calls.subscription_component_name} LIKE 'com.android.%'"      \
	" OR COALESCE({c:calls.subscription_component_name}, '') = '' THEN 'Phone'" \
	" ELSE substr({c:calls.subscription_component_name}, 1,"                    \
	" instr({c:calls.subscription_component_name} || '/', '/') - 1) END"

/* Says it where type does not say who rang. */
int android_calls_row(const struct row *row, struct record *r, struct err *err);

#define ANDROID_CALLS_QUERY                                                                   \
	{                                                                                     \
		.slot = "calls", .kind = REC_CALL, .optional = true, .table = "calls",        \
		.unit = TIME_UNIX_MS, .need = { ANDROID_CALLS_NEED },                         \
		.sql = "SELECT c._id AS row, c.date AS time, {c:calls.duration} AS duration," \
		       " CASE c.type WHEN 2 THEN 1 WHEN 1 THEN 0 WHEN 3 THEN 0 WHEN 4 THEN 0" \
		       " WHEN 5 THEN 0 WHEN 6 THEN 0 WHEN 7 THEN 0 END AS sent,"              \
		       " CASE WHEN COALESCE(c.number, '') <> '' THEN c.number"                \
		       " ELSE CASE {c:calls.presentation} WHEN 2 THEN 'withheld'"             \
		       " WHEN 3 THEN 'unknown' WHEN 4 THEN 'payphone' ELSE c.number END END"  \
		       " AS peer,"                                                            \
		       " NULLIF({c:calls.name}, '') AS peer_name,"                            \
		       " COALESCE(NULLIF({c:calls.via_number}, ''),"                          \
		       " NULLIF({c:calls.phone_account_address}, '')) AS owner,"              \
		       " " ANDROID_CALLS_SERVICE " AS service,"                               \
		       " CASE c.type WHEN 3 THEN 64 WHEN 4 THEN 256 WHEN 5 THEN 128"          \
		       " WHEN 6 THEN 640 ELSE 0 END"                                          \
		       " + CASE WHEN ({c:calls.features} & 1) = 1 THEN 1024 ELSE 0 END"       \
		       " + CASE WHEN {c:calls.deleted} = 1 THEN 4 ELSE 0 END AS state"        \
		       " FROM calls c ORDER BY c._id",                                        \
		.row = android_calls_row,                                                     \
	}

_Static_assert(STATE_MISSED == 64 && STATE_REJECTED == 128 && STATE_VOICEMAIL == 256 &&
		       STATE_BLOCKED == 512 && STATE_VIDEO == 1024 && STATE_DELETED == 4,
	       "the numbers in the SQL");
#endif
