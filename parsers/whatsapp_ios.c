/*
 * whatsapp_ios.c - WhatsApp's messages on an iPhone: ChatStorage.sqlite.
 *
 * A Core Data store. ZWACHATSESSION has a row for each chat: ZCONTACTJID the other person, a group,
 * the status list or a channel; ZPARTNERNAME what it is called; ZREMOVED 1: taken off the list of
 * chats. ZWAMESSAGE has a row for each message and event:
 *   ZISFROMME 1 out, 0 in      ZMESSAGEDATE seconds since 2001
 *   ZFROMJID, ZTOJID           the chat on the other side: in a group the GROUP, never a person
 *   ZGROUPMEMBER               who sent it in a group, or whom an event is about (ZWAGROUPMEMBER)
 *   ZTOJID of what came in     where it is set, the phone's own account
 *   ZMESSAGETYPE   0 text, 1 picture, 2 video, 3 sound, 4 contact card, 5 place, 7 link, 8
 * document, 11 GIF, 12 not decrypted yet, 14 taken back by its sender, 15 sticker, 38 39 53
 *                  picture, video and sound to be seen once, 46 poll, 54 round video, 66 album;
 *                  6 event of a group, 10 event of a chat (ZGROUPEVENTTYPE says which: of 10, 1 4
 * 21 22 45 46 are missed calls), 28 55 settings, 59 a call: these are no messages ZMESSAGESTATUS 9
 * not sent           ZFLAGS bit 7: forwarded ZWAMEDIAITEM: ZTITLE the caption, ZMEDIALOCALPATH the
 * file, ZVCARDSTRING its type or the card itself; ZMETADATA, a protobuf, of an answer: 5 key and 6
 * sender of the message that is answered, 19 that message (1 text, 6.1 text with a
 * link, 3.3 4.7 9.3 captions). It is another's text and is given as `quoted`.
 * ZWAMESSAGEINFO.ZRECEIPTINFO, a protobuf: 7 reactions; they are no rows, and are noted, not read;
 * 8 a poll (2 question, 3.1 options).
 *
 * A message without a known member of its group has an unknown sender. Events have no sender: the
 * member that they name is told as concerned. ZISACTIVE 0 is a member who has left: not a
 * recipient. Which messages were edited stands in no place that is published.
 *
 * Source: a real store of iOS 15 (iLEAPP's test data); the tables of MVT's tests; type, event and
 * field numbers as IPED, WhatsApp-Chat-Exporter and SwiftWABackupAPI publish them.
 */
#include "protobuf.h"
#include "whatsapp.h"
#include <stdlib.h>

enum { TYPE_WAITING = 12, TYPE_POLL = 46, TYPE_ALBUM = 66 };

/* Text and captions of a message within a message. */
static span text_of(span message)
{
	static const uint32_t place[][2] = { { 6, 1 }, { 3, 3 }, { 9, 7 }, { 7, 20 } };
	span text = PROTOBUF_AT(message, 1);
	for (size_t i = 0; !text.n && i < sizeof place / sizeof *place; i++)
		text = PROTOBUF_AT(message, place[i][0], place[i][1]);
	return text.n ? text : SPAN_NONE;
}

static void read_quoted(const struct row *row, struct record *r)
{
	span metadata = row_bytes(row, "metadata");
	if (!metadata.n || !PROTOBUF_AT(metadata, 5).n)
		return;
	r->quoted = text_of(PROTOBUF_AT(metadata, 19));
}

/* Question and options, a line each. */
static int read_poll(const struct row *row, struct record *r, span poll)
{
	struct protobuf_field f;
	size_t pos = 0, n = 0, room = poll.n + 1;
	char *text = arena_alloc(row_arena(row), room);
	if (!text)
		return E_NOMEM;
	while (protobuf_next(poll, &pos, &f, NULL) > 0) {
		span line = f.wire != PROTOBUF_BYTES ? SPAN_NONE
			    : f.number == 2          ? f.bytes
			    : f.number == 3          ? PROTOBUF_AT(f.bytes, 1)
						     : SPAN_NONE;
		if (!line.n)
			continue;
		if (n)
			text[n++] = '\n';
		memcpy(text + n, line.p, line.n);
		n += line.n;
	}
	if (n && !r->text.p)
		r->text = (span){ text, n };
	return 0;
}

static int message_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t type = 0;
	span receipt = row_bytes(row, "receipt");
	int rc = 0;
	row_int(row, "type", &type);
	read_quoted(row, r);
	if (type == TYPE_POLL)
		rc = read_poll(row, r, PROTOBUF_AT(receipt, 8));
	if (rc)
		return err_set(err, rc, "memory ran out");
	if (receipt.n && PROTOBUF_AT(receipt, 7).n)
		row_warn(row, WARN_NOTE, "has reactions, which are stored with it and not read");
	if (type == TYPE_WAITING)
		row_warn(row, WARN_NOTE, "the phone had not decrypted this message");
	if (type < 0 || type > TYPE_ALBUM)
		row_warn(row, WARN_NOTE, "a kind of message that is not known");
	if (r->kind == REC_MESSAGE && r->direction == DIR_UNKNOWN)
		row_warn(row, WARN_FIELD_UNKNOWN, "ZISFROMME does not say who sent it");
	return 0;
}

#define THREAD "ifnull(s.ZCONTACTJID,'session '||m.ZCHATSESSION)"
#define EVENT "ifnull(m.ZMESSAGETYPE,0) IN (6,10,28,55,59)"
/* Of an event of a chat. */
#define MISSED "m.ZMESSAGETYPE=10 AND {m:ZWAMESSAGE.ZGROUPEVENTTYPE} IN (1,4,21,22,45,46)"

#define MEMBER                                                        \
	"{?ZWAMESSAGE(ZGROUPMEMBER) ZWAGROUPMEMBER(Z_PK,ZMEMBERJID):" \
	" CASE WHEN m.ZISFROMME=0 OR " EVENT " THEN nullif(g.ZMEMBERJID,'') END}"
#define MEMBER_JOIN                                                    \
	" {!ZWAMESSAGE(ZGROUPMEMBER) ZWAGROUPMEMBER(Z_PK,ZMEMBERJID):" \
	" LEFT JOIN ZWAGROUPMEMBER g ON g.Z_PK=m.ZGROUPMEMBER}"
#define MEMBER_NAME                                            \
	"coalesce(nullif({g:ZWAGROUPMEMBER.ZCONTACTNAME},'')," \
	"nullif({g:ZWAGROUPMEMBER.ZFIRSTNAME},''))"

/* The person on the other side. Between two the chat's own JID where the row has none. */
#define OTHER                                                                              \
	"CASE WHEN m.ZISFROMME=1 THEN " WHATSAPP_PERSON(                                   \
		"ifnull(nullif(m.ZTOJID,''),s."                                            \
		"ZCONTACTJID)") " ELSE " WHATSAPP_PERSON("ifnull(nullif(m.ZFROMJID,''),s." \
							 "ZCONTACTJID)") " END"

const struct parser parser_whatsapp_ios = {
	.name = "whatsapp-ios",
	.app = "WhatsApp (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "AppDomainGroup-group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite",
		   "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/ChatStorage.sqlite",
		   "AppDomain-net.whatsapp.WhatsApp/Documents/ChatStorage.sqlite",
		   "*/ChatStorage.sqlite" },
	.tested = "iOS 15, real file; tables of 2025 as published",
	.limits = "who reacted; that a message was edited",
	.keeps_deleted = true,
	.need = { "ZWAMESSAGE(Z_PK,ZCHATSESSION,ZFROMJID,ZTOJID,ZTEXT,ZMESSAGEDATE,ZMESSAGETYPE,"
		  "ZISFROMME)",
		  "ZWACHATSESSION(Z_PK,ZCONTACTJID)" },
	.early = 1,
	.q = {
		{
			.slot = "lid pairs",
			.links = LINK_MAP,
			.table = "ZWAPHONENUMBERLIDPAIR",
			.sql = "{?ZWAPHONENUMBERLIDPAIR(ZLID,ZPHONENUMBER): " WHATSAPP_LID_PAIRS "}",
		},
		{
			/* The other name of the person of a chat. */
			.slot = "chat pairs",
			.links = LINK_CONTACT,
			.table = "ZWACHATSESSION",
			.sql = "{?ZWACHATSESSION(ZCONTACTIDENTIFIER): SELECT Z_PK AS row,"
			       " ZCONTACTJID AS ident, ZCONTACTIDENTIFIER AS peer FROM ZWACHATSESSION"
			       " WHERE ZCONTACTJID LIKE '%@lid'"
			       " AND ZCONTACTIDENTIFIER LIKE '%@s.whatsapp.net' ORDER BY Z_PK}",
		},
		{
			.slot = "members",
			.members = true,
			.table = "ZWACHATSESSION",
			.sql = "SELECT ifnull(s.ZCONTACTJID,'session '||s.Z_PK) AS thread,"
			       " nullif({s:ZWACHATSESSION.ZPARTNERNAME},'') AS thread_name,"
			       " {?ZWAGROUPMEMBER(ZCHATSESSION,ZMEMBERJID): nullif(g.ZMEMBERJID,'')} AS peer,"
			       " " MEMBER_NAME " AS peer_name,"
			       " {?ZWAGROUPMEMBER(ZCHATSESSION,ZMEMBERJID): g.ZMEMBERJID IN"
			       " (SELECT ZTOJID FROM ZWAMESSAGE WHERE ZISFROMME=0)} AS to_owner"
			       " FROM ZWACHATSESSION s"
			       " {!ZWAGROUPMEMBER(ZCHATSESSION,ZMEMBERJID): LEFT JOIN ZWAGROUPMEMBER g"
			       " ON g.ZCHATSESSION=s.Z_PK AND instr(s.ZCONTACTJID,'@g.us')>0"
			       " AND ifnull({g:ZWAGROUPMEMBER.ZISACTIVE},1)<>0} ORDER BY s.Z_PK",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "ZWAMESSAGE",
			.unit = TIME_COCOA,
			.sql = "SELECT m.Z_PK AS row, m.ZMESSAGEDATE AS time, m.ZMESSAGETYPE AS type,"
			       " CASE WHEN NOT " EVENT " THEN m.ZISFROMME END AS sent,"
			       " CASE WHEN " EVENT " THEN 'system' END AS kind,"
			       " coalesce(" MEMBER "," OTHER ") AS peer, coalesce(" MEMBER_NAME ","
			       " CASE WHEN instr(s.ZCONTACTJID,'@g.us')=0 THEN"
			       " nullif({s:ZWACHATSESSION.ZPARTNERNAME},'') END) AS peer_name,"
			       " CASE WHEN m.ZISFROMME=0 THEN " WHATSAPP_PERSON("m.ZTOJID") " END AS owner,"
			       " " THREAD " AS thread, 'WhatsApp' AS service,"
			       " coalesce(nullif(m.ZTEXT,''), {?ZWAMESSAGE(ZMEDIAITEM) ZWAMEDIAITEM(Z_PK):"
			       " coalesce(nullif({d:ZWAMEDIAITEM.ZTITLE},''), CASE WHEN m.ZMESSAGETYPE=4"
			       " THEN {d:ZWAMEDIAITEM.ZVCARDSTRING} END)}) AS text,"
			       " {?ZWAMESSAGE(ZMEDIAITEM) ZWAMEDIAITEM(Z_PK):"
			       " {d:ZWAMEDIAITEM.ZMETADATA}} AS metadata,"
			       " {?ZWAMESSAGE(ZMESSAGEINFO) ZWAMESSAGEINFO(Z_PK):"
			       " {i:ZWAMESSAGEINFO.ZRECEIPTINFO}} AS receipt,"
			       " CASE m.ZMESSAGETYPE WHEN 14 THEN 2 WHEN 38 THEN 8192 WHEN 39 THEN 8192"
			       " WHEN 53 THEN 8192 ELSE 0 END"
			       " + CASE WHEN instr(s.ZCONTACTJID,'@g.us') THEN 2048 ELSE 0 END"
			       " + CASE WHEN {m:ZWAMESSAGE.ZFLAGS}&128 THEN 32 ELSE 0 END"
			       " + CASE WHEN m.ZISFROMME=1 AND {m:ZWAMESSAGE.ZMESSAGESTATUS}=9 THEN 16"
			       " ELSE 0 END"
			       " + CASE WHEN {s:ZWACHATSESSION.ZREMOVED}=1 THEN 4 ELSE 0 END"
			       " + CASE WHEN " MISSED " THEN 64 + CASE WHEN"
			       " {m:ZWAMESSAGE.ZGROUPEVENTTYPE} IN (4,22,46) THEN 1024 ELSE 0 END"
			       " ELSE 0 END AS state"
			       " FROM ZWAMESSAGE m LEFT JOIN ZWACHATSESSION s ON s.Z_PK=m.ZCHATSESSION"
			       MEMBER_JOIN
			       " {!ZWAMESSAGE(ZMEDIAITEM) ZWAMEDIAITEM(Z_PK):"
			       " LEFT JOIN ZWAMEDIAITEM d ON d.Z_PK=m.ZMEDIAITEM}"
			       " {!ZWAMESSAGE(ZMESSAGEINFO) ZWAMESSAGEINFO(Z_PK):"
			       " LEFT JOIN ZWAMESSAGEINFO i ON i.Z_PK=m.ZMESSAGEINFO}"
			       " ORDER BY m.Z_PK",
			/* An item with metadata alone belongs to an answer, and is no file. */
			.along = { "{?ZWAMEDIAITEM(ZMESSAGE,ZMEDIALOCALPATH): SELECT d.ZMESSAGE AS row,"
				   " d.ZMEDIALOCALPATH AS att_name,"
				   " coalesce(CASE WHEN {d:ZWAMEDIAITEM.ZVCARDSTRING} LIKE '%_/_%'"
				   " AND length({d:ZWAMEDIAITEM.ZVCARDSTRING})<128"
				   " THEN {d:ZWAMEDIAITEM.ZVCARDSTRING} END,"
				   " CASE WHEN {d:ZWAMEDIAITEM.ZVCARDSTRING} LIKE 'BEGIN:VCARD%'"
				   " THEN 'text/vcard' WHEN {d:ZWAMEDIAITEM.ZLATITUDE}<>0"
				   " AND {d:ZWAMEDIAITEM.ZLONGITUDE}<>0 AND d.ZMEDIALOCALPATH IS NULL"
				   " AND {d:ZWAMEDIAITEM.ZMEDIAURL} IS NULL THEN 'location' END)"
				   " AS att_type"
				   " FROM (SELECT Z_PK FROM ZWAMEDIAITEM ORDER BY ZMESSAGE, Z_PK LIMIT -1) x"
				   " CROSS JOIN ZWAMEDIAITEM d ON d.Z_PK=x.Z_PK}" },
			.row = message_row,
		},
	},
};
