/*
 * android_calendar.c - what stands in the calendar of an Android phone: calendar.db.
 *
 * Events: title, dtstart and dtend in ms, allDay, deleted 1: to be deleted, calendar_id. Attendees:
 * event_id, attendeeName, attendeeEmail, attendeeRelationship 2: the organiser. Calendars:
 * account_name, ownerAccount. The description is not read.
 *
 * Source: CalendarContract and CalendarDatabaseHelper of AOSP, Android 4 to 15.
 */
#include "parser.h"

const struct parser parser_android_calendar = {
	.name = "android-calendar",
	.app = "Calendar (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_TRACE_CALENDAR),
	.files = { "*/com.android.providers.calendar/databases/calendar.db",
		   "*/com.android.providers.calendar/db/calendar.db", "*/calendar.db",
		   "calendar.db" },
	.tested = "Android 4-15, tables as published",
	.limits = "titles, times and people only",
	.keeps_deleted = true,
	.need = { "Events(_id,title,dtstart,dtend,calendar_id)" },
	.q = {
		{
			.slot = "events",
			.kind = REC_TRACE_CALENDAR,
			.table = "Events",
			.unit = TIME_UNIX_MS,
			/* State 4 is STATE_DELETED. */
			.sql = "SELECT e._id AS row, e.dtstart AS time, e.title AS text,"
			       " CASE WHEN {e:Events.allDay}=1 THEN 'calendar, whole day'"
			       " ELSE 'calendar' END AS service,"
			       " CASE WHEN e.dtend>=e.dtstart THEN (e.dtend-e.dtstart)/1000.0 END"
			       " AS duration, CASE WHEN {e:Events.deleted}=1 THEN 4 END AS state"
			       " FROM Events e ORDER BY e._id",
			.along = { "{?Attendees(event_id,attendeeEmail,attendeeName)"
				   " Calendars(_id,ownerAccount) Events(calendar_id):"
				   " SELECT a.event_id AS row, a.attendeeEmail AS \"to\","
				   " nullif(a.attendeeName,'') AS to_name,"
				   " a.attendeeEmail=c.ownerAccount COLLATE NOCASE AS to_owner"
				   " FROM Attendees a JOIN Events e ON e._id=a.event_id"
				   " LEFT JOIN Calendars c ON c._id=e.calendar_id"
				   " WHERE a.attendeeEmail<>'' ORDER BY a.event_id, a.rowid}" },
		},
	},
};
