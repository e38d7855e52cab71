/*
 * snapchat_export.c - "My Data" of Snapchat: chat_history.json, snap_history.json, friends.json and
 * account.json.
 *
 * Until about 2023 chat_history.json was {"Received Saved Chat History":[{"From","Media Type",
 * "Created","Text"}], "Sent Saved Chat History":[{"To",...}]} (and Unsaved); since then it is
 * {CONVERSATION:[{"From","Media Type","Created","Content","Conversation Title","IsSender",
 * "Created(microseconds)","IsSaved","Media IDs"}]}. snap_history.json is the same without text.
 * "Created" is "YYYY-MM-DD hh:mm:ss UTC"; "Created(microseconds)" holds milliseconds in what people
 * published, so it is believed only where it names the same second. friends.json is {"Friends":
 * [{"Username","Display Name"}], ...}; account.json {"Basic Information":{"Username","Name"}}.
 * Sources: Snapchat's help page on downloading one's data, public readers of it and the excerpts
 * that they show. Media are on other files: a type and an id here. The HTML pages of the same data
 * are not read.
 *
 * A media type that begins with STATUS is no person's message: STATUSERASEDMESSAGE says that one
 * was erased. Text has HTML's five names for marks (&#39;): left as it is. row is the ordinal in
 * the file. A list of friends that is not "Friends" (blocked, deleted) is its records' label.
 */
#include "export.h"

#define MEDIA_MAX 64

struct snap {
	struct export x;
	struct arena *key_arena;
	bool some;
	int64_t messages, friends;
	struct attachment attachment[MEDIA_MAX];
	struct party to;
};

struct entry {
	span from, to, type, created, precise, text, title, media;
	enum direction direction;
};

/* ---- messages ---- */

static void field(struct snap *s, struct entry *e, span key)
{
	struct export *x = &s->x;
	if (span_eq(key, SPAN("From"))) {
		e->from = export_text(x);
	} else if (span_eq(key, SPAN("To"))) {
		e->to = export_text(x);
	} else if (span_eq(key, SPAN("Media Type"))) {
		e->type = export_text(x);
	} else if (span_eq(key, SPAN("Created"))) {
		e->created = export_text(x);
	} else if (span_eq(key, SPAN("Created(microseconds)"))) {
		e->precise = export_text(x);
	} else if (span_eq(key, SPAN("Content")) || span_eq(key, SPAN("Text"))) {
		e->text = export_text(x);
	} else if (span_eq(key, SPAN("Conversation Title"))) {
		e->title = export_text(x);
	} else if (span_eq(key, SPAN("Media IDs"))) {
		e->media = export_text(x);
	} else if (span_eq(key, SPAN("IsSender"))) {
		enum json_kind kind = export_peek(x);
		export_pass(x);
		e->direction = kind == JSON_TRUE    ? DIR_OUT
			       : kind == JSON_FALSE ? DIR_IN
						    : DIR_UNKNOWN;
	} else {
		export_pass(x);
	}
}

static void take_time(struct snap *s, struct record *r, const struct entry *e)
{
	int64_t value, ms;
	export_time_text(&s->x, r, e->created);
	if (r->time == TIME_UNSET || !export_int(e->precise, &value))
		return;
	static const enum time_unit units[] = { TIME_UNIX_MS, TIME_UNIX_US };
	for (size_t i = 0; i < 2; i++)
		if (time_from_int(units[i], value, &ms) && ms / 1000 == r->time / 1000) {
			r->time = ms;
			r->time_raw = e->precise;
			r->time_unit = units[i];
			return;
		}
	if (value)
		export_warn(&s->x, WARN_NOTE,
			    "the two times of the message differ: the one in words was taken");
}

/* "id | id" */
static void attach(struct snap *s, struct record *r, const struct entry *e)
{
	span rest = e->media;
	bool plain = span_eq(e->type, SPAN("TEXT"));
	if (!rest.n && !plain && e->type.n)
		s->attachment[r->attachments_n++] = (struct attachment){ SPAN_NONE, e->type };
	while (rest.n) {
		const char *bar = memchr(rest.p, '|', rest.n);
		span id = bar ? span_sub(rest, 0, (size_t)(bar - rest.p)) : rest;
		rest = span_from(rest, id.n + 1);
		while (id.n && id.p[0] == ' ')
			id = span_from(id, 1);
		while (id.n && id.p[id.n - 1] == ' ')
			id.n--;
		if (!id.n)
			continue;
		if (r->attachments_n == MEDIA_MAX) {
			export_warn(&s->x, WARN_LIMIT,
				    "more attachments than linecheck reads of one message");
			break;
		}
		s->attachment[r->attachments_n++] = (struct attachment){ id, e->type };
	}
	r->attachments = s->attachment;
}

static void address(struct snap *s, struct record *r, const struct entry *e, span thread)
{
	r->direction = e->direction;
	r->thread = thread;
	r->thread_name = e->title.n ? e->title : SPAN_NONE;
	if (r->direction == DIR_OUT) {
		r->from = (struct party){ .role = ROLE_OWNER, .raw = e->from };
		s->to = (struct party){ .role = ROLE_PERSON, .raw = e->to };
		r->to_n = e->to.n != 0;
	} else if (r->direction == DIR_IN) {
		if (e->from.n)
			r->from = (struct party){ .role = ROLE_PERSON, .raw = e->from };
		s->to = (struct party){ .role = ROLE_OWNER };
		r->to_n = 1;
	} else {
		r->from.raw = e->from;
		export_warn(&s->x, WARN_FIELD_UNKNOWN, "nothing says who sent it");
	}
	r->to = &s->to;
}

static bool begins(span s, const char *with)
{
	span w = span_z(with);
	return s.n >= w.n && !memcmp(s.p, w.p, w.n);
}

/* direction: what the list says, where the entry does not. */
static void message(struct snap *s, span list, enum direction direction, bool named)
{
	struct export *x = &s->x;
	span key;
	struct entry e = { .direction = direction };
	struct record r = export_record(x, REC_MESSAGE, "messages", ++s->messages);
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not a message");
	if (!export_object(x))
		return;
	while (export_key(x, &key))
		field(s, &e, key);
	/* In the older layout nothing but the other person names a conversation. */
	address(s, &r, &e, named ? list : e.direction == DIR_OUT ? e.to : e.from);
	take_time(s, &r, &e);
	r.service = SPAN("Snapchat");
	r.text = e.text.n ? e.text : SPAN_NONE;
	if (begins(e.type, "STATUS")) {
		r.kind = REC_SYSTEM;
		r.state |= begins(e.type, "STATUSERASED") ? STATE_UNSENT : 0;
		if (!r.text.n)
			r.text = e.type;
	} else {
		attach(s, &r, &e);
	}
	export_deliver(x, &r);
}

/* ---- people ---- */

static void friend_entry(struct snap *s, span list)
{
	struct export *x = &s->x;
	span key, user = SPAN_NONE;
	struct record r = export_record(x, REC_CONTACT, "friends", ++s->friends);
	if (!export_object(x))
		return;
	while (export_key(x, &key)) {
		if (span_eq(key, SPAN("Username")))
			user = export_text(x);
		else if (span_eq(key, SPAN("Display Name")))
			r.name = export_text(x);
		else
			export_pass(x);
	}
	struct contact_id id = { user, list };
	r.ids = &id;
	r.ids_n = user.n != 0;
	if (!r.name.n)
		r.name = SPAN_NONE;
	r.service = SPAN("Snapchat");
	if (r.ids_n || r.name.n)
		export_deliver(x, &r);
}

static void account(struct snap *s)
{
	struct export *x = &s->x;
	span key, user = SPAN_NONE;
	struct record r = export_record(x, REC_ACCOUNT, "Basic Information", 1);
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (span_eq(key, SPAN("Username")))
			user = export_text(x);
		else if (span_eq(key, SPAN("Name")))
			r.name = export_text(x);
		else
			export_pass(x);
	}
	struct contact_id id = { user, SPAN("Snapchat user name") };
	r.ids = &id;
	r.ids_n = user.n != 0;
	r.service = SPAN("Snapchat");
	if (r.ids_n)
		export_deliver(x, &r);
}

/* ---- the file ---- */

static bool ends(span s, const char *with)
{
	span w = span_z(with);
	return s.n >= w.n && !memcmp(s.p + s.n - w.n, w.p, w.n);
}

/* friends.json and its lists: "Friends", "Friend Requests Sent", "Blocked Users" ... */
static bool is_friends(span key)
{
	return begins(key, "Friend") || ends(key, "Friends") || ends(key, " Users") ||
	       ends(key, " Requests");
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct snap s = { .key_arena = arena_new() };
	struct export *x = &s.x;
	span key;
	if (export_begin(x, in, sink, err) == 0 && !s.key_arena)
		x->stop = err_set(err, E_NOMEM, "memory ran out");
	bool people = export_path_has(in->path, "friends.json");
	for (bool all = export_object(x); all && export_key(x, &key);) {
		bool ok = true;
		arena_reset(s.key_arena);
		span list = arena_copy(s.key_arena, key, &ok);
		bool history = ends(list, " History");
		enum direction direction = history && begins(list, "Received ") ? DIR_IN
					   : history && begins(list, "Sent ")   ? DIR_OUT
										: DIR_UNKNOWN;
		if (!ok)
			x->stop = err_set(err, E_NOMEM, "memory ran out");
		if (span_eq(list, SPAN("Basic Information"))) {
			s.some = true;
			account(&s);
			continue;
		}
		if (export_peek(x) != JSON_ARRAY) {
			export_pass(x);
			continue;
		}
		s.some = true;
		for (bool one = export_array(x); one && export_more(x);) {
			if (people || is_friends(list))
				friend_entry(&s, list);
			else
				message(&s, list, direction, direction == DIR_UNKNOWN);
		}
	}
	if (!s.some && !x->stop)
		x->stop = err_set(err, E_FORMAT, "not a part of Snapchat's My Data");
	arena_free(s.key_arena);
	return export_end(x);
}

static bool sniff(span head, span path)
{
	(void)path;
	bool message = json_head_has(head, "*/Media Type") && json_head_has(head, "*/Created");
	bool people = json_head_has(head, "Friends/Username") ||
		      (json_head_has(head, "*/Username") && json_head_has(head, "*/Display Name"));
	bool own = json_head_has(head, "Basic Information/Username") &&
		   json_head_has(head, "Basic Information/Creation Date");
	return message || people || own;
}

const struct parser parser_snapchat_export = {
	.name = "snapchat-export",
	.app = "Snapchat (My Data)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CONTACT) |
		 KIND_BIT(REC_ACCOUNT),
	.files = { "*/json/chat_history.json", "*/json/snap_history.json" },
	.tested = "layouts until and since 2023, as published",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
