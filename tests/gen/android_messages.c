/* android_messages.c - mmssms.db; see writers.h */
#include "db.h"
#include "tool.h"
#include "writers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS "data/data/com.android.providers.telephony/app_parts"
#define PHOTO_FILES 3

/* Values of the MMS encapsulation (OMA) that Android stores as they come. */
enum { SEND_REQ = 128, RETRIEVE_CONF = 132, ADDR_FROM = 137, ADDR_TO = 151, UTF8 = 106 };
enum { BOX_INBOX = 1, BOX_SENT = 2, BOX_DRAFT = 3, BOX_FAILED = 5 };

struct writer {
	struct phone *phone;
	struct truth *truth;
	const char *dir;
	struct db db;
	sqlite3_stmt *sms, *pdu, *addr, *part;
	int64_t sms_row, pdu_row, part_row;
	uint32_t photos;
};

static void write_threads(struct writer *w)
{
	const struct phone *p = w->phone;
	sqlite3_stmt *address =
		db_prepare(&w->db, "INSERT INTO canonical_addresses(_id,address) VALUES(?,?)");
	sqlite3_stmt *thread =
		db_prepare(&w->db, "INSERT INTO threads(_id,date,recipient_ids) VALUES(?,?,?)");
	for (uint32_t i = 1; i < p->people_n; i++) {
		db_bind(address, "is", (int64_t)i, p->people[i].handle);
		db_step(&w->db, address);
	}
	for (uint32_t i = 0; i < p->chats_n; i++) {
		char ids[128];
		size_t n = 0;
		for (uint32_t m = 0; m < p->chats[i].members; m++)
			n += (size_t)snprintf(ids + n, sizeof ids - n, "%s%u", m ? " " : "",
					      p->chats[i].member[m]);
		db_bind(thread, "iis", (int64_t)i + 1, p->backed_up, ids);
		db_step(&w->db, thread);
	}
	sqlite3_finalize(address);
	sqlite3_finalize(thread);
}

static int64_t box(const struct message *m)
{
	return m->flags & MESSAGE_DRAFT    ? BOX_DRAFT
	       : m->flags & MESSAGE_FAILED ? BOX_FAILED
	       : m->sender == OWNER        ? BOX_SENT
					   : BOX_INBOX;
}

static int64_t write_sms(struct writer *w, const struct message *m)
{
	const struct person *peer = &w->phone->people[w->phone->chats[m->chat].member[0]];
	bool out = m->sender == OWNER;
	db_bind(w->sms, "iisiiiisi", ++w->sms_row, (int64_t)m->chat + 1, peer->handle, m->time,
		out ? (int64_t)0 : m->time - 2000, (int64_t)m->read, box(m), m->text,
		(int64_t)m->read);
	db_step(&w->db, w->sms);
	return w->sms_row;
}

static void write_addr(struct writer *w, const char *address, int64_t type)
{
	db_bind(w->addr, "isi", w->pdu_row, address, type);
	db_step(&w->db, w->addr);
}

static void write_part(struct writer *w, int64_t seq, const char *type, const char *name,
		       const char *data, const char *text)
{
	db_bind(w->part, "iiississs", ++w->part_row, w->pdu_row, seq, type, name,
		(int64_t)(text ? UTF8 : 3), name, data, text);
	db_step(&w->db, w->part);
}

static void write_photo(struct writer *w)
{
	char name[32], place[160];
	snprintf(name, sizeof name, "PART_%u_IMG.jpg", ++w->photos);
	snprintf(place, sizeof place, "/data/user/0/com.android.providers.telephony/app_parts/%s",
		 name);
	write_part(w, 1, "image/jpeg", name, place, NULL);
	if (w->photos <= PHOTO_FILES) {
		char *folder = path_join(w->dir, PARTS), *path = path_join(folder, name);
		write_image(path);
		free(folder);
		free(path);
	}
}

static int64_t write_mms(struct writer *w, const struct message *m)
{
	const struct phone *p = w->phone;
	const struct chat *c = &p->chats[m->chat];
	bool out = m->sender == OWNER;
	char id[40];
	snprintf(id, sizeof id, "%016llx", (unsigned long long)rng_hash(p->seed, 'M', m->ordinal));
	db_bind(w->pdu, "iiiiisiiii", ++w->pdu_row, (int64_t)m->chat + 1, m->time / 1000, box(m),
		(int64_t)m->read, id, (int64_t)(out ? SEND_REQ : RETRIEVE_CONF), (int64_t)18,
		(int64_t)m->read, (int64_t) !(m->flags & MESSAGE_PHOTO));
	db_step(&w->db, w->pdu);
	write_addr(w, out ? "insert-address-token" : p->people[m->sender].handle, ADDR_FROM);
	if (!out)
		write_addr(w, p->people[OWNER].handle, ADDR_TO);
	for (uint32_t i = 0; i < c->members; i++)
		if (c->member[i] != m->sender)
			write_addr(w, p->people[c->member[i]].handle, ADDR_TO);
	write_part(w, -1, "application/smil", "smil.xml", NULL,
		   "<smil><body><par><text src=\"text_0.txt\"/></par></body></smil>");
	if (m->text)
		write_part(w, 0, "text/plain", "text_0.txt", NULL, m->text);
	if (m->flags & MESSAGE_PHOTO)
		write_photo(w);
	return w->pdu_row;
}

static bool is_mms(const struct writer *w, const struct message *m)
{
	return m->flags & MESSAGE_PHOTO || w->phone->chats[m->chat].members > 1;
}

/* Rows that die in the -wal; *row is where they begin. */
static void write_ghosts(struct writer *w, int64_t time, int64_t *row)
{
	*row = w->sms_row + 1;
	for (uint64_t g = 0; g < GHOSTS; g++) {
		struct message dead;
		char text[96];
		ghost_message(w->phone, g, time, text, &dead);
		write_sms(w, &dead);
	}
}

static void go_live(struct writer *w, int64_t ghosts)
{
	db_live(&w->db);
	for (int64_t row = ghosts; ghosts && row < ghosts + GHOSTS; row++) {
		char sql[64];
		snprintf(sql, sizeof sql, "DELETE FROM sms WHERE _id=%lld", (long long)row);
		db_exec(&w->db, sql);
		truth_absent(w->truth, "sms", row);
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
		if (is_mms(w, &m))
			truth_message(w->truth, "pdu", write_mms(w, &m), &m);
		else
			truth_message(w->truth, "sms", write_sms(w, &m), &m);
	}
	if (wal && live == p->messages)
		go_live(w, ghosts);
}

void android_write_messages(struct phone *p, const char *dir, bool wal, struct truth *t)
{
	struct writer w = { .phone = p, .truth = t, .dir = dir };
	char *path =
		path_join(dir, "data/data/com.android.providers.telephony/databases/mmssms.db");
	db_create(&w.db, path, schema_android_messages);
	write_threads(&w);
	w.sms = db_prepare(&w.db,
			   "INSERT INTO sms(_id,thread_id,address,date,date_sent,read,type,body,"
			   "seen,protocol,reply_path_present,sub_id,creator) VALUES"
			   "(?,?,?,?,?,?,?,?,?,0,0,1,'com.google.android.apps.messaging')");
	w.pdu = db_prepare(&w.db, "INSERT INTO pdu(_id,thread_id,date,msg_box,read,m_id,m_type,v,"
				  "seen,text_only,ct_t,m_cls,sub_id) VALUES(?,?,?,?,?,?,?,?,?,?,"
				  "'application/vnd.wap.multipart.related','personal',1)");
	w.addr = db_prepare(&w.db,
			    "INSERT INTO addr(msg_id,address,type,charset) VALUES(?,?,?,106)");
	w.part = db_prepare(&w.db, "INSERT INTO part(_id,mid,seq,ct,name,chset,cl,_data,text) "
				   "VALUES(?,?,?,?,?,?,?,?,?)");
	write_rows(&w, wal);
	sqlite3_finalize(w.sms);
	sqlite3_finalize(w.pdu);
	sqlite3_finalize(w.addr);
	sqlite3_finalize(w.part);
	db_finish(&w.db);
	free(path);
}
