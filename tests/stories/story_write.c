/* story_write.c - a story as files of a phone: exports of messages, calls and contacts, and the
 * record of its SIM. */
#include "base/buf.h"
#include "story.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void xml(struct buf *b, const char *name, const char *value)
{
	buf_addf(b, " %s=\"", name);
	for (; *value; value++) {
		if (strchr("&<>\"", *value))
			buf_addf(b, "&#%d;", *value);
		else
			buf_byte(b, *value);
	}
	buf_byte(b, '"');
}

static void put(struct buf *b, const char *out, const char *name)
{
	char *path = path_join(out, name);
	if (b->failed)
		die("memory ran out");
	write_file(path, b->data ? b->data : "", b->n);
	buf_free(b);
	free(path);
}

static void write_sms(struct buf *b, const struct story *s, const struct event *e)
{
	const struct person *p = &s->person[e->person];
	buf_addf(b, "<sms date=\"%lld\" type=\"%d\" read=\"1\"", (long long)e->time,
		 e->out ? 2 : 1);
	xml(b, "address", p->address);
	xml(b, "body", e->text);
	xml(b, "contact_name", p->name ? p->name : "(Unknown)");
	buf_addf(b, "/>\n");
}

/* Types of the addresses: 137 from, 151 to. */
static void write_mms(struct buf *b, const struct story *s, const struct event *e)
{
	const struct group *g = &s->group[e->group];
	struct buf people = { 0 };
	for (size_t i = 0; i < g->members; i++)
		buf_addf(&people, "%s%s", i ? "~" : "", s->person[g->member[i]].address);
	buf_byte(&people, 0);
	buf_addf(b, "<mms date=\"%lld\" msg_box=\"%d\" m_type=\"%d\" read=\"1\"",
		 (long long)e->time, e->out ? 2 : 1, e->out ? 128 : 132);
	xml(b, "address", people.data);
	buf_free(&people);
	buf_addf(b, "><parts><part ct=\"text/plain\"");
	xml(b, "text", e->text);
	buf_addf(b, "/></parts><addrs>");
	for (int i = -1; i < (int)g->members; i++) {
		int person = i < 0 ? -1 : (int)g->member[i];
		buf_addf(b, "<addr type=\"%d\"", person == e->person ? 137 : 151);
		xml(b, "address", person < 0 ? s->phone : s->person[person].address);
		buf_addf(b, "/>");
	}
	buf_addf(b, "</addrs></mms>\n");
}

static void write_messages(const struct story *s, const char *out)
{
	struct buf b = { 0 };
	buf_addf(&b, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses>\n");
	for (size_t i = 0; i < s->events; i++) {
		const struct event *e = &s->event[i];
		if (e->kind == EVENT_TEXT && e->group >= 0)
			write_mms(&b, s, e);
		else if (e->kind == EVENT_TEXT)
			write_sms(&b, s, e);
	}
	buf_addf(&b, "</smses>\n");
	put(&b, out, "phone/sms-20260420.xml");
}

static void write_calls(const struct story *s, const char *out)
{
	struct buf b = { 0 };
	size_t n = 0;
	buf_addf(&b, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<calls count=\"");
	for (size_t i = 0; i < s->events; i++)
		n += s->event[i].kind != EVENT_TEXT;
	buf_addf(&b, "%zu\">\n", n);
	for (size_t i = 0; i < s->events; i++) {
		const struct event *e = &s->event[i];
		if (e->kind == EVENT_TEXT)
			continue;
		buf_addf(&b, "<call date=\"%lld\" duration=\"%d\" type=\"%d\" presentation=\"1\"",
			 (long long)e->time, e->seconds,
			 e->kind == EVENT_MISSED ? 3
			 : e->out                ? 2
						 : 1);
		xml(&b, "number", s->person[e->person].address);
		buf_addf(&b, "/>\n");
	}
	buf_addf(&b, "</calls>\n");
	put(&b, out, "phone/calls-20260420.xml");
}

static void write_contacts(const struct story *s, const char *out)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < s->people; i++)
		if (s->person[i].name)
			buf_addf(&b,
				 "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nTEL;TYPE=CELL:%s\r\nEND:"
				 "VCARD\r\n",
				 s->person[i].name, s->person[i].address);
	put(&b, out, "phone/contacts.vcf");
}

static void write_sim(const struct story *s, const char *out)
{
	char *path = path_join(out, "phone/telephony.db");
	sqlite3 *db = NULL;
	char *sql = sqlite3_mprintf("PRAGMA synchronous=OFF; CREATE TABLE siminfo(_id INTEGER "
				    "PRIMARY KEY, icc_id TEXT NOT NULL, number TEXT);"
				    "INSERT INTO siminfo VALUES(1, '', %Q);",
				    s->phone);
	remove(path);
	if (!sql || sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die("%s: %s", path, db ? sqlite3_errmsg(db) : "memory ran out");
	sqlite3_free(sql);
	sqlite3_close(db);
	free(path);
}

void story_write(const struct story *s, const char *out, const char *base)
{
	struct buf lines = { 0 };
	char *text = story_file(base);
	buf_addf(&lines, "%s%s", text, s->lines);
	free(text);
	put(&lines, out, "lines.csv");
	write_messages(s, out);
	write_calls(s, out);
	write_contacts(s, out);
	write_sim(s, out);
}
