/*
 * adb_phone.c - what an Android phone gives without being changed, as files of a source: each store
 * that a provider shows becomes the database that it is made of on the phone, with the provider's
 * own row numbers, so that the same parsers read it and each row has its address.
 *
 * Only what is in scope is asked for. Of each store is said how it was read, and what the phone
 * refused or hides. Source of addresses and columns: android.provider.Telephony, CallLog and
 * ContactsContract.
 */
#include "acquire/adb.h"
#include "acquire/adb_content.h"
#include "catalog.h"
#include <stdio.h>
#include <stdlib.h>

#define MMS_MAX 500 /* whose addresses are asked for one by one */

/* What is made of the tables once they are read; NULL: nothing. */
typedef int store_finish(struct source *s, struct adb_phone *p, sqlite3 *db, const char *path,
			 struct err *err);

struct store {
	const char *path, *parser, *what;
	const struct adb_table *table; /* ends with one without uri */
	store_finish *finish;
	const char *package; /* whose backup holds the same; NULL: none does */
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static int step(void *user, int64_t done, int64_t total, struct err *err)
{
	return source_progress(user, "Reading the phone", done > 0 ? (uint64_t)done : 0,
			       total > done ? (uint64_t)total : 0, err);
}

static void say_read(struct source *s, const struct store *st, const struct adb_table *t,
		     const struct adb_read *r)
{
	span path = span_z(st->path);
	if (*r->refused) {
		source_note_addf(s, true, path, "the phone does not give %s (%s): %s%s", t->table,
				 t->uri, r->odd ? "" : "in its words: ", r->refused);
		return;
	}
	source_note_addf(
		s, false, path,
		"%s: %lld rows from %s in %lld questions, %lld of them read one by one because "
		"their text could pass for more than text",
		t->table, (long long)r->rows, t->uri, (long long)r->calls, (long long)r->reread);
	if (*r->missing)
		source_note_addf(s, false, path, "%s: this phone does not have the columns %s",
				 t->table, r->missing);
	if (r->gone)
		source_note_addf(s, true, path,
				 "%s: %lld texts were gone from the phone when they were asked for",
				 t->table, (long long)r->gone);
}

/* ---- MMS: who ---- */

static const struct adb_table one_address = {
	"content://mms/1/addr", "addr_now", NULL, { "type", NULL }, { "address", NULL }
};

static int addresses_of(struct source *s, struct adb_phone *p, sqlite3 *db, int64_t id,
			struct err *err)
{
	char uri[64], sql[200];
	struct adb_read said;
	struct adb_table t = one_address;
	snprintf(uri, sizeof uri, "content://mms/%lld/addr", (long long)id);
	t.uri = uri;
	int rc = adb_content_read(p->door, &t, db, &said, step, s, err);
	snprintf(sql, sizeof sql,
		 "INSERT INTO addr(msg_id,type,address) SELECT %lld,type,address FROM addr_now "
		 "ORDER "
		 "BY _id; DROP TABLE addr_now",
		 (long long)id);
	if (rc == 0 && sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		rc = no_memory(err);
	return rc;
}

static int finish_messages(struct source *s, struct adb_phone *p, sqlite3 *db, const char *path,
			   struct err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t id[MMS_MAX];
	size_t n = 0, all = 0;
	if (sqlite3_exec(db,
			 "CREATE TABLE addr(_id INTEGER PRIMARY KEY, msg_id INTEGER, type INTEGER, "
			 "address TEXT)",
			 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT _id FROM pdu ORDER BY date DESC, _id DESC", -1, &st,
			       NULL) != SQLITE_OK)
		return no_memory(err);
	for (; sqlite3_step(st) == SQLITE_ROW; all++)
		if (n < MMS_MAX)
			id[n++] = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	int rc = 0;
	for (size_t i = n; rc == 0 && i-- > 0;)
		rc = addresses_of(s, p, db, id[i], err);
	if (all > n)
		source_note_addf(
			s, true, span_z(path),
			"of %zu MMS the sender and recipients of the newest %zu were asked for",
			all, n);
	source_note_add(
		s, false, span_z(path),
		"as Android shows it to its debugging shell: drafts, texts that failed, and on "
		"new versions one-time codes may be hidden from it");
	return rc;
}

static int finish_contacts(struct source *s, struct adb_phone *p, sqlite3 *db, const char *path,
			   struct err *err)
{
	(void)s, (void)p, (void)path;
	return sqlite3_exec(db,
			    "CREATE TABLE mimetypes(_id INTEGER PRIMARY KEY, mimetype TEXT);"
			    "INSERT INTO mimetypes(mimetype) SELECT DISTINCT mimetype FROM data"
			    " WHERE mimetype IS NOT NULL ORDER BY mimetype;"
			    "ALTER TABLE data ADD COLUMN mimetype_id INTEGER;"
			    "UPDATE data SET mimetype_id=(SELECT m._id FROM mimetypes m"
			    " WHERE m.mimetype=data.mimetype)",
			    NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : no_memory(err);
}

/* ---- the stores ---- */

static const struct adb_table messages[] = { { "content://sms",
					       "sms",
					       "date",
					       { "thread_id", "date", "date_sent", "type", "read",
						 "status", "sub_id", NULL },
					       { "address", "body", "subject", NULL } },
					     { "content://mms",
					       "pdu",
					       "date",
					       { "thread_id", "date", "date_sent", "msg_box",
						 "m_type", "read", "sub_cs", "sub_id", NULL },
					       { "sub", NULL } },
					     { "content://mms/part",
					       "part",
					       "mid",
					       { "mid", "seq", "chset", NULL },
					       { "ct", "name", "cl", "fn", "cid", "text", NULL } },
					     { "content://mms-sms/conversations?simple=true",
					       "threads",
					       "date",
					       { "date", "message_count", NULL },
					       { "recipient_ids", NULL } },
					     { "content://mms-sms/canonical-addresses",
					       "canonical_addresses",
					       NULL,
					       { NULL },
					       { "address", NULL } },
					     { 0 } };
static const struct adb_table calls[] = {
	{ "content://call_log/calls",
	  "calls",
	  "date",
	  { "date", "duration", "type", "presentation", "features", NULL },
	  { "number", "name", "via_number", "phone_account_address", "subscription_component_name",
	    NULL } },
	{ 0 }
};
static const struct adb_table contacts[] = { { "content://com.android.contacts/raw_contacts",
					       "raw_contacts",
					       "version",
					       { "deleted", "version", NULL },
					       { "display_name", "account_type", NULL } },
					     { "content://com.android.contacts/data",
					       "data",
					       "raw_contact_id",
					       { "raw_contact_id", NULL },
					       { "mimetype", "data1", "data2", "data3", NULL } },
					     { 0 } };
/* Since Android 10 or so only for the phone app itself: "Access SIMINFO table from not phone/system
 * UID". */
static const struct adb_table sims[] = { { "content://telephony/siminfo",
					   "siminfo",
					   NULL,
					   { "sim_id", NULL },
					   { "icc_id", "number", "display_name", "carrier_name",
					     "imsi", NULL } },
					 { 0 } };
static const struct store stores[] = {
	{ "adb/com.android.providers.telephony/databases/mmssms.db", "android-sms", "messages",
	  messages, finish_messages, "com.android.providers.telephony" },
	{ "adb/com.android.providers.contacts/databases/calllog.db", "android-calls", "calls",
	  calls, NULL, NULL },
	{ "adb/com.android.providers.contacts/databases/contacts2.db", "android-contacts",
	  "contacts", contacts, finish_contacts, NULL },
	{ "adb/com.android.providers.telephony/databases/telephony.db", "android-siminfo",
	  "SIM history", sims, NULL, NULL },
};

int adb_keep(struct catalog *c, const char *path, sqlite3 *db, struct err *err)
{
	struct source *s = c->s;
	struct vault_writer *w = NULL;
	struct entry e = { .path = span_z(path), .kind = ENTRY_FILE, .state = EVIDENCE_READ };
	sqlite3_int64 n = 0;
	unsigned char *bytes = sqlite3_serialize(db, "main", &n, 0);
	if (!bytes)
		return no_memory(err);
	e.place.kind = PLACE_VAULT;
	int rc = vault_create(s->vault, &w, &e.place.part, err);
	if (rc == 0)
		rc = vault_write(w, (span){ (char *)bytes, (size_t)n }, err);
	if (rc == 0)
		rc = vault_finish(w, e.sha256, &e.size, err);
	else
		vault_abandon(w);
	sqlite3_free(bytes);
	e.place.size = e.size;
	catalog_count(c, e.size);
	return rc ? rc : catalog_add(c, &e, SIGHT_WANTED, err);
}

/* The provider refuses: the next way is tried where there is one, and all of it is said. */
static int not_given(struct catalog *c, struct adb_phone *p, const struct store *st,
		     const char *said, struct err *err)
{
	struct buf b = { 0 };
	struct found f = { .path = span_z(st->path) };
	const char *why = "no other way gives it without changing the phone";
	size_t files = 0;
	int rc = st->package ? adb_read_backup(c, p, st->package, &files, &why, err) : 0;
	buf_addf(&b, "the phone does not give its %s; %s; %s", st->what, said,
		 files ? "they were read from a backup that the phone made" : why);
	span words = arena_copy(c->s->arena, buf_span(&b), NULL);
	buf_free(&b);
	if (rc)
		return rc;
	return words.p ? catalog_list_as(c, &f, parser_find(st->parser), EVIDENCE_UNREADABLE,
					 words.p, err)
		       : no_memory(err);
}

static int read_store(struct catalog *c, struct adb_phone *p, const struct store *st,
		      struct err *err)
{
	struct source *s = c->s;
	sqlite3 *db = NULL;
	struct adb_read said = { 0 };
	char first[280] = "";
	size_t refused = 0, n = 0;
	int rc = sqlite3_open(":memory:", &db) == SQLITE_OK &&
				 sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK
			 ? 0
			 : no_memory(err);
	for (; rc == 0 && st->table[n].uri; n++) {
		rc = adb_content_read(p->door, &st->table[n], db, &said, step, s, err);
		if (rc)
			break;
		say_read(s, st, &st->table[n], &said);
		if (*said.refused && !refused++)
			snprintf(first, sizeof first, "%s%s",
				 said.odd ? "" : "in its words: ", said.refused);
	}
	if (rc == 0 && refused < n && st->finish)
		rc = st->finish(s, p, db, st->path, err);
	if (rc == 0 && refused == n) {
		rc = not_given(c, p, st, first, err);
	} else if (rc == 0) {
		rc = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK
			     ? adb_keep(c, st->path, db, err)
			     : no_memory(err);
	}
	sqlite3_close(db);
	return rc;
}

/* ---- apps ---- */

static int read_apps(struct catalog *c, struct adb_phone *p, struct err *err)
{
	static const span mark = SPAN_INIT("package:");
	struct buf b = { 0 };
	int code, rc = adb_output(p->door, "pm list packages", 60, (uint64_t)16 << 20, &b, &code,
				  err);
	for (span s = buf_span(&b); rc == 0 && s.n;) {
		const char *end = memchr(s.p, '\n', s.n);
		span line = { s.p, end ? (size_t)(end - s.p) : s.n };
		s = span_from(s, line.n + (end ? 1 : 0));
		if (line.n <= mark.n || memcmp(line.p, mark.p, mark.n) != 0)
			continue;
		const struct app *app = app_find(PLATFORM_ANDROID, span_from(line, mark.n));
		if (app)
			catalog_app(c, app, SPAN("adb/pm list packages"));
	}
	buf_free(&b);
	return rc;
}

/* ---- the whole ---- */

static void say_phone(struct source *s, const struct adb_phone *p)
{
	const struct device *d = &p->base.device;
	source_note_addf(s, false, SPAN("adb"), "%s %s, %s %s, build %s, serial %s", d->product,
			 d->model, d->os, d->version, d->build, d->serial);
	source_note_addf(s, false, SPAN("adb"),
			 "its settings before anything was read: " ADB_SETTING_WORDS, p->setting[0],
			 p->setting[1], p->setting[2], p->setting[3]);
	if (p->clock_known && (p->clock_ahead > 60 || p->clock_ahead < -60))
		source_note_addf(s, false, SPAN("adb"),
				 "the phone's clock was %lld seconds %s this computer's",
				 (long long)(p->clock_ahead < 0 ? -p->clock_ahead : p->clock_ahead),
				 p->clock_ahead < 0 ? "behind" : "ahead of");
	if (d->newer)
		source_note_addf(s, false, SPAN("adb"),
				 "Android %s is newer than linecheck was tested with", d->version);
}

static int list(struct source *s, struct catalog *c, struct err *err)
{
	struct adb_phone *p = (struct adb_phone *)s->options.device;
	s->info.platform = PLATFORM_ANDROID;
	say_phone(s, p);
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < sizeof stores / sizeof *stores; i++) {
		const struct parser *parser = parser_find(stores[i].parser);
		struct found f = { .path = span_z(stores[i].path) };
		rc = parser && want_in_scope(s->wants, parser)
			     ? read_store(c, p, &stores[i], err)
			     : catalog_list_as(c, &f, parser, EVIDENCE_OUT_OF_SCOPE, NULL, err);
	}
	if (rc == 0)
		rc = read_apps(c, p, err);
	if (rc == 0)
		rc = adb_read_system(c, p, err);
	return rc ? rc : adb_read_storage(c, p, err);
}

static int open_place(struct source *s, const struct place *p, struct reader **ret,
		      struct stamp *ret_stamp, struct err *err)
{
	(void)ret_stamp;
	return vault_read(s->vault, p->name, ret, err);
}

const struct acquire acquire_adb = { .kind = "android", .list = list, .open = open_place };
