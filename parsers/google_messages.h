/*
 * google_messages.h - bugle_db, the store of Google Messages (and of AOSP's Messaging, which it
 * grew from).
 *
 *   messages        message_status 1-99 outgoing (3 draft, 8, 9 and 12 failed), 100-199 incoming,
 *                   200 and above what the app itself wrote; sender_id, self_id; sent_timestamp and
 *                   received_timestamp in ms; message_protocol 0 SMS, 1 and 2 MMS, 3 RCS;
 *                   sms_message_uri "content://sms/12" where the row is a copy of one in mmssms.db
 *   participants    sub_id -2: another person; above: the phone itself; send_destination or
 *                   normalized_destination, full_name
 *   parts           text and content_type, a row a part
 *   conversation_participants, conversations(name)
 *
 * Source: AOSP packages/apps/Messaging (DatabaseHelper, MessageData, ParticipantData; Apache-2.0)
 * and its schema as t413's SMS-Tools publishes it; statuses of 10 and above, tombstones and
 * protocol 3 as public readers of Google Messages name them (mautrix-gmessages, ALEAPP).
 */
#ifndef GOOGLE_MESSAGES_H
#define GOOGLE_MESSAGES_H
#include "parser.h"

/* 1: not a message of a person, or one of mmssms.db that is read there. */
int google_messages_row(const struct row *row, struct record *r, struct err *err);

#define GOOGLE_MESSAGES_KINDS (KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CONTACT))
#define GOOGLE_MESSAGES_NEED                                                             \
	"messages(_id,conversation_id,sender_id,message_status,sent_timestamp,received_" \
	"timestamp)",                                                                    \
		"participants(_id,sub_id,normalized_destination)",                       \
		"parts(_id,message_id,text,content_type)", "conversations(_id,name)"
#define GOOGLE_MESSAGES_HANDLE(p)                                     \
	"coalesce(nullif(" p ".normalized_destination,''),nullif({" p \
	":participants.send_destination},''))"
#define GOOGLE_MESSAGES_MEMBERS                                                              \
	{                                                                                    \
		.slot = "members", .members = true, .optional = true,                        \
		.table = "conversation_participants",                                        \
		.need = { "conversation_participants(conversation_id,participant_id)" },     \
		.sql = "SELECT j.conversation_id AS thread, " GOOGLE_MESSAGES_HANDLE(        \
			"p") " AS peer, nullif({p:participants.full_name},'') AS peer_name," \
			     " p.sub_id > -2 AS to_owner, nullif(c.name,'') AS thread_name"  \
			     " FROM conversation_participants j"                             \
			     " LEFT JOIN participants p ON p._id=j.participant_id"           \
			     " LEFT JOIN conversations c ON c._id=j.conversation_id"         \
			     " ORDER BY j.rowid",                                            \
	}
/* beside: 1 where mmssms.db is read, whose copies are then left to it. */
#define GOOGLE_MESSAGES_ROWS(beside)                                                               \
	{                                                                                          \
		.slot = "messages", .kind = REC_MESSAGE, .table = "messages",                      \
		.unit = TIME_UNIX_MS,                                                              \
		.sql = "SELECT m._id AS row,"                                                      \
		       " CASE WHEN m.message_status BETWEEN 1 AND 99"                              \
		       " THEN coalesce(nullif(m.sent_timestamp,0),m.received_timestamp)"           \
		       " ELSE m.received_timestamp END AS time,"                                   \
		       " CASE WHEN m.message_status BETWEEN 1 AND 99 THEN 1"                       \
		       " WHEN m.message_status BETWEEN 100 AND 199 THEN 0 END AS sent,"            \
		       " CASE WHEN m.message_status>=200 THEN 'system' END AS kind,"               \
		       " CASE WHEN m.message_status BETWEEN 100 AND 199 AND p.sub_id=-2"           \
		       " THEN " GOOGLE_MESSAGES_HANDLE(                                            \
			       "p") " END AS peer,"                                                \
				    " CASE WHEN m.message_status BETWEEN 100 AND 199 AND"          \
				    " p.sub_id=-2 THEN nullif({p:participants.full_name},'') END"  \
				    " AS peer_name," GOOGLE_MESSAGES_HANDLE(                       \
					    "s") " AS owner,"                                      \
						 " m.conversation_id AS thread,"                   \
						 " nullif(c.name,'') AS thread_name,"              \
						 " nullif({m:messages.mms_subject},'') AS text,"   \
						 " CASE {m:messages.message_protocol} WHEN 0 THEN" \
						 " 'SMS' WHEN 1 THEN 'MMS' WHEN 2 THEN 'MMS'"      \
						 " WHEN 3 THEN 'RCS' END AS service,"              \
						 " CASE WHEN m.message_status BETWEEN 100 AND 199" \
						 " THEN {m:messages.read} END AS read,"            \
						 " CASE m.message_status WHEN 3 THEN 8 WHEN 8"     \
						 " THEN 16 WHEN 9 THEN 16 WHEN 12 THEN 16 END AS"  \
						 " state, m.message_status AS status,"             \
						 " CASE WHEN " beside                              \
						 " AND ({m:messages.sms_message_uri} LIKE"         \
						 " 'content://sms/%' OR"                           \
						 " {m:messages.sms_message_uri} LIKE"              \
						 " 'content://mms/%') THEN 1 END AS elsewhere,"    \
						 " CASE WHEN m.message_status BETWEEN 100 AND 199" \
						 " AND p._id IS NULL THEN"                         \
						 " 'its sender is missing in participants' END"    \
						 " AS lost, 1 AS side FROM messages m"             \
						 " LEFT JOIN participants p ON p._id=m.sender_id"  \
						 " LEFT JOIN participants s ON"                    \
						 " s._id={m:messages.self_id} AND s.sub_id>-2"     \
						 " LEFT JOIN conversations c ON"                   \
						 " c._id=m.conversation_id ORDER BY m._id",        \
		.side = { "SELECT CASE WHEN content_type LIKE 'text/plain%' THEN text END AS"      \
			  " text, CASE WHEN content_type NOT LIKE 'text/plain%' AND"               \
			  " content_type<>'application/smil' THEN coalesce("                       \
			  "{parts.local_cache_path},{parts.uri}) END AS att_name,"                 \
			  " CASE WHEN content_type NOT LIKE 'text/plain%' AND"                     \
			  " content_type<>'application/smil' THEN content_type END AS att_type"    \
			  " FROM parts WHERE message_id=?1 ORDER BY _id" },                        \
		.row = google_messages_row,                                                        \
	}
#define GOOGLE_MESSAGES_PEOPLE                                                                    \
	{                                                                                         \
		.slot = "people", .kind = REC_CONTACT, .table = "participants",                   \
		.sql = "SELECT p._id AS row, nullif({p:participants.full_name},'') AS name,"      \
		       " " GOOGLE_MESSAGES_HANDLE(                                                \
			       "p") " AS ident,"                                                  \
				    " CASE WHEN {p:participants.blocked}=1 THEN 512 END AS state" \
				    " FROM participants p WHERE p.sub_id=-2 AND"                  \
				    " {p:participants.full_name}<>'' ORDER BY p._id",             \
	}
#endif
