/* db.h - writing one fictional database: the same bytes every time. */
#ifndef GEN_DB_H
#define GEN_DB_H
#include <sqlite3.h>
#include <stdint.h>

struct db {
	sqlite3 *h;
	char *path;
	const char *after; /* of the schema: made when the rows are in */
	int live;
};

/* The schemas of schema/NAME.sql: tables before the line "-- indexes", the rest after it. */
extern const char schema_ios_sms[], schema_ios_contacts[], schema_ios_contact_images[],
	schema_ios_calls[], schema_ios_manifest[], schema_ios_whatsapp[], schema_android_messages[],
	schema_android_contacts[], schema_android_calls[], schema_android_telephony[],
	schema_android_whatsapp[];

void db_create(struct db *d, const char *path, const char *schema);
/* From here on every change stays in NAME-wal beside it, as on a phone that was running. */
void db_live(struct db *d);
void db_finish(struct db *d);

sqlite3_stmt *db_prepare(struct db *d, const char *sql);
void db_exec(struct db *d, const char *sql);
/* Step a statement without rows, clear it for the next; ends the program on failure. */
void db_step(struct db *d, sqlite3_stmt *st);
/* Bind by letters: i int64, r double, s text (NULL: SQL NULL; must live until the step),
 * b blob (pointer, int length), n NULL. */
void db_bind(sqlite3_stmt *st, const char *kinds, ...);
int64_t db_cocoa_ns(int64_t ms); /* 0 stays 0 */
double db_cocoa_s(int64_t ms);
#endif
