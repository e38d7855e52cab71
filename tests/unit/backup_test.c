/* backup_test.c - iTunes and Finder backups of every shape: with and without their lists, whole and
 * missing, encrypted, damaged, hostile. */
#include "evidence_source.h"
#include "want.h"

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	remove_tree(folder);
	return 0;
}

static void clear(void)
{
	remove_tree(folder);
	mkdir(folder, 0700);
}

static void hex_id(const char *domain, const char *path, char out[41])
{
	unsigned char id[20];
	assert_true(want_backup_id(span_z(domain), span_z(path), id));
	for (int i = 0; i < 20; i++)
		snprintf(out + (ptrdiff_t)2 * i, 3, "%02x", id[i]);
}

/* Where a backup keeps the file. */
static const char *payload(const char *dir, bool flat, const char *domain, const char *path)
{
	char id[41], name[64];
	hex_id(domain, path, id);
	snprintf(name, sizeof name, "%.2s%s%s", flat ? "" : id, flat ? "" : "/", id);
	return in(dir, name);
}

static void list_row(sqlite3 *db, const char *id, const char *domain, const char *path, int flags)
{
	char *sql = sqlite3_mprintf("INSERT INTO Files VALUES(%Q, %Q, %Q, %d, NULL)", id, domain,
				    path, flags);
	sql_run(db, sql);
	sqlite3_free(sql);
}

static void list_file(sqlite3 *db, const char *domain, const char *path)
{
	char id[41];
	hex_id(domain, path, id);
	list_row(db, id, domain, path, 1);
}

#define FILES                                                                                \
	"CREATE TABLE Files(fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags " \
	"INTEGER, file BLOB)"

static sqlite3 *list_open(const char *dir)
{
	sqlite3 *db = sql_open(in(dir, "Manifest.db"));
	sql_run(db, FILES);
	return db;
}

/* Messages, calls (listed, missing), an app's chat that only its glob finds, a bystander. */
static void make_backup(const char *dir, bool flat, bool list)
{
	make_db(payload(dir, flat, "HomeDomain", "Library/SMS/sms.db"), TEXTS("hello"));
	make_db(payload(dir, flat, "AppDomain-org.example.chat", "Documents/chat.db"),
		"CREATE TABLE chat(line); INSERT INTO chat VALUES('psst')");
	make_db(payload(dir, flat, "HomeDomain", "Library/Other/other.db"), "CREATE TABLE x(y)");
	if (!list)
		return;
	sqlite3 *db = list_open(dir);
	list_file(db, "HomeDomain", "Library/SMS/sms.db");
	list_file(db, "WirelessDomain", "Library/Calls/calls.db");
	list_file(db, "AppDomain-org.example.chat", "Documents/chat.db");
	list_file(db, "HomeDomain", "Library/Other/other.db");
	list_row(db, "aa", "AppDomain-net.whatsapp.WhatsApp", "", 2);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#define WHOLE                                                                                     \
	"read t-chat AppDomain-org.example.chat/Documents/chat.db: \"psst\"\n"                    \
	"read t-text HomeDomain/Library/SMS/sms.db: \"hello\"\n"                                  \
	"absent t-call WirelessDomain/Library/Calls/calls.db (the backup lists it, but its file " \
	"is not in the backup)\n"                                                                 \
	"app WhatsApp\n"

static void test_with_its_list(void **state)
{
	(void)state;
	for (int flat = 0; flat < 2; flat++) {
		make_backup(folder, flat, true);
		expect_source(folder, WHOLE);
		clear();
	}
	/* inside a folder, as Finder keeps them */
	struct source *s;
	struct source_options o = { .parsers = test_parsers };
	make_backup(in(folder, "Backup/0001"), false, true);
	assert_int_equal(source_open(&s, folder, &o, NULL), 0);
	assert_string_equal(source_info(s)->kind, "itunes-backup");
	assert_int_equal(source_info(s)->platform, PLATFORM_IOS);
	assert_int_equal(source_info(s)->files_seen, 4);
	assert_int_equal(source_info(s)->files_kept, 2);
	assert_true(span_eq(source_file(s, 1)->path,
			    SPAN("Backup/0001/HomeDomain/Library/SMS/sms.db")));
	source_close(s);
}

static void test_without_its_list(void **state)
{
	(void)state;
	for (int flat = 0; flat < 2; flat++) {
		char want[600], id[41];
		make_backup(folder, flat, false);
		hex_id("AppDomain-org.example.chat", "Documents/chat.db", id);
		snprintf(want, sizeof want,
			 "read t-chat %.2s%s%s: \"psst\"\n"
			 "read t-text HomeDomain/Library/SMS/sms.db: \"hello\"\n",
			 flat ? "" : id, flat ? "" : "/", id);
		hex_id("HomeDomain", "Library/Other/other.db", id);
		snprintf(want + strlen(want), sizeof want - strlen(want),
			 "note %.2s%s%s: a database of another kind than linecheck reads\n"
			 "loss : this backup has no list of its files (Manifest.db): only files in "
			 "the places that linecheck knows were found\n",
			 flat ? "" : id, flat ? "" : "/", id);
		expect_source(folder, want);
		clear();
	}
}

static void test_side_files(void **state)
{
	(void)state;
	char main[160], wal[160];
	snprintf(main, sizeof main, "%s",
		 payload(folder, false, "HomeDomain", "Library/SMS/sms.db"));
	snprintf(wal, sizeof wal, "%s",
		 payload(folder, false, "HomeDomain", "Library/SMS/sms.db-wal"));
	sqlite3 *live = sql_open(in(folder, "live.db"));
	sql_run(live, "PRAGMA journal_mode=WAL; CREATE TABLE message(body);"
		      "INSERT INTO message VALUES('old'); PRAGMA wal_checkpoint(TRUNCATE);"
		      "INSERT INTO message VALUES('new')");
	copy_file(in(folder, "live.db"), main);
	copy_file(in(folder, "live.db-wal"), wal);
	assert_int_equal(sqlite3_close(live), SQLITE_OK);
	unlink(in(folder, "live.db"));
	/* without a list */
	expect_source(folder, "read t-text HomeDomain/Library/SMS/sms.db +wal: \"old\" \"new\"\n"
			      "loss : this backup has no list...\n");
	/* with one */
	sqlite3 *db = list_open(folder);
	list_file(db, "HomeDomain", "Library/SMS/sms.db-wal");
	list_file(db, "HomeDomain", "Library/SMS/sms.db");
	expect_source(folder, "read t-text HomeDomain/Library/SMS/sms.db +wal: \"old\" \"new\"\n");
	/* listed, missing: the newest messages may be */
	unlink(wal);
	expect_source(folder,
		      "read t-text HomeDomain/Library/SMS/sms.db: \"old\"\n"
		      "loss HomeDomain/Library/SMS/sms.db-wal: the backup lists it, but its "
		      "file is not in the backup\n");
	sql_run(db, "DELETE FROM Files WHERE relativePath LIKE '%.db'");
	expect_source(folder,
		      "read t-text HomeDomain/Library/SMS/sms.db: \"old\"\n"
		      "note HomeDomain/Library/SMS/sms.db: not in the backup's own list "
		      "under the name that its path gives it, but there\n"
		      "loss HomeDomain/Library/SMS/sms.db-wal: the backup lists it, but its "
		      "file is not in the backup\n");
	unlink(main);
	expect_source(folder, "loss : none of its files is of a kind that linecheck reads: is it a "
			      "phone's backup or copy?\n"
			      "loss HomeDomain/Library/SMS/sms.db: only a side file of this "
			      "database is in the backup\n");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_hostile_list(void **state)
{
	(void)state;
	char outside[64];
	temp_folder(outside);
	make_db(in(outside, "secret"), TEXTS("outside"));
	make_backup(folder, false, false);
	sqlite3 *db = list_open(folder);
	char climb[128];
	snprintf(climb, sizeof climb, "../../%s/secret", outside + 9);
	list_row(db, climb, "HomeDomain", "Library/SMS/sms.db", 1);
	list_row(db, "/etc/passwd", "RootDomain", "Library/SMS/sms.db", 1);
	list_row(db, "zz0d7e5fb2ce288813306e4d4636395e047a3d28", "ZDomain", "Library/SMS/sms.db",
		 1);
	list_row(db, "a", "FolderDomain", "Library/SMS/sms.db", 2);
	list_row(db, "b", "LinkDomain", "Library/SMS/sms.db", 4);
	list_row(db, "c", "OddDomain", "Library/SMS/sms.db", 77);
	/* twice the same path, two files: both are read and that is said */
	list_file(db, "AppDomain-org.example.chat", "Documents/chat.db");
	char id[41];
	hex_id("HomeDomain", "Library/SMS/sms.db", id);
	list_row(db, id, "AppDomain-org.example.chat", "Documents/chat.db", 1);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	struct buf got = { 0 };
	tell_path(folder, NULL, &got);
	static const char improper[] =
		"Domain/Library/SMS/sms.db (the backup's list gives no proper "
		"name for its file)\n";
	static const char *const lines[] = {
		"read t-chat AppDomain-org.example.chat/Documents/chat.db: \"psst\"\n",
		"read t-text HomeDomain/Library/SMS/sms.db (The same bytes as "
		"'AppDomain-org.example.chat/Documents/chat.db': read and counted there.)\n",
		"note HomeDomain/Library/SMS/sms.db: not in the backup's own list under the name "
		"that its path gives it, but there\n",
		/* the other of the two; its file is not a chat but messages */
		"read t-text AppDomain-org.example.chat/Documents/chat.db: \"hello\"\n",
		"note AppDomain-org.example.chat/Documents/chat.db: the backup's list names this "
		"file more than once: each was read\n",
		"unreadable t-text FolderDomain/Library/SMS/sms.db (a folder stands where this "
		"file "
		"should be)\n",
		"unreadable t-text LinkDomain/Library/SMS/sms.db (it is not a regular file)\n",
		"unreadable t-text OddDomain/Library/SMS/sms.db (it is not a regular file)\n",
	};
	size_t n = 0, improper_n = 0;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		if (!strstr(got.data, lines[i]))
			fail_msg("no '%s' in\n%s", lines[i], got.data);
		n++;
	}
	for (const char *at = got.data; (at = strstr(at, improper)); at++)
		improper_n++;
	assert_int_equal(improper_n, 3);
	for (const char *at = got.data; (at = strchr(at, '\n')); at++)
		n--;
	assert_int_equal(n, (size_t)0 - 3); /* and nothing else */
	buf_free(&got);
	remove_tree(outside);
}

static void scramble(const char *path, size_t n)
{
	char *p = malloc(n);
	uint64_t seed = n;
	for (size_t i = 0; i < n; i++)
		p[i] = (char)(unsigned char)(rnd(&seed) & 255);
	write_file(path, (span){ p, n });
	free(p);
}

#define FLAG(value)                                                                          \
	"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>Lockdown</key><dict><key>" \
	"IsEncrypted</key><false/></dict><key>IsEncrypted</key><" value "/></dict></plist>"

static void test_encrypted(void **state)
{
	(void)state;
	static const char locked[] =
		"(the backup is encrypted, and what its password opens (BackupKeyBag in "
		"Manifest.plist) is not in it: it cannot be read even with the password...\n";
	char want[900];
	scramble(payload(folder, false, "HomeDomain", "Library/SMS/sms.db"), 40000);
	scramble(in(folder, "Manifest.db"), 40000);
	write_file(in(folder, "Manifest.plist"), SPAN(FLAG("true")));
	write_file(in(folder, "Info.plist"), SPAN("<plist><dict/></plist>"));
	snprintf(want, sizeof want,
		 "encrypted t-text HomeDomain/Library/SMS/sms.db %s"
		 "read t-info Info.plist: \"<plist><dict/></plist>\"\n"
		 "encrypted - Manifest.db %s",
		 locked, locked);
	expect_source(folder, want);
	/* without a word from anyone: bytes without structure */
	unlink(in(folder, "Manifest.plist"));
	expect_source(folder, want);
	/* before iOS 10 the list is not encrypted, the files are */
	clear();
	sqlite3 *db = list_open(folder);
	list_file(db, "HomeDomain", "Library/SMS/sms.db");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	scramble(payload(folder, false, "HomeDomain", "Library/SMS/sms.db"), 40000);
	write_file(in(folder, "Manifest.plist"), SPAN(FLAG("true")));
	expect_source(folder,
		      "encrypted t-text HomeDomain/Library/SMS/sms.db (encrypted, and its key...\n"
		      "note Manifest.plist: the backup says that it is encrypted, but its list of "
		      "files is not: each file was looked at\n");
}

static void test_a_flag_left_behind(void **state)
{
	(void)state;
	make_backup(folder, false, true);
	write_file(in(folder, "Manifest.plist"), SPAN(FLAG("true")));
	expect_source(folder, WHOLE
		      "note Manifest.plist: the backup says that it is encrypted, but its list of "
		      "files is not: each file was looked at\n");
	write_file(in(folder, "Manifest.plist"), SPAN(FLAG("false")));
	expect_source(folder, WHOLE);
}

static void test_damaged_list(void **state)
{
	(void)state;
	static const char by_name[] =
		"read t-text HomeDomain/Library/SMS/sms.db: \"hello\"\n"
		"unreadable - Manifest.db (the backup's list of files cannot be read: encrypted or "
		"damaged. Only files in the places that linecheck knows were looked for)\n";
	char id[41], want[700];
	hex_id("AppDomain-org.example.chat", "Documents/chat.db", id);
	make_backup(folder, false, true);
	snprintf(want, sizeof want, "%.2s/%s", id, id);
	/* zeroed, cut, a folder in its place */
	struct stat st;
	assert_int_equal(stat(in(folder, "Manifest.db"), &st), 0);
	for (int i = 0; i < 2; i++) {
		struct buf got = { 0 };
		if (i == 0) {
			write_file(in(folder, "Manifest.db"), SPAN(""));
			assert_int_equal(truncate(in(folder, "Manifest.db"), 20000), 0);
		} else {
			assert_int_equal(truncate(in(folder, "Manifest.db"), 10), 0);
		}
		tell_path(folder, NULL, &got);
		assert_non_null(strstr(got.data, by_name));
		assert_non_null(strstr(got.data, want)); /* the chat, by its content */
		buf_free(&got);
	}
	unlink(in(folder, "Manifest.db"));
	assert_int_equal(mkdir(in(folder, "Manifest.db"), 0700), 0);
	struct buf got = { 0 };
	tell_path(folder, NULL, &got);
	assert_non_null(strstr(got.data, "read t-text HomeDomain/Library/SMS/sms.db: \"hello\"\n"));
	assert_non_null(strstr(got.data, "loss Manifest.db: a folder stands where this file"));
	buf_free(&got);
}

/* What SQLite passes over in silence: a page of zeros, noise for a -wal. */
static void test_list_that_is_quietly_damaged(void **state)
{
	(void)state;
	make_backup(folder, false, false);
	sqlite3 *db = sql_open(in(folder, "Manifest.db"));
	sql_run(db,
		"PRAGMA page_size=1024; CREATE TABLE Files(fileID TEXT, domain TEXT, relativePath "
		"TEXT, flags INTEGER, file BLOB);"
		"WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 60) INSERT INTO Files "
		"SELECT printf('%040x', i), 'CameraRollDomain', 'Media/' || i || '.jpg', 1, NULL "
		"FROM n");
	list_file(db, "HomeDomain", "Library/SMS/sms.db");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	write_file(in(folder, "Manifest.db-wal"), SPAN("noise that is no log of anything at all"));
	struct buf got = { 0 };
	tell_path(folder, NULL, &got);
	assert_non_null(got.data);
	assert_non_null(strstr(got.data, "loss Manifest.db: of its -wal: it could not be used"));
	assert_null(strstr(got.data, "list of files is damaged"));
	buf_free(&got);
	unlink(in(folder, "Manifest.db-wal"));
	span list = read_file(in(folder, "Manifest.db"));
	memset((char *)(uintptr_t)list.p + (size_t)1024 * 3 + 600, 0, 400);
	write_file(in(folder, "Manifest.db"), list);
	free((void *)list.p);
	tell_path(folder, NULL, &got);
	assert_non_null(got.data);
	assert_non_null(
		strstr(got.data, "loss Manifest.db: the backup's list of files is damaged"));
	assert_non_null(strstr(got.data, "sms.db: \"hello\""));
	buf_free(&got);
}

static void test_list_with_its_own_wal(void **state)
{
	(void)state;
	make_db(payload(folder, false, "HomeDomain", "Library/SMS/sms.db"), TEXTS("hello"));
	char live[128];
	snprintf(live, sizeof live, "%s/live/Manifest.db", folder);
	sqlite3 *db = sql_open(live);
	sql_run(db, "PRAGMA journal_mode=WAL");
	sql_run(db, FILES);
	list_file(db, "HomeDomain", "Library/SMS/sms.db");
	copy_file(live, in(folder, "Manifest.db"));
	copy_file(in(folder, "live/Manifest.db-wal"), in(folder, "Manifest.db-wal"));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	remove_tree(in(folder, "live"));
	expect_source(folder, "read t-text HomeDomain/Library/SMS/sms.db: \"hello\"\n");
}

/* ---- Manifest.mbdb ---- */

static void put(struct buf *b, uint64_t v, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		buf_byte(b, (char)(unsigned char)(v >> 8 * i & 255));
}

static void put_string(struct buf *b, const char *s)
{
	put(b, s ? strlen(s) : 0xffff, 2);
	if (s)
		buf_add(b, span_z(s));
}

static void mbdb_record(struct buf *b, const char *domain, const char *path, unsigned mode,
			uint64_t size)
{
	put_string(b, domain);
	put_string(b, path);
	put_string(b, NULL);
	put_string(b, "0123456789abcdef0123");
	put_string(b, NULL);
	put(b, mode, 2);
	put(b, 42, 8);
	put(b, 501, 4);
	put(b, 501, 4);
	put(b, 1, 4);
	put(b, 2, 4);
	put(b, 3, 4);
	put(b, size, 8);
	put(b, 3, 1);
	put(b, 1, 1);
	put_string(b, "name");
	put_string(b, "value");
}

static void test_mbdb(void **state)
{
	(void)state;
	struct buf b = { 0 };
	struct stat st;
	make_backup(folder, true, false);
	assert_int_equal(stat(payload(folder, true, "HomeDomain", "Library/SMS/sms.db"), &st), 0);
	buf_add(&b, SPAN("mbdb\5\0"));
	mbdb_record(&b, "HomeDomain", "Library", 040755, 0);
	mbdb_record(&b, "HomeDomain", "Library/SMS/sms.db", 0100644, (uint64_t)st.st_size);
	size_t half = b.n;
	mbdb_record(&b, "AppDomain-net.whatsapp.WhatsApp", "", 040755, 0);
	mbdb_record(&b, "WirelessDomain", "Library/Calls/calls.db", 0100644, 5);
	mbdb_record(&b, "AppDomain-org.example.chat", "Documents/chat.db", 0100644, 99);
	write_file(in(folder, "Manifest.mbdb"), buf_span(&b));
	assert_int_equal(
		stat(payload(folder, true, "AppDomain-org.example.chat", "Documents/chat.db"), &st),
		0);
	char want[900];
	snprintf(want, sizeof want,
		 WHOLE "note AppDomain-org.example.chat/Documents/chat.db: the backup's list says "
		       "99 bytes, its file has %lld\n",
		 (long long)st.st_size);
	expect_source(folder, want);
	/* cut anywhere: what came before stands, and the rest is looked for */
	for (size_t n = 0; n < b.n; n += n < 40 ? 1 : 37) {
		struct buf got = { 0 };
		write_file(in(folder, "Manifest.mbdb"), (span){ b.data, n });
		tell_path(folder, NULL, &got);
		assert_non_null(
			strstr(got.data, "read t-text HomeDomain/Library/SMS/sms.db: \"hello\"\n"));
		assert_non_null(strstr(got.data, "\"psst\"\n"));
		if (n > half)
			assert_non_null(strstr(got.data, "loss Manifest.mbdb: the backup's list of "
							 "files is damaged"));
		buf_free(&got);
	}
	buf_free(&b);
}

/* ---- several, and the lists of apps ---- */

static void test_several_backups(void **state)
{
	(void)state;
	make_backup(in(folder, "one"), false, true);
	make_backup(in(folder, "two"), false, true);
	expect_source(folder,
		      "error user: There is more than one backup here ('one' and 'two')...\n");
	/* an unfinished one inside is not another phone */
	clear();
	make_backup(folder, false, true);
	make_backup(in(folder, "Snapshot"), false, true);
	struct buf got = { 0 };
	tell_path(folder, NULL, &got);
	assert_true(strncmp(got.data, WHOLE, strlen(WHOLE)) == 0);
	assert_non_null(strstr(got.data, "loss Snapshot: a second backup inside the backup"));
	assert_null(strstr(got.data, "read t-text Snapshot"));
	buf_free(&got);
}

static void test_lists_of_apps(void **state)
{
	(void)state;
	make_backup(folder, false, true);
	write_file(
		in(folder, "Info.plist"),
		SPAN("<plist><dict><key>Installed Applications</key><array>"
		     "<string>ph.telegra.Telegraph</string><string>org.example.x</string></array>"
		     "<key>Other</key><array><string>com.burbn.instagram</string></array>"
		     "</dict></plist>"));
	write_file(in(folder, "Manifest.plist"),
		   SPAN("<plist><dict><key>Applications</key><dict><key>com.kik.chat</key><dict>"
			"<key>com.viber</key><string>com.viber</string></dict></dict>"
			"</dict></plist>"));
	struct buf got = { 0 };
	tell_path(folder, NULL, &got);
	assert_non_null(strstr(buf_span(&got).p, "app Kik\napp Telegram\napp WhatsApp\n"));
	assert_null(strstr(buf_span(&got).p, "Viber"));
	assert_null(strstr(buf_span(&got).p, "Instagram"));
	buf_free(&got);
	/* broken: said, and what came before stands */
	write_file(in(folder, "Manifest.plist"),
		   SPAN("<plist><dict><key>Applications</key><dict><key>com.kik.chat</key><di"));
	tell_path(folder, NULL, &got);
	assert_non_null(strstr(buf_span(&got).p, "app Kik\n"));
	assert_non_null(strstr(buf_span(&got).p, "loss Manifest.plist: this list cannot be read"));
	buf_free(&got);
}

/* A folder named like a backup's, with other things in it. */
static void test_not_a_backup(void **state)
{
	(void)state;
	make_db(in(folder, "ab/abcdefabcdefabcdefabcdefabcdefabcdefabcd"), TEXTS("by content"));
	write_file(in(folder, "cd/cdefabcdefabcdefabcdefabcdefabcdefabcdef"), SPAN("cache"));
	make_db(in(folder, "Manifest.db"), "CREATE TABLE x(y)");
	write_file(in(folder, "Foo.app/Info.plist"), SPAN("<plist/>"));
	struct source *s;
	struct source_options o = { .parsers = test_parsers };
	assert_int_equal(source_open(&s, in(folder, "ab"), &o, NULL), 0);
	assert_string_equal(source_info(s)->kind, "folder");
	assert_int_equal(source_files(s), 1);
	source_close(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_with_its_list),
		TEST(test_without_its_list),
		TEST(test_side_files),
		TEST(test_hostile_list),
		TEST(test_encrypted),
		TEST(test_a_flag_left_behind),
		TEST(test_damaged_list),
		TEST(test_list_that_is_quietly_damaged),
		TEST(test_list_with_its_own_wal),
		TEST(test_mbdb),
		TEST(test_several_backups),
		TEST(test_lists_of_apps),
		TEST(test_not_a_backup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
