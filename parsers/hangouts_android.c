/*
 * hangouts_android.c - Google Hangouts on Android (babel0.db, babel1.db ...: one an account).
 *
 * Tables, from the public test file of plaso (Apache-2.0, Hangouts of 2017), from plaso's words for
 * the types, and from looking at the rows:
 *   messages                   type 1 = sent by the phone, 2 = received; author_gaia_id;
 *                              timestamp in microseconds since 1970; text as HTML; transport_type 1
 *                              = Hangouts itself (others are SMS through it)
 *   conversations              conversation_id, name or generated_name
 *   conversation_participants  participant_row_id, the phone's owner among them
 *   participants               gaia_id, chat_id, phone_id, full_name, fallback_name
 * Whose phone it is, the file says only through what was sent from it.
 */
#include "base/utf8.h"
#include "parser.h"

struct entity {
	const char *name, *text;
};

/* "&#39;", "&#x27;", "&amp;" ...: how long it is, and what stands for it. 0: no entity. */
static size_t entity_at(span s, size_t at, char out[static 4], size_t *out_n)
{
	static const struct entity named[] = {
		{ "&amp;", "&" },   { "&lt;", "<" },   { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&apos;", "'" }, { "&nbsp;", " " },
	};
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		size_t n = strlen(named[i].name);
		if (s.n - at >= n && !memcmp(s.p + at, named[i].name, n)) {
			out[0] = named[i].text[0];
			*out_n = 1;
			return n;
		}
	}
	uint32_t cp = 0;
	size_t i = at + 2, digits = 0;
	bool hex = false;
	if (s.n - at < 4 || s.p[at + 1] != '#')
		return 0;
	if (s.p[i] == 'x' || s.p[i] == 'X') {
		hex = true;
		i++;
	}
	for (; i < s.n && digits < 8; i++, digits++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9')
			cp = cp * (hex ? 16 : 10) + (uint32_t)(c - '0');
		else if (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			cp = cp * 16 + (uint32_t)((c | 0x20) - 'a') + 10;
		else
			break;
	}
	if (!digits || i >= s.n || s.p[i] != ';' || cp == 0)
		return 0;
	*out_n = utf8_put(cp, out);
	return *out_n ? i + 1 - at : 0;
}

/* An entity is never shorter than what it stands for. */
static int read_text(const struct row *row, struct record *r, struct err *err)
{
	row_needs_direction(row, r, err);
	if (!r->text.n || !memchr(r->text.p, '&', r->text.n))
		return 0;
	char *plain = arena_alloc(row_arena(row), r->text.n);
	size_t n = 0;
	if (!plain)
		return err_set(err, E_NOMEM, "memory ran out");
	for (size_t i = 0; i < r->text.n;) {
		char out[4];
		size_t out_n = 0;
		size_t skip = r->text.p[i] == '&' ? entity_at(r->text, i, out, &out_n) : 0;
		if (skip) {
			memcpy(plain + n, out, out_n);
			n += out_n;
			i += skip;
		} else {
			plain[n++] = r->text.p[i++];
		}
	}
	r->text = (span){ plain, n };
	return 0;
}

#define HANDLE(p, id) "coalesce(nullif(" p ".phone_id,''),'google:'||nullif(" id ",''))"
#define NAME(p) "coalesce(nullif(" p ".full_name,''),nullif(" p ".fallback_name,''))"
/* One list for all rows: asking anew for each is slow where nothing is indexed. */
#define SENT_BY(id) "ifnull(" id " IN (SELECT s.author_gaia_id FROM messages s WHERE s.type=1),0)"

const struct parser parser_hangouts_android = {
	.name = "hangouts-android",
	.app = "Hangouts (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CONTACT),
	.files = { "*/com.google.android.talk/databases/babel*.db", "*/babel*.db", "babel*.db" },
	.tested = "Hangouts of 2017, real file",
	.need = { "messages(_id,conversation_id,author_gaia_id,text,timestamp,type)",
		  "conversations(_id,conversation_id,name,generated_name)",
		  "participants(_id,gaia_id,phone_id,full_name,fallback_name)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "conversation_participants",
			.need = { "conversation_participants(conversation_id,participant_row_id)" },
			/* Where nothing was sent, nothing tells the owner from the others. */
			.sql = "SELECT j.conversation_id AS thread, " HANDLE("p", "p.gaia_id") " AS peer,"
			       " " NAME("p") " AS peer_name, " SENT_BY("p.gaia_id") " AS to_owner,"
			       " nullif(c.name,'') AS thread_name"
			       " FROM conversation_participants j"
			       " JOIN participants p ON p._id=j.participant_row_id"
			       " LEFT JOIN conversations c ON c.conversation_id=j.conversation_id"
			       " WHERE EXISTS (SELECT 1 FROM messages s WHERE s.type=1) ORDER BY j.rowid",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_US,
			.sql = "SELECT m._id AS row, m.timestamp AS time,"
			       " CASE m.type WHEN 1 THEN 1 WHEN 2 THEN 0 END AS sent,"
			       " CASE WHEN m.type<>1 THEN " HANDLE("p", "m.author_gaia_id") " END AS peer,"
			       " CASE WHEN m.type<>1 THEN " NAME("p") " END AS peer_name,"
			       " CASE WHEN m.type=1 THEN " HANDLE("p", "m.author_gaia_id") " END AS owner,"
			       " m.conversation_id AS thread, nullif(c.name,'') AS thread_name, m.text AS text,"
			       " CASE WHEN {m:messages.transport_type}=1 THEN 'Hangouts' END AS service,"
			       " {m:messages.attachment_content_type} IS NOT NULL AS side"
			       " FROM messages m LEFT JOIN (SELECT gaia_id, min(phone_id) AS phone_id,"
			       " min(full_name) AS full_name, min(fallback_name) AS fallback_name"
			       " FROM participants GROUP BY gaia_id) p ON p.gaia_id=m.author_gaia_id"
			       " LEFT JOIN conversations c ON c.conversation_id=m.conversation_id"
			       " ORDER BY m._id",
			.side = { "{?messages(attachment_content_type): SELECT"
				  " coalesce({messages.attachment_name},{messages.local_url},"
				  "{messages.remote_url}) AS att_name,"
				  " attachment_content_type AS att_type FROM messages WHERE _id=?1"
				  " AND attachment_content_type<>''}" },
			.row = read_text,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "participants",
			.sql = "SELECT _id AS row, " NAME("p") " AS name,"
			       " 'google:'||nullif(gaia_id,'') AS ident, 'Google account' AS label,"
			       " CASE WHEN {p:participants.blocked}=1 THEN 512 END AS state"
			       " FROM participants p WHERE NOT " SENT_BY("p.gaia_id") " ORDER BY _id",
			.side = { "SELECT phone_id AS ident, 'phone' AS label FROM participants"
				  " WHERE _id=?1 AND phone_id<>''" },
		},
	},
};
