/* ios_people.c - AddressBook.sqlitedb and CallHistory.storedata; see writers.h */
#include "db.h"
#include "tool.h"
#include "writers.h"
#include <stdio.h>
#include <string.h>

void ios_write_contacts(const struct phone *p, struct backup *b, struct truth *t)
{
	struct db d, images;
	int64_t row = 0;
	db_create(&d, backup_file(b, "HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"),
		  schema_ios_contacts);
	db_create(&images,
		  backup_file(b, "HomeDomain", "Library/AddressBook/AddressBookImages.sqlitedb"),
		  schema_ios_contact_images);
	sqlite3_stmt *person = db_prepare(
		&d, "INSERT INTO ABPerson(ROWID,First,Last,Kind,CreationDate,ModificationDate,"
		    "StoreID,guid) VALUES(?,?,?,0,?,?,0,?)");
	sqlite3_stmt *value = db_prepare(
		&d, "INSERT INTO ABMultiValue(UID,record_id,property,identifier,label,value,guid) "
		    "VALUES(?,?,?,0,1,?,?)");
	sqlite3_stmt *last4 = db_prepare(&d, "INSERT INTO ABPhoneLastFour VALUES(?,?)");
	sqlite3_stmt *image = db_prepare(&images, "INSERT INTO ABThumbnailImage VALUES(?,0,0,?)");
	for (uint32_t i = 1; i < p->people_n; i++) {
		const struct person *q = &p->people[i];
		char guid[37], bytes[256];
		if (!q->card[0])
			continue;
		int64_t made = p->backed_up / 1000 - 978307200 - 86400 * (300 + (int64_t)(i % 200));
		row++;
		rng_guid(p->seed, 'q', i, guid);
		db_bind(person, "issiis", row, q->first, *q->last ? q->last : NULL, made, made,
			guid);
		db_step(&d, person);
		rng_guid(p->seed, 'v', i, guid);
		bool phone = q->e164 || !strchr(q->card, '@');
		db_bind(value, "iiiss", row, row, (int64_t)(phone ? 3 : 4), q->card, guid);
		db_step(&d, value);
		if (q->e164) {
			db_bind(last4, "is", row, q->handle + strlen(q->handle) - 4);
			db_step(&d, last4);
		}
		if (q->has_photo) {
			size_t n = image_bytes(bytes);
			db_bind(image, "ib", row, bytes, (int)n);
			db_step(&images, image);
		}
		truth_contact(t, "ABPerson", row, q);
	}
	sqlite3_finalize(person);
	sqlite3_finalize(value);
	sqlite3_finalize(last4);
	sqlite3_finalize(image);
	db_finish(&images);
	db_finish(&d);
}

static void write_call(struct db *d, sqlite3_stmt *st, sqlite3_stmt *handle, sqlite3_stmt *join,
		       const struct phone *p, const struct call *c, int64_t row)
{
	const struct person *q = c->person == OWNER ? NULL : &p->people[c->person];
	char guid[37], name[64] = "";
	rng_guid(p->seed, 'k', (uint64_t)row, guid);
	if (q && q->card[0])
		snprintf(name, sizeof name, "%s %s", q->first, q->last);
	db_bind(st, "iiiiiirrsss", row, (int64_t)c->answered,
		(int64_t)(c->video      ? 8
			  : c->facetime ? 16
					: 1),
		(int64_t)(!q        ? 1
			  : q->e164 ? 2
				    : 3),
		(int64_t)c->out, (int64_t)1, db_cocoa_s(c->time), (double)c->duration / 1000,
		q ? q->handle : "", c->facetime ? "com.apple.FaceTime" : "com.apple.Telephony",
		guid);
	db_step(d, st);
	if (q) {
		db_bind(handle, "iiss", row, (int64_t)(q->e164 ? 2 : 3), q->handle, q->handle);
		db_step(d, handle);
		db_bind(join, "ii", row, row);
		db_step(d, join);
	}
}

void ios_write_calls(const struct phone *p, struct backup *b, bool wal, struct truth *t)
{
	static const char domain[] = "HomeDomain";
	static const char path[] = "Library/CallHistoryDB/CallHistory.storedata";
	struct db d;
	const char *place = backup_file(b, domain, path);
	db_create(&d, place, schema_ios_calls);
	sqlite3_stmt *st = db_prepare(
		&d, "INSERT INTO ZCALLRECORD(Z_PK,Z_ENT,Z_OPT,ZANSWERED,ZCALLTYPE,ZHANDLE_TYPE,"
		    "ZORIGINATED,ZREAD,ZDATE,ZDURATION,ZADDRESS,ZISO_COUNTRY_CODE,"
		    "ZSERVICE_PROVIDER,ZUNIQUE_ID) VALUES(?,2,1,?,?,?,?,?,?,?,?,'gb',?,?)");
	sqlite3_stmt *handle = db_prepare(&d, "INSERT INTO ZHANDLE VALUES(?,4,1,?,?,?)");
	sqlite3_stmt *join = db_prepare(&d, "INSERT INTO Z_2REMOTEPARTICIPANTHANDLES VALUES(?,?)");
	for (uint32_t i = 0; i < p->calls_n; i++) {
		if (wal && i == p->calls_n - p->calls_n / 10 - 1)
			db_live(&d);
		write_call(&d, st, handle, join, p, &p->calls[i], (int64_t)i + 1);
		truth_call(t, "ZCALLRECORD", (int64_t)i + 1, &p->calls[i]);
	}
	sqlite3_finalize(st);
	sqlite3_finalize(handle);
	sqlite3_finalize(join);
	bool live = d.live;
	db_finish(&d);
	if (live) {
		char from[4096];
		snprintf(from, sizeof from, "%s-wal", place);
		if (rename(from, backup_file(b, domain,
					     "Library/CallHistoryDB/CallHistory.storedata-wal")))
			die("%s: no -wal was left", from);
	}
}
