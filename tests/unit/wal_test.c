/* wal_test.c - a -wal that SQLite would pass over in silence, or that is another database's: it is
 * said, and the database is read. */
#include "evidence_source.h"

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

/* A database with what sql leaves in its -wal, as folder/name. before is in the database itself. */
static void make_wal(const char *name, const char *before, const char *after)
{
	char live[128], side[160], to[160];
	snprintf(live, sizeof live, "%s/live.db", folder);
	sqlite3 *db = sql_open(live);
	sql_run(db, "PRAGMA page_size=1024; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0");
	sql_run(db, before);
	sql_run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	sql_run(db, after);
	copy_file(live, in(folder, name));
	snprintf(side, sizeof side, "%s-wal", live);
	snprintf(to, sizeof to, "%s/%s-wal", folder, name);
	copy_file(side, to);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	unlink(live);
}

static const char before[] = "CREATE TABLE message(body); INSERT INTO message VALUES('old')";
static const char after[] =
	"INSERT INTO message VALUES('new'); INSERT INTO message VALUES('newer')";

#define NOT_USED                                                                                   \
	"loss sms.db-wal: it could not be used: it is not a write-ahead log, or its beginning is " \
	"damaged. What it changed in its database is missing\n"
#define FOREIGN                                                                                 \
	"loss sms.db-wal: it does not fit its database, as if it were another database's: the " \
	"database was read without it, and changes may be missing\n"

static void test_sound(void **state)
{
	(void)state;
	make_wal("t/sms.db", before, after);
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\" \"new\" \"newer\"\n");
}

/* Frames of an earlier round stand behind the log's end: that is how SQLite leaves them. */
static void test_leftover_frames_are_no_loss(void **state)
{
	(void)state;
	char live[128];
	snprintf(live, sizeof live, "%s/live.db", folder);
	sqlite3 *db = sql_open(live);
	sql_run(db, "PRAGMA page_size=1024; PRAGMA journal_mode=WAL; CREATE TABLE message(body);"
		    "INSERT INTO message VALUES(hex(zeroblob(5000))); PRAGMA wal_checkpoint;"
		    "DELETE FROM message; INSERT INTO message VALUES('new')");
	copy_file(live, in(folder, "t/sms.db"));
	copy_file(in(folder, "live.db-wal"), in(folder, "t/sms.db-wal"));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"new\"\n");
}

static void test_bytes_that_are_no_log(void **state)
{
	(void)state;
	char noise[20000];
	uint64_t seed = 5;
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)(unsigned char)(rnd(&seed) & 255);
	make_wal("t/sms.db", before, after);
	write_file(in(folder, "t/sms.db-wal"), (span){ noise, sizeof noise });
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\"\n" NOT_USED);
	write_file(in(folder, "t/sms.db-wal"), (span){ noise, 7 });
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\"\n" NOT_USED);
	memset(noise, 0, sizeof noise);
	write_file(in(folder, "t/sms.db-wal"), (span){ noise, sizeof noise });
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\"\n" NOT_USED);
	write_file(in(folder, "t/sms.db-wal"), SPAN(""));
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\"\n");
	/* beside a file that is known by its content only */
	copy_file(in(folder, "t/sms.db"), in(folder, "u/any name"));
	write_file(in(folder, "u/any name-wal"), (span){ noise, sizeof noise });
	expect_source(in(folder, "u"),
		      "read t-text any name +wal: \"old\"\n"
		      "loss any name-wal: it could not be used: it is not a write-ahead log...\n");
}

static void test_damaged_log(void **state)
{
	(void)state;
	make_wal("t/sms.db", before, after);
	span wal = read_file(in(folder, "t/sms.db-wal"));
	char *p = (char *)(uintptr_t)wal.p;
	size_t frame = 1024 + 24;
	assert_int_equal(wal.n, 32 + 2 * frame); /* a frame for each row */
	/* the second frame: the first is used */
	p[32 + frame + 500] ^= 1;
	write_file(in(folder, "t/sms.db-wal"), wal);
	expect_source(in(folder, "t"),
		      "read t-text sms.db +wal: \"old\" \"new\"\n"
		      "loss sms.db-wal: it was used only up to where it is damaged or cut: what it "
		      "changed after that is missing\n");
	p[32 + frame + 500] ^= 1;
	/* cut within it */
	write_file(in(folder, "t/sms.db-wal"), (span){ p, 32 + frame + 700 });
	expect_source(in(folder, "t"),
		      "read t-text sms.db +wal: \"old\" \"new\"\n"
		      "loss sms.db-wal: it was used only up to where it is damaged or cut: what it "
		      "changed after that is missing\n");
	/* a header of another round */
	p[32 + 8] ^= 1;
	write_file(in(folder, "t/sms.db-wal"), wal);
	expect_source(
		in(folder, "t"),
		"read t-text sms.db +wal: \"old\"\n"
		"loss sms.db-wal: it could not be used: what it holds does not belong to its own "
		"header. What it changed in its database is missing\n");
	p[32 + 8] ^= 1;
	free(p);
}

/* Whatever byte of it is another: all rows, or a loss. */
static void test_no_changed_byte_is_silent(void **state)
{
	(void)state;
	make_wal("t/sms.db", before, after);
	span wal = read_file(in(folder, "t/sms.db-wal"));
	char *p = (char *)(uintptr_t)wal.p;
	unsigned losses = 0;
	for (size_t i = 0; i < wal.n; i += i < 60 ? 1 : 13) {
		struct buf b = { 0 };
		p[i] ^= 0x20;
		write_file(in(folder, "t/sms.db-wal"), wal);
		p[i] ^= 0x20;
		tell_path(in(folder, "t"), NULL, &b);
		assert_non_null(b.data);
		bool whole = strstr(b.data, "\"old\" \"new\" \"newer\"\n");
		bool said = strstr(b.data, "loss sms.db-wal: ");
		losses += said;
		if (!whole && !said)
			fail_msg("byte %zu: %s", i, b.data);
		buf_free(&b);
	}
	assert_true(losses > 200);
	free(p);
}

static void test_another_databases_log(void **state)
{
	(void)state;
	make_wal("t/sms.db", before, after);
	/* other tables, and all of them in the log */
	make_wal("other.db", "PRAGMA user_version=1",
		 "CREATE TABLE person(a, b); CREATE INDEX i ON person(b);"
		 "INSERT INTO person VALUES(1, 'x')");
	copy_file(in(folder, "other.db-wal"), in(folder, "t/sms.db-wal"));
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\"\n" FOREIGN);
	expect_source(in(folder, "t/sms.db"), "read t-text sms.db +wal: \"old\"\n" FOREIGN);
	/* known by its content only */
	copy_file(in(folder, "t/sms.db"), in(folder, "u/any name"));
	copy_file(in(folder, "other.db-wal"), in(folder, "u/any name-wal"));
	expect_source(in(folder, "u"), "read t-text any name +wal: \"old\"\n"
				       "loss any name-wal: it does not fit its database...\n");
	/* pages of another length */
	sqlite3 *db = sql_open(in(folder, "big.db"));
	sql_run(db, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; CREATE TABLE person(a);"
		    "INSERT INTO person VALUES(1)");
	copy_file(in(folder, "big.db-wal"), in(folder, "t/sms.db-wal"));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	expect_source(in(folder, "t"), "read t-text sms.db +wal: \"old\"\n" FOREIGN);
}

/* The same tables in both: their leaves would be mixed. */
static void test_log_of_the_same_kind_of_database(void **state)
{
	(void)state;
	static const char many[] =
		"CREATE TABLE message(body);"
		"WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 300)"
		"INSERT INTO message SELECT substr('mine mine mine', 1, 1 + i % 9) FROM n";
	static const char theirs[] =
		"CREATE TABLE message(body);"
		"WITH n(i) AS (SELECT 5000 UNION ALL SELECT i+1 FROM n LIMIT 300)"
		"INSERT INTO message(rowid, body) SELECT i, 'of another phone' FROM n";
	static const char others[] =
		"UPDATE message SET body = 'theirs' WHERE rowid BETWEEN 5080 AND 5120";
	make_wal("t/sms.db", many, "INSERT INTO message VALUES('x')");
	make_wal("other.db", theirs, others);
	copy_file(in(folder, "other.db-wal"), in(folder, "t/sms.db-wal"));
	struct buf b = { 0 };
	tell_path(in(folder, "t"), NULL, &b);
	assert_non_null(b.data);
	const char *told = b.data ? b.data : "";
	assert_null(strstr(told, "theirs"));
	assert_non_null(strstr(told, FOREIGN));
	buf_free(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sound),
		TEST(test_leftover_frames_are_no_loss),
		TEST(test_bytes_that_are_no_log),
		TEST(test_damaged_log),
		TEST(test_no_changed_byte_is_silent),
		TEST(test_another_databases_log),
		TEST(test_log_of_the_same_kind_of_database),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
