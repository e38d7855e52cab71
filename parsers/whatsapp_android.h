/*
 * whatsapp_android.h - what both layouts of WhatsApp's msgstore.db have in common.
 *
 * The older one, until 2021: `messages` has a row for each message and event: key_remote_jid the
 * chat, key_from_me, remote_resource who sent it in a group or whom an event is about, data the
 * text, timestamp (ms since 1970), media_wa_type its type (as in whatsapp_android.c),
 * media_caption, forwarded; status 6: an event, whose data is no message. quoted_row_id points to
 * messages_quotes; chat_list has the names of groups; group_participants who is in one, an empty
 * jid being the phone's own account.
 */
#ifndef WHATSAPP_ANDROID_H
#define WHATSAPP_ANDROID_H
#include "whatsapp.h"

/* Says it where the sender is not said, and where the phone had nothing to decrypt yet. */
int whatsapp_android_row(const struct row *row, struct record *r, struct err *err);

/* By the type t of a message. */
#define WHATSAPP_STATE(t) \
	"CASE WHEN " t " IN (15,64) THEN 2 WHEN " t " IN (42,43,78,82) THEN 8192 ELSE 0 END"

#define WHATSAPP_OLD_NEED                                                                     \
	"messages(_id,key_remote_jid,key_from_me,key_id,status,data,timestamp,media_wa_type," \
	"remote_resource)"

#define WHATSAPP_OLD_PERSON                                                         \
	"CASE WHEN (m.key_from_me=0 OR m.status=6) AND m.remote_resource<>'' THEN " \
	"m.remote_resource"                                                         \
	" ELSE m.key_remote_jid END"

#define WHATSAPP_OLD_PEER WHATSAPP_PERSON(WHATSAPP_OLD_PERSON)
/* Stored as text, and -1 in WhatsApp's own mark. */
#define WHATSAPP_OLD_TYPE "CAST(m.media_wa_type AS INTEGER)"
#define WHATSAPP_OLD_STATE WHATSAPP_STATE(WHATSAPP_OLD_TYPE)

/* Up to its WHERE and ORDER BY. */
#define WHATSAPP_OLD_SELECT                                                                        \
	"SELECT m._id AS row, m.timestamp AS time, " WHATSAPP_OLD_TYPE " AS type,"                 \
	" CASE WHEN m.status=6 OR " WHATSAPP_OLD_TYPE " IN (8,10) OR m.key_remote_jid='-1'"        \
	" THEN 'system' END AS kind,"                                                              \
	" CASE WHEN ifnull(m.status,0)<>6 AND ifnull(" WHATSAPP_OLD_TYPE ",0) NOT IN (8,10)"       \
	" AND m.key_remote_jid<>'-1' THEN m.key_from_me END AS sent,"                              \
	" CASE WHEN m.key_remote_jid<>'-1' THEN " WHATSAPP_OLD_PEER " END AS peer,"                \
	" m.key_remote_jid AS thread, 'WhatsApp' AS service,"                                      \
	" coalesce(nullif(m.data,''), nullif({m:messages.media_caption},'')) AS text,"             \
	" {?messages_quotes(_id,data) messages(quoted_row_id): (SELECT nullif(q.data,'')"          \
	" FROM messages_quotes q WHERE q._id=nullif(m.quoted_row_id,0))} AS quoted,"               \
	" " WHATSAPP_OLD_STATE " + CASE WHEN instr(m.key_remote_jid,'@g.us') THEN 2048 ELSE 0 END" \
	" + CASE WHEN " WHATSAPP_OLD_TYPE "=10 THEN 64 ELSE 0 END"                                 \
	" + CASE WHEN {m:messages.forwarded}>0 THEN 32 ELSE 0 END AS state,"                       \
	" " WHATSAPP_OLD_TYPE ">0 AND " WHATSAPP_OLD_TYPE " NOT IN (7,8,10,15) AS side"            \
	" FROM messages m"

#define WHATSAPP_OLD_FILES                                                          \
	"SELECT CASE WHEN CAST(media_wa_type AS INTEGER) IN (5,16) THEN 'location'" \
	" ELSE ifnull({messages.media_mime_type},'') END AS att_type,"              \
	" nullif({messages.media_name},'') AS att_name FROM messages WHERE _id=?1"

#define WHATSAPP_OLD_CARDS                                                  \
	"{?messages_vcards(_id,message_row_id,vcard): SELECT vcard AS text" \
	" FROM messages_vcards WHERE message_row_id=?1 ORDER BY _id}"

#define WHATSAPP_OLD_MEMBERS                                     \
	"SELECT gjid AS thread, jid AS peer, jid='' AS to_owner" \
	" FROM group_participants ORDER BY _id"
#endif
