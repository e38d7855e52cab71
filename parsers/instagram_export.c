/*
 * instagram_export.c - messages of an Instagram download: messages/inbox/NAME/message_1.json
 * (meta_thread.h), and the messages.json of downloads until about 2020.
 *
 * messages.json is [{"participants":[NAME], "conversation":[{"sender","created_at","text","likes":
 * [{"username"}]}]}]; created_at names its zone, and a sender is a user name. Source: excerpts that
 * people published of their own downloads. Whose account it is of is not said in either.
 */
#include "meta_thread.h"
#include <stdio.h>

#define PEOPLE_MAX 1024
#define LIKES_MAX 1024

struct old {
	struct export x;
	struct arena *arena; /* of the conversation */
	span *people;
	size_t people_n;
	bool some;
	int64_t conversations, messages, likes;
	char key[32];
};

static void keep_person(struct old *o)
{
	span name = export_text(&o->x);
	if (!name.n)
		return;
	if (o->people_n == PEOPLE_MAX) {
		export_warn(&o->x, WARN_LIMIT, "more participants than linecheck reads");
		return;
	}
	bool ok = true;
	o->people[o->people_n] = arena_copy(o->arena, name, &ok);
	if (ok)
		o->people_n++;
	else
		o->x.stop = err_set(o->x.err, E_NOMEM, "memory ran out");
}

static size_t read_likes(struct old *o, span *likes)
{
	span key;
	size_t n = 0;
	for (bool in = export_array(&o->x); in && export_more(&o->x);) {
		if (!export_object(&o->x))
			continue;
		while (export_key(&o->x, &key)) {
			if (!span_eq(key, SPAN("username")) || n == LIKES_MAX)
				export_pass(&o->x);
			else
				likes[n++] = export_text(&o->x);
		}
	}
	return n;
}

static void address(struct old *o, struct record *r)
{
	struct party *to = arena_alloc(o->x.arena, (o->people_n + 1) * sizeof *to);
	if (!to) {
		o->x.stop = err_set(o->x.err, E_NOMEM, "memory ran out");
		return;
	}
	for (size_t i = 0; i < o->people_n; i++)
		if (!span_eq(o->people[i], r->from.raw))
			to[r->to_n++].raw = o->people[i];
	r->to = to;
	if (o->people_n > 2)
		r->state |= STATE_GROUP;
}

static void deliver_likes(struct old *o, const struct record *of, const span *likes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct record r = {
			.kind = REC_REACTION,
			.table = "likes",
			.row = ++o->likes,
			.time = TIME_UNSET,
			.duration = -1,
			.from = { .raw = likes[i] },
			.to = &of->from,
			.to_n = of->from.raw.p != NULL,
			.thread = of->thread,
			.service = of->service,
			.state = of->state & STATE_GROUP,
		};
		export_deliver(&o->x, &r);
	}
}

static void message(struct old *o)
{
	struct export *x = &o->x;
	span key, *likes;
	size_t n = 0;
	struct record r = export_record(x, REC_MESSAGE, "conversation", ++o->messages);
	likes = arena_alloc(x->arena, LIKES_MAX * sizeof *likes);
	if (!likes)
		x->stop = err_set(x->err, E_NOMEM, "memory ran out");
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not an entry of a conversation");
	if (!export_object(x))
		return;
	while (export_key(x, &key)) {
		if (span_eq(key, SPAN("sender")))
			r.from.raw = meta_text(x, export_text(x));
		else if (span_eq(key, SPAN("created_at")))
			export_time_text(x, &r, export_text(x));
		else if (span_eq(key, SPAN("text")))
			r.text = meta_text(x, export_text(x));
		else if (span_eq(key, SPAN("likes")))
			n = read_likes(o, likes);
		else
			export_pass(x);
	}
	r.thread = span_z(o->key);
	r.service = SPAN("Instagram");
	if (!x->stop)
		address(o, &r);
	export_deliver(x, &r);
	deliver_likes(o, &r, likes, n);
}

static void conversation(struct old *o)
{
	struct export *x = &o->x;
	span key;
	arena_reset(o->arena);
	o->people_n = 0;
	o->people = arena_alloc(o->arena, PEOPLE_MAX * sizeof *o->people);
	if (!o->people)
		x->stop = err_set(x->err, E_NOMEM, "memory ran out");
	snprintf(o->key, sizeof o->key, "%lld", (long long)++o->conversations);
	if (!export_object(x))
		return;
	while (export_key(x, &key)) {
		if (span_eq(key, SPAN("participants"))) {
			for (bool in = export_array(x); in && export_more(x);)
				keep_person(o);
		} else if (span_eq(key, SPAN("conversation"))) {
			o->some = true;
			for (bool in = export_array(x); in && export_more(x);)
				message(o);
		} else {
			export_pass(x);
		}
	}
}

static int run_old(const struct input *in, const struct sink *sink, struct err *err)
{
	struct old o = { .arena = arena_new() };
	if (export_begin(&o.x, in, sink, err) == 0 && !o.arena)
		o.x.stop = err_set(err, E_NOMEM, "memory ran out");
	for (bool list = export_array(&o.x); list && export_more(&o.x);)
		conversation(&o);
	if (!o.some && !o.x.stop)
		o.x.stop = err_set(err, E_FORMAT,
				   "not messages of an Instagram download: no conversation");
	arena_free(o.arena);
	return export_end(&o.x);
}

/* The first bytes, then all the others. */
struct ahead {
	const struct input *in;
	char first;
	bool taken;
};

static ptrdiff_t read_ahead(void *user, void *buf, size_t n, struct err *err)
{
	struct ahead *a = user;
	if (a->taken || !n)
		return a->in->read(a->in->user, buf, n, err);
	*(char *)buf = a->first;
	a->taken = true;
	return 1;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct ahead a = { .in = in };
	ptrdiff_t n = in->read(in->user, &a.first, 1, err);
	if (n < 0)
		return (int)n;
	a.taken = n == 0;
	struct input all = { .read = read_ahead, .user = &a, .size = in->size, .path = in->path };
	return a.first == '[' ? run_old(&all, sink, err)
			      : meta_thread(&all, SPAN("Instagram"), sink, err);
}

static bool sniff(span head, span path)
{
	bool old = json_head_has(head, "conversation/sender") &&
		   json_head_has(head, "conversation/created_at");
	return old || meta_thread_app(head, path) == META_INSTAGRAM;
}

const struct parser parser_instagram_export = {
	.name = "instagram-export",
	.app = "Instagram (download)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL),
	.files = { "*instagram*/messages/inbox/*/message_*.json",
		   "*instagram*/messages/archived_threads/*/message_*.json",
		   "*instagram*/messages/filtered_threads/*/message_*.json",
		   "*instagram*/messages/message_requests/*/message_*.json" },
	.tested = "public exports; fields as published; downloads until 2020 as published",
	.limits = "whose account it is: sent and received are not told apart",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
