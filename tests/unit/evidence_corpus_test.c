/* evidence_corpus_test.c - databases and archives that other projects publish to break readers:
 * nothing crashes, hangs or is left open, and what is read is what stock SQLite reads. Skips
 * without LINECHECK_CORPUS. */
#include "evidence_source.h"
#include <ftw.h>

static const char *corpus;
static char folder[64];
static unsigned files, tables, same, limits;

static int set_up(void **state)
{
	(void)state;
	files = tables = same = limits = 0;
	temp_folder(folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	remove_tree(folder);
	return 0;
}

/* The first rows of every table, as bytes. */
static void read_tables(sqlite3 *db, struct buf *out)
{
	sqlite3_stmt *names = NULL;
	sqlite3_prepare_v2(db,
			   "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
			   "'CREATE VIRTUAL%' LIMIT 40",
			   -1, &names, NULL);
	while (sqlite3_step(names) == SQLITE_ROW) {
		char *sql = sqlite3_mprintf("SELECT * FROM main.\"%w\" LIMIT 300",
					    sqlite3_column_text(names, 0));
		dump(db, sql, out);
		sqlite3_free(sql);
		tables++;
	}
	sqlite3_finalize(names);
	buf_addf(out, "%d\n", sqlite3_errcode(db) & 0xff);
}

static int stop(void *calls)
{
	return ++*(int *)calls > 200;
}

/* Ours from memory; stock from a copy, unless only the ending matters. */
static void one_database(span db, bool compare)
{
	struct evidence *e;
	struct input in;
	struct buf ours = { 0 }, stock = { 0 };
	files++;
	if (evidence_open_memory(&e, db, SPAN_NONE, SPAN_NONE, &in, NULL) == 0) {
		for (const struct parser *const *p = parsers; *p; p++)
			parser_accepts(*p, in.db, NULL);
		read_tables(in.db, &ours);
		limits += evidence_limit_hit(e) != NULL;
		compare = compare && !evidence_limit_hit(e);
		evidence_close(e);
	} else {
		compare = false;
	}
	if (compare) {
		char path[128];
		int calls = 0;
		snprintf(path, sizeof path, "%s/stock.db", folder);
		write_file(path, db);
		sqlite3 *s = sql_open(path);
		sqlite3_db_config(s, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
		sqlite3_progress_handler(s, 100000, stop, &calls);
		sql_run(s, "PRAGMA cell_size_check=ON");
		read_tables(s, &stock);
		sqlite3_close(s);
		if (!span_eq(buf_span(&ours), buf_span(&stock)))
			fail_msg("ours\n%.1500s\nstock\n%.1500s", ours.data, stock.data);
		same++;
	}
	buf_free(&ours);
	buf_free(&stock);
}

static int on_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	size_t n = strlen(path);
	if (kind != FTW_F || n < 3 || strcmp(path + n - 3, ".db") != 0)
		return 0;
	span db = read_file(path);
	one_database(db, true);
	free((void *)db.p);
	return 0;
}

static void test_forensic_corpus(void **state)
{
	(void)state;
	nftw(in(corpus, "compositionsystems+sqlite-forensic-corpus"), on_file, 16, FTW_PHYS);
	print_message("%u databases, %u tables, %u as stock, %u ended by a limit\n", files, tables,
		      same, limits);
	assert_true(files >= 77);
	assert_int_equal(same, files);
}

static void fuzz_data(const char *name, unsigned every)
{
	char uri[1024];
	sqlite3 *db;
	sqlite3_stmt *st;
	snprintf(uri, sizeof uri, "file:%s/debian-src-sqlite3-3.40.1/test/%s?immutable=1", corpus,
		 name);
	assert_int_equal(sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL),
			 SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT dbcontent FROM db ORDER BY rowid", -1, &st, NULL),
		SQLITE_OK);
	for (unsigned i = 0; sqlite3_step(st) == SQLITE_ROW; i++) {
		const void *p = sqlite3_column_blob(st, 0);
		if (p && i % every == 0)
			one_database((span){ p, (size_t)sqlite3_column_bytes(st, 0) }, false);
	}
	sqlite3_finalize(st);
	sqlite3_close(db);
	print_message("%s: %u databases, %u tables, %u ended by a limit\n", name, files, tables,
		      limits);
	assert_true(files > 500);
}

static void test_fuzzdata(void **state)
{
	(void)state;
	fuzz_data("fuzzdata3.db", 2);
}

static int64_t count_rows(const char *db, const char *wal, const char *table)
{
	struct evidence *e;
	struct input input;
	sqlite3_stmt *st = NULL;
	int64_t n = -1;
	span bytes = read_file(in(corpus, db)), log = wal ? read_file(in(corpus, wal)) : SPAN_NONE;
	assert_non_null(bytes.p);
	assert_true(!wal || log.n > 0);
	assert_int_equal(evidence_open_memory(&e, bytes, log, SPAN_NONE, &input, NULL), 0);
	char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
	if (sqlite3_prepare_v2(input.db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_free(sql);
	evidence_close(e);
	free((void *)bytes.p);
	free((void *)log.p);
	return n;
}

static void test_write_ahead_logs(void **state)
{
	(void)state;
	static const char plaso[] = "log2timeline+plaso/test_data/wal_database.db";
	static const char locks[] = "den4uk+andriller/tests/data/other/locks/locksettings.db";
	assert_int_equal(count_rows(plaso, NULL, "MyTable"), 10);
	assert_int_equal(
		count_rows(plaso, "log2timeline+plaso/test_data/wal_database.db-wal", "MyTable"),
		11);
	assert_int_equal(count_rows(locks, NULL, "locksettings"), -1);
	assert_int_equal(count_rows(locks,
				    "den4uk+andriller/tests/data/other/locks/locksettings.db-wal",
				    "locksettings"),
			 12);
}

static int on_archive(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	struct buf got = { 0 };
	char vault[128];
	if (kind != FTW_F)
		return 0;
	files++;
	snprintf(vault, sizeof vault, "%s/vault", folder);
	remove_tree(vault);
	assert_int_equal(mkdir(vault, 0700), 0);
	tell_path(path, vault, &got);
	buf_free(&got);
	return 0;
}

static void test_archives(void **state)
{
	(void)state;
	nftw(in(corpus, "libarchive+libarchive"), on_archive, 16, FTW_PHYS);
	print_message("%u archives\n", files);
	assert_true(files > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_forensic_corpus),
		TEST(test_fuzzdata),
		TEST(test_write_ahead_logs),
		TEST(test_archives),
	};
	corpus = getenv("LINECHECK_CORPUS");
	if (!corpus || access(corpus, R_OK) != 0) {
		puts("skipped: LINECHECK_CORPUS is not set to a folder");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
