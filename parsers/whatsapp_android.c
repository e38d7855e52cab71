/*
 * whatsapp_android.c - WhatsApp's messages and calls on an Android phone: msgstore.db.
 *
 * Stores of before 2021: whatsapp_android_old.c.
 *
 * `message` has a row for each message and event: from_me, timestamp (ms since 1970),
 * text_data, message_type; chat_row_id -> chat.jid_row_id -> jid: the other person, a group, the
 * status list or a channel; sender_jid_row_id -> jid: who sent it in a group. While WhatsApp moved
 * from the older table `messages` to it, both were there: a row that stands in both (_id and
 * key_id) is read here. The first row of either (chat -1, key -1) is WhatsApp's own mark: an event.
 *   types    0 text, 1 picture, 2 sound, 3 video, 4 14 contact cards, 5 16 place, 9 document, 13
 * GIF, 15 taken back by its sender, 64 by the group's administrator, 20 sticker, 24 invitation, 42
 * 43 78 82 to be seen once, 66 poll, 81 round video; 7 event, 8 10 90 call, 36 settings, 58 75 76
 * 77 83 84 86 87 between phones: these are no messages forwarded           origination_flags bit 0,
 * a row of message_forwarded edited              a row of message_edit_info: text_data is the last
 * text answers             message_quoted.text_data: another's text, given as `quoted` reactions
 * message_add_on with message_add_on_reaction; "" is one that was taken back. Other add-ons (votes,
 * pins ...) are events without a text jid_map             which number stands behind a hidden name
 * (lid_row_id -> jid_row_id) group_participant_user   who is in a group; a JID without a user, and
 * ...@status_me, is the phone's own account call_log            jid_row_id the other side, from_me,
 * timestamp, duration (s), video_call, call_result 5 answered, 4 missed; 2 is "refused" to some
 * tools and "missed" to others: an incoming call with it was not answered, and more is not said
 *
 * Nothing in the file says the phone's own number. Deleted messages leave no row.
 *
 * Source: a real store of 2022 with both layouts (wa-crypt-tools' test data), a published schema of
 * 2026; numbers of types and events as IPED, WhatsApp-Chat-Exporter and WhatsApp's own names of
 * them.
 */
#include "whatsapp_android.h"

static int call_row(const struct row *row, struct record *r, struct err *err)
{
	struct party *to = arena_alloc(row_arena(row), (r->to_n + 2) * sizeof *to);
	span peer = row_bytes(row, "other");
	size_t people = 0, n = 0;
	bool named = false;
	if (!to)
		return err_set(err, E_NOMEM, "memory ran out");
	if (r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "from_me does not say who rang");
	if (r->direction == DIR_IN)
		to[n++] = (struct party){ .role = ROLE_OWNER };
	for (size_t i = 0; i < r->to_n; i++) {
		if (r->to[i].role != ROLE_PERSON)
			continue;
		people++;
		bool is = span_eq_nocase(r->to[i].raw, peer);
		named |= is;
		if (!(is && r->direction == DIR_IN))
			to[n++] = r->to[i];
	}
	if (people > 1)
		r->state |= STATE_GROUP;
	if (r->direction == DIR_IN)
		r->from = peer.p ? (struct party){ ROLE_PERSON, peer, SPAN_NONE }
				 : (struct party){ 0 };
	else if (peer.p && !named)
		to[n++] = (struct party){ ROLE_PERSON, peer, SPAN_NONE };
	r->to = to;
	r->to_n = n;
	return 0;
}

/* A row of jid as text. */
#define JID(j) "coalesce(" j ".raw_string," j ".user||'@'||" j ".server)"

#define SENDER WHATSAPP_PERSON(JID("s"))
#define CHAT WHATSAPP_PERSON(JID("j"))
#define PARTICIPANT WHATSAPP_PERSON(JID("u"))
#define CHAT_JID JID("j")
#define STATE WHATSAPP_STATE("m.message_type")

#define EVENTS "(7,8,10,19,36,58,75,76,77,83,84,86,87,90)"

const struct parser parser_whatsapp_android = {
	.name = "whatsapp-android",
	.app = "WhatsApp (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL),
	.files = { "*/com.whatsapp/databases/msgstore.db", "*/com.whatsapp.w4b/databases/msgstore.db",
		   "*/com.whatsapp/db/msgstore.db", "*/com.whatsapp.w4b/db/msgstore.db",
		   "*/msgstore.db" },
	.tested = "2022, real file of both layouts; 2014-2026, tables as published",
	.keeps_deleted = true,
	.need = { "message(_id,chat_row_id,from_me,key_id,timestamp,text_data,message_type,"
		  "sender_jid_row_id)",
		  "chat(_id,jid_row_id)", "jid(_id,user,server,raw_string)" },
	.q = {
		{
			.slot = "lid pairs",
			.links = LINK_MAP,
			.table = "jid_map",
			.sql = "{?jid_map(lid_row_id,jid_row_id):"
			       " SELECT p.lid_row_id AS row, " JID("l") " AS ident, " JID("n") " AS peer"
			       " FROM jid_map p JOIN jid l ON l._id=p.lid_row_id"
			       " JOIN jid n ON n._id=p.jid_row_id ORDER BY p.lid_row_id}",
		},
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "group_participant_user",
			.need = { "group_participant_user(_id,group_jid_row_id,user_jid_row_id)" },
			.sql = "SELECT " JID("g") " AS thread, " JID("u") " AS peer,"
			       " u.server='status_me' OR u.user='' AS to_owner"
			       " FROM group_participant_user p JOIN jid g ON g._id=p.group_jid_row_id"
			       " LEFT JOIN jid u ON u._id=p.user_jid_row_id ORDER BY p._id",
		},
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "group_participants",
			.need = { "group_participants(_id,gjid,jid)" },
			.sql = WHATSAPP_OLD_MEMBERS,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "message",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT m._id AS row, m.timestamp AS time, m.message_type AS type,"
			       " CASE WHEN ifnull(m.message_type,0) IN " EVENTS
			       " OR m.chat_row_id=-1 AND m.key_id='-1' THEN 'system' END AS kind,"
			       " CASE WHEN ifnull(m.message_type,0) NOT IN " EVENTS
			       " AND NOT (m.chat_row_id=-1 AND m.key_id='-1') THEN m.from_me END AS sent,"
			       " CASE WHEN (m.from_me=0 OR m.message_type=7) AND s._id IS NOT NULL THEN " SENDER
			       " ELSE " CHAT " END AS peer,"
			       " {?lid_display_name(lid_row_id,display_name): CASE WHEN m.from_me=0"
			       " THEN nullif(n.display_name,'') END} AS peer_name,"
			       " ifnull(" CHAT_JID ",'chat '||m.chat_row_id) AS thread,"
			       " nullif({c:chat.subject},'') AS thread_name, 'WhatsApp' AS service,"
			       " coalesce(nullif(m.text_data,''),"
			       "{?message_media(message_row_id,media_caption): nullif(d.media_caption,'')})"
			       " AS text,"
			       " {?message_quoted(message_row_id,text_data): nullif(q.text_data,'')} AS quoted,"
			       " " STATE
			       " + CASE WHEN j.server='g.us' THEN 2048 ELSE 0 END"
			       " + CASE WHEN m.message_type=10 THEN 64 ELSE 0 END"
			       " + CASE WHEN {m:message.origination_flags}&1 OR"
			       " {?message_forwarded(message_row_id): f.message_row_id} IS NOT NULL"
			       " THEN 32 ELSE 0 END"
			       " + CASE WHEN {?message_edit_info(message_row_id): e.message_row_id}"
			       " IS NOT NULL THEN 1 ELSE 0 END"
			       " + CASE WHEN m.message_type NOT IN (42,43,78,82) AND"
			       " {?message_view_once_media(message_row_id): v.message_row_id}"
			       " IS NOT NULL THEN 8192 ELSE 0 END AS state,"
			       " m.message_type IN (4,5,14,16,66) AS side"
			       " FROM message m LEFT JOIN chat c ON c._id=m.chat_row_id"
			       " LEFT JOIN jid j ON j._id=c.jid_row_id"
			       " LEFT JOIN jid s ON s._id=m.sender_jid_row_id"
			       " {!lid_display_name(lid_row_id,display_name): LEFT JOIN lid_display_name n"
			       " ON n.lid_row_id=CASE WHEN s._id IS NOT NULL THEN s._id ELSE j._id END}"
			       " {!message_media(message_row_id,media_caption): LEFT JOIN message_media d"
			       " ON d.message_row_id=m._id}"
			       " {!message_quoted(message_row_id,text_data): LEFT JOIN message_quoted q"
			       " ON q.message_row_id=m._id}"
			       " {!message_forwarded(message_row_id): LEFT JOIN message_forwarded f"
			       " ON f.message_row_id=m._id}"
			       " {!message_edit_info(message_row_id): LEFT JOIN message_edit_info e"
			       " ON e.message_row_id=m._id}"
			       " {!message_view_once_media(message_row_id): LEFT JOIN"
			       " message_view_once_media v ON v.message_row_id=m._id}"
			       " ORDER BY m._id",
			.along = { "{?message_media(message_row_id,mime_type): SELECT d.message_row_id AS row,"
				   " coalesce(nullif({d:message_media.media_name},''),"
				   "nullif({d:message_media.file_path},'')) AS att_name,"
				   " ifnull(d.mime_type,'') AS att_type FROM message_media d"
				   " ORDER BY d.message_row_id}" },
			.side = { "{?message_vcard(message_row_id,vcard): SELECT vcard AS text,"
				  " 'text/vcard' AS att_type FROM message_vcard WHERE message_row_id=?1"
				  " ORDER BY _id}",
				  "{?message_location(message_row_id): SELECT 'location' AS att_type,"
				  " nullif({l:message_location.place_name},'') AS att_name"
				  " FROM message_location l WHERE l.message_row_id=?1}",
				  "{?message_poll_option(_id,message_row_id,option_name):"
				  " SELECT option_name AS text FROM message_poll_option"
				  " WHERE message_row_id=?1 ORDER BY _id}" },
			.row = whatsapp_android_row,
		},
		{
			.slot = "old messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			.optional = true,
			.need = { WHATSAPP_OLD_NEED },
			.sql = WHATSAPP_OLD_SELECT
			" WHERE NOT EXISTS (SELECT 1 FROM message n WHERE n._id=m._id"
			" AND n.key_id=m.key_id) ORDER BY m._id",
			.side = { WHATSAPP_OLD_FILES, WHATSAPP_OLD_CARDS },
			.row = whatsapp_android_row,
		},
		{
			.slot = "reactions",
			.kind = REC_SYSTEM,
			.optional = true,
			.table = "message_add_on",
			.unit = TIME_UNIX_MS,
			.need = { "message_add_on(_id,chat_row_id,from_me,sender_jid_row_id,timestamp)",
				  "message_add_on_reaction(message_add_on_row_id,reaction)" },
			.sql = "SELECT a._id AS row, a.timestamp AS time,"
			       " CASE WHEN r.message_add_on_row_id IS NOT NULL THEN 'reaction' END AS kind,"
			       " CASE WHEN r.message_add_on_row_id IS NOT NULL THEN a.from_me END AS sent,"
			       " CASE WHEN a.from_me=0 AND s._id IS NOT NULL THEN " SENDER
			       " ELSE " CHAT " END AS peer,"
			       " " CHAT_JID " AS thread, nullif({c:chat.subject},'') AS thread_name,"
			       " 'WhatsApp' AS service, nullif(r.reaction,'') AS text,"
			       " CASE WHEN r.reaction='' THEN 2 ELSE 0 END"
			       " + CASE WHEN j.server='g.us' THEN 2048 ELSE 0 END AS state"
			       " FROM message_add_on a LEFT JOIN message_add_on_reaction r"
			       " ON r.message_add_on_row_id=a._id"
			       " LEFT JOIN chat c ON c._id=a.chat_row_id"
			       " LEFT JOIN jid j ON j._id=c.jid_row_id"
			       " LEFT JOIN jid s ON s._id=a.sender_jid_row_id ORDER BY a._id",
		},
		{
			.slot = "calls",
			.kind = REC_CALL,
			.optional = true,
			.table = "call_log",
			.unit = TIME_UNIX_MS,
			.need = { "call_log(_id,jid_row_id,from_me,timestamp,duration,call_result)",
				  "call_log_participant_v2(_id,call_log_row_id,jid_row_id)" },
			.sql = "SELECT l._id AS row, l.timestamp AS time, l.duration AS duration,"
			       " l.from_me AS sent, " CHAT " AS other,"
			       " {?call_log(group_jid_row_id): (SELECT " JID("g") " FROM jid g"
			       " WHERE g._id=nullif(l.group_jid_row_id,0))} AS thread,"
			       " 'WhatsApp' AS service,"
			       " CASE WHEN l.from_me=0 AND l.call_result=4 THEN 64 ELSE 0 END"
			       " + CASE WHEN {l:call_log.video_call}=1 THEN 1024 ELSE 0 END"
			       " + CASE WHEN {l:call_log.group_jid_row_id}>0 THEN 2048 ELSE 0 END AS state"
			       " FROM call_log l LEFT JOIN jid j ON j._id=l.jid_row_id ORDER BY l._id",
			.along = { "SELECT p.call_log_row_id AS row, " PARTICIPANT " AS \"to\""
				   " FROM call_log_participant_v2 p LEFT JOIN jid u ON u._id=p.jid_row_id"
				   " ORDER BY p.call_log_row_id, p._id" },
			.row = call_row,
		},
	},
};
