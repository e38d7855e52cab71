/*
 * instagram_ios.c - direct messages of Instagram on an iPhone (DirectSQLiteDatabase/<account>.db),
 * versions 135 to 425.
 *
 * Tables and archives, from the public test file of plaso (Apache-2.0, Instagram of 2023), from the
 * names that iLEAPP's Instagram artifacts read (MIT, 135 to 425), and from looking at the bytes:
 *   threads
 *       thread_id, viewer_id (the phone's own account), metadata: a keyed archive with users and
 *       inviter (pk, userName, fullName)
 *   messages
 *       thread_id, archive: a keyed archive of one message, with metadata (senderPk,
 *       serverTimestamp), content (codedSubtype; string is the text; threadActivity what the app
 *       tells: voipTitle of calls, actionLogTitle; media a picture or video), reactions of others
 */
#include "nskeyed.h"
#include "parser.h"
#include <stdio.h>

#define PEOPLE_MAX 512 /* of one thread; Instagram allows 250 */

static const char *const USERS[] = { "NSArray<IGUser *>*users", NULL };
static const char *const INVITER[] = { "IGUser*inviter", "IGUser*inviter_DEPRECATED", NULL };
static const char *const USER_DICT[] = { "NSDictionary<NSString *, id>*userDict", NULL };
static const char *const METADATA[] = { "IGDirectPublishedMessageMetadata*metadata", NULL };
static const char *const CONTENT[] = { "IGDirectPublishedMessageContent*content", NULL };
static const char *const SENDER[] = { "NSString*senderPk", NULL };
static const char *const SENT_AT[] = { "NSDate*serverTimestamp", NULL };
static const char *const STRING[] = { "NSString*string", NULL };
static const char *const ACTIVITY[] = { "IGDirectThreadActivityAnnouncement*threadActivity", NULL };
static const char *const TITLE[] = { "NSString*voipTitle", "NSString*actionLogTitle", NULL };
static const char *const MEDIA[] = { "IGDirectPublishedMessageMedia*media", NULL };
static const char *const PERMANENT[] = { "IGDirectPublishedMessagePermanentMedia*permanentMedia",
					 NULL };
static const char *const PHOTO[] = { "IGPhoto*photo", "IGVideo*video", NULL };
static const char *const MEDIA_ID[] = { "kIGPhotoMediaID", "kIGVideoMediaID", NULL };
static const char *const REACTIONS[] = { "NSArray<IGDirectMessageReaction *>*reactions", NULL };
static const char *const SUBTYPE[] = { "codedSubtype", NULL };

struct archive {
	struct nskeyed k;
	struct arena *arena;
	bool nomem;
};

static span text_of(struct archive *a, const struct bplist_node *object, const char *const *names)
{
	struct bplist_node node;
	if (!nskeyed_any(&a->k, object, names, &node))
		return SPAN_NONE;
	return nskeyed_text(&a->k, &node, a->arena, &a->nomem);
}

/* A value of NSDictionary by its key. */
static bool dictionary_get(struct archive *a, const struct bplist_node *dict, span name,
			   struct bplist_node *ret)
{
	struct bplist_node keys, key;
	if (!bplist_get(&a->k.list, dict, "NS.keys", &keys))
		return false;
	for (uint64_t i = 0; i < keys.n && i < 256; i++)
		if (bplist_item(&a->k.list, &keys, i, &key) && key.kind == BPLIST_UID &&
		    key.value > 0 &&
		    bplist_item(&a->k.list, &a->k.objects, (uint64_t)key.value, &key) &&
		    key.kind == BPLIST_ASCII && span_eq(key.bytes, name))
			return nskeyed_item(&a->k, dict, i, ret);
	return false;
}

/* Of a user: a key of the object itself or, in some versions, of a dictionary in it. */
static span user_text(struct archive *a, const struct bplist_node *user, const char *name,
		      const char *old_name)
{
	const char *names[] = { name, NULL };
	struct bplist_node dict, node;
	span text = text_of(a, user, names);
	if (text.n)
		return text;
	if (!nskeyed_any(&a->k, user, USER_DICT, &dict) ||
	    !dictionary_get(a, &dict, span_z(old_name), &node))
		return SPAN_NONE;
	return nskeyed_text(&a->k, &node, a->arena, &a->nomem);
}

static span with_prefix(struct archive *a, const char *prefix, span text)
{
	span both = ARENA_JOIN(a->arena, span_z(prefix), text);
	a->nomem |= !both.p;
	return both;
}

/* What people type to find somebody, or the account's number: "Instagram User" stands for accounts
 * that are gone. */
static span handle_of(struct archive *a, span pk, span user_name)
{
	if (user_name.n && !memchr(user_name.p, ' ', user_name.n))
		return with_prefix(a, "@", user_name);
	return pk.n ? with_prefix(a, "instagram:", pk) : SPAN_NONE;
}

static bool tell_user(const struct row *row, struct archive *a, const struct bplist_node *user,
		      span viewer, bool member)
{
	span pk = user_text(a, user, "pk", "pk");
	span user_name = user_text(a, user, "userName", "username");
	span name = user_text(a, user, "fullName", "full_name");
	struct party party = { ROLE_PERSON, handle_of(a, pk, user_name), name };
	if (!name.n)
		party.name = user_name.n ? user_name : SPAN_NONE;
	if (!row_person(row, pk, &party))
		return false;
	if (span_eq(pk, viewer))
		return row_thread(row, row_bytes(row, "thread"), SPAN_NONE, party.raw);
	return !member || row_member(row, row_bytes(row, "thread"), &party);
}

static int decode_thread(const struct row *row, struct record *r, struct err *err)
{
	struct archive a = { .arena = row_arena(row) };
	struct bplist_node root, users, user;
	span viewer = row_bytes(row, "viewer"), metadata = row_bytes(row, "metadata");
	(void)r;
	if (!metadata.n)
		return 0;
	if (nskeyed_open(metadata, &a.k, NULL) || !nskeyed_top(&a.k, "root", &root)) {
		row_warn(row, WARN_FIELD_UNKNOWN, "who is in this thread could not be read");
		return 0;
	}
	bool more = true;
	if (nskeyed_any(&a.k, &root, USERS, &users))
		for (uint64_t i = 0; more && i < PEOPLE_MAX && i < nskeyed_count(&a.k, &users); i++)
			if (nskeyed_item(&a.k, &users, i, &user))
				more = tell_user(row, &a, &user, viewer, true);
	if (more && nskeyed_any(&a.k, &root, INVITER, &user))
		tell_user(row, &a, &user, viewer, false);
	return a.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

/* A person, or at least the account's number. */
static struct party person(const struct row *row, struct archive *a, span pk)
{
	const struct party *known = row_person_of(row, pk);
	if (known)
		return *known;
	return (struct party){ ROLE_PERSON, pk.n ? with_prefix(a, "instagram:", pk) : SPAN_NONE,
			       SPAN_NONE };
}

static void take_media(const struct row *row, struct archive *a, const struct bplist_node *media)
{
	struct bplist_node permanent, photo;
	span id = SPAN_NONE;
	if (nskeyed_any(&a->k, media, PERMANENT, &permanent) &&
	    nskeyed_any(&a->k, &permanent, PHOTO, &photo))
		id = text_of(a, &photo, MEDIA_ID);
	row_attachment(row, id, SPAN("media"));
}

static void take_content(const struct row *row, struct record *r, struct archive *a,
			 const struct bplist_node *content)
{
	struct bplist_node inner;
	char detail[160];
	r->text = text_of(a, content, STRING);
	if (nskeyed_any(&a->k, content, ACTIVITY, &inner)) {
		r->kind = REC_SYSTEM;
		if (!r->text.n)
			r->text = text_of(a, &inner, TITLE);
		return;
	}
	if (nskeyed_any(&a->k, content, MEDIA, &inner)) {
		take_media(row, a, &inner);
		return;
	}
	span subtype = text_of(a, content, SUBTYPE);
	if (r->text.p || span_eq(subtype, SPAN("SUBTYPE_TEXT")))
		return;
	snprintf(detail, sizeof detail, "a message of a kind that is not read (%.*s)",
		 subtype.n < 80 ? (int)subtype.n : 80, subtype.n ? subtype.p : "");
	row_warn(row, WARN_TEXT_LOST, detail);
}

static void take_parties(const struct row *row, struct record *r, struct archive *a, span sender)
{
	span viewer = row_bytes(row, "viewer");
	struct party owner = person(row, a, viewer), from = person(row, a, sender);
	row_owner(row, owner.raw);
	if (!sender.n || !viewer.n)
		row_warn(row, WARN_FIELD_UNKNOWN, "nothing that is known here says who sent it");
	else
		r->direction = span_eq(sender, viewer) ? DIR_OUT : DIR_IN;
	if (r->direction == DIR_IN)
		row_peer(row, from.raw, from.name);
	else if (r->direction == DIR_UNKNOWN)
		row_from(row, from.raw, from.name);
}

static int decode_message(const struct row *row, struct record *r, struct err *err)
{
	struct archive a = { .arena = row_arena(row) };
	struct bplist_node root, metadata, content, node;
	double seconds;
	if (nskeyed_open(row_bytes(row, "archive"), &a.k, err) ||
	    !nskeyed_top(&a.k, "root", &root) || !nskeyed_any(&a.k, &root, METADATA, &metadata)) {
		row_warn(row, WARN_TEXT_LOST, "its archive could not be read");
		row_warn(row, WARN_FIELD_UNKNOWN, "nothing that is known here says who sent it");
		return 0;
	}
	if (nskeyed_any(&a.k, &metadata, SENT_AT, &node) && nskeyed_date(&a.k, &node, &seconds))
		row_time_real(row, r, TIME_COCOA, seconds);
	else
		row_warn(row, WARN_FIELD_UNKNOWN, "its time could not be read");
	take_parties(row, r, &a, text_of(&a, &metadata, SENDER));
	if (nskeyed_any(&a.k, &root, CONTENT, &content))
		take_content(row, r, &a, &content);
	else
		row_warn(row, WARN_TEXT_LOST, "its archive holds no content that is known");
	if (nskeyed_any(&a.k, &root, REACTIONS, &node) && nskeyed_count(&a.k, &node))
		row_warn(row, WARN_NOTE, "the message holds reactions, which are not read");
	return a.nomem ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

const struct parser parser_instagram_ios = {
	.name = "instagram-ios",
	.app = "Instagram (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/Library/Application Support/DirectSQLiteDatabase/*.db",
		   "*/DirectSQLiteDatabase/*.db" },
	.tested = "Instagram of 2023, real file; 135 to 425, names as published",
	.need = { "messages(message_id,thread_id,archive,class_name)",
		  "threads(thread_id,viewer_id,metadata)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.table = "threads",
			.sql = "SELECT rowid AS row, thread_id AS thread, viewer_id AS viewer, metadata"
			       " FROM threads ORDER BY rowid",
			.decode = decode_thread,
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "messages",
			.unit = TIME_COCOA,
			.sql = "SELECT m.rowid AS row, m.thread_id AS thread, m.archive AS archive,"
			       " t.viewer_id AS viewer FROM messages m"
			       " LEFT JOIN threads t ON t.thread_id=m.thread_id ORDER BY m.rowid",
			.decode = decode_message,
		},
	},
};
