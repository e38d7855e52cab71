/*
 * ios_calls.c - the iPhone's call history since iOS 8: CallHistory.storedata.
 *
 * A Core Data store. ZCALLRECORD has a row for each call: ZORIGINATED 1 out, 0 in; ZANSWERED; ZDATE
 * seconds since 2001 with a fraction; ZDURATION seconds; ZADDRESS the other side (a blob up to iOS
 * 11, text since; NULL for many calls of apps); ZCALLTYPE 1 telephone, 8 FaceTime with picture, 16
 * FaceTime without, 0 an app; ZSERVICE_PROVIDER the app since iOS 10. An incoming call that was not
 * answered was missed; of outgoing ones ZANSWERED says nothing.
 *
 * Since iOS 13 the people of a call are in ZHANDLE, joined through Z_2REMOTEPARTICIPANTHANDLES,
 * whose second column carries the number that the handle's entity has in that version (3, 4 ...).
 * Of an incoming call among several, ZINITIATOR is who rang, where it is set; else the caller is
 * not known. A join row whose handle is gone, or empty, is a warning, and the call stands.
 *
 * ZOUTGOING/ZLOCALPARTICIPANTUUID name the phone's own line only by a key that nothing here
 * resolves: the own number of a call is not known. ZJUNKCONFIDENCE, ZFILTERED_OUT_REASON and
 * ZDISCONNECTED_ CAUSE are not used: what their values mean is not public. ZBLOCKEDBYEXTENSION
 * names the app that blocked a call.
 *
 * Source: schemas of iOS 9.3.5, 10.3.3, 11.2 and 18 as published (iphonebackuptools, ios-backup-
 * parser), iLEAPP's meaning of ZCALLTYPE and ZORIGINATED, confirmed on a real store by the second.
 */
#include "parser.h"

static bool same_handle(span a, span b)
{
	uint64_t x = identifier_of(a).e164;
	return span_eq_nocase(a, b) || (x && x == identifier_of(b).e164);
}

/* Between two: ZADDRESS and the handle are one person, perhaps in two spellings. */
static size_t two(struct record *r, struct party person, struct party *to)
{
	size_t n = 0;
	if (r->direction == DIR_IN) {
		r->from = person;
		to[n++] = (struct party){ .role = ROLE_OWNER };
	} else {
		to[n++] = person;
	}
	return n;
}

/* Among several: all but the caller. If nobody says who rang, everybody is named as concerned. */
static size_t group(struct record *r, span caller, span name, struct party *to)
{
	size_t n = 0;
	if (r->direction == DIR_IN) {
		r->from = (struct party){ 0 };
		if (caller.n)
			r->from = (struct party){ ROLE_PERSON, caller, name };
		to[n++] = (struct party){ .role = ROLE_OWNER };
	}
	for (size_t i = 0; i < r->to_n; i++)
		if (r->to[i].role == ROLE_PERSON &&
		    !(r->from.raw.p && same_handle(r->to[i].raw, r->from.raw)))
			to[n++] = r->to[i];
	r->state |= STATE_GROUP;
	return n;
}

/* What the query read along gives for a handle that is gone or empty. */
static bool is_missing(const struct party *p)
{
	return p->role == ROLE_PERSON && !p->raw.p && p->name.p && !p->name.n;
}

/* Without the missing ones: how many those were. */
static size_t drop_missing(struct record *r, struct party *to)
{
	size_t n = 0, missing = 0;
	for (size_t i = 0; i < r->to_n; i++)
		if (is_missing(&r->to[i]))
			missing++;
		else
			to[n++] = r->to[i];
	r->to = to;
	r->to_n = n;
	return missing;
}

static int call_row(const struct row *row, struct record *r, struct err *err)
{
	struct party person = { .role = ROLE_UNKNOWN };
	size_t handles = 0;
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "ZORIGINATED does not say who rang");
	struct arena *a = row_arena(row);
	struct party *named = arena_alloc(a, (r->to_n + 1) * sizeof *named);
	struct party *to = arena_alloc(a, (r->to_n + 2) * sizeof *to);
	if (!named || !to)
		return err_set(err, E_NOMEM, "memory ran out");
	size_t missing = drop_missing(r, named);
	if (missing)
		row_warn(row, WARN_FIELD_UNKNOWN, "a participant of the call is not in ZHANDLE");
	for (size_t i = 0; i < r->to_n; i++)
		if (r->to[i].role == ROLE_PERSON && ++handles == 1)
			person = r->to[i];
	span address = row_bytes(row, "peer"), name = row_bytes(row, "peer_name");
	span initiator = row_bytes(row, "initiator");
	if (handles + missing >= 2) {
		bool told = initiator.n > 0;
		r->to_n = group(r, told ? initiator : address, told ? SPAN_NONE : name, to);
	} else if (handles || address.p) {
		person = (struct party){ ROLE_PERSON, address.n ? address : person.raw, name };
		if (!handles)
			person.raw = address;
		r->to_n = two(r, person, to);
	} else {
		return 0;
	}
	r->to = to;
	return 0;
}

#define CALL                                                                                \
	"SELECT c.Z_PK AS row, c.ZDATE AS time, {c:ZCALLRECORD.ZDURATION} AS duration,"     \
	" c.ZORIGINATED AS sent, c.ZADDRESS AS peer,"                                       \
	" NULLIF({c:ZCALLRECORD.ZNAME}, '') AS peer_name,"                                  \
	" CASE {c:ZCALLRECORD.ZSERVICE_PROVIDER} WHEN 'com.apple.Telephony' THEN 'Phone'"   \
	" WHEN 'com.apple.FaceTime' THEN 'FaceTime'"                                        \
	" ELSE COALESCE(NULLIF({c:ZCALLRECORD.ZSERVICE_PROVIDER}, ''),"                     \
	" CASE {c:ZCALLRECORD.ZCALLTYPE} WHEN 1 THEN 'Phone' WHEN 8 THEN 'FaceTime'"        \
	" WHEN 16 THEN 'FaceTime' END) END AS service,"                                     \
	" CASE WHEN c.ZORIGINATED = 0 AND {c:ZCALLRECORD.ZANSWERED} = 0 THEN 64 ELSE 0 END" \
	" + CASE WHEN {c:ZCALLRECORD.ZCALLTYPE} = 8 THEN 1024 ELSE 0 END"                   \
	" + CASE WHEN {c:ZCALLRECORD.ZBLOCKEDBYEXTENSION} <> '' THEN 512 ELSE 0 END AS state"

_Static_assert(STATE_MISSED == 64 && STATE_VIDEO == 1024 && STATE_BLOCKED == 512,
	       "the numbers in the SQL");

#define LOST(join)                                                                    \
	"CASE WHEN {c:ZCALLRECORD.ZINITIATOR} IS NOT NULL AND NOT EXISTS"             \
	" (SELECT 1 FROM ZHANDLE h WHERE h.Z_PK = {c:ZCALLRECORD.ZINITIATOR})"        \
	" THEN 'who began the call is not in the table ZHANDLE'"                      \
	" WHEN COALESCE(c.ZADDRESS, '') = '' AND NOT EXISTS (SELECT 1 FROM " join ")" \
	" AND EXISTS (SELECT 1 FROM ZHANDLE)"                                         \
	" THEN 'the table that joins calls and people is empty' END AS lost"

#define HANDLES(n)                                                                               \
	{                                                                                        \
		.slot = "calls", .kind = REC_CALL, .table = "ZCALLRECORD", .unit = TIME_COCOA,   \
		.need = { "Z_2REMOTEPARTICIPANTHANDLES(Z_2REMOTEPARTICIPANTCALLS,Z_" #n          \
			  "REMOTEPARTICIPANTHANDLES)",                                           \
			  "ZHANDLE(Z_PK,ZVALUE)" },                                              \
		.sql = CALL ",(SELECT h.ZVALUE FROM ZHANDLE h WHERE h.Z_PK = "                   \
			    "{c:ZCALLRECORD.ZINITIATOR}) AS initiator, " LOST(                   \
				    "Z_2REMOTEPARTICIPANTHANDLES") " FROM ZCALLRECORD c ORDER "  \
								   "BY c.Z_PK",                  \
		.along = { "SELECT j.Z_2REMOTEPARTICIPANTCALLS AS row,"                          \
			   " NULLIF(h.ZVALUE, '') AS \"to\","                                    \
			   " CASE WHEN COALESCE(h.ZVALUE, '') = '' THEN '' END AS to_name"       \
			   " FROM Z_2REMOTEPARTICIPANTHANDLES j"                                 \
			   " LEFT JOIN ZHANDLE h ON h.Z_PK = j.Z_" #n "REMOTEPARTICIPANTHANDLES" \
			   " ORDER BY j.Z_2REMOTEPARTICIPANTCALLS, j.Z_" #n                      \
			   "REMOTEPARTICIPANTHANDLES" },                                         \
		.row = call_row,                                                                 \
	}

const struct parser parser_ios_calls = {
	.name = "ios-calls",
	.app = "Calls (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CALL),
	.files = { "HomeDomain/Library/CallHistoryDB/CallHistory.storedata",
		   "HomeDomain/Library/CallHistoryDB/CallHistoryTemp.storedata",
		   "*/Library/CallHistoryDB/CallHistory.storedata",
		   "*/Library/CallHistoryDB/CallHistoryTemp.storedata", "*/CallHistory.storedata",
		   "CallHistory.storedata", "CallHistoryTemp.storedata" },
	.tested = "iOS 8-18, tables as published",
	.need = { "ZCALLRECORD(Z_PK,ZDATE,ZORIGINATED,ZADDRESS)" },
	.q = {
		HANDLES(4),
		HANDLES(3),
		HANDLES(5),
		{
			.slot = "calls",
			.kind = REC_CALL,
			.table = "ZCALLRECORD",
			.unit = TIME_COCOA,
			/* ZINITIATOR came with the tables of people. */
			.sql = CALL ", CASE WHEN {?ZCALLRECORD(ZINITIATOR): 1} = 1 THEN"
				    " 'the tables that name the people of a call are not there, or"
				    " not known' END AS lost FROM ZCALLRECORD c ORDER BY c.Z_PK",
			.row = call_row,
		},
	},
};
