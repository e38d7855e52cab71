/*
 * viber_android.c - Viber on Android (viber_messages), versions 5 to 20.
 *
 * Tables, from the CREATE TABLE statements of the app as public copies of its code show them, from
 * ALEAPP's Viber artifacts (MIT) and from a public description of version 20.1's tables:
 *   messages           send_type 1 = sent by the phone, 0 = received; participant_id the sender;
 *                      msg_date in ms; unread; deleted; extra_uri a file; conversation_type 0 two
 *                      people, 1 a group, 5 a community
 *   participants       conversation_id, participant_info_id
 *   participants_info  number (empty in communities, where member_id stands alone), contact_name,
 *                      viber_name; participant_type 0 = the phone's own account
 *   conversations      name of a group
 *   messages_calls     viber_call_type 4 = video; type 1 received, 2 made; duration in seconds
 *   messages_likes     participant_number put a reaction on the message of message_token
 */
#include "parser.h"

#define HANDLE(i)                                                                                  \
	"coalesce(nullif(" i ".number,''),'viber:'||nullif({" i ":participants_info.member_id},''" \
	"))"
#define NAME(i)                                                       \
	"coalesce(nullif({" i ":participants_info.contact_name},'')," \
	"nullif({" i ":participants_info.viber_name},''),"            \
	"nullif({" i ":participants_info.display_name},''))"
#define OWN                                                                                    \
	"(SELECT o.number FROM participants_info o WHERE o.participant_type=0 ORDER BY o._id " \
	"LIMIT 1)"

const struct parser parser_viber_android = {
	.name = "viber-android",
	.app = "Viber (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_CALL) |
		 KIND_BIT(REC_ACCOUNT),
	.files = { "*/com.viber.voip/databases/viber_messages", "*/viber_messages",
		   "viber_messages*" },
	.tested = "Viber 5 to 20, tables as published",
	.keeps_deleted = true,
	.need = { "messages(_id,conversation_id,participant_id,msg_date,send_type,body)",
		  "participants(_id,conversation_id,participant_info_id)",
		  "participants_info(_id,number,participant_type)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.table = "participants",
			.sql = "SELECT p.conversation_id AS thread, " HANDLE("i") " AS peer,"
			       " " NAME("i") " AS peer_name, i.participant_type=0 AS to_owner,"
			       " {?conversations(_id,name): (SELECT nullif(c.name,'')"
			       " FROM conversations c WHERE c._id=p.conversation_id)} AS thread_name,"
			       " CASE WHEN i.participant_type=0 THEN i.number END AS owner"
			       " FROM participants p"
			       " JOIN participants_info i ON i._id=p.participant_info_id ORDER BY p._id",
		},
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "participants_info",
			.sql = "SELECT i._id AS row, nullif(i.number,'') AS ident, 'phone' AS label,"
			       " " NAME("i") " AS name FROM participants_info i"
			       " WHERE i.participant_type=0 AND i.number<>'' ORDER BY i._id",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_UNIX_MS,
			/* State 4 is STATE_DELETED, 2048 STATE_GROUP. */
			.sql = "SELECT m._id AS row, m.msg_date AS time, m.send_type AS sent,"
			       " CASE WHEN m.send_type<>1 AND i.participant_type<>0 THEN " HANDLE("i")
			       " END AS peer,"
			       " CASE WHEN m.send_type<>1 AND i.participant_type<>0 THEN " NAME("i")
			       " END AS peer_name,"
			       " " OWN " AS owner, m.conversation_id AS thread, m.body AS text,"
			       " CASE WHEN m.send_type=0 THEN {m:messages.unread}=0 END AS read,"
			       " CASE WHEN {m:messages.deleted}=1 THEN 4 ELSE 0 END"
			       " + CASE WHEN {m:messages.conversation_type}<>0 THEN 2048 ELSE 0 END AS state,"
			       " {m:messages.extra_uri}<>'' AS side"
			       " FROM messages m LEFT JOIN participants p ON p._id=m.participant_id"
			       " LEFT JOIN participants_info i ON i._id=p.participant_info_id"
			       " ORDER BY m._id",
			.side = { "{?messages(extra_uri): SELECT extra_uri AS att_name, NULL AS att_type"
				  " FROM messages WHERE _id=?1}" },
			.row = row_needs_direction,
		},
		{
			.slot = "calls",
			.kind = REC_CALL,
			.optional = true,
			.table = "messages_calls",
			.unit = TIME_UNIX_MS,
			.need = { "messages_calls(_id,conversation_id,canonized_number,date,duration,type)" },
			/* State 1024 is STATE_VIDEO. */
			.sql = "SELECT c._id AS row, c.date AS time, c.duration AS duration,"
			       " CASE c.type WHEN 1 THEN 0 WHEN 2 THEN 1 END AS sent,"
			       " nullif(c.canonized_number,'') AS peer, " OWN " AS owner,"
			       " 'Viber' AS service,"
			       " CASE WHEN {c:messages_calls.viber_call_type}=4 THEN 1024 END AS state"
			       " FROM messages_calls c ORDER BY c._id",
			.row = row_needs_direction,
		},
		{
			.slot = "reactions",
			.kind = REC_REACTION,
			.optional = true,
			.table = "messages_likes",
			.unit = TIME_UNIX_MS,
			.need = { "messages_likes(_id,message_token,participant_number,date)",
				  "messages(token)" },
			.sql = "SELECT k._id AS row, k.date AS time,"
			       " k.participant_number IS " OWN " AS sent,"
			       " CASE WHEN k.participant_number IS NOT " OWN " THEN"
			       " nullif(k.participant_number,'') END AS peer, " OWN " AS owner,"
			       " t.thread AS thread FROM messages_likes k LEFT JOIN (SELECT m.token AS token,"
			       " m.conversation_id AS thread, min(m._id) FROM messages m WHERE m.token IN"
			       " (SELECT message_token FROM messages_likes) GROUP BY m.token) t"
			       " ON t.token=k.message_token ORDER BY k._id",
		},
	},
};
