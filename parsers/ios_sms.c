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
 *     item_type       not 0: group members, name, photo, location shared ... (group_action_type
 * says which of a pair); other_handle is the person it was done to, group_title the new name
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

/* "P:+44..." and "e:name@..." without the letter. Nothing is left of "E:", an account that was not
 * signed in. */
static span own_handle(span raw)
{
	if (raw.n >= 2 && raw.p[1] == ':')
		raw = span_from(raw, 2);
	return raw.n ? raw : SPAN_NONE;
}

/* "+44...(smsft_fi)", "SHOP(filtered)": the mark is Apple's and says which folder it is shown in.
 */
static span sender_handle(span raw)
{
	static const span marks[] = { { "(filtered)", 10 }, { "(smsf", 5 } };
	if (!raw.n || raw.p[raw.n - 1] != ')')
		return raw;
	for (size_t at = raw.n; at-- > 1;)
		for (size_t i = 0; raw.p[at] == '(' && i < sizeof marks / sizeof *marks; i++)
			if (raw.n - at >= marks[i].n && !memcmp(raw.p + at, marks[i].p, marks[i].n))
				return span_sub(raw, 0, at);
	return raw;
}

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
	if (!subject.n)
		return 0;
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

/* Whether the names ec, ep or rp stand in it, as a property list writes them ('R' is the mark of
 * two letters): most summaries hold none of them, and need not be opened. */
static bool tells_of_edits(span summary)
{
	while (summary.n >= 3) {
		const char *mark = memchr(summary.p, 'R', summary.n - 2);
		if (!mark)
			return false;
		if ((mark[1] == 'e' && (mark[2] == 'c' || mark[2] == 'p')) ||
		    (mark[1] == 'r' && mark[2] == 'p'))
			return true;
		summary = span_from(summary, (size_t)(mark - summary.p) + 1);
	}
	return false;
}

static void read_edits(const struct row *row, struct record *r)
{
	int64_t date = 0;
	bool edited = row_int(row, "edited", &date) && date > 0;
	span summary = row_bytes(row, "summary");
	struct bplist list;
	struct bplist_node root;
	if (row_int(row, "retracted", &date) && date > 0)
		r->state |= STATE_UNSENT;
	if (!tells_of_edits(summary)) {
		r->state |= edited ? STATE_EDITED : 0;
		return;
	}
	if (bplist_open(summary, &list, NULL) || !bplist_root(&list, &root)) {
		r->state |= edited ? STATE_EDITED : 0;
		row_warn(row, WARN_FIELD_UNKNOWN,
			 "what was edited or taken back could not be read");
		return;
	}
	bool earlier = has_entries(&list, &root, "ec"), unsent = has_entries(&list, &root, "rp");
	r->state |= unsent ? STATE_UNSENT : 0;
	if (earlier || has_entries(&list, &root, "ep") || (edited && !unsent))
		r->state |= STATE_EDITED;
	if (earlier)
		row_warn(row, WARN_NOTE, "the message holds earlier texts, which are not read");
}

static int message_row(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	int rc = read_body(row, r);
	if (rc == 0)
		rc = put_subject(row, r);
	if (rc == 0)
		read_edits(row, r);
	return rc;
}

static int part_row(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	return read_body(row, r);
}

/* iOS 3 to 5: iMessages count their seconds from 2001, all others from 1970. */
static int old_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t is = 0, raw = 0;
	(void)err;
	if (row_int(row, "madrid", &is) && is == 1) {
		r->time_unit = TIME_COCOA;
		r->time = TIME_UNSET;
		if (row_int(row, "time", &raw) && raw && !time_from_int(TIME_COCOA, raw, &r->time))
			row_warn(row, WARN_FIELD_UNKNOWN, "time is outside the years 1970 to 2200");
	}
	int rc = read_body(row, r);
	return rc ? rc : put_subject(row, r);
}

/* NULL, nothing, or only the sign that stands for an attachment. */
#define NO_TEXT "m.text IS NULL OR m.text='' OR m.text='\xef\xbf\xbc'"

/* The same in SQL, for small tables only. */
#define ACCOUNT(column)                                                                      \
	"nullif(CASE WHEN substr(" column ",2,1)=':' THEN substr(" column ",3) ELSE " column \
	" END,'')"

#define SENDER "{?handle(ROWID,id): h.id} AS peer,"
#define LOST_SENDER                                                      \
	" CASE WHEN m.handle_id>0 AND {?handle(ROWID,id): h.id} IS NULL" \
	" THEN 'the person it is with is not in the table handle' END AS lost,"
#define SENDER_JOIN " {!handle(ROWID,id): LEFT JOIN handle h ON h.ROWID=m.handle_id}"

/* The conversation, by its number where the table that names it has it not. */
#define THREAD                                                      \
	" ifnull({?chat(ROWID,guid): c.guid},j.chat_id) AS thread," \
	" CASE WHEN {?chat(ROWID,guid): c.ROWID} IS NULL"           \
	" THEN 'its conversation is not in the table chat' END AS lost"
#define THREAD_JOIN " {!chat(ROWID,guid): LEFT JOIN chat c ON c.ROWID=j.chat_id}"

#define OWNER                                                                                     \
	" CASE WHEN {m:message.destination_caller_id}<>'' THEN {m:message.destination_caller_id}" \
	" ELSE {m:message.account} END AS owner,"

const struct parser parser_ios_sms = {
	.name = "ios-sms",
	.app = "Messages (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_ACCOUNT),
	.files = { "HomeDomain/Library/SMS/sms.db", "*Library/SMS/sms.db",
		   "*Library/Messages/chat.db" },
	.tested = "iOS 9, 14 and macOS 10.11, real files; iOS 5, 6 and 15 to 26, rows made up",
	.keeps_deleted = true,
	.need = { "message(text,date)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true,
			.table = "chat",
			.need = { "chat(ROWID,guid)", "chat_handle_join(chat_id,handle_id)",
				  "handle(ROWID,id)" },
			/* Of two people, chat_identifier is the other one, also where the join table
			 * lacks them. */
			.sql = "SELECT ifnull(c.guid,c.ROWID) AS thread,"
			       " nullif({c:chat.display_name},'') AS thread_name,"
			       " {c:chat.account_login} AS owner,"
			       " CASE WHEN j.chat_id IS NOT NULL THEN h.id"
			       " WHEN {c:chat.style}=45 THEN {c:chat.chat_identifier} END AS peer,"
			       " CASE WHEN j.chat_id IS NOT NULL AND h.id IS NULL"
			       " THEN 'a member of it is not in the table handle' END AS lost"
			       " FROM chat c LEFT JOIN chat_handle_join j ON j.chat_id=c.ROWID"
			       " LEFT JOIN handle h ON h.ROWID=j.handle_id ORDER BY c.ROWID",
			.peer_handle = sender_handle,
			.owner_handle = own_handle,
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
			/* Most columns as they are: a function called in SQL costs more than all that
			 * the hook does. State 8, 16 and 32 are _DRAFT, _FAILED and _FORWARDED. */
			.sql = "SELECT CASE WHEN " NO_TEXT " THEN {m:message.attributedBody} END AS body,"
			       " {m:message.subject} AS subject,"
			       " {m:message.message_summary_info} AS summary,"
			       " {m:message.date_edited} AS edited,"
			       " {m:message.date_retracted} AS retracted,"
			       " m.ROWID AS row, m.date AS time, m.is_from_me AS sent,"
			       SENDER LOST_SENDER OWNER
			       " {m:message.service} AS service,"
			       " CASE WHEN m.is_from_me=0 THEN {m:message.is_read} END AS read,"
			       " CASE WHEN {m:message.item_type}<>0"
			       " OR {m:message.group_action_type}<>0 THEN 'system'"
			       " WHEN {m:message.associated_message_type}>=1000"
			       " AND ({m:message.associated_message_type}=1000"
			       " OR {m:message.associated_message_type} BETWEEN 2000 AND 3999)"
			       " THEN 'reaction' END AS kind,"
			       " CASE WHEN m.text IS NOT NULL THEN m.text"
			       " WHEN {m:message.item_type}=2 THEN {m:message.group_title}"
			       " ELSE {m:message.associated_message_emoji} END AS text,"
			       " CASE WHEN m.is_from_me=1 AND {m:message.error}<>0 THEN 16"
			       " WHEN m.is_from_me=1 AND {m:message.is_sent}=0 THEN"
			       " CASE WHEN {m:message.schedule_type}=2 THEN 8"
			       " WHEN {m:message.is_finished}=1 AND {m:message.is_delivered}=0"
			       " AND {m:message.item_type}=0 THEN 16 END"
			       " WHEN {m:message.is_forward}=1 THEN 32 END AS state,"
			       " {m:message.item_type}<>0 AND {m:message.other_handle}<>0 AS side"
			       " FROM message m" SENDER_JOIN " ORDER BY m.ROWID",
			.along = { "{?chat_message_join(chat_id,message_id):"
				   " SELECT j.message_id AS row," THREAD
				   " FROM chat_message_join j" THREAD_JOIN
				   " ORDER BY j.message_id}",
				   /* 4 is STATE_DELETED */
				   "{?chat_recoverable_message_join(chat_id,message_id):"
				   " SELECT j.message_id AS row," THREAD
				   ", 4 AS state FROM chat_recoverable_message_join j" THREAD_JOIN
				   " ORDER BY j.message_id}",
				   "{?message_attachment_join(message_id,attachment_id):"
				   " SELECT j.message_id AS row, coalesce({a:attachment.transfer_name},"
				   "{a:attachment.filename}) AS att_name,"
				   " coalesce({a:attachment.mime_type},{a:attachment.uti}) AS att_type,"
				   " CASE WHEN {?attachment(ROWID): a.ROWID} IS NULL THEN"
				   " 'an attachment of it is not in the table attachment' END AS lost"
				   " FROM message_attachment_join j"
				   " {!attachment(ROWID): LEFT JOIN attachment a"
				   " ON a.ROWID=j.attachment_id}"
				   " ORDER BY j.message_id, j.attachment_id}" },
			.side = { "{?message(item_type,other_handle):"
				  " SELECT {?handle(ROWID,id): h.id} AS \"to\","
				  " CASE WHEN {?handle(ROWID,id): h.id} IS NULL THEN"
				  " 'the person it was done to is not in the table handle' END AS lost"
				  " FROM message m"
				  " {!handle(ROWID,id): LEFT JOIN handle h ON h.ROWID=m.other_handle}"
				  " WHERE m.ROWID=?1 AND m.item_type<>0}" },
			.peer_handle = sender_handle,
			.owner_handle = own_handle,
			.row = message_row,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "message",
			.unit = TIME_UNIX_S,
			.need = { "message(address,flags)" },
			/* State 4 and 16 are STATE_DELETED and _FAILED. */
			.sql = "SELECT CASE WHEN " NO_TEXT
			       " THEN {m:message.madrid_attributedBody} END AS body,"
			       " {m:message.subject} AS subject, {m:message.is_madrid} AS madrid,"
			       " m.ROWID AS row, m.date AS time, m.text AS text,"
			       " CASE WHEN {m:message.is_madrid}=1"
			       " THEN ({m:message.madrid_flags}&4)<>0"
			       " WHEN m.flags IN (3,33,35,131,16387) THEN 1"
			       " WHEN m.flags=2 THEN 0 END AS sent,"
			       " CASE WHEN {m:message.is_madrid}=1"
			       " THEN coalesce({m:message.madrid_handle},m.address)"
			       " ELSE m.address END AS peer,"
			       " {m:message.madrid_account} AS owner,"
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
			.owner_handle = own_handle,
			.row = old_row,
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
			.sql = "SELECT p.part_text AS body, p.ROWID AS row, m.date AS time,"
			       " m.is_from_me AS sent," SENDER
			       " CASE WHEN m.ROWID IS NULL"
			       " THEN 'the message it was a part of is not in the table message'"
			       " WHEN m.handle_id>0 AND {?handle(ROWID,id): h.id} IS NULL"
			       " THEN 'the person it is with is not in the table handle' END AS lost,"
			       OWNER
			       " {m:message.service} AS service, 4 AS state,"
			       " {?chat(ROWID,guid) recoverable_message_part(chat_id):"
			       " (SELECT c.guid FROM chat c WHERE c.ROWID=p.chat_id)} AS thread"
			       " FROM recoverable_message_part p"
			       " LEFT JOIN message m ON m.ROWID=p.message_id" SENDER_JOIN
			       " WHERE ifnull({?chat_recoverable_message_join(message_id):"
			       " p.message_id IN (SELECT message_id FROM chat_recoverable_message_join)},0)=0"
			       " ORDER BY p.ROWID",
			.peer_handle = sender_handle,
			.owner_handle = own_handle,
			.row = part_row,
		},
		{
			.slot = "accounts",
			.kind = REC_ACCOUNT,
			.optional = true,
			.table = "chat",
			.need = { "chat(ROWID,account_login)" },
			.sql = "SELECT min(id) AS row, ident, min(label) AS label FROM ("
			       "SELECT c.ROWID AS id, " ACCOUNT("c.account_login") " AS ident,"
			       " 'account_login' AS label FROM chat c"
			       " UNION ALL SELECT c.ROWID, nullif({c:chat.last_addressed_handle},''),"
			       " 'last_addressed_handle' FROM chat c)"
			       " WHERE ident IS NOT NULL GROUP BY ident ORDER BY 1, 3, 2",
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
