/* android_people.c - contacts2.db and calllog.db; see writers.h */
#include "db.h"
#include "tool.h"
#include "writers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATABASES "data/data/com.android.providers.contacts/databases/"

enum { MIME_EMAIL = 1, MIME_PHONE = 5, MIME_NAME = 7, MIME_PHOTO = 10 };
enum { CALL_IN = 1, CALL_OUT = 2, CALL_MISSED = 3 };

static void write_contact(struct db *d, sqlite3_stmt *data, const struct person *q, int64_t row)
{
	char name[64], bytes[256], lookup[32];
	snprintf(name, sizeof name, "%s%s%s", q->first, *q->last ? " " : "", q->last);
	snprintf(lookup, sizeof lookup, "0r%lld", (long long)row);
	sqlite3_stmt *contact = db_prepare(
		d, "INSERT INTO contacts(_id,name_raw_contact_id,has_phone_number,lookup) "
		   "VALUES(?,?,?,?)");
	sqlite3_stmt *raw = db_prepare(
		d, "INSERT INTO raw_contacts(_id,account_id,contact_id,display_name,"
		   "display_name_alt,display_name_source,sort_key) VALUES(?,1,?,?,?,40,?)");
	db_bind(contact, "iiis", row, row, (int64_t) !!q->e164, lookup);
	db_step(d, contact);
	db_bind(raw, "iisss", row, row, name, name, name);
	db_step(d, raw);
	sqlite3_finalize(contact);
	sqlite3_finalize(raw);
	db_bind(data, "iisss", (int64_t)MIME_NAME, row, name, q->first, *q->last ? q->last : NULL);
	db_step(d, data);
	bool email = strchr(q->card, '@') != NULL;
	db_bind(data, "iissns", (int64_t)(email ? MIME_EMAIL : MIME_PHONE), row, q->card, "2",
		q->e164 && *q->handle == '+' ? q->handle : NULL);
	db_step(d, data);
	if (q->has_photo) {
		size_t n = image_bytes(bytes);
		db_bind(data, "ii", (int64_t)MIME_PHOTO, row);
		sqlite3_bind_blob(data, 7, bytes, (int)n, SQLITE_STATIC);
		db_step(d, data);
	}
}

static void write_contacts(const struct phone *p, const char *dir, struct truth *t)
{
	struct db d;
	char *path = path_join(dir, DATABASES "contacts2.db");
	db_create(&d, path, schema_android_contacts);
	sqlite3_stmt *data =
		db_prepare(&d, "INSERT INTO data(mimetype_id,raw_contact_id,data1,data2,data3,"
			       "data4,data15) VALUES(?,?,?,?,?,?,?)");
	int64_t row = 0;
	for (uint32_t i = 1; i < p->people_n; i++) {
		const struct person *q = &p->people[i];
		if (!q->card[0])
			continue;
		write_contact(&d, data, q, ++row);
		truth_contact(t, "raw_contacts", row, q);
	}
	sqlite3_finalize(data);
	db_finish(&d);
	free(path);
}

static void write_calls(const struct phone *p, const char *dir, bool wal, struct truth *t)
{
	struct db d;
	char *path = path_join(dir, DATABASES "calllog.db");
	db_create(&d, path, schema_android_calls);
	sqlite3_stmt *st = db_prepare(
		&d, "INSERT INTO calls(_id,number,presentation,date,duration,type,new,name,"
		    "countryiso,normalized_number,last_modified,sub_id,is_read) "
		    "VALUES(?,?,?,?,?,?,0,?,'GB',?,?,1,1)");
	for (uint32_t i = 0; i < p->calls_n; i++) {
		const struct call *c = &p->calls[i];
		const struct person *q = c->person == OWNER ? NULL : &p->people[c->person];
		char name[64] = "";
		if (wal && i == p->calls_n - p->calls_n / 10 - 1)
			db_live(&d);
		if (q && q->card[0])
			snprintf(name, sizeof name, "%s %s", q->first, q->last);
		db_bind(st, "isiiiissi", (int64_t)i + 1, q ? q->handle : "", (int64_t)(q ? 1 : 2),
			c->time, c->duration / 1000,
			(int64_t)(c->out        ? CALL_OUT
				  : c->answered ? CALL_IN
						: CALL_MISSED),
			name[0] ? name : NULL, q && *q->handle == '+' ? q->handle : NULL, c->time);
		db_step(&d, st);
		truth_call(t, "calls", (int64_t)i + 1, c);
	}
	sqlite3_finalize(st);
	db_finish(&d);
	free(path);
}

void android_write_people(const struct phone *p, const char *dir, bool wal, struct truth *t)
{
	write_contacts(p, dir, t);
	write_calls(p, dir, wal, t);
}
