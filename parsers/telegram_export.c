/*
 * telegram_export.c - result.json of Telegram Desktop: one chat, or all of an account.
 *
 * One chat is {"name","type","id","messages":[...]}; an account is {"personal_information",
 * "contacts":{"list"}, "chats":{"list":[chat]}, "left_chats":{"list"}}. A message has "id", "type"
 * ("message" or "service"), "date" (local, no zone), "date_unixtime" (seconds, since 2021), "from",
 * "from_id" ("user123", older: a number), "text" (a string, or a list of strings and {"type",
 * "text"}), "edited", "forwarded_from", "photo", "file" with "mime_type", "contact_information",
 * "reactions"; a service message "actor", "actor_id", "action", "members". Source: the facts of
 * Telegram Desktop's own writer (export_output_json.cpp), and chat-miner's exports with their
 * expected messages.
 *
 * Whose account it is: personal_information says it; and in a chat of two (personal_chat, bot_chat)
 * "id" is the other one's, so that who is not the other is the owner. In every other chat of a file
 * without personal_information the direction is unknown. row is the message's ordinal in the file.
 */
#include "base/buf.h"
#include "export.h"
#include <stdio.h>

#define ATTACHMENTS_MAX 8
#define REACTIONS_MAX 256
#define MEMBERS_MAX 1024

enum chat_type { CHAT_OTHER, CHAT_TWO, CHAT_GROUP };

struct reaction {
	span emoji, from, from_id, date;
};

struct telegram {
	struct export x;
	struct arena *chat_arena;
	char owner[40]; /* "user123", or "" */
	bool some, private_chat;
	int64_t accounts, contacts, messages, reactions_seen;

	/* the chat at hand */
	enum chat_type chat_type;
	char peer[40]; /* "user123" of a chat of two, or "" */
	span name, id;

	/* the message at hand */
	struct record r;
	span type, action, date, unix_time, discard, mime, person_id;
	int64_t seconds;
	struct buf text;
	struct attachment attachment[ATTACHMENTS_MAX];
	struct reaction *reaction;
	size_t reactions;
	struct party to[2];
};

static void no_memory(struct telegram *t)
{
	if (!t->x.stop)
		t->x.stop = err_set(t->x.err, E_NOMEM, "memory ran out");
}

/* ---- the account and its contacts ---- */

struct person {
	span id, first, last, phone, user_name;
};

static bool person(struct telegram *t, struct person *p)
{
	struct export *x = &t->x;
	span key;
	if (!export_object(x))
		return false;
	*p = (struct person){ .id = SPAN_NONE };
	while (export_key(x, &key)) {
		if (span_eq(key, SPAN("user_id")))
			p->id = export_text(x);
		else if (span_eq(key, SPAN("first_name")))
			p->first = export_text(x);
		else if (span_eq(key, SPAN("last_name")))
			p->last = export_text(x);
		else if (span_eq(key, SPAN("phone_number")))
			p->phone = export_text(x);
		else if (span_eq(key, SPAN("username")))
			p->user_name = export_text(x);
		else
			export_pass(x);
	}
	return true;
}

static span full_name(struct telegram *t, const struct person *p)
{
	if (!p->first.n || !p->last.n)
		return p->first.n ? p->first : p->last.n ? p->last : SPAN_NONE;
	struct buf b = { 0 };
	buf_add(&b, p->first);
	buf_byte(&b, ' ');
	buf_add(&b, p->last);
	span name = export_keep(&t->x, buf_span(&b));
	buf_free(&b);
	return name;
}

/* "user123": what from_id says for the same person. */
static void user_key(char out[static 40], span id)
{
	int64_t value;
	out[0] = 0;
	if (export_int(id, &value) && value > 0)
		snprintf(out, 40, "user%lld", (long long)value);
}

static void deliver_person(struct telegram *t, struct record *r, const struct person *p)
{
	char key[40];
	struct contact_id *ids = arena_alloc(t->x.arena, 3 * sizeof *ids);
	if (!ids) {
		no_memory(t);
		return;
	}
	user_key(key, p->id);
	if (p->phone.n)
		ids[r->ids_n++] = (struct contact_id){ p->phone, SPAN("phone") };
	if (p->user_name.n)
		ids[r->ids_n++] = (struct contact_id){ p->user_name, SPAN("Telegram user name") };
	if (key[0])
		ids[r->ids_n++] =
			(struct contact_id){ export_keep(&t->x, span_z(key)), SPAN("Telegram id") };
	r->ids = ids;
	r->name = full_name(t, p);
	r->service = SPAN("Telegram");
	if (r->ids_n || r->name.n)
		export_deliver(&t->x, r);
}

static void account(struct telegram *t)
{
	struct person p;
	struct record r = export_record(&t->x, REC_ACCOUNT, "personal_information", ++t->accounts);
	if (!person(t, &p))
		return;
	user_key(t->owner, p.id);
	deliver_person(t, &r, &p);
}

static void contacts(struct telegram *t)
{
	span key;
	for (bool in = export_object(&t->x); in && export_key(&t->x, &key);) {
		if (!span_eq(key, SPAN("list"))) {
			export_pass(&t->x);
			continue;
		}
		for (bool list = export_array(&t->x); list && export_more(&t->x);) {
			struct person p;
			struct record r =
				export_record(&t->x, REC_CONTACT, "contacts", ++t->contacts);
			if (person(t, &p))
				deliver_person(t, &r, &p);
		}
	}
}

/* ---- a message ---- */

/* Parts follow each other as they are: a bold word has no blank of its own around it. */
static void add_text(struct telegram *t, span s)
{
	if (s.p)
		buf_add(&t->text, s);
	if (t->text.failed)
		no_memory(t);
}

static void text_part(struct telegram *t, bool after_part)
{
	struct export *x = &t->x;
	span key, text = SPAN_NONE;
	bool link = false;
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (span_eq(key, SPAN("text")))
			text = export_text(x);
		else if (span_eq(key, SPAN("type")))
			link = span_eq(export_text(x), SPAN("link"));
		else
			export_pass(x);
	}
	/* Telegram finds a link only where a word begins. */
	if (after_part && link)
		add_text(t, SPAN(" "));
	add_text(t, text);
}

static void text(struct telegram *t)
{
	struct export *x = &t->x;
	bool after_part = false;
	if (export_peek(x) != JSON_ARRAY) {
		add_text(t, export_text(x));
		return;
	}
	for (bool in = export_array(x); in && export_more(x);) {
		bool part = export_peek(x) == JSON_OBJECT;
		if (part)
			text_part(t, after_part);
		else
			add_text(t, export_text(x));
		after_part = part;
	}
}

/* A contact that was sent: its name and number are what the message says. */
static void shared_contact(struct telegram *t)
{
	struct person p;
	if (!person(t, &p))
		return;
	const span parts[] = { full_name(t, &p), p.phone };
	for (size_t i = 0; i < 2; i++) {
		if (!parts[i].n)
			continue;
		if (t->text.n)
			buf_byte(&t->text, '\n');
		add_text(t, parts[i]);
	}
}

static void attach(struct telegram *t, const char *type)
{
	span name = export_text(&t->x);
	if (name.p && t->r.attachments_n < ATTACHMENTS_MAX)
		t->attachment[t->r.attachments_n++] = (struct attachment){ name, span_z(type) };
}

static void reaction(struct telegram *t)
{
	struct export *x = &t->x;
	struct reaction r = { SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE };
	span key;
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (span_eq(key, SPAN("from")))
			r.from = export_text(x);
		else if (span_eq(key, SPAN("from_id")))
			r.from_id = export_text(x);
		else if (span_eq(key, SPAN("date")))
			r.date = export_text(x);
		else
			export_pass(x);
	}
	if (!t->reaction)
		t->reaction = arena_alloc(x->arena, REACTIONS_MAX * sizeof *t->reaction);
	if (!t->reaction)
		no_memory(t);
	else if (t->reactions < REACTIONS_MAX)
		t->reaction[t->reactions++] = r;
	else
		export_warn(x, WARN_LIMIT, "more reactions than linecheck reads of one message");
}

/* "recent" names who reacted; "count" alone is no record of a person. */
static void reactions(struct telegram *t)
{
	struct export *x = &t->x;
	span key;
	for (bool in = export_array(x); in && export_more(x);) {
		span emoji = SPAN_NONE;
		size_t first = t->reactions;
		for (bool one = export_object(x); one && export_key(x, &key);) {
			if (span_eq(key, SPAN("emoji")))
				emoji = export_text(x);
			else if (!span_eq(key, SPAN("recent")))
				export_pass(x);
			else
				for (bool list = export_array(x); list && export_more(x);)
					reaction(t);
		}
		for (size_t i = first; i < t->reactions; i++)
			t->reaction[i].emoji = emoji;
	}
}

/* Who a service message is about: part of what it says. */
static void members(struct telegram *t)
{
	size_t n = 0;
	for (bool in = export_array(&t->x); in && export_more(&t->x); n++) {
		span name = export_text(&t->x);
		if (!name.n || n > MEMBERS_MAX)
			continue;
		if (t->text.n)
			buf_byte(&t->text, n ? ',' : '\n');
		if (n)
			buf_byte(&t->text, ' ');
		add_text(t, name);
	}
}

static void field(struct telegram *t, span key)
{
	struct export *x = &t->x;
	struct record *r = &t->r;
	if (span_eq(key, SPAN("type")))
		t->type = export_text(x);
	else if (span_eq(key, SPAN("date")))
		t->date = export_text(x);
	else if (span_eq(key, SPAN("date_unixtime")))
		t->unix_time = export_text(x);
	else if (span_eq(key, SPAN("from")) || span_eq(key, SPAN("actor")))
		r->from.name = export_text(x);
	else if (span_eq(key, SPAN("from_id")) || span_eq(key, SPAN("actor_id")))
		t->person_id = export_text(x);
	else if (span_eq(key, SPAN("text")))
		text(t);
	else if (span_eq(key, SPAN("edited")) || span_eq(key, SPAN("edited_unixtime")))
		r->state |= export_text(x).n ? STATE_EDITED : 0;
	else if (span_eq(key, SPAN("forwarded_from"))) {
		export_pass(x); /* also null: from a deleted account */
		r->state |= STATE_FORWARDED;
	} else if (span_eq(key, SPAN("photo")))
		attach(t, "photo");
	else if (span_eq(key, SPAN("file")) || span_eq(key, SPAN("contact_vcard")))
		attach(t, NULL);
	else if (span_eq(key, SPAN("mime_type")) || span_eq(key, SPAN("media_type"))) {
		bool exact = span_eq(key, SPAN("mime_type"));
		span type = export_text(x);
		if (!t->mime.p || exact)
			t->mime = type;
	} else if (span_eq(key, SPAN("contact_information")))
		shared_contact(t);
	else if (span_eq(key, SPAN("action")))
		t->action = export_text(x);
	else if (span_eq(key, SPAN("discard_reason")))
		t->discard = export_text(x);
	else if (span_eq(key, SPAN("duration_seconds"))) {
		if (!export_int(export_text(x), &t->seconds))
			t->seconds = -1;
	} else if (span_eq(key, SPAN("members")))
		members(t);
	else if (span_eq(key, SPAN("title")))
		add_text(t, export_text(x));
	else if (span_eq(key, SPAN("reactions")))
		reactions(t);
	else
		export_pass(x);
}

/* The clock's own words where there is no other time. */
static void take_time(struct telegram *t)
{
	if (t->unix_time.n)
		export_time_number(&t->x, &t->r, t->unix_time, TIME_UNIX_S);
	else
		export_time_text(&t->x, &t->r, t->date);
}

/* A message under the name of its own channel or group says no person. */
static bool is_user(span id)
{
	return !(id.n > 4 && (!memcmp(id.p, "chan", 4) || !memcmp(id.p, "chat", 4)));
}

static enum direction direction_of(const struct telegram *t, span id)
{
	bool user = id.n > 4 && !memcmp(id.p, "user", 4);
	if (!user)
		return DIR_UNKNOWN;
	if (t->owner[0] && span_eq(id, span_z(t->owner)))
		return DIR_OUT;
	if (t->peer[0] && span_eq(id, span_z(t->peer)))
		return DIR_IN;
	/* A third one in a chat of two is not for us to explain. */
	if (t->owner[0])
		return t->peer[0] ? DIR_UNKNOWN : DIR_IN;
	return t->peer[0] ? DIR_OUT : DIR_UNKNOWN;
}

static void address(struct telegram *t, struct record *r, span id, struct party to[static 2])
{
	static const enum role roles[] = { ROLE_UNKNOWN, ROLE_PERSON, ROLE_OWNER };
	r->direction = direction_of(t, id);
	r->from.role = roles[r->direction];
	if (is_user(id))
		r->from.raw = id;
	else
		r->from.name = SPAN_NONE;
	r->to = to;
	if (r->direction == DIR_IN)
		to[r->to_n++] = (struct party){ .role = ROLE_OWNER,
						.raw = span_z(t->owner[0] ? t->owner : NULL) };
	else if (t->peer[0] && !span_eq(id, span_z(t->peer)))
		to[r->to_n++] = (struct party){
			r->direction == DIR_OUT ? ROLE_PERSON : ROLE_UNKNOWN,
			span_z(t->peer),
			t->name,
		};
	r->thread = t->id;
	r->thread_name = t->name;
	r->service = SPAN("Telegram");
	if (t->chat_type == CHAT_GROUP)
		r->state |= STATE_GROUP;
}

static void kind_of(struct telegram *t)
{
	struct record *r = &t->r;
	if (!span_eq(t->type, SPAN("service")))
		return;
	r->kind = REC_SYSTEM;
	if (!span_eq(t->action, SPAN("phone_call"))) {
		/* What happened, then of what or whom. */
		struct buf words = { 0 };
		buf_add(&words, (span){ t->action.p ? t->action.p : "", t->action.n });
		if (t->text.n && words.n && t->text.data[0] != '\n')
			buf_byte(&words, '\n');
		buf_add(&words, buf_span(&t->text));
		buf_clear(&t->text);
		add_text(t, buf_span(&words));
		buf_free(&words);
		return;
	}
	r->kind = REC_CALL;
	/* 10 years: longer than any call. */
	if (t->seconds >= 0 && t->seconds <= 315360000)
		r->duration = t->seconds * 1000;
	if (span_eq(t->discard, SPAN("missed")))
		r->state |= STATE_MISSED;
	else if (span_eq(t->discard, SPAN("busy")))
		r->state |= STATE_REJECTED;
}

static void deliver_reactions(struct telegram *t)
{
	struct party of = t->r.from;
	for (size_t i = 0; i < t->reactions; i++) {
		const struct reaction *one = &t->reaction[i];
		struct party to[2];
		struct record r = {
			.kind = REC_REACTION,
			.table = "reactions",
			.row = ++t->reactions_seen,
			.time = TIME_UNSET,
			.duration = -1,
			.from = { .name = one->from },
			.text = one->emoji,
		};
		t->x.table = r.table;
		t->x.row = r.row;
		address(t, &r, one->from_id, to);
		/* To whom it was a reaction; an incoming one is to the owner. */
		if (r.direction != DIR_IN) {
			r.to = &of;
			r.to_n = of.raw.p || of.name.p;
		}
		export_time_text(&t->x, &r, one->date);
		export_deliver(&t->x, &r);
	}
}

static void message(struct telegram *t)
{
	struct export *x = &t->x;
	span key;
	t->r = export_record(x, REC_MESSAGE, "messages", ++t->messages);
	t->type = t->action = t->date = t->unix_time = t->discard = t->mime = t->person_id =
		SPAN_NONE;
	t->seconds = -1;
	t->reactions = 0;
	buf_clear(&t->text);
	t->reaction = NULL;
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not a message");
	if (!export_object(x))
		return;
	while (export_key(x, &key))
		field(t, key);
	take_time(t);
	kind_of(t);
	address(t, &t->r, t->person_id, t->to);
	for (size_t i = 0; i < t->r.attachments_n; i++)
		if (!t->attachment[i].type.p)
			t->attachment[i].type = t->mime;
	t->r.attachments = t->attachment;
	if (t->text.n)
		t->r.text = buf_span(&t->text);
	export_deliver(x, &t->r);
	deliver_reactions(t);
}

/* ---- chats ---- */

static span chat_keep(struct telegram *t, span s)
{
	bool ok = true;
	span copy = arena_copy(t->chat_arena, s, &ok);
	if (!ok)
		no_memory(t);
	return copy;
}

static void chat_begin(struct telegram *t)
{
	arena_reset(t->chat_arena);
	t->chat_type = CHAT_OTHER;
	t->peer[0] = 0;
	t->name = t->id = SPAN_NONE;
	t->private_chat = false;
}

/* A member of a chat; false if it is none. All that says which chat it is stands before the
 * messages. */
static bool chat_field(struct telegram *t, span key)
{
	struct export *x = &t->x;
	if (span_eq(key, SPAN("name"))) {
		t->name = chat_keep(t, export_text(x));
	} else if (span_eq(key, SPAN("type"))) {
		span type = export_text(x);
		t->private_chat =
			span_eq(type, SPAN("personal_chat")) || span_eq(type, SPAN("bot_chat"));
		bool group = span_eq(type, SPAN("private_group")) ||
			     span_eq(type, SPAN("private_supergroup")) ||
			     span_eq(type, SPAN("public_supergroup"));
		t->chat_type = t->private_chat ? CHAT_TWO : group ? CHAT_GROUP : CHAT_OTHER;
	} else if (span_eq(key, SPAN("id"))) {
		t->id = chat_keep(t, export_text(x));
	} else if (span_eq(key, SPAN("messages"))) {
		t->some = true;
		if (t->private_chat)
			user_key(t->peer, t->id);
		for (bool in = export_array(x); in && export_more(x);)
			message(t);
	} else {
		return false;
	}
	return true;
}

static void chats(struct telegram *t)
{
	struct export *x = &t->x;
	span key;
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (!span_eq(key, SPAN("list"))) {
			export_pass(x);
			continue;
		}
		t->some = true;
		for (bool list = export_array(x); list && export_more(x);) {
			chat_begin(t);
			for (bool chat = export_object(x); chat && export_key(x, &key);)
				if (!chat_field(t, key))
					export_pass(x);
		}
	}
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct telegram t = { .chat_arena = arena_new() };
	struct export *x = &t.x;
	span key;
	if (export_begin(x, in, sink, err) == 0 && !t.chat_arena)
		no_memory(&t);
	else if (t.chat_arena)
		chat_begin(&t);
	for (bool all = export_object(x); all && export_key(x, &key);) {
		if (span_eq(key, SPAN("personal_information")))
			account(&t);
		else if (span_eq(key, SPAN("contacts")))
			contacts(&t);
		else if (span_eq(key, SPAN("chats")) || span_eq(key, SPAN("left_chats")))
			chats(&t);
		else if (!chat_field(&t, key))
			export_pass(x);
	}
	if (!t.some && !t.accounts && !t.contacts && !x->stop)
		x->stop = err_set(err, E_FORMAT, "not an export of Telegram: it has no messages");
	buf_free(&t.text);
	arena_free(t.chat_arena);
	return export_end(x);
}

static bool is_chat(span head, const char *date, const char *unix_time, const char *sender,
		    const char *actor)
{
	return json_head_has(head, unix_time) ||
	       (json_head_has(head, date) &&
		(json_head_has(head, sender) || json_head_has(head, actor)));
}

static bool sniff(span head, span path)
{
	(void)path;
	return is_chat(head, "messages/date", "messages/date_unixtime", "messages/from_id",
		       "messages/actor_id") ||
	       is_chat(head, "chats/list/messages/date", "chats/list/messages/date_unixtime",
		       "chats/list/messages/from_id", "chats/list/messages/actor_id") ||
	       (json_head_has(head, "about") &&
		json_head_has(head, "personal_information/user_id"));
}

const struct parser parser_telegram_export = {
	.name = "telegram-export",
	.app = "Telegram (export)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL) | KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT),
	/* The folders that Telegram Desktop makes; elsewhere result.json is known by its content.
	 */
	.files = { "*/DataExport_*/result.json", "*/ChatExport_*/result.json" },
	.tested = "public exports of one and several chats; fields as Telegram Desktop writes them",
	.sniff = sniff,
	.run = run,
};
