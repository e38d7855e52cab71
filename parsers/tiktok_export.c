/*
 * tiktok_export.c - direct messages of TikTok's "Download your data" as JSON: user_data.json,
 * since 2024 user_data_tiktok.json.
 *
 * {"Direct Messages":{"Chat History":{"ChatHistory":{"Chat History with NAME:":[{"Date","From",
 * "Content"}]}}}, "Profile":{"Profile Information":{"ProfileMap":{"userName","telephoneNumber",
 * "emailAddress"}}}}; newer files say "Direct Message" / "Direct Messages" and "Profile Info".
 * Source: public readers of the download (RLEAPP's tikTokArchiveJson for both layouts' names).
 *
 * "Date" names no zone, and no source establishes one: the time is that of an unknown zone. The
 * owner is the profile's userName; a message of the one whom the chat is with came in; of anybody
 * else's the direction is unknown. What is no message (videos watched, searches) is passed over.
 */
#include "export.h"

#define FILE_MAX ((size_t)256 << 20) /* the profile may stand behind the messages */

struct tiktok {
	struct export x;
	struct arena *arena; /* of the file, and of the chat at hand */
	struct arena *chat_arena;
	span owner, phone, email;
	span thread, with;
	bool some;
	int64_t messages;
};

static span keep(struct tiktok *t, struct arena *arena, span s)
{
	bool ok = true;
	span copy = arena_copy(arena, s, &ok);
	if (!ok && !t->x.stop)
		t->x.stop = err_set(t->x.err, E_NOMEM, "memory ran out");
	return copy;
}

/* "N/A" and "None" are the download's way to say that there is nothing. */
static span known(struct tiktok *t)
{
	span s = export_text(&t->x);
	bool none = !s.n || span_eq_nocase(s, SPAN("N/A")) || span_eq_nocase(s, SPAN("None"));
	return none ? SPAN_NONE : keep(t, t->arena, s);
}

static void profile_map(struct tiktok *t)
{
	span key;
	for (bool in = export_object(&t->x); in && export_key(&t->x, &key);) {
		if (span_eq(key, SPAN("userName")))
			t->owner = known(t);
		else if (span_eq(key, SPAN("telephoneNumber")))
			t->phone = known(t);
		else if (span_eq(key, SPAN("emailAddress")))
			t->email = known(t);
		else
			export_pass(&t->x);
	}
}

static void message(struct tiktok *t)
{
	struct export *x = &t->x;
	span key, from = SPAN_NONE;
	struct party to = { .role = ROLE_UNKNOWN };
	struct record r = export_record(x, REC_MESSAGE, "ChatHistory", ++t->messages);
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not a message");
	if (!export_object(x))
		return;
	while (export_key(x, &key)) {
		if (span_eq(key, SPAN("Date")))
			export_time_text(x, &r, export_text(x));
		else if (span_eq(key, SPAN("From")))
			from = export_text(x);
		else if (span_eq(key, SPAN("Content")))
			r.text = export_text(x);
		else
			export_pass(x);
	}
	bool own = from.n && span_eq(from, t->owner);
	bool other = from.n && span_eq(from, t->with);
	if (own != other)
		r.direction = own ? DIR_OUT : DIR_IN;
	r.from.raw = from;
	r.from.role = r.direction == DIR_OUT  ? ROLE_OWNER
		      : r.direction == DIR_IN ? ROLE_PERSON
					      : ROLE_UNKNOWN;
	if (r.direction == DIR_IN)
		to = (struct party){ .role = ROLE_OWNER, .raw = t->owner };
	else if (t->with.n && !other)
		to = (struct party){ .role = own ? ROLE_PERSON : ROLE_UNKNOWN, .raw = t->with };
	r.to = &to;
	r.to_n = r.direction == DIR_IN || to.raw.p;
	r.thread = t->thread;
	r.thread_name = t->with;
	r.service = SPAN("TikTok");
	export_deliver(x, &r);
}

/* "Chat History with NAME:" */
static span chat_with(span title)
{
	static const span before = SPAN_INIT("Chat History with ");
	if (title.n <= before.n || memcmp(title.p, before.p, before.n) != 0)
		return SPAN_NONE;
	span name = span_from(title, before.n);
	return name.p[name.n - 1] == ':' ? span_sub(name, 0, name.n - 1) : name;
}

static void chats(struct tiktok *t)
{
	span key;
	t->some = true;
	for (bool in = export_object(&t->x); in && export_key(&t->x, &key);) {
		arena_reset(t->chat_arena);
		t->thread = keep(t, t->chat_arena, key);
		t->with = chat_with(t->thread);
		for (bool list = export_array(&t->x); list && export_more(&t->x);)
			message(t);
	}
}

/* Go down to the objects that are read; want: the messages, or the profile. */
static void walk(struct tiktok *t, bool want_messages)
{
	static const char *const names[2][3] = {
		{ "Profile", "Profile Info", "Profile Information" },
		{ "Direct Message", "Direct Messages", "Chat History" },
	};
	struct export *x = &t->x;
	span key;
	size_t depth = 0;
	if (!export_object(x))
		return;
	for (;;) {
		if (!export_key(x, &key)) {
			if (x->stop || !depth--)
				return;
			continue;
		}
		bool through = false;
		for (size_t i = 0; i < 3; i++)
			through |= span_eq(key, span_z(names[want_messages][i]));
		if (depth < 2 && through) {
			depth += export_object(x);
		} else if (depth && want_messages && span_eq(key, SPAN("ChatHistory"))) {
			chats(t);
		} else if (depth && !want_messages && span_eq(key, SPAN("ProfileMap"))) {
			t->some = true;
			profile_map(t);
		} else {
			export_pass(x);
		}
	}
}

static void account(struct tiktok *t)
{
	struct contact_id ids[3];
	struct record r = export_record(&t->x, REC_ACCOUNT, "ProfileMap", 1);
	if (t->owner.n)
		ids[r.ids_n++] = (struct contact_id){ t->owner, SPAN("TikTok user name") };
	if (t->phone.n)
		ids[r.ids_n++] = (struct contact_id){ t->phone, SPAN("telephoneNumber") };
	if (t->email.n)
		ids[r.ids_n++] = (struct contact_id){ t->email, SPAN("emailAddress") };
	r.ids = ids;
	r.service = SPAN("TikTok");
	if (r.ids_n)
		export_deliver(&t->x, &r);
}

/* Twice: a file that breaks off has no profile, but it has messages. */
static int read_file(struct tiktok *t, span bytes, const struct sink *sink, struct err *err)
{
	struct json_memory memory;
	struct err why = { 0 };
	struct input in = json_memory_input(&memory, bytes);
	if (export_begin(&t->x, &in, sink, &why) == 0)
		walk(t, false);
	int rc = export_end(&t->x);
	if (rc && rc != E_FORMAT && rc != E_LIMIT)
		return err_set(err, rc, "%s", why.message);
	in = json_memory_input(&memory, bytes);
	if (export_begin(&t->x, &in, sink, err) == 0) {
		account(t);
		walk(t, true);
	}
	if (!t->some && !t->x.stop)
		t->x.stop =
			err_set(err, E_FORMAT, "not TikTok's data: neither messages nor a profile");
	return export_end(&t->x);
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct buf all = { 0 };
	struct tiktok t = { .arena = arena_new(), .chat_arena = arena_new() };
	int rc = t.arena && t.chat_arena ? export_load(in, FILE_MAX, &all, err)
					 : err_set(err, E_NOMEM, "memory ran out");
	if (!rc)
		rc = read_file(&t, buf_span(&all), sink, err);
	arena_free(t.arena);
	arena_free(t.chat_arena);
	buf_free(&all);
	return rc;
}

static bool sniff(span head, span path)
{
	static const char *const own[] = {
		"Direct Messages/Chat History/ChatHistory",
		"Direct Message/Direct Messages/ChatHistory",
		"Profile/Profile Information/ProfileMap",
		"Profile/Profile Info/ProfileMap",
		"Activity/Favorite Effects",
		"Your Activity/Favorite Effects",
		"Activity/Favorite Hashtags",
		"Activity/Favorite Sounds",
		"Activity/Favorite Videos",
	};
	(void)path;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (json_head_has(head, own[i]))
			return true;
	return false;
}

const struct parser parser_tiktok_export = {
	.name = "tiktok-export",
	.app = "TikTok (download)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_ACCOUNT),
	.files = { "*/user_data_tiktok.json" },
	.tested = "both layouts, fields as published",
	.limits = "the time zone",
	.sniff = sniff,
	.run = run,
};
