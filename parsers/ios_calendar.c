/*
 * ios_calendar.c - what stands in the calendar of an iPhone: Calendar.sqlitedb.
 *
 * CalendarItem: summary, start_date and end_date in seconds since 2001 (of a whole day: of a clock
 * without a zone, shown here as it stands). Participant: owner_id the item, email, phone_number,
 * is_self. The description is not read.
 *
 * Source: public description of ios-backup-parser (MIT) with its test file, MVT's calendar module
 * and test file (MVT License).
 */
#include "parser.h"

const struct parser parser_ios_calendar = {
	.name = "ios-calendar",
	.app = "Calendar (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_TRACE_CALENDAR),
	.files = { "HomeDomain/Library/Calendar/Calendar.sqlitedb", "*/Calendar.sqlitedb",
		   "Calendar.sqlitedb" },
	.tested = "iOS 14, published test file; iOS 18, published test file",
	.limits = "titles, times and people only",
	.need = { "CalendarItem(ROWID,summary,start_date,end_date)" },
	.q = {
		{
			.slot = "items",
			.kind = REC_TRACE_CALENDAR,
			.table = "CalendarItem",
			.unit = TIME_COCOA,
			.sql = "SELECT i.ROWID AS row, i.start_date AS time, i.summary AS text,"
			       " CASE WHEN {i:CalendarItem.all_day}=1 THEN 'calendar, whole day'"
			       " ELSE 'calendar' END AS service,"
			       " CASE WHEN i.end_date>=i.start_date THEN i.end_date-i.start_date END"
			       " AS duration FROM CalendarItem i ORDER BY i.ROWID",
			.along = { "{?Participant(owner_id,email): SELECT p.owner_id AS row,"
				   " coalesce(nullif({p:Participant.phone_number},''),p.email) AS \"to\","
				   " {p:Participant.is_self} AS to_owner FROM Participant p"
				   " WHERE p.owner_id IS NOT NULL ORDER BY p.owner_id, p.ROWID}" },
		},
	},
};
