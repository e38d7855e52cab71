/* ios_messages.c - sms.db; see writers.h */
#include "db.h"
#include "tool.h"
#include "typedstream_write.h"
#include "writers.h"
#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN_HOME "HomeDomain"
#define SMS_DB "Library/SMS/sms.db"
#define PHOTO_FILES 3 /* pictures that are really there; the rest are only named */

enum { GUID_MESSAGE = 'm', GUID_GROUP = 'c', GUID_PHOTO = 'p' };

struct writer {
	struct phone *phone;
	struct backup *backup;
	struct truth *truth;
	struct db db;
	sqlite3_stmt *message, *join, *recoverable, *attachment, *attachment_join;
	struct buf body;
	int64_t row, photos;
};

static const char *service(const struct writer *w, uint32_t chat)
{
	return w->phone->people[w->phone->chats[chat].member[0]].imessage ? "iMessage" : "SMS";
}

static void write_handles(struct writer *w)
{
	sqlite3_stmt *st = db_prepare(&w->db, "INSERT OR IGNORE INTO handle(ROWID,id,country,"
					      "service,uncanonicalized_id) VALUES(?,?,?,?,?)");
	for (uint32_t i = 1; i < w->phone->people_n; i++) {
		const struct person *q = &w->phone->people[i];
		db_bind(st, "issss", (int64_t)i, q->handle, q->e164 ? "gb" : NULL,
			q->imessage ? "iMessage" : "SMS", q->card[0] && q->e164 ? q->card : NULL);
		db_step(&w->db, st);
	}
	sqlite3_finalize(st);
}

/* "chat" and 18 digits, as group chats are called. */
static void group_identifier(const struct writer *w, uint32_t chat, char out[static 32])
{
	unsigned long long x = rng_hash(w->phone->seed, GUID_GROUP, chat);
	snprintf(out, 32, "chat%018llu", x % 1000000000000000000u);
}

static void write_chats(struct writer *w)
{
	const struct phone *p = w->phone;
	sqlite3_stmt *st = db_prepare(
		&w->db, "INSERT INTO chat(ROWID,guid,style,state,account_id,chat_identifier,"
			"service_name,room_name,account_login,last_addressed_handle,display_name,"
			"group_id) VALUES(?,?,?,3,?,?,?,?,?,?,?,?)");
	sqlite3_stmt *member =
		db_prepare(&w->db, "INSERT OR IGNORE INTO chat_handle_join VALUES(?,?)");
	char account[37], login[96];
	rng_guid(p->seed, 'a', 0, account);
	snprintf(login, sizeof login, "P:%s", p->people[OWNER].handle);
	for (uint32_t i = 0; i < p->chats_n; i++) {
		const struct chat *c = &p->chats[i];
		char group[32], guid[96], id[37];
		bool many = c->members > 1;
		group_identifier(w, i, group);
		const char *identifier = many ? group : p->people[c->member[0]].handle;
		snprintf(guid, sizeof guid, "%s;%c;%s", service(w, i), many ? '+' : '-',
			 identifier);
		rng_guid(p->seed, GUID_GROUP, i, id);
		db_bind(st, "isissssssss", (int64_t)i + 1, guid, (int64_t)(many ? 43 : 45), account,
			identifier, service(w, i), many ? group : NULL, login,
			p->people[OWNER].handle, many && c->name ? c->name : "", id);
		db_step(&w->db, st);
		for (uint32_t m = 0; m < c->members; m++) {
			db_bind(member, "ii", (int64_t)i + 1, (int64_t)c->member[m]);
			db_step(&w->db, member);
		}
	}
	sqlite3_finalize(st);
	sqlite3_finalize(member);
}

/* message_summary_info of an edited (the old text) or unsent message. */
static char *summary(const struct message *m, uint32_t *n)
{
	plist_t p = plist_new_dict(), parts = plist_new_array();
	char *bytes = NULL;
	plist_array_append_item(parts, plist_new_uint(0));
	if (m->flags & MESSAGE_UNSENT)
		plist_dict_set_item(p, "rp", parts);
	else {
		plist_t changes = plist_new_dict(), versions = plist_new_array();
		const char *texts[] = { "first try", m->text };
		for (int i = 0; i < 2; i++) {
			struct buf body = { 0 };
			plist_t version = plist_new_dict();
			typedstream_write(&body, texts[i] ? texts[i] : "");
			plist_dict_set_item(version, "d",
					    plist_new_real(db_cocoa_s(m->time + i * 60000)));
			plist_dict_set_item(version, "t", plist_new_data(body.data, body.n));
			plist_array_append_item(versions, version);
			buf_free(&body);
		}
		plist_dict_set_item(changes, "0", versions);
		plist_dict_set_item(p, "ec", changes);
		plist_dict_set_item(p, "ep", parts);
	}
	plist_dict_set_item(p, "ust", plist_new_bool(1));
	plist_to_bin(p, &bytes, n);
	plist_free(p);
	return must(bytes);
}

static void write_photo(struct writer *w)
{
	char guid[37], name[32], at[48], path[128], filename[136];
	char bytes[256];
	rng_guid(w->phone->seed, GUID_PHOTO, (uint64_t)w->photos, guid);
	int64_t id = ++w->photos;
	snprintf(name, sizeof name, "IMG_%04lld.jpeg", (long long)id);
	snprintf(at, sizeof at, "at_0_%s", guid);
	snprintf(path, sizeof path, "Library/SMS/Attachments/%.2s/00/%s/%s", guid, at, name);
	snprintf(filename, sizeof filename, "~/%s", path);
	db_bind(w->attachment, "isssis", id, at, filename, name, (int64_t)image_bytes(bytes), at);
	db_step(&w->db, w->attachment);
	db_bind(w->attachment_join, "ii", w->row, id);
	db_step(&w->db, w->attachment_join);
	if (id <= PHOTO_FILES)
		write_image(backup_file(w->backup, "MediaDomain", path));
}

/* Give the text of the row: NULL when it has none of its own. The buffer holds one with a photo. */
static const char *row_text(const struct message *m, char *with_photo, size_t size)
{
	static const char *const reactions[] = { "Loved",      "Liked",      "Disliked",
						 "Laughed at", "Emphasized", "Questioned" };
	if (m->kind == MESSAGE_REACTION) {
		snprintf(with_photo, size, "%s an image", reactions[m->reaction]);
		return with_photo;
	}
	if (m->kind != MESSAGE_TEXT || m->flags & MESSAGE_UNSENT)
		return NULL;
	if (m->flags & MESSAGE_PHOTO) { /* U+FFFC stands where the picture is */
		snprintf(with_photo, size, "\xef\xbf\xbc%s", m->text ? m->text : "");
		return with_photo;
	}
	return m->text;
}

static void write_message(struct writer *w, const struct message *m)
{
	const struct phone *p = w->phone;
	const struct chat *c = &p->chats[m->chat];
	bool out = m->sender == OWNER, many = c->members > 1;
	char guid[37], target[48], group[32], with_photo[1100], account[96];
	const char *text = row_text(m, with_photo, sizeof with_photo);
	const char *associated = NULL;
	int64_t date = db_cocoa_ns(m->time);
	int64_t handle = out ? (many ? 0 : c->member[0]) : m->sender;
	uint32_t summary_n = 0;
	char *info = m->flags & (MESSAGE_EDITED | MESSAGE_UNSENT) ? summary(m, &summary_n) : NULL;
	rng_guid(p->seed, GUID_MESSAGE, m->ordinal, guid);
	if (m->kind == MESSAGE_REACTION) {
		char other[37];
		rng_guid(p->seed, GUID_MESSAGE, m->target, other);
		snprintf(target, sizeof target, "p:0/%s", other);
		associated = target;
	}
	group_identifier(w, m->chat, group);
	snprintf(account, sizeof account, "p:%s", p->people[OWNER].handle);
	buf_clear(&w->body);
	if (text)
		typedstream_write(&w->body, text);
	w->row++;
	db_bind(w->message, "issiissiiiiiiiisiisissiiib", w->row, guid,
		m->flags & MESSAGE_BODY_ONLY ? NULL : text, handle, (int64_t)10,
		service(w, m->chat), account, date,
		m->read && !out ? date + 4000000000 : (int64_t)0,
		out ? date + 1000000000 : (int64_t)0, (int64_t)out, (int64_t)1, (int64_t)out,
		(int64_t)(out ? 0 : m->read), (int64_t)out, many ? group : NULL,
		(int64_t) !!(m->flags & MESSAGE_PHOTO),
		(int64_t)(m->kind == MESSAGE_ADDED     ? 1
			  : m->kind == MESSAGE_RENAMED ? 2
						       : 0),
		m->kind == MESSAGE_RENAMED ? m->text : NULL,
		m->kind == MESSAGE_ADDED ? (int64_t)m->subject : (int64_t)0, associated,
		p->people[OWNER].handle,
		(int64_t)(m->kind == MESSAGE_REACTION ? 2000 + m->reaction : 0),
		info ? date + 60000000000 : (int64_t)0, (int64_t)(text ? 1 : 0), info,
		(int)summary_n);
	if (text)
		sqlite3_bind_blob64(w->message, 27, w->body.data, w->body.n, SQLITE_STATIC);
	db_step(&w->db, w->message);
	free(info);
	if (m->flags & MESSAGE_DELETED) {
		db_bind(w->recoverable, "iii", (int64_t)m->chat + 1, w->row, date + 3600000000000);
		db_step(&w->db, w->recoverable);
	} else {
		db_bind(w->join, "iii", (int64_t)m->chat + 1, w->row, date);
		db_step(&w->db, w->join);
	}
	if (m->flags & MESSAGE_PHOTO)
		write_photo(w);
}

/* Rows that die in the -wal; *row is where they begin. */
static void write_ghosts(struct writer *w, int64_t time, int64_t *row)
{
	*row = w->row + 1;
	for (uint64_t g = 0; g < GHOSTS; g++) {
		struct message dead;
		char text[96];
		ghost_message(w->phone, g, time, text, &dead);
		write_message(w, &dead);
	}
}

static void go_live(struct writer *w, int64_t ghosts)
{
	db_live(&w->db);
	for (int64_t row = ghosts; ghosts && row < ghosts + GHOSTS; row++) {
		char sql[128];
		snprintf(sql, sizeof sql,
			 "DELETE FROM chat_message_join WHERE message_id=%lld;"
			 "DELETE FROM message WHERE ROWID=%lld",
			 (long long)row, (long long)row);
		db_exec(&w->db, sql);
		truth_absent(w->truth, "message", row);
	}
}

static void write_rows(struct writer *w, bool wal)
{
	struct phone *p = w->phone;
	uint64_t half = p->messages / 2, live = p->messages - p->messages / 10;
	int64_t ghosts = 0;
	for (uint64_t i = 0; i < p->messages; i++) {
		struct message m;
		p->next(p, &m);
		if (wal && i == half)
			write_ghosts(w, m.time, &ghosts);
		if (wal && i == live)
			go_live(w, ghosts);
		write_message(w, &m);
		truth_message(w->truth, "message", w->row, &m);
	}
	if (wal && live == p->messages)
		go_live(w, ghosts);
}

void ios_write_messages(struct phone *p, struct backup *b, bool wal, struct truth *t)
{
	struct writer w = { .phone = p, .backup = b, .truth = t };
	const char *place = backup_file(b, DOMAIN_HOME, SMS_DB);
	db_create(&w.db, place, schema_ios_sms);
	write_handles(&w);
	write_chats(&w);
	w.message = db_prepare(
		&w.db,
		"INSERT INTO message(ROWID,guid,text,handle_id,version,service,account,date,"
		"date_read,date_delivered,is_delivered,is_finished,is_from_me,is_read,is_sent,"
		"cache_roomnames,cache_has_attachments,item_type,group_title,other_handle,"
		"associated_message_guid,destination_caller_id,associated_message_type,date_edited,"
		"part_count,message_summary_info,attributedBody) "
		"VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	w.join = db_prepare(&w.db, "INSERT INTO chat_message_join VALUES(?,?,?)");
	w.recoverable =
		db_prepare(&w.db, "INSERT INTO chat_recoverable_message_join VALUES(?,?,?,0)");
	w.attachment = db_prepare(
		&w.db, "INSERT INTO attachment(ROWID,guid,filename,uti,mime_type,transfer_state,"
		       "transfer_name,total_bytes,original_guid) "
		       "VALUES(?,?,?,'public.jpeg','image/jpeg',5,?,?,?)");
	w.attachment_join = db_prepare(&w.db, "INSERT INTO message_attachment_join VALUES(?,?)");
	write_rows(&w, wal);
	sqlite3_finalize(w.message);
	sqlite3_finalize(w.join);
	sqlite3_finalize(w.recoverable);
	sqlite3_finalize(w.attachment);
	sqlite3_finalize(w.attachment_join);
	buf_free(&w.body);
	db_finish(&w.db);
	if (wal) {
		char from[4096];
		snprintf(from, sizeof from, "%s-wal", place);
		if (rename(from, backup_file(b, DOMAIN_HOME, SMS_DB "-wal")))
			die("%s: no -wal was left", from);
	}
}
