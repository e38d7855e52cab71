/*
 * signal_backup.c - Signal's backup of the second form, opened: frames of backup.proto, each behind
 * its length as a varint; and the same as JSON, a frame a line, which Signal writes when its user
 * exports the chats (main.jsonl in a zip, beside metadata.json).
 *
 * The first frame is BackupInfo, then Frame { 1 account, 2 recipient, 3 chat, 4 chatItem, 6
 * adHocCall ... }; what a frame refers to stands before it. Source: Signal's libsignal,
 * backup.proto of 2025, and its test files; signal_node.h for the two forms.
 *
 * A chat item says itself whether it came in or went out. Text that an edit replaced ("revisions")
 * is a message of its own, marked edited. Rows are numbered by frame.
 */
#include "jsonview.h"
#include "protobuf.h"
#include "signal_node.h"
#include "signal_people.h"
#include "stream.h"
#include <inttypes.h>
#include <stdio.h>

#define FRAME_MAX ((size_t)16 << 20)
enum { REVISIONS = 1000, ATTACHMENTS = 256, HANDLE = 64, IDS_SHOWN = 16 };

struct backup {
	const struct sink *sink;
	struct err *err;
	struct signal_people *people;
	struct signal_person *self;
	struct arena *arena; /* of the frame at hand */
	bool nomem, json;
	int64_t row;
	int stop;
};

static void warn(struct backup *b, enum warning kind, const char *detail)
{
	if (!b->stop)
		b->stop = b->sink->warn(b->sink->user, kind, "Frame", b->row, detail);
}

/* Too many people is a loss of one of them; no memory ends the run. */
static void failed(struct backup *b, struct err *why)
{
	if (why->code == E_LIMIT)
		warn(b, WARN_LIMIT, why->message);
	else if (!b->stop)
		b->stop = err_set(b->err, E_NOMEM, "memory ran out");
}

static struct record record_of(struct backup *b, enum record_kind kind, const char *table)
{
	return (struct record){ .kind = kind,
				.table = table,
				.row = b->row,
				.time = TIME_UNSET,
				.duration = -1,
				.service = SPAN("Signal") };
}

static void deliver(struct backup *b, const struct record *r)
{
	if (b->nomem && !b->stop)
		b->stop = err_set(b->err, E_NOMEM, "memory ran out");
	if (!b->stop)
		b->stop = b->sink->record(b->sink->user, r);
}

static void set_time(struct backup *b, struct record *r, struct node n, uint32_t number,
		     const char *name)
{
	int64_t raw = 0;
	char text[24];
	if (!node_int(n, number, name, &raw) || !raw)
		return;
	r->time_unit = TIME_UNIX_MS;
	int len = snprintf(text, sizeof text, "%" PRId64, raw);
	r->time_raw = arena_copy(b->arena, (span){ text, (size_t)len }, NULL);
	if (!time_from_int(TIME_UNIX_MS, raw, &r->time))
		warn(b, WARN_FIELD_UNKNOWN, "a time that cannot be");
}

/* "Given Family", of whichever is there. */
static span full_name(struct backup *b, span given, span family)
{
	if (!given.n || !family.n)
		return given.n ? given : family;
	return ARENA_JOIN(b->arena, given, SPAN(" "), family);
}

static span uuid_text(struct backup *b, span id)
{
	char text[HANDLE];
	if (id.n != 16)
		return SPAN_NONE;
	size_t n = (size_t)snprintf(text, sizeof text, "signal:");
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text[n++] = '-';
		n += (size_t)snprintf(text + n, sizeof text - n, "%02x", (unsigned char)id.p[i]);
	}
	return arena_copy(b->arena, (span){ text, n }, NULL);
}

static span at_name(struct backup *b, span username)
{
	return username.n ? ARENA_JOIN(b->arena, SPAN("@"), username) : SPAN_NONE;
}

static void add_id(struct record *r, struct contact_id *ids, span raw, span label)
{
	if (raw.n)
		ids[r->ids_n++] = (struct contact_id){ raw, label };
	r->ids = ids;
}

static span phone_text(struct backup *b, struct node n, uint32_t number, const char *name)
{
	char text[24];
	int64_t e164;
	if (!node_int(n, number, name, &e164) || e164 <= 0)
		return SPAN_NONE;
	int len = snprintf(text, sizeof text, "+%" PRId64, e164);
	return arena_copy(b->arena, (span){ text, (size_t)len }, NULL);
}

static struct signal_person *person(struct backup *b, char kind, int64_t id)
{
	struct err why = { 0 };
	struct signal_key key = signal_key_int(kind, id);
	struct signal_person *who = signal_people_add(b->people, &key, &why);
	if (!who)
		failed(b, &why);
	return who;
}

static struct signal_person *known(struct backup *b, char kind, struct node n, uint32_t number,
				   const char *name)
{
	int64_t id;
	if (!node_int(n, number, name, &id))
		return NULL;
	struct signal_key key = signal_key_int(kind, id);
	return signal_people_find(b->people, &key);
}

static void keep_person(struct backup *b, struct signal_person *who, span handle, span name,
			span aci)
{
	struct err why = { 0 };
	struct signal_key key = signal_key_of('a', aci);
	who->handle = signal_people_keep(b->people, handle, &why);
	who->name = signal_people_keep(b->people, name, &why);
	if (why.code || (aci.n && signal_people_also(b->people, &key, who, &why)))
		failed(b, &why);
}

static void read_contact(struct backup *b, struct node c, struct signal_person *who)
{
	struct record r = record_of(b, REC_CONTACT, "Recipient");
	struct contact_id *ids = arena_alloc(b->arena, 3 * sizeof *ids);
	struct node nick = node_at(c, 16, "nickname");
	span name = full_name(b, node_text(nick, 1, "given"), node_text(nick, 2, "family"));
	span phone = phone_text(b, c, 4, "e164");
	span username = at_name(b, node_text(c, 3, "username"));
	span aci = node_bytes(c, 1, "aci");
	span account = uuid_text(b, aci);
	if (!ids) {
		b->nomem = true;
		return;
	}
	if (!name.n)
		name = full_name(b, node_text(c, 18, "systemGivenName"),
				 node_text(c, 19, "systemFamilyName"));
	if (!name.n)
		name = full_name(b, node_text(c, 11, "profileGivenName"),
				 node_text(c, 12, "profileFamilyName"));
	r.name = name;
	add_id(&r, ids, phone, SPAN("phone"));
	add_id(&r, ids, username, SPAN("user name"));
	add_id(&r, ids, account, SPAN("account"));
	if (node_true(c, 5, "blocked"))
		r.state |= STATE_BLOCKED;
	who->who = SIGNAL_PERSON;
	keep_person(b, who, phone.n ? phone : username.n ? username : account, name, aci);
	if (r.ids_n)
		deliver(b, &r);
	else
		warn(b, WARN_FIELD_UNKNOWN, "a contact without number, user name or account");
}

static void read_group(struct backup *b, struct node group, struct signal_person *who)
{
	struct node shot = node_at(group, 5, "snapshot"), member;
	struct err why = { 0 };
	who->who = SIGNAL_GROUP;
	keep_person(b, who, SPAN_NONE, node_text(node_at(shot, 2, "title"), 1, "title"), SPAN_NONE);
	for (size_t at = 0; node_next(shot, 7, "members", &at, &member);) {
		struct signal_key key = signal_key_of('a', node_bytes(member, 1, "userId"));
		if (signal_people_join(b->people, who, &key, &why)) {
			failed(b, &why);
			return;
		}
	}
}

static void read_recipient(struct backup *b, struct node n)
{
	int64_t id = 0;
	node_int(n, 1, "id", &id);
	struct signal_person *who = person(b, 'r', id);
	if (!who)
		return;
	if (node_is(node_at(n, 2, "contact"))) {
		read_contact(b, node_at(n, 2, "contact"), who);
	} else if (node_is(node_at(n, 3, "group"))) {
		read_group(b, node_at(n, 3, "group"), who);
	} else if (node_is(node_at(n, 5, "self"))) {
		who->who = SIGNAL_SELF;
		if (b->self) {
			who->handle = b->self->handle;
			who->name = b->self->name;
		}
		b->self = who;
	} else if (node_is(node_at(n, 6, "releaseNotes"))) {
		keep_person(b, who, SPAN_NONE, SPAN("Signal"), SPAN_NONE);
	} else if (node_is(node_at(n, 7, "callLink"))) {
		keep_person(b, who, SPAN_NONE, node_text(node_at(n, 7, "callLink"), 3, "name"),
			    SPAN_NONE);
	}
}

/* The account comes before the recipient that stands for it. */
static void read_account(struct backup *b, struct node n)
{
	struct record r = record_of(b, REC_ACCOUNT, "AccountData");
	struct contact_id *ids = arena_alloc(b->arena, sizeof *ids);
	struct signal_person *self = person(b, 'r', INT64_MIN);
	if (!ids || !self)
		return;
	span username = at_name(b, node_text(n, 2, "username"));
	r.name = full_name(b, node_text(n, 4, "givenName"), node_text(n, 5, "familyName"));
	add_id(&r, ids, username, SPAN("user name"));
	self->who = SIGNAL_SELF;
	keep_person(b, self, username, r.name, SPAN_NONE);
	b->self = self;
	if (r.ids_n || r.name.n)
		deliver(b, &r);
}

static void read_chat(struct backup *b, struct node n)
{
	int64_t id = 0;
	struct err why = { 0 };
	struct signal_person *with = known(b, 'r', n, 2, "recipientId");
	node_int(n, 1, "id", &id);
	struct signal_key key = signal_key_int('c', id);
	if (!with)
		warn(b, WARN_FIELD_UNKNOWN, "a chat whose recipient is not in the backup");
	else if (signal_people_also(b->people, &key, with, &why))
		failed(b, &why);
}

/* ---- chat items ---- */

struct item {
	struct node n;
	struct signal_person *chat, *author;
	span thread;
	enum direction direction;
};

static void address(struct backup *b, struct record *r, const struct item *i,
		    const struct signal_person *author)
{
	r->thread = i->thread;
	if (!signal_address(b->people, r, i->chat, author, b->self, b->arena))
		b->nomem = true;
}

static void put_attachment(struct record *r, struct attachment *list, struct node a)
{
	struct node p = node_at(a, 1, "pointer");
	if (r->attachments_n < ATTACHMENTS)
		list[r->attachments_n++] =
			(struct attachment){ .name = node_text(p, 7, "fileName"),
					     .type = node_text(p, 4, "contentType") };
}

static void read_standard(struct backup *b, struct node m, struct record *r)
{
	struct node a, quote = node_at(m, 1, "quote");
	struct attachment *list = arena_alloc(b->arena, ATTACHMENTS * sizeof *list);
	if (!list) {
		b->nomem = true;
		return;
	}
	r->text = node_text(node_at(m, 2, "text"), 1, "body");
	if (node_is(node_at(m, 5, "longText")))
		warn(b, WARN_TEXT_LOST, "the rest of a long text stands in a file of its own");
	if (node_is(quote))
		r->quoted = node_text(node_at(quote, 3, "text"), 1, "body");
	for (size_t at = 0; node_next(m, 3, "attachments", &at, &a);)
		put_attachment(r, list, a);
	r->attachments = list;
}

static void read_reactions(struct backup *b, const struct item *i, struct node m, uint32_t number)
{
	struct node n;
	for (size_t at = 0; !b->stop && node_next(m, number, "reactions", &at, &n);) {
		struct record r = record_of(b, REC_REACTION, "Reaction");
		struct signal_person *by = known(b, 'r', n, 2, "authorId");
		r.text = node_text(n, 1, "emoji");
		set_time(b, &r, n, 3, "sentTimestamp");
		if (by)
			r.direction = by->who == SIGNAL_SELF ? DIR_OUT : DIR_IN;
		else
			warn(b, WARN_FIELD_UNKNOWN,
			     "a reaction of somebody who is not in the backup");
		address(b, &r, i, by);
		deliver(b, &r);
	}
}

/* A card that was sent: numbers stand in the text, where they are looked for. */
static void read_shared_contact(struct backup *b, struct node m, struct record *r)
{
	struct node c = node_at(m, 1, "contact"), name = node_at(c, 1, "name"), phone;
	span text = full_name(b, node_text(name, 1, "givenName"), node_text(name, 2, "familyName"));
	int n = 0;
	for (size_t at = 0; n < IDS_SHOWN && node_next(c, 3, "number", &at, &phone); n++)
		text = ARENA_JOIN(b->arena, text, text.n ? SPAN("\n") : SPAN(""),
				  node_text(phone, 1, "value"));
	r->text = text;
}

/* What the item holds, into r; its reactions' number in *ret_in, a message within the item. */
static bool read_body(struct backup *b, const struct item *i, struct record *r, struct node *ret_in,
		      uint32_t *ret_number)
{
	static const struct {
		uint32_t number, reactions;
		const char *name;
	} parts[] = {
		{ 11, 6, "standardMessage" },
		{ 12, 2, "contactMessage" },
		{ 13, 2, "stickerMessage" },
		{ 14, 0, "remoteDeletedMessage" },
		{ 15, 0, "updateMessage" },
		{ 16, 0, "paymentNotification" },
		{ 17, 0, "giftBadge" },
		{ 18, 2, "viewOnceMessage" },
		{ 19, 3, "directStoryReplyMessage" },
		{ 20, 5, "poll" },
	};
	struct node m = { 0 };
	size_t k = 0;
	while (k < sizeof parts / sizeof *parts &&
	       !node_is(m = node_at(i->n, parts[k].number, parts[k].name)))
		k++;
	if (k == sizeof parts / sizeof *parts)
		return false;
	*ret_in = m;
	*ret_number = parts[k].reactions;
	switch (parts[k].number) {
	case 11:
		read_standard(b, m, r);
		break;
	case 12:
		read_shared_contact(b, m, r);
		break;
	case 13:
		r->text = node_text(node_at(m, 1, "sticker"), 4, "emoji");
		break;
	case 14:
		r->state |= STATE_UNSENT;
		break;
	case 15:
		r->kind = REC_SYSTEM;
		break;
	case 16:
		r->text = node_text(m, 3, "note");
		break;
	case 18:
		r->state |= STATE_VIEW_ONCE;
		break;
	case 19:
		r->text = node_text(node_at(node_at(m, 1, "textReply"), 1, "text"), 1, "body");
		if (!r->text.p)
			r->text = node_text(m, 2, "emoji");
		break;
	case 20:
		r->text = node_text(m, 1, "question");
		break;
	default:
		break;
	}
	return true;
}

static void individual_call(struct backup *b, const struct item *i, struct node call)
{
	static const char *const types[] = { "UNKNOWN_TYPE", "AUDIO_CALL", "VIDEO_CALL", NULL };
	static const char *const ways[] = { "UNKNOWN_DIRECTION", "INCOMING", "OUTGOING", NULL };
	static const char *const states[] = { "UNKNOWN_STATE",
					      "ACCEPTED",
					      "NOT_ACCEPTED",
					      "MISSED",
					      "MISSED_NOTIFICATION_PROFILE",
					      NULL };
	struct record r = record_of(b, REC_CALL, "IndividualCall");
	int way = node_enum(call, 3, "direction", ways),
	    state = node_enum(call, 4, "state", states);
	r.direction = way == 1 ? DIR_IN : way == 2 ? DIR_OUT : DIR_UNKNOWN;
	if (node_enum(call, 2, "type", types) == 2)
		r.state |= STATE_VIDEO;
	if (state >= 3)
		r.state |= STATE_MISSED;
	else if (state == 2)
		r.state |= way == 1 ? STATE_REJECTED : STATE_MISSED;
	set_time(b, &r, call, 5, "startedCallTimestamp");
	address(b, &r, i, i->chat);
	deliver(b, &r);
}

static void group_call(struct backup *b, const struct item *i, struct node call)
{
	static const char *const states[] = { "UNKNOWN_STATE", "GENERIC",
					      "JOINED",        "RINGING",
					      "ACCEPTED",      "DECLINED",
					      "MISSED",        "MISSED_NOTIFICATION_PROFILE",
					      "OUTGOING_RING", NULL };
	struct record r = record_of(b, REC_CALL, "GroupCall");
	struct signal_person *by = known(b, 'r', call, 4, "startedCallRecipientId");
	int state = node_enum(call, 2, "state", states);
	int64_t end;
	if (!by)
		by = known(b, 'r', call, 3, "ringerRecipientId");
	r.direction = !by ? DIR_UNKNOWN : by->who == SIGNAL_SELF ? DIR_OUT : DIR_IN;
	if (state == 5)
		r.state |= STATE_REJECTED;
	else if (state == 6 || state == 7)
		r.state |= STATE_MISSED;
	set_time(b, &r, call, 5, "startedCallTimestamp");
	if (r.time != TIME_UNSET && node_int(call, 6, "endedCallTimestamp", &end) &&
	    end >= r.time && end - r.time < INT64_C(86400000) * 7)
		r.duration = end - r.time;
	address(b, &r, i, by);
	deliver(b, &r);
}

/* True if the update was a call, and is told. */
static bool read_call(struct backup *b, const struct item *i, struct node update)
{
	struct node one = node_at(update, 7, "individualCall");
	struct node group = node_at(update, 8, "groupCall");
	if (node_is(one))
		individual_call(b, i, one);
	else if (node_is(group))
		group_call(b, i, group);
	return node_is(one) || node_is(group);
}

static void set_failed(struct record *r, struct node outgoing)
{
	struct node status;
	size_t n = 0, bad = 0;
	for (size_t at = 0; node_next(outgoing, 1, "sendStatus", &at, &status); n++)
		bad += node_is(node_at(status, 9, "failed"));
	if (n && bad == n)
		r->state |= STATE_FAILED;
}

static void item_record(struct backup *b, const struct item *i, const char *table, unsigned state)
{
	struct record r = record_of(b, REC_MESSAGE, table);
	struct node in = node_at(i->n, 8, "incoming"), out = node_at(i->n, 9, "outgoing");
	struct node update = node_at(i->n, 15, "updateMessage"), body;
	uint32_t reactions = 0;
	if (node_is(update) && read_call(b, i, update))
		return;
	r.direction = i->direction;
	r.state |= state;
	if (!read_body(b, i, &r, &body, &reactions)) {
		warn(b, WARN_FIELD_UNKNOWN, "a chat item of a kind that linecheck does not know");
		body.s = SPAN_NONE;
	}
	if (node_true(i->n, 7, "sms"))
		r.service = SPAN("SMS");
	if (node_is(in))
		r.read = node_true(in, 3, "read") ? ANSWER_YES : ANSWER_NO;
	set_failed(&r, out);
	set_time(b, &r, i->n, 3, "dateSent");
	address(b, &r, i, i->author);
	deliver(b, &r);
	if (node_is(body) && reactions)
		read_reactions(b, i, body, reactions);
}

static void read_item(struct backup *b, struct node n)
{
	struct item i = { .n = n };
	struct node older;
	char text[24];
	int64_t chat = 0;
	int count = 0;
	i.chat = known(b, 'c', n, 1, "chatId");
	i.author = known(b, 'r', n, 2, "authorId");
	if (node_int(n, 1, "chatId", &chat)) {
		int len = snprintf(text, sizeof text, "%" PRId64, chat);
		i.thread = arena_copy(b->arena, (span){ text, (size_t)len }, NULL);
	}
	i.direction = node_is(node_at(n, 8, "incoming"))   ? DIR_IN
		      : node_is(node_at(n, 9, "outgoing")) ? DIR_OUT
							   : DIR_UNKNOWN;
	if (!i.chat)
		warn(b, WARN_FIELD_UNKNOWN, "a message of a chat that is not in the backup");
	for (size_t at = 0; count < REVISIONS && node_next(n, 6, "revisions", &at, &older);
	     count++) {
		struct item before = i;
		before.n = older;
		item_record(b, &before, "revisions", STATE_EDITED);
	}
	if (count == REVISIONS)
		warn(b, WARN_LIMIT, "more versions of a message than linecheck reads");
	item_record(b, &i, "ChatItem", count ? STATE_EDITED : 0);
}

/* A call by a link that anybody can open: with whom is not said. */
static void read_link_call(struct backup *b, struct node n)
{
	struct record r = record_of(b, REC_CALL, "AdHocCall");
	struct item i = { .chat = known(b, 'r', n, 2, "recipientId") };
	set_time(b, &r, n, 4, "callTimestamp");
	address(b, &r, &i, NULL);
	deliver(b, &r);
}

static void read_frame(struct backup *b, struct node n)
{
	static const struct {
		uint32_t number;
		const char *name;
		void (*read)(struct backup *b, struct node n);
	} kinds[] = {
		{ 1, "account", read_account },     { 2, "recipient", read_recipient },
		{ 3, "chat", read_chat },           { 4, "chatItem", read_item },
		{ 6, "adHocCall", read_link_call },
	};
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct node in = node_at(n, kinds[k].number, kinds[k].name);
		if (node_is(in)) {
			kinds[k].read(b, in);
			return;
		}
	}
	if (!n.json && !protobuf_valid(n.s))
		warn(b, WARN_ROW_LOST, "a frame that is damaged");
}

/* ---- the two framings ---- */

/* The next frame; 0 at the end. *ret_skip: bytes to take. */
static int next_binary(struct backup *b, struct stream *s, span *ret, size_t *ret_take)
{
	span head;
	uint64_t n = 0;
	size_t len = 0;
	int rc = stream_see(s, 10, &head, b->err);
	if (rc || !head.n)
		return rc;
	do {
		if (len == head.n || len == 5)
			return err_set(b->err, E_FORMAT, "A frame's length breaks off or is none.");
		n |= (uint64_t)((unsigned char)head.p[len] & 127) << (7 * len);
	} while ((unsigned char)head.p[len++] & 128);
	if (n > FRAME_MAX)
		return err_set(b->err, E_LIMIT, "A frame is larger than linecheck reads.");
	rc = stream_see(s, len + (size_t)n, &head, b->err);
	if (rc)
		return rc;
	if (head.n < len + (size_t)n)
		return err_set(b->err, E_FORMAT, "The backup breaks off within a frame.");
	*ret = span_sub(head, len, len + (size_t)n);
	*ret_take = len + (size_t)n;
	return 1;
}

static int next_line(struct backup *b, struct stream *s, span *ret, size_t *ret_take)
{
	span line = { "", 0 };
	size_t seen = 0, want = 65536;
	for (;;) {
		int rc = stream_see(s, want, &line, b->err);
		if (rc || !line.n)
			return rc;
		const char *end = memchr(line.p + seen, '\n', line.n - seen);
		if (end || line.n < want) {
			size_t n = end ? (size_t)(end - line.p) : line.n;
			*ret = (span){ line.p, n };
			*ret_take = n + (end != NULL);
			return 1;
		}
		if (want >= FRAME_MAX)
			return err_set(b->err, E_LIMIT, "A line is longer than linecheck reads.");
		seen = want;
		want *= 4;
	}
}

static int read_all(struct backup *b, struct stream *s)
{
	span frame = SPAN_NONE;
	size_t take = 0;
	int rc = 0;
	bool first = true;
	while (!b->stop && (rc = b->json ? next_line(b, s, &frame, &take)
					 : next_binary(b, s, &frame, &take)) > 0) {
		struct node n = { frame, b->json, b->arena, &b->nomem };
		if (b->json)
			n.s = jsonview_first(frame);
		arena_reset(b->arena);
		b->row += !first;
		if (b->json && jsonview_kind(n.s) != JSONVIEW_OBJECT) {
			if (n.s.p || (frame.n && *frame.p != '\r'))
				warn(b, WARN_ROW_LOST, "a line that is no frame");
		} else if (!first) {
			read_frame(b, n);
		}
		first = false;
		stream_take(s, take);
	}
	return b->stop ? b->stop : rc;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct stream s = { .in = in };
	struct backup b = {
		.sink = sink, .err = err, .people = signal_people_new(), .arena = arena_new()
	};
	span head;
	int rc = b.people && b.arena ? stream_see(&s, 1, &head, err)
				     : err_set(err, E_NOMEM, "memory ran out");
	if (!rc) {
		b.json = head.n && *head.p == '{';
		rc = read_all(&b, &s);
	}
	signal_people_free(b.people);
	arena_free(b.arena);
	stream_free(&s);
	return rc;
}

/* BackupInfo: its version and the time it was made, and nothing but its fields. */
static bool is_info(span head)
{
	struct protobuf_field f;
	size_t n = head.n ? (unsigned char)*head.p : 0;
	if (n < 4 || n > 127 || head.n < n + 1)
		return false;
	span info = span_sub(head, 1, n + 1);
	size_t at = 0;
	if (!protobuf_valid(info) || !protobuf_get(info, 1, PROTOBUF_VARINT, &f) || f.value != 1 ||
	    !protobuf_get(info, 2, PROTOBUF_VARINT, &f) || f.value < 1000)
		return false;
	while (protobuf_next(info, &at, &f, NULL) > 0)
		if (f.number > 6)
			return false;
	return true;
}

static bool sniff(span head, span path)
{
	(void)path;
	span first = head.n && *head.p == '{' ? jsonview_first(head) : SPAN_NONE;
	if (first.p)
		return jsonview_get(first, "backupTimeMs").p && jsonview_get(first, "version").p;
	return is_info(head);
}

const struct parser parser_signal_backup = {
	.name = "signal-backup",
	.app = "Signal (backup or export of its chats)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL) | KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT),
	.files = { "*.binproto", "*signal*/main.jsonl" },
	.tested = "backup.proto of 2025, published test files; messages as published",
	.limits = "the phone's own number",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
