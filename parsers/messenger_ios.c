/*
 * messenger_ios.c - Facebook Messenger on an iPhone (lightspeed-userDatabases/<account>.db), the
 * encrypted conversations of 2023 and later.
 *
 * Tables, from the columns that iLEAPP's Messenger artifacts read and label (MIT, four phones of
 * iOS 17 and 18, Messenger 468 to 557): client_messages     pk, thread_pk, sender_contact_pk,
 * display_ts_ms, text client_attachments  message_pk, filename contacts            id, name
 *   _user_info          facebook_user_id: the phone's own account
 *
 * What is older or not encrypted stands behind a view, thread_messages, whose tables nobody
 * describes: that it is there is said as a loss. Reactions and calls are not read.
 */
#include "parser.h"

#define OWN                                                                      \
	"(SELECT CASE WHEN min(u.facebook_user_id)=max(u.facebook_user_id) THEN" \
	" min(u.facebook_user_id) END FROM _user_info u)"

/* Without the phone's own account a message has a sender, but no direction. */
static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	span author = row_bytes(row, "author");
	(void)r;
	(void)err;
	if (author.n)
		row_from(row, author, row_bytes(row, "author_name"));
	return 0;
}

const struct parser parser_messenger_ios = {
	.name = "messenger-ios",
	.app = "Facebook Messenger (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_ACCOUNT) | KIND_BIT(REC_CONTACT),
	.files = { "*/lightspeed-userDatabases/*.db" },
	.tested = "Messenger of 2024 to 2026, columns as published",
	.limits = "calls; conversations that were not encrypted, where they are there that is said",
	.need = { "client_messages(pk,thread_pk,sender_contact_pk,display_ts_ms,text)",
		  "contacts(rowid,id,name)", "_user_info(facebook_user_id)" },
	.q = {
		{
			.slot = "account",
			.kind = REC_ACCOUNT,
			.table = "_user_info",
			.sql = "SELECT u.rowid AS row, 'messenger:'||u.facebook_user_id AS ident,"
			       " 'Messenger' AS label, c.name AS name FROM _user_info u"
			       " LEFT JOIN contacts c ON c.id=u.facebook_user_id"
			       " WHERE u.facebook_user_id IS NOT NULL ORDER BY u.rowid",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "client_messages",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT m.pk AS row, m.display_ts_ms AS time,"
			       " m.sender_contact_pk=" OWN " AS sent,"
			       " CASE WHEN m.sender_contact_pk<>" OWN
			       " THEN 'messenger:'||m.sender_contact_pk END AS peer,"
			       " CASE WHEN m.sender_contact_pk<>" OWN " THEN c.name END AS peer_name,"
			       " CASE WHEN " OWN " IS NULL THEN 'messenger:'||m.sender_contact_pk END"
			       " AS author, c.name AS author_name, 'messenger:'||" OWN " AS owner,"
			       " m.thread_pk AS thread, nullif(m.text,'') AS text, 'Messenger' AS service"
			       " FROM client_messages m LEFT JOIN contacts c ON c.id=m.sender_contact_pk"
			       " ORDER BY m.pk",
			.along = { "{?client_attachments(message_pk,filename): SELECT a.message_pk AS row,"
				   " nullif(a.filename,'') AS att_name, NULL AS att_type"
				   " FROM client_attachments a ORDER BY a.message_pk, a.rowid}" },
			.decode = decode_message,
			.row = row_needs_direction,
		},
		{
			/* A view on every phone that was seen: the core says that it is a loss. */
			.slot = "conversations without encryption",
			.kind = REC_MESSAGE,
			.optional = true,
			.table = "thread_messages",
			.unit = TIME_UNIX_MS,
			.need = { "thread_messages(rowid,thread_key,sender_id,timestamp_ms,text)" },
			.sql = "SELECT m.rowid AS row, m.timestamp_ms AS time, m.sender_id=" OWN " AS sent,"
			       " CASE WHEN m.sender_id<>" OWN " THEN 'messenger:'||m.sender_id END AS peer,"
			       " CASE WHEN m.sender_id<>" OWN " THEN c.name END AS peer_name,"
			       " 'messenger:'||" OWN " AS owner, m.thread_key AS thread,"
			       " nullif(m.text,'') AS text, 'Messenger' AS service"
			       " FROM thread_messages m LEFT JOIN contacts c ON c.id=m.sender_id"
			       " ORDER BY m.rowid",
			.row = row_needs_direction,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "contacts",
			.sql = "SELECT c.rowid AS row, c.name AS name, 'messenger:'||c.id AS ident,"
			       " 'Messenger' AS label FROM contacts c WHERE c.id IS NOT " OWN
			       " ORDER BY c.rowid",
		},
	},
};
