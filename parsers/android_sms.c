/*
 * android_sms.c - Android's messages: mmssms.db of the telephony provider.
 *
 * sms has a row for each text message: type 1 received, 2 sent, 3 draft, 4 outbox, 5 failed, 6
 * queued; address the other side, also of a sent one; date in milliseconds. pdu has a row for each
 * multimedia message: msg_box 1 received, 2 sent, 3 draft, 4 outbox, 5 failed; m_type its kind;
 * date in SECONDS; the addresses in addr, the text in part. What these numbers mean, and who of the
 * addresses is the phone: mms.h. threads.recipient_ids names the people of a conversation, the
 * phone not among them, by their _id in canonical_addresses, blanks between.
 *
 * A draft has no address of its own: it goes to the people of its thread. A received message
 * without an address has an unknown sender. Of parts only text/plain is read; of the others the
 * name and type. sub_id numbers a SIM, not a line: the phone's own number is known only where a
 * multimedia message gives it. The layout part (SMIL) is not an attachment.
 *
 * Source: android.provider.Telephony and MmsSmsDatabaseHelper of AOSP, Android 2 to 15; a real file
 * of 4 (user_version 57).
 */
#include "mms.h"
#include "parser.h"

/* Bounds on what a thread may list: more is not read, and then nobody is known. */
#define IDS                                                                                        \
	"{?threads(_id,recipient_ids): (SELECT recipient_ids FROM threads WHERE _id = m.thread_id" \
	" AND length(recipient_ids) <= 4096)}"

/* The people of the row's thread, a line each; NULL if one of them cannot be found. */
#define PEOPLE                                                                                    \
	"{?threads(_id,recipient_ids) canonical_addresses(_id,address):"                          \
	" (WITH RECURSIVE s(head, rest) AS (SELECT NULL, " IDS " || ' '"                          \
	" UNION ALL SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') " \
	"+ 1)"                                                                                    \
	" FROM s WHERE rest <> '' LIMIT 2100)"                                                    \
	" SELECT CASE count(*) WHEN count(a.address)"                                             \
	" THEN group_concat(replace(a.address, char(10), ' '), char(10)) END FROM s"              \
	" LEFT JOIN canonical_addresses a ON a._id = CAST(s.head AS INTEGER) WHERE s.head <> '')}"

#define GROUP "CASE WHEN instr(trim(" IDS "), ' ') > 0 THEN 2048 ELSE 0 END"

_Static_assert(STATE_GROUP == 2048 && STATE_DRAFT == 8 && STATE_FAILED == 16,
	       "the numbers in the SQL");

/* A draft is sent to nobody yet: the people of its thread. */
#define DRAFT_SIDE                                                                                \
	"{?threads(_id,recipient_ids) canonical_addresses(_id,address):"                          \
	" SELECT a.address AS \"to\" FROM sms m JOIN threads t ON t._id = m.thread_id"            \
	" JOIN canonical_addresses a ON ' ' || t.recipient_ids || ' ' LIKE '% ' || a._id || ' %'" \
	" WHERE m._id = ?1 AND a.address <> '' ORDER BY a._id}"

/* Sorted by key alone, so that what they hold is not kept; old versions have no index on either. */
#define ADDRESSES                                                                                  \
	"SELECT a.msg_id AS row, CASE a.type WHEN 137 THEN NULLIF(a.address, '') END AS \"from\"," \
	" CASE WHEN a.type IN (151, 130, 129) THEN NULLIF(a.address, '') END AS \"to\""            \
	" FROM (SELECT _id FROM addr ORDER BY msg_id, _id LIMIT -1) x"                             \
	" CROSS JOIN addr a ON a._id = x._id"

#define MMS                                                                              \
	"SELECT m._id AS row, m.date AS time, m.msg_box AS box, {m:pdu.m_type} AS type," \
	" {m:pdu.thread_id} AS thread, {m:pdu.read} AS read, 'MMS' AS service,"          \
	" {m:pdu.sub} AS subject, {m:pdu.sub_cs} AS charset, " PEOPLE " AS people,"      \
	" " GROUP " AS state, " IDS " AS ids"

/* All but texts that are there and the layout. */
#define IS_FILE                                            \
	"(lower(COALESCE(p.ct, '')) <> 'application/smil'" \
	" AND (p.ct IS NULL OR p.ct NOT LIKE 'text/plain%' OR {p:part.text} IS NULL))"

#define PARTS                                                                                      \
	"{?part(_id,mid,ct): SELECT p.mid AS row,"                                                 \
	" CASE WHEN p.ct LIKE 'text/plain%' THEN {p:part.text} END AS text,"                       \
	" CASE WHEN " IS_FILE " THEN COALESCE(NULLIF({p:part.name}, ''), NULLIF({p:part.cl}, '')," \
	" NULLIF({p:part.fn}, ''), NULLIF({p:part.cid}, '')) END AS att_name,"                     \
	" CASE WHEN " IS_FILE " THEN COALESCE(p.ct, '') END AS att_type"                           \
	" FROM (SELECT _id FROM part ORDER BY mid, {part.seq}, _id LIMIT -1) x"                    \
	" CROSS JOIN part p ON p._id = x._id}"

/* A person that the thread names is not there. ids is what the thread says. */
static void tell_people(const struct row *row, bool found)
{
	span ids = row_bytes(row, "ids");
	while (ids.n && *ids.p == ' ')
		ids = span_from(ids, 1);
	if (ids.n && !found)
		row_warn(row, WARN_FIELD_UNKNOWN,
			 "the people of its conversation are not in the table canonical_addresses");
}

static int sms_row(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	tell_people(row, r->to_n > 0);
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "a type that does not say who sent it");
	return 0;
}

/* Lines of s; empty ones are left out. */
static span *lines_of(struct arena *a, span s, size_t *ret)
{
	size_t n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	span *lines = arena_alloc(a, n * sizeof *lines);
	*ret = 0;
	for (size_t i = 0, start = 0; lines && i <= s.n && s.p; i++)
		if (i == s.n || s.p[i] == '\n') {
			if (i > start)
				lines[(*ret)++] = span_sub(s, start, i);
			start = i + 1;
		}
	return lines;
}

/* As long as the direction is unknown, r holds what the addresses say and nothing else. */
static int parties(const struct row *row, struct record *r, struct err *err)
{
	struct arena *a = row_arena(row);
	struct mms_parties p = { .from = r->from.raw };
	bool doubtful = false;
	span *to = arena_alloc(a, (r->to_n + 1) * sizeof *to);
	for (size_t i = 0; to && i < r->to_n; i++)
		to[p.to_n++] = r->to[i].raw;
	p.to = to;
	p.people = lines_of(a, row_bytes(row, "people"), &p.people_n);
	if (!to || !p.people || !mms_address(a, r, &p, &doubtful))
		return err_set(err, E_NOMEM, "memory ran out");
	if (doubtful)
		row_warn(row, WARN_FIELD_UNKNOWN,
			 "sender and recipient are the same, so the phone's own address is not "
			 "known");
	return 0;
}

/* The subject is what people see above the text. */
static int subject(const struct row *row, struct record *r, struct err *err)
{
	int64_t charset = 0;
	struct arena *a = row_arena(row);
	row_int(row, "charset", &charset);
	span s = mms_subject(a, row_bytes(row, "subject"), charset);
	if (!s.n)
		return 0;
	if (!r->text.n) {
		r->text = s;
		return 0;
	}
	char *both = arena_alloc(a, s.n + 1 + r->text.n);
	if (!both)
		return err_set(err, E_NOMEM, "memory ran out");
	memcpy(both, s.p, s.n);
	both[s.n] = '\n';
	memcpy(both + s.n + 1, r->text.p, r->text.n);
	r->text = (span){ both, s.n + 1 + r->text.n };
	return 0;
}

static int mms_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t box = -1, type = -1;
	row_int(row, "box", &box);
	row_int(row, "type", &type);
	r->direction = mms_direction(box, type);
	r->state |= mms_state(box);
	if (r->direction != DIR_IN)
		r->read = ANSWER_UNKNOWN;
	if (mms_is_report(type))
		r->kind = REC_SYSTEM;
	else if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "neither msg_box nor m_type says who sent it");
	if (mms_is_notice(type))
		row_warn(row, WARN_NOTE, "only the notice of this message is on the phone");
	if (!r->from.raw.p && !r->to_n && !(r->state & STATE_DRAFT) && !mms_is_report(type))
		row_warn(row, WARN_FIELD_UNKNOWN, "no address of it is in the table addr");
	tell_people(row, row_bytes(row, "people").n > 0);
	int rc = subject(row, r, err);
	return rc ? rc : parties(row, r, err);
}

const struct parser parser_android_sms = {
	.name = "android-sms",
	.app = "Messages (Android: SMS and MMS)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/com.android.providers.telephony/databases/mmssms.db",
		   "*/com.android.providers.telephony/db/mmssms.db", "*/mmssms.db", "mmssms.db" },
	.tested = "Android 4, real file; Android 2-15, tables as published",
	.need = { "sms(_id,address,date,type,body)" },
	.q = {
		{
			.slot = "sms",
			.kind = REC_MESSAGE,
			.table = "sms",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT m._id AS row, m.date AS time,"
			       " CASE m.type WHEN 1 THEN 0 WHEN 2 THEN 1 WHEN 3 THEN 1 WHEN 4 THEN 1"
			       " WHEN 5 THEN 1 WHEN 6 THEN 1 END AS sent,"
			       " m.address AS peer, {m:sms.thread_id} AS thread, 'SMS' AS service,"
			       " CASE WHEN {m:sms.subject} <> '' THEN {m:sms.subject}"
			       " || CASE WHEN m.body <> '' THEN char(10) || m.body ELSE '' END"
			       " ELSE m.body END AS text,"
			       " CASE WHEN m.type = 1 THEN {m:sms.read} END AS read,"
			       " CASE m.type WHEN 3 THEN 8 WHEN 5 THEN 16 ELSE 0 END"
			       " + " GROUP " AS state,"
			       " CASE WHEN m.type BETWEEN 2 AND 6 AND COALESCE(m.address, '') = ''"
			       " THEN " IDS " END AS ids,"
			       " m.type BETWEEN 2 AND 6 AND COALESCE(m.address, '') = '' AS side"
			       " FROM sms m ORDER BY m._id",
			.side = { DRAFT_SIDE },
			.row = sms_row,
		},
		{
			.slot = "mms",
			.kind = REC_MESSAGE,
			.optional = true,
			.table = "pdu",
			.unit = TIME_UNIX_S_OR_MS,
			.need = { "pdu(_id,date,msg_box)", "addr(_id,msg_id,address,type)" },
			.sql = MMS " FROM pdu m ORDER BY m._id",
			.along = { ADDRESSES, PARTS },
			.row = mms_row,
		},
		{
			.slot = "mms",
			.kind = REC_MESSAGE,
			.optional = true,
			.table = "pdu",
			.unit = TIME_UNIX_S_OR_MS,
			.need = { "pdu(_id,date,msg_box)" },
			.sql = MMS " FROM pdu m ORDER BY m._id",
			.along = { PARTS },
			.row = mms_row,
		},
	},
};
