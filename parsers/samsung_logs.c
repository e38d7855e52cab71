/*
 * samsung_logs.c - the common log of Samsung phones until about Android 9: logs.db of
 * com.sec.android.provider.logsprovider.
 *
 * logs has a row for each event: logtype 100 call, 200 and 300 message, 400 e-mail, 500 chat; type
 * as in android.provider.CallLog (1 incoming, 2 outgoing, 3 missed, 4 voicemail, 5 rejected, 6
 * blocked); number, name, date (ms), duration (s); m_subject and m_content, the beginning of a
 * message. Calls stand in calllog.db or contacts2.db too, messages in mmssms.db, and a row here
 * outlives its message there.
 *
 * Source: tables and values as public readers name them (kacos2000's Queries, ALEAPP).
 */
#include "parser.h"

static int log_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t logtype = 0;
	(void)err;
	row_int(row, "logtype", &logtype);
	if (logtype == 400) {
		row_warn(row, WARN_ROW_LOST, "an e-mail: not read");
		return 1;
	}
	if (logtype != 100 && logtype != 200 && logtype != 300 && logtype != 500) {
		row_warn(row, WARN_ROW_LOST, "a kind of event that linecheck does not know");
		return 1;
	}
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "a type that does not say who began it");
	return 0;
}

const struct parser parser_samsung_logs = {
	.name = "samsung-logs",
	.app = "Log of calls and messages (Samsung)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_CALL) | KIND_BIT(REC_MESSAGE),
	.files = { "*/com.sec.android.provider.logsprovider/databases/logs.db", "*/logs.db",
		   "logs.db" },
	.tested = "Android 4-9, tables as published",
	.limits = "of messages their beginning",
	.need = { "logs(_id,number,date,type,logtype)" },
	.q = {
		{
			.slot = "logs",
			.kind = REC_CALL,
			.table = "logs",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT l._id AS row, l.date AS time, l.logtype,"
			       " CASE WHEN l.logtype<>100 THEN 'message' END AS kind,"
			       " CASE WHEN l.type=2 THEN 1 WHEN l.logtype=100 AND"
			       " l.type BETWEEN 1 AND 7 THEN 0 WHEN l.type=1 THEN 0 END AS sent,"
			       " nullif(l.number,'') AS peer, nullif({l:logs.name},'') AS peer_name,"
			       " CASE WHEN l.logtype=100 THEN {l:logs.duration} END AS duration,"
			       " CASE l.logtype WHEN 100 THEN 'Phone' WHEN 200 THEN 'MMS'"
			       " WHEN 300 THEN 'SMS' ELSE 'Chat' END AS service,"
			       " CASE WHEN l.logtype=100 THEN NULL ELSE nullif(l.number,'') END AS thread,"
			       " CASE WHEN l.logtype<>100 THEN coalesce(nullif({l:logs.m_subject},'') ||"
			       " char(10),'') || coalesce({l:logs.m_content},'') END AS text,"
			       " CASE WHEN l.logtype=100 THEN CASE l.type WHEN 3 THEN 64 WHEN 4 THEN 256"
			       " WHEN 5 THEN 128 WHEN 6 THEN 640 END END AS state"
			       " FROM logs l ORDER BY l._id",
			.row = log_row,
		},
	},
};
