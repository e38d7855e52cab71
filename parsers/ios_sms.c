/*
 * ios_sms.c - Messages on an iPhone (sms.db) and on a Mac (chat.db), iOS 3 to 26.
 *
 * Tables, from public descriptions and the files of other projects' tests:
 *   message   a row for each message, tapback and group event
 *     text            NULL in most rows since iOS 16, or U+FFFC alone for an attachment: then the
 *                     text is in attributedBody (typedstream.h). subject stands before it.
 *     date            seconds since 2001, nanoseconds since iOS 11
 *     handle_id       the other person, in a group the sender; 0 for the phone itself
 *     is_from_me, is_read (by the owner, incoming only), error, is_sent, is_finished
 *     account         the phone's account, "p:+44..." or "e:name@..."; destination_caller_id the
 *                     number or address of the phone that was used
 *     item_type       not 0: group members, name, photo, location shared ...; other_handle is the
 *                     person it was done to, group_title the new name
 *     associated_message_type  2000-2007 a tapback, 3000-3007 its removal, 1000 a sticker put on
 *                     another message
 *     date_edited, date_retracted, message_summary_info   iOS 16: the last is a binary property
 * list with the keys ec (earlier texts by part), ep (parts edited), rp (parts taken back);
 * date_edited is also set when a part was taken back schedule_type   2: "send later" handle    a
 * phone number, address or sender name for each service chat      style 43 a group, 45 two people
 * (chat_identifier is then the other one's handle) chat_message_join, chat_handle_join,
 * message_attachment_join chat_recoverable_message_join   iOS 16: the message is in "Recently
 * Deleted" recoverable_message_part        iOS 16: a deleted part of a message that is still there
 *
 * iOS 3 to 5: no handle table. address and flags (2 in, 3 out, 33 35 131 not sent, 129 deleted,
 * 16387 out), date in seconds since 1970; MMS parts in msg_pieces; people of a group in
 * group_member. iOS 5 adds iMessage as madrid_* columns: madrid_flags has bit 4 in what the phone
 * sent, and date counts from 2001 in these rows.
 */
#include "bplist.h"
#include "parser.h"
#include "typedstream.h"

/* What the hook has to look at, as the query's `look` says. */
enum {
	LOOK_BODY = 1,    /* no text, but perhaps attributedBody */
	LOOK_SUBJECT = 2, /* a subject */
	LOOK_SUMMARY = 4, /* message_summary_info speaks of edits */
	LOOK_EDITED = 8,  /* date_edited is set */
	LOOK_UNSENT = 16, /* date_retracted is set */
	LOOK_MADRID = 32  /* iMessage of iOS 5 */
};

static int read_body(const struct row *row, struct record *r)
{
	struct err err = { 0 };
	span body = row_bytes(row, "body"), text;
	if (!body.p)
		return 0;
	if (typedstream_text(body, &text, &err))
		return row_warn(row, WARN_TEXT_LOST, err.message);
	r->text = text;
	return 0;
}

static int put_subject(const struct row *row, struct record *r)
{
	span subject = row_bytes(row, "subject");
	if (!r->text.n) {
		r->text = subject;
		return 0;
	}
	char *both = arena_alloc(row_arena(row), subject.n + 1 + r->text.n);
	if (!both)
		return E_NOMEM;
	memcpy(both, subject.p, subject.n);
	both[subject.n] = '\n';
	memcpy(both + subject.n + 1, r->text.p, r->text.n);
	r->text = (span){ both, subject.n + 1 + r->text.n };
	return 0;
}

static bool has_entries(const struct bplist *b, const struct bplist_node *root, const char *name)
{
	struct bplist_node node;
	return bplist_get(b, root, name, &node) && node.n > 0 &&
	       (node.kind == BPLIST_ARRAY || node.kind == BPLIST_DICT);
}

static int read_summary(const struct row *row, struct record *r, bool dated)
{
	struct bplist list;
	struct bplist_node root;
	if (bplist_open(row_bytes(row, "summary"), &list, NULL) || !bplist_root(&list, &root)) {
		if (dated)
			r->state |= STATE_EDITED;
		return row_warn(row, WARN_FIELD_UNKNOWN,
				"what was edited or taken back could not be read");
	}
	bool earlier = has_entries(&list, &root, "ec");
	bool unsent = has_entries(&list, &root, "rp");
	if (unsent)
		r->state |= STATE_UNSENT;
	if (earlier || has_entries(&list, &root, "ep") || (dated && !unsent))
		r->state |= STATE_EDITED;
	return earlier ? row_warn(row, WARN_NOTE,
				  "the message holds earlier texts, which are not read")
		       : 0;
}

static int message_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t look;
	(void)err;
	if (!row_int(row, "look", &look) || !look)
		return 0;
	if (look & LOOK_UNSENT)
		r->state |= STATE_UNSENT;
	if (look & LOOK_MADRID) {
		int64_t raw;
		r->time_unit = TIME_COCOA;
		r->time = TIME_UNSET;
		if (row_int(row, "time", &raw) && raw && !time_from_int(TIME_COCOA, raw, &r->time))
			row_warn(row, WARN_FIELD_UNKNOWN, "time is outside the years 1970 to 2200");
	}
	int rc = 0;
	if (look & LOOK_SUMMARY)
		rc = read_summary(row, r, look & LOOK_EDITED);
	else if (look & LOOK_EDITED)
		r->state |= STATE_EDITED;
	if (rc == 0 && look & LOOK_BODY)
		rc = read_body(row, r);
	if (rc == 0 && look & LOOK_SUBJECT)
		rc = put_subject(row, r);
	return rc;
}

/* "P:+44..." and "e:name@..." without the letter; nothing where there is nothing behind it. */
#define ACCOUNT(column)                                                                      \
	"nullif(CASE WHEN substr(" column ",2,1)=':' THEN substr(" column ",3) ELSE " column \
	" END,'')"

#define NO_TEXT "(m.text IS NULL OR m.text IN ('',char(65532)))"

#define SENDER "{?handle(ROWID,id): (SELECT h.id FROM handle h WHERE h.ROWID=m.handle_id)} AS peer,"

#define OWNER                                                             \
	"coalesce(nullif({m:message.destination_caller_id},'')," ACCOUNT( \
		"{m:message.account}") ") AS owner,"

/* The names of the keys ec, ep and rp as a property list writes them. */
#define SUMMARY_TELLS                                           \
	"(instr({m:message.message_summary_info},X'526563')"    \
	" OR instr({m:message.message_summary_info},X'526570')" \
	" OR instr({m:message.message_summary_info},X'527270'))"

const struct parser parser_ios_sms = {
	.name = "ios-sms",
	.app = "Messages (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_ACCOUNT),
	.files = { "HomeDomain/Library/SMS/sms.db", "*/Library/SMS/sms.db",
		   "*/Library/Messages/chat.db" },
	.tested = "iOS 9, 14 and macOS 10.11, real files; iOS 5, 6 and 15 to 26, rows made up",
	.need = { "message(text,date)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "chat_handle_join",
			.need = { "chat(ROWID,guid)", "chat_handle_join(chat_id,handle_id)",
				  "handle(ROWID,id)" },
			.sql = "SELECT c.guid AS thread, h.id AS peer FROM chat_handle_join j"
			       " JOIN chat c ON c.ROWID=j.chat_id"
			       " JOIN handle h ON h.ROWID=j.handle_id"
			       " UNION ALL"
			       " SELECT c.guid, {c:chat.chat_identifier} FROM chat c"
			       " WHERE {c:chat.style}=45"
			       " AND c.ROWID NOT IN (SELECT chat_id FROM chat_handle_join"
			       " WHERE chat_id IS NOT NULL)",
		},
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "group_member",
			.need = { "group_member(group_id,address)" },
			.sql = "SELECT 'group-'||group_id AS thread, address AS peer FROM group_member"
			       " ORDER BY ROWID",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "message",
			.unit = TIME_COCOA,
			.need = { "message(handle_id,is_from_me)" },
			.sql = "SELECT"
			       /* 1 LOOK_BODY, 2 _SUBJECT, 4 _SUMMARY, 8 _EDITED, 16 _UNSENT */
			       " CASE WHEN " NO_TEXT " THEN 1 ELSE 0 END"
			       "+CASE WHEN {m:message.subject}<>'' THEN 2 ELSE 0 END"
			       "+CASE WHEN " SUMMARY_TELLS " THEN 4 ELSE 0 END"
			       "+CASE WHEN {m:message.date_edited}>0 THEN 8 ELSE 0 END"
			       "+CASE WHEN {m:message.date_retracted}>0 THEN 16 ELSE 0 END AS look,"
			       " CASE WHEN " NO_TEXT " THEN {m:message.attributedBody} END AS body,"
			       " {m:message.subject} AS subject,"
			       " {m:message.message_summary_info} AS summary,"
			       " m.ROWID AS row, m.date AS time, m.is_from_me AS sent,"
			       SENDER OWNER
			       " {m:message.service} AS service,"
			       " CASE WHEN m.is_from_me=0 THEN {m:message.is_read} END AS read,"
			       " CASE WHEN {m:message.item_type}<>0"
			       " OR {m:message.is_system_message}=1 THEN 'system'"
			       " WHEN {m:message.associated_message_type} BETWEEN 2000 AND 3999"
			       " OR {m:message.associated_message_type}=1000 THEN 'reaction'"
			       " END AS kind,"
			       " coalesce(m.text,{m:message.associated_message_emoji},"
			       "CASE {m:message.item_type} WHEN 2"
			       " THEN {m:message.group_title} END) AS text,"
			       /* STATE_FORWARDED, _FAILED and _DRAFT of record.h */
			       " CASE WHEN m.is_from_me=1 AND ({m:message.error}<>0"
			       " OR ({m:message.is_sent}=0 AND {m:message.is_delivered}=0"
			       " AND {m:message.is_finished}=1 AND {m:message.item_type}=0"
			       " AND ifnull({m:message.schedule_type},0)<>2)) THEN 16"
			       " WHEN m.is_from_me=1 AND {m:message.schedule_type}=2"
			       " AND {m:message.is_sent}=0 THEN 8 ELSE 0 END"
			       "+CASE WHEN {m:message.is_forward}=1 THEN 32 ELSE 0 END AS state,"
			       " ifnull({m:message.cache_has_attachments},1)"
			       " OR ({m:message.item_type}<>0 AND {m:message.other_handle}<>0) AS side"
			       " FROM message m ORDER BY m.ROWID",
			.along = { "{?chat_message_join(chat_id,message_id) chat(ROWID,guid):"
				   " SELECT j.message_id AS row, ifnull(c.guid,j.chat_id) AS thread,"
				   " nullif({c:chat.display_name},'') AS thread_name,"
				   " " ACCOUNT("{c:chat.account_login}") " AS owner"
				   " FROM chat_message_join j LEFT JOIN chat c ON c.ROWID=j.chat_id"
				   " ORDER BY j.message_id, j.chat_id}",
				   /* 4 is STATE_DELETED */
				   "{?chat_recoverable_message_join(chat_id,message_id) chat(ROWID,guid):"
				   " SELECT j.message_id AS row, ifnull(c.guid,j.chat_id) AS thread,"
				   " nullif({c:chat.display_name},'') AS thread_name, 4 AS state"
				   " FROM chat_recoverable_message_join j"
				   " LEFT JOIN chat c ON c.ROWID=j.chat_id"
				   " ORDER BY j.message_id, j.chat_id}" },
			.side = { "{?message_attachment_join(message_id,attachment_id)"
				  " attachment(ROWID):"
				  " SELECT coalesce({a:attachment.transfer_name},"
				  "{a:attachment.filename}) AS att_name,"
				  " coalesce({a:attachment.mime_type},{a:attachment.uti}) AS att_type"
				  " FROM message_attachment_join j"
				  " LEFT JOIN attachment a ON a.ROWID=j.attachment_id"
				  " WHERE j.message_id=?1 ORDER BY j.attachment_id}",
				  "{?message(item_type,other_handle) handle(ROWID,id):"
				  " SELECT h.id AS \"to\" FROM message m"
				  " JOIN handle h ON h.ROWID=m.other_handle"
				  " WHERE m.ROWID=?1 AND m.item_type<>0}" },
			.row = message_row,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "message",
			.unit = TIME_UNIX_S,
			.need = { "message(address,flags)" },
			.sql = "SELECT"
			       /* 1 LOOK_BODY, 2 _SUBJECT, 32 _MADRID */
			       " CASE WHEN " NO_TEXT " THEN 1 ELSE 0 END"
			       "+CASE WHEN {m:message.subject}<>'' THEN 2 ELSE 0 END"
			       "+CASE WHEN {m:message.is_madrid}=1 THEN 32 ELSE 0 END AS look,"
			       " CASE WHEN " NO_TEXT " THEN {m:message.madrid_attributedBody} END AS body,"
			       " {m:message.subject} AS subject,"
			       " m.ROWID AS row, m.date AS time, m.text AS text,"
			       " CASE WHEN {m:message.is_madrid}=1"
			       " THEN ({m:message.madrid_flags}&4)<>0"
			       " WHEN m.flags IN (3,33,35,131,16387) THEN 1"
			       " WHEN m.flags=2 THEN 0 END AS sent,"
			       " CASE WHEN {m:message.is_madrid}=1"
			       " THEN coalesce({m:message.madrid_handle},m.address)"
			       " ELSE m.address END AS peer,"
			       " " ACCOUNT("{m:message.madrid_account}") " AS owner,"
			       " CASE WHEN {m:message.is_madrid}=1"
			       " THEN coalesce({m:message.madrid_service},'iMessage')"
			       " ELSE 'SMS' END AS service,"
			       " CASE WHEN {m:message.is_madrid}=1"
			       " THEN coalesce(nullif({m:message.madrid_roomname},''),"
			       "{m:message.madrid_handle})"
			       " WHEN {m:message.group_id}>0"
			       " THEN 'group-'||{m:message.group_id} END AS thread,"
			       " CASE WHEN m.flags=2 OR ({m:message.is_madrid}=1"
			       " AND {m:message.madrid_flags}&4=0) THEN {m:message.read} END AS read,"
			       /* STATE_FAILED, _DELETED */
			       " CASE WHEN m.flags IN (33,35,131) OR ({m:message.is_madrid}=1"
			       " AND {m:message.madrid_flags}&4 AND {m:message.madrid_error}<>0) THEN 16"
			       " WHEN m.flags=129 THEN 4 END AS state"
			       " FROM message m ORDER BY m.ROWID",
			.side = { "{?msg_pieces(message_id,content_type,data):"
				  " SELECT CASE WHEN content_type='text/plain' THEN data END AS text,"
				  " CASE WHEN content_type NOT IN ('text/plain','application/smil')"
				  " THEN {msg_pieces.content_loc} END AS att_name,"
				  " CASE WHEN content_type NOT IN ('text/plain','application/smil')"
				  " THEN content_type END AS att_type"
				  " FROM msg_pieces WHERE message_id=?1 ORDER BY ROWID}",
				  "{?madrid_attachment(message_id,filename):"
				  " SELECT filename AS att_name, {madrid_attachment.mime_type} AS att_type"
				  " FROM madrid_attachment WHERE message_id=?1 ORDER BY ROWID}" },
			.row = message_row,
		},
		{
			.slot = "deleted parts",
			.kind = REC_MESSAGE,
			.optional = true,
			.table = "recoverable_message_part",
			.unit = TIME_COCOA,
			.need = { "recoverable_message_part(message_id,part_text)",
				  "message(handle_id,is_from_me)" },
			/* Of messages that are deleted whole, the text is in the message. */
			.sql = "SELECT 1 AS look, p.part_text AS body, p.ROWID AS row, m.date AS time,"
			       " m.is_from_me AS sent," SENDER OWNER
			       " {m:message.service} AS service, 4 AS state,"
			       " {?chat(ROWID,guid) recoverable_message_part(chat_id):"
			       " (SELECT c.guid FROM chat c WHERE c.ROWID=p.chat_id)} AS thread"
			       " FROM recoverable_message_part p"
			       " LEFT JOIN message m ON m.ROWID=p.message_id"
			       " WHERE ifnull({?chat_recoverable_message_join(message_id):"
			       " p.message_id IN (SELECT message_id FROM chat_recoverable_message_join)},0)=0"
			       " ORDER BY p.ROWID",
			.row = message_row,
		},
		{
			.slot = "accounts",
			.kind = REC_ACCOUNT,
			.optional = true,
			.table = "chat",
			.need = { "chat(ROWID,account_login)" },
			.sql = "SELECT min(id) AS row, ident, label FROM ("
			       "SELECT c.ROWID AS id, " ACCOUNT("c.account_login") " AS ident,"
			       " 'account_login' AS label FROM chat c"
			       " UNION ALL SELECT c.ROWID, nullif({c:chat.last_addressed_handle},''),"
			       " 'last_addressed_handle' FROM chat c)"
			       " WHERE ident IS NOT NULL GROUP BY ident ORDER BY 1, label, ident",
		},
		{
			.slot = "accounts",
			.kind = REC_ACCOUNT,
			.optional = true,
			.table = "madrid_chat",
			.need = { "madrid_chat(ROWID,account_login)" },
			.sql = "SELECT min(c.ROWID) AS row, " ACCOUNT("c.account_login") " AS ident,"
			       " 'account_login' AS label FROM madrid_chat c"
			       " WHERE " ACCOUNT("c.account_login") " IS NOT NULL"
			       " GROUP BY ident ORDER BY 1, ident",
		},
	},
};
