/*
 * whatsapp_ios_calls.c - WhatsApp's calls on an iPhone: CallHistory.sqlite.
 *
 * A Core Data store. ZWACDCALLEVENT has a row for each call: ZDATE seconds since 2001, ZDURATION
 * seconds, ZOUTCOME 0 ended, 1 not answered, 4 rejected, ZGROUPJIDSTRING the group it was held in,
 * ZGROUPCALLCREATORUSERJIDSTRING who began it. Z1CALLEVENTS points to ZWAAGGREGATECALLEVENT, which
 * says ZINCOMING and ZVIDEO. ZWACDCALLEVENTPARTICIPANT.Z1PARTICIPANTS points to the call itself
 * (some tools join it to the aggregate, which gives calls to other people).
 *
 * Where the aggregate is gone the direction is unknown. Who rang is the only participant, or, among
 * several, who began the call; else unknown.
 *
 * Source: tables and meanings as iLEAPP, WhatsApp-Chat-Exporter and people_sync publish them.
 */
#include "whatsapp.h"

static bool same(span a, span b)
{
	uint64_t x = identifier_of(a).e164;
	return span_eq_nocase(a, b) || (x && x == identifier_of(b).e164);
}

/* The participants stand in r->to: who rang is the sender, the others were called. */
static int call_row(const struct row *row, struct record *r, struct err *err)
{
	span creator = row_bytes(row, "creator");
	struct party *to = arena_alloc(row_arena(row), (r->to_n + 2) * sizeof *to);
	size_t people = 0, n = 0;
	if (!to)
		return err_set(err, E_NOMEM, "memory ran out");
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "nothing says who rang");
	for (size_t i = 0; i < r->to_n; i++)
		people += r->to[i].role == ROLE_PERSON;
	if (people > 1)
		r->state |= STATE_GROUP;
	if (r->direction == DIR_IN)
		to[n++] = (struct party){ .role = ROLE_OWNER };
	for (size_t i = 0; i < r->to_n; i++) {
		if (r->to[i].role != ROLE_PERSON)
			continue;
		if (r->direction == DIR_IN && (people == 1 || same(r->to[i].raw, creator)))
			r->from = r->to[i];
		else
			to[n++] = r->to[i];
	}
	if (r->direction == DIR_IN && !r->from.raw.p && creator.n && people != 1)
		r->from = (struct party){ ROLE_PERSON, creator, SPAN_NONE };
	r->to = to;
	r->to_n = n;
	return 0;
}

#define INCOMING \
	"{?ZWACDCALLEVENT(Z1CALLEVENTS) ZWAAGGREGATECALLEVENT(Z_PK,ZINCOMING): a.ZINCOMING}"

const struct parser parser_whatsapp_ios_calls = {
	.name = "whatsapp-ios-calls",
	.app = "WhatsApp calls (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CALL),
	.files = { "AppDomainGroup-group.net.whatsapp.WhatsApp.shared/CallHistory.sqlite",
		   "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/CallHistory.sqlite",
		   "*/CallHistory.sqlite" },
	.tested = "tables as published",
	.need = { "ZWACDCALLEVENT(Z_PK,ZDATE,ZOUTCOME)" },
	.q = {
		{
			.slot = "calls",
			.kind = REC_CALL,
			.table = "ZWACDCALLEVENT",
			.unit = TIME_COCOA,
			.need = { "ZWACDCALLEVENTPARTICIPANT(Z_PK,Z1PARTICIPANTS,ZJIDSTRING)" },
			.sql = "SELECT c.Z_PK AS row, c.ZDATE AS time,"
			       " {c:ZWACDCALLEVENT.ZDURATION} AS duration,"
			       " CASE " INCOMING " WHEN 1 THEN 0 WHEN 0 THEN 1 END AS sent,"
			       " nullif({c:ZWACDCALLEVENT.ZGROUPCALLCREATORUSERJIDSTRING},'') AS creator,"
			       " nullif({c:ZWACDCALLEVENT.ZGROUPJIDSTRING},'') AS thread,"
			       " 'WhatsApp' AS service,"
			       " CASE WHEN c.ZOUTCOME=1 AND " INCOMING "=1 THEN 64 WHEN c.ZOUTCOME=4 THEN 128"
			       " ELSE 0 END + CASE WHEN {?ZWACDCALLEVENT(Z1CALLEVENTS)"
			       " ZWAAGGREGATECALLEVENT(Z_PK,ZVIDEO): a.ZVIDEO}=1 THEN 1024 ELSE 0 END"
			       " + CASE WHEN {c:ZWACDCALLEVENT.ZGROUPJIDSTRING}<>'' THEN 2048 ELSE 0 END"
			       " AS state FROM ZWACDCALLEVENT c"
			       " {!ZWACDCALLEVENT(Z1CALLEVENTS) ZWAAGGREGATECALLEVENT(Z_PK):"
			       " LEFT JOIN ZWAAGGREGATECALLEVENT a ON a.Z_PK=c.Z1CALLEVENTS}"
			       " ORDER BY c.Z_PK",
			.along = { "SELECT Z1PARTICIPANTS AS row, nullif(ZJIDSTRING,'') AS \"to\""
				   " FROM ZWACDCALLEVENTPARTICIPANT ORDER BY Z1PARTICIPANTS, Z_PK" },
			.row = call_row,
		},
	},
};
