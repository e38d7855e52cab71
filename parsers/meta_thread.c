/* meta_thread.c - see meta_thread.h */
#include "meta_thread.h"
#include "base/utf8.h"

#define PEOPLE_MAX 4096
#define ATTACHMENTS_MAX 256
#define REACTIONS_MAX 1024

struct reaction {
	span actor, text, time;
};

struct thread {
	struct export x;
	struct arena *arena; /* of the file */
	span service, title, key;
	span *people;
	size_t people_n;
	int64_t messages, reactions;

	/* the message at hand */
	struct record r;
	span type, link, link_text;
	bool users, call;
	struct attachment *attachment;
	struct reaction *reaction;
	size_t reaction_n;
};

span meta_text(struct export *x, span s)
{
	bool wide = false;
	struct buf bytes = { 0 };
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		if (cp > 0xFF) {
			buf_free(&bytes);
			return s;
		}
		wide |= cp > 0x7F;
		buf_byte(&bytes, (char)cp);
	}
	span mended = s;
	if (wide && !bytes.failed && utf8_valid(buf_span(&bytes)))
		mended = export_keep(x, buf_span(&bytes));
	buf_free(&bytes);
	return mended;
}

static span text(struct export *x)
{
	return meta_text(x, export_text(x));
}

/* ---- the whole: names and title ---- */

static span keep(struct thread *t, span s)
{
	bool ok = true;
	span copy = arena_copy(t->arena, s, &ok);
	if (!ok && !t->x.stop)
		t->x.stop = err_set(t->x.err, E_NOMEM, "memory ran out");
	return copy;
}

static void participant(struct thread *t, span name)
{
	if (!name.n)
		return;
	if (t->people_n < PEOPLE_MAX)
		t->people[t->people_n++] = keep(t, name);
	else if (t->people_n++ == PEOPLE_MAX)
		export_warn(&t->x, WARN_LIMIT, "more participants than linecheck reads");
}

static void participants(struct thread *t)
{
	span key;
	for (bool in = export_array(&t->x); in && export_more(&t->x);) {
		if (export_peek(&t->x) == JSON_STRING)
			participant(t, text(&t->x));
		else if (export_object(&t->x))
			while (export_key(&t->x, &key)) {
				if (span_eq(key, SPAN("name")))
					participant(t, text(&t->x));
				else
					export_pass(&t->x);
			}
	}
}

static void read_heads(struct thread *t)
{
	struct export *x = &t->x;
	span key;
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (span_eq(key, SPAN("title")) || span_eq(key, SPAN("threadName")))
			t->title = keep(t, text(x));
		else if (span_eq(key, SPAN("thread_path")))
			t->key = keep(t, text(x));
		else if (span_eq(key, SPAN("participants")))
			participants(t);
		else
			export_pass(x);
	}
	if (t->people_n > PEOPLE_MAX)
		t->people_n = PEOPLE_MAX;
	if (!t->key.p)
		t->key = t->title;
}

/* ---- messages ---- */

/* Most messages have neither attachments nor reactions. */
static void *room(struct thread *t, size_t n)
{
	void *p = arena_alloc(t->x.arena, n);
	if (!p && !t->x.stop)
		t->x.stop = err_set(t->x.err, E_NOMEM, "memory ran out");
	return p;
}

static void attach(struct thread *t, span name, const char *type)
{
	if (t->r.attachments_n == ATTACHMENTS_MAX) {
		export_warn(&t->x, WARN_LIMIT,
			    "more attachments than linecheck reads of one message");
		return;
	}
	if (!t->attachment)
		t->attachment = room(t, ATTACHMENTS_MAX * sizeof *t->attachment);
	if (t->attachment)
		t->attachment[t->r.attachments_n++] = (struct attachment){ name, span_z(type) };
}

static void media_item(struct thread *t, const char *type)
{
	span key;
	if (!export_object(&t->x))
		return;
	span uri = SPAN_NONE;
	while (export_key(&t->x, &key)) {
		if (span_eq(key, SPAN("uri")))
			uri = text(&t->x);
		else
			export_pass(&t->x);
	}
	attach(t, uri, type);
}

static void media(struct thread *t, const char *type)
{
	if (export_peek(&t->x) == JSON_OBJECT) {
		media_item(t, type);
		return;
	}
	for (bool in = export_array(&t->x); in && export_more(&t->x);)
		media_item(t, type);
}

static void share(struct thread *t)
{
	span key;
	for (bool in = export_object(&t->x); in && export_key(&t->x, &key);) {
		if (span_eq(key, SPAN("link")))
			t->link = text(&t->x);
		else if (span_eq(key, SPAN("share_text")))
			t->link_text = text(&t->x);
		else
			export_pass(&t->x);
	}
}

static void reaction(struct thread *t)
{
	span key;
	struct reaction one = { SPAN_NONE, SPAN_NONE, SPAN_NONE };
	if (!export_object(&t->x))
		return;
	while (export_key(&t->x, &key)) {
		if (span_eq(key, SPAN("reaction")))
			one.text = text(&t->x);
		else if (span_eq(key, SPAN("actor")))
			one.actor = text(&t->x);
		else if (span_eq(key, SPAN("timestamp")) || span_eq(key, SPAN("timestamp_ms")))
			one.time = export_text(&t->x);
		else
			export_pass(&t->x);
	}
	if (!t->reaction)
		t->reaction = room(t, REACTIONS_MAX * sizeof *t->reaction);
	if (t->reaction && t->reaction_n < REACTIONS_MAX)
		t->reaction[t->reaction_n++] = one;
	else
		export_warn(&t->x, WARN_LIMIT,
			    "more reactions than linecheck reads of one message");
}

static const char *media_type(span key)
{
	static const struct {
		span key;
		const char *type;
	} types[] = {
		{ SPAN_INIT("photos"), "photo" },      { SPAN_INIT("videos"), "video" },
		{ SPAN_INIT("audio_files"), "audio" }, { SPAN_INIT("files"), "file" },
		{ SPAN_INIT("gifs"), "gif" },          { SPAN_INIT("sticker"), "sticker" },
		{ SPAN_INIT("media"), "media" },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (span_eq(key, types[i].key))
			return types[i].type;
	return NULL;
}

static void field(struct thread *t, span key)
{
	struct export *x = &t->x;
	struct record *r = &t->r;
	const char *type = media_type(key);
	int64_t seconds;
	if (type) {
		media(t, type);
	} else if (span_eq(key, SPAN("sender_name")) || span_eq(key, SPAN("senderName"))) {
		r->from.name = text(x);
	} else if (span_eq(key, SPAN("timestamp_ms"))) {
		export_time_number(x, r, export_text(x), TIME_UNIX_MS);
	} else if (span_eq(key, SPAN("timestamp"))) {
		export_time_number(x, r, export_text(x), TIME_UNIX_S_OR_MS);
	} else if (span_eq(key, SPAN("content")) || span_eq(key, SPAN("text"))) {
		r->text = text(x);
	} else if (span_eq(key, SPAN("type"))) {
		t->type = text(x);
	} else if (span_eq(key, SPAN("is_unsent")) || span_eq(key, SPAN("isUnsent"))) {
		r->state |= export_true(x) ? STATE_UNSENT : 0;
	} else if (span_eq(key, SPAN("share"))) {
		share(t);
	} else if (span_eq(key, SPAN("users"))) {
		t->users = true;
		export_pass(x);
	} else if (span_eq(key, SPAN("reactions"))) {
		for (bool in = export_array(x); in && export_more(x);)
			reaction(t);
	} else if (span_eq(key, SPAN("call_duration"))) {
		t->call = true;
		/* 10 years: longer than any call. */
		if (export_int(export_text(x), &seconds) && seconds >= 0 && seconds <= 315360000)
			r->duration = seconds * 1000;
		else
			export_warn(x, WARN_FIELD_UNKNOWN, "duration is not a number of seconds");
	} else {
		export_pass(x);
	}
}

/* What was shared stands with what was said of it. */
static void add_share(struct thread *t)
{
	const span parts[] = { t->r.text, t->link_text, t->link };
	struct buf all = { 0 };
	if (!t->link.n && !t->link_text.n)
		return;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (all.n && parts[i].n)
			buf_byte(&all, '\n');
		buf_add(&all, (span){ parts[i].p ? parts[i].p : "", parts[i].n });
	}
	t->r.text = export_keep(&t->x, buf_span(&all));
	buf_free(&all);
}

/* Everybody in the conversation but the sender: one of them, or the sender, is the owner. */
static void address(struct thread *t)
{
	bool dropped = false;
	struct party *to = arena_alloc(t->x.arena, (t->people_n + 1) * sizeof *to);
	if (!to) {
		t->x.stop = err_set(t->x.err, E_NOMEM, "memory ran out");
		return;
	}
	for (size_t i = 0; i < t->people_n; i++) {
		bool sender = !dropped && span_eq(t->people[i], t->r.from.name);
		dropped |= sender;
		if (!sender)
			to[t->r.to_n++].name = t->people[i];
	}
	t->r.to = to;
	if (t->people_n > 2)
		t->r.state |= STATE_GROUP;
}

static void deliver_reactions(struct thread *t)
{
	struct party sender = t->r.from;
	for (size_t i = 0; i < t->reaction_n; i++) {
		struct record r = {
			.kind = REC_REACTION,
			.table = "reactions",
			.row = ++t->reactions,
			.time = TIME_UNSET,
			.duration = -1,
			.from = { .name = t->reaction[i].actor },
			.to = &sender,
			.to_n = sender.name.p != NULL,
			.thread = t->key,
			.thread_name = t->title,
			.service = t->service,
			.text = t->reaction[i].text,
			.state = t->r.state & STATE_GROUP,
		};
		t->x.table = r.table;
		t->x.row = r.row;
		export_time_number(&t->x, &r, t->reaction[i].time, TIME_UNIX_S_OR_MS);
		export_deliver(&t->x, &r);
	}
}

static void message(struct thread *t)
{
	struct export *x = &t->x;
	span key;
	t->r = export_record(x, REC_MESSAGE, "messages", ++t->messages);
	t->type = t->link = t->link_text = SPAN_NONE;
	t->users = t->call = false;
	t->reaction_n = 0;
	t->attachment = NULL;
	t->reaction = NULL;
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not an entry of a conversation");
	if (!export_object(x))
		return;
	while (export_key(x, &key))
		field(t, key);
	if (t->users || span_eq(t->type, SPAN("Subscribe")) ||
	    span_eq(t->type, SPAN("Unsubscribe")))
		t->r.kind = REC_SYSTEM;
	else if (t->call || span_eq(t->type, SPAN("Call")))
		t->r.kind = REC_CALL;
	t->r.attachments = t->attachment;
	t->r.thread = t->key;
	t->r.thread_name = t->title;
	t->r.service = t->service;
	add_share(t);
	if (x->stop == 0)
		address(t);
	export_deliver(x, &t->r);
	deliver_reactions(t);
}

static void read_messages(struct thread *t)
{
	span key;
	bool some = false;
	for (bool in = export_object(&t->x); in && export_key(&t->x, &key);) {
		if (!span_eq(key, SPAN("messages"))) {
			export_pass(&t->x);
			continue;
		}
		some = true;
		for (bool list = export_array(&t->x); list && export_more(&t->x);)
			message(t);
	}
	if (!some && !t->x.stop)
		t->x.stop = err_set(t->x.err, E_FORMAT,
				    "not a conversation of an Instagram or Facebook download: it "
				    "has no \"messages\"");
}

/* ---- the file ---- */

/* Twice: a file that breaks off has no title, but it has messages. */
static int read_file(struct thread *t, span bytes, const struct sink *sink, struct err *err)
{
	struct json_memory memory;
	struct err why = { 0 };
	struct input in = json_memory_input(&memory, bytes);
	if (export_begin(&t->x, &in, sink, &why) == 0)
		read_heads(t);
	int rc = export_end(&t->x);
	if (rc && rc != E_FORMAT && rc != E_LIMIT)
		return err_set(err, rc, "%s", why.message);
	in = json_memory_input(&memory, bytes);
	if (export_begin(&t->x, &in, sink, err) == 0)
		read_messages(t);
	return export_end(&t->x);
}

int meta_thread(const struct input *in, span service, const struct sink *sink, struct err *err)
{
	struct buf all = { 0 };
	struct thread t = { .service = service, .arena = arena_new() };
	int rc = export_load(in, META_FILE_MAX, &all, err);
	t.people = t.arena ? arena_alloc(t.arena, PEOPLE_MAX * sizeof *t.people) : NULL;
	if (!rc && !t.people)
		rc = err_set(err, E_NOMEM, "memory ran out");
	/* The folder names the conversation, also where the file does not. */
	if (export_path_has(in->path, "/message_"))
		t.key = export_folder(in->path);
	if (!rc)
		rc = read_file(&t, buf_span(&all), sink, err);
	arena_free(t.arena);
	buf_free(&all);
	return rc;
}

/* ---- whose ---- */

static bool is_encrypted(span head)
{
	return json_head_has(head, "messages/senderName") &&
	       json_head_has(head, "messages/timestamp");
}

static bool is_plain(span head, span path)
{
	/* The names of a large group fill the beginning. */
	if (export_path_has(path, "/message_") && json_head_has(head, "participants/name"))
		return true;
	return json_head_has(head, "messages/sender_name") &&
	       (json_head_has(head, "messages/timestamp_ms") ||
		json_head_has(head, "messages/timestamp"));
}

enum meta_app meta_thread_app(span head, span path)
{
	bool instagram = export_path_has(path, "instagram");
	bool facebook = export_path_has(path, "facebook");
	if (is_encrypted(head))
		return META_FACEBOOK;
	if (!is_plain(head, path))
		return META_NEITHER;
	return instagram == facebook ? META_EITHER : instagram ? META_INSTAGRAM : META_FACEBOOK;
}
