/* vfs_test.c - what SQLite reads through our VFS is what stock SQLite reads from a private copy,
 * and nothing outside is touched. */
#include "evidence_db.h"
#include "evidence_helpers.h"

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

/* A database with its side files, in memory. */
struct image {
	span db, wal, journal;
};

static struct image image_load(const char *db)
{
	char name[1100];
	struct image im = { .db = read_file(db) };
	snprintf(name, sizeof name, "%s-wal", db);
	im.wal = read_file(name);
	snprintf(name, sizeof name, "%s-journal", db);
	im.journal = read_file(name);
	return im;
}

static void image_free(struct image *im)
{
	free((void *)im->db.p);
	free((void *)im->wal.p);
	free((void *)im->journal.p);
}

struct ours {
	struct reader *db, *wal, *journal;
	struct evidence_db *e;
	struct err err;
};

static int ours_open(struct ours *o, const struct image *im)
{
	*o = (struct ours){ 0 };
	assert_int_equal(reader_of_memory(&o->db, im->db.p ? im->db : SPAN(""), NULL), 0);
	if (im->wal.p)
		assert_int_equal(reader_of_memory(&o->wal, im->wal, NULL), 0);
	if (im->journal.p)
		assert_int_equal(reader_of_memory(&o->journal, im->journal, NULL), 0);
	return evidence_db_open(&o->e, &(struct evidence_vfs_files){ o->db, o->wal, o->journal },
				&o->err);
}

static void ours_close(struct ours *o)
{
	evidence_db_close(o->e);
	reader_free(o->db);
	reader_free(o->wal);
	reader_free(o->journal);
}

static const char *const queries[] = {
	"SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema",
	"SELECT rowid, * FROM t ORDER BY rowid",
	"SELECT rowid, * FROM t NOT INDEXED ORDER BY rowid DESC",
	"SELECT b, rowid FROM t ORDER BY b, rowid",
	"SELECT rowid, * FROM u ORDER BY rowid",
};
#define QUERIES (sizeof queries / sizeof *queries)

/* Gives whether a page was found damaged. */
static bool read_ours(const struct image *im, struct buf *out)
{
	struct ours o;
	bool loss, wiped = false;
	const char *remark;
	int rc = ours_open(&o, im);
	if (rc)
		buf_addf(out, "open %d\n", rc);
	for (size_t i = 0; rc == 0 && i < QUERIES; i++)
		dump(evidence_db_handle(o.e), queries[i], out);
	for (size_t i = 0; rc == 0 && (remark = evidence_db_remark(o.e, i, &loss)); i++)
		wiped |= loss && strstr(remark, "a page of it is damaged");
	ours_close(&o);
	return wiped;
}

/* Stock SQLite on a private copy. */
static void read_stock(const struct image *im, struct buf *out)
{
	char path[128], side[160];
	snprintf(path, sizeof path, "%s/stock/copy.db", folder);
	write_file(path, im->db.p ? im->db : SPAN(""));
	snprintf(side, sizeof side, "%s-wal", path);
	unlink(side);
	if (im->wal.p)
		write_file(side, im->wal);
	snprintf(side, sizeof side, "%s-journal", path);
	unlink(side);
	if (im->journal.p)
		write_file(side, im->journal);
	snprintf(side, sizeof side, "%s-shm", path);
	unlink(side);
	sqlite3 *db = sql_open(path);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	int rc = sqlite3_exec(db, "PRAGMA cell_size_check=ON; SELECT 1 FROM sqlite_schema", NULL,
			      NULL, NULL);
	if (rc != SQLITE_OK)
		buf_addf(out, "open %d\n", E_FORMAT);
	for (size_t i = 0; rc == SQLITE_OK && i < QUERIES; i++)
		dump(db, queries[i], out);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ---- random transactions, stopped anywhere ---- */

struct writer {
	sqlite3 *db;
	uint64_t seed;
	bool crashed; /* the copy was taken */
};

static uint32_t below(struct writer *w, uint32_t n)
{
	return rnd(&w->seed) % n;
}

static void change(struct writer *w)
{
	char *sql;
	unsigned key = below(w, 400), size = below(w, 8) ? below(w, 60) : below(w, 6000);
	switch (below(w, 8)) {
	case 0:
	case 1:
		sql = sqlite3_mprintf("DELETE FROM t WHERE rowid %% 7 = %u", below(w, 7));
		break;
	case 2:
		sql = sqlite3_mprintf("UPDATE t SET b = 'u%u', c = zeroblob(%u) WHERE rowid = %u",
				      below(w, 1000), size, key);
		break;
	case 3:
		sql = sqlite3_mprintf("UPDATE t SET b = b || '\xc3\xa9' WHERE rowid %% 5 = %u",
				      below(w, 5));
		break;
	case 4:
		sql = sqlite3_mprintf("INSERT INTO u VALUES(%u, '%u')", key, below(w, 99));
		break;
	default:
		sql = sqlite3_mprintf(
			"WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT %u) "
			"INSERT INTO t SELECT %u*i, 'row ' || (i*%u), "
			"substr(hex(zeroblob(%u)),1,%u) FROM n",
			1 + below(w, 120), key, 1 + below(w, 9999), size, size);
		break;
	}
	sql_run(w->db, sql);
	sqlite3_free(sql);
}

static void crash_copy(const char *from, const char *to)
{
	static const char *const ends[] = { "", "-wal", "-journal" };
	for (int i = 0; i < 3; i++) {
		char a[160], b[160];
		snprintf(a, sizeof a, "%s%s", from, ends[i]);
		snprintf(b, sizeof b, "%s%s", to, ends[i]);
		unlink(b);
		copy_file(a, b);
	}
}

/* Cut, lengthen or flip a byte of one of the files: a torn write, a bad sector. */
static void damage(struct writer *w, span *s)
{
	if (!s->p || s->n < 40)
		return;
	char *p = (char *)(uintptr_t)s->p;
	switch (below(w, 4)) {
	case 0:
		s->n -= below(w, (uint32_t)s->n);
		break;
	case 1:
		p[below(w, (uint32_t)s->n)] ^= (char)(1u << below(w, 8));
		break;
	case 2:
		memset(p + below(w, (uint32_t)s->n - 32), 0, 32);
		break;
	default:
		s->n -= s->n % 512 + 512 * below(w, (uint32_t)(s->n / 512));
		break;
	}
}

/* One life of a database: made, changed, stopped at some point; then read by both. Says which of
 * the side files were there. */
static void one_case(uint64_t seed, unsigned *with_wal, unsigned *with_journal, unsigned *differ)
{
	static const char *const modes[] = { "wal", "wal", "delete", "truncate", "persist" };
	static const char *const encodings[] = { "UTF-8", "UTF-16le", "UTF-16be" };
	struct writer w = { .seed = seed * 0x9E3779B97F4A7C15u + 1 };
	char live[128], copy[128];
	snprintf(live, sizeof live, "%s/live/a.db", folder);
	snprintf(copy, sizeof copy, "%s/crash/a.db", folder);
	make_parents(copy);
	remove_tree(in(folder, "live"));
	w.db = sql_open(live);
	char *sql = sqlite3_mprintf(
		"PRAGMA page_size=%d; PRAGMA encoding='%s'; PRAGMA auto_vacuum=%u;"
		"PRAGMA journal_mode=%s; PRAGMA synchronous=%u; PRAGMA cache_size=%u;"
		"PRAGMA wal_autocheckpoint=%u;"
		"CREATE TABLE t(a, b TEXT, c); CREATE INDEX tb ON t(b);"
		"CREATE TABLE u(k INTEGER PRIMARY KEY ON CONFLICT REPLACE, v)",
		512 << below(&w, 8), encodings[below(&w, 3)], below(&w, 3), modes[below(&w, 5)],
		below(&w, 3), 2 + below(&w, 8), below(&w, 3) ? 1000 : 1 + below(&w, 20));
	sql_run(w.db, sql);
	sqlite3_free(sql);
	unsigned life = 1 + below(&w, 12), stop = below(&w, life + 1);
	for (unsigned i = 0; i < life; i++) {
		bool whole = below(&w, 3) > 0;
		if (whole)
			sql_run(w.db, "BEGIN");
		for (unsigned n = 1 + below(&w, 4); n; n--)
			change(&w);
		if (i == stop)
			crash_copy(live, copy); /* inside a transaction, spilled pages and all */
		if (whole)
			sql_run(w.db, below(&w, 4) ? "COMMIT" : "ROLLBACK");
		if (below(&w, 10) == 0)
			sql_run(w.db, "PRAGMA wal_checkpoint");
	}
	if (stop >= life)
		crash_copy(live, copy);
	assert_int_equal(sqlite3_close(w.db), SQLITE_OK);

	struct image im = image_load(copy);
	bool whole = true;
	if (below(&w, 3) == 0) {
		damage(&w, below(&w, 2) ? &im.wal : &im.journal);
		whole = false;
	}
	if (below(&w, 12) == 0) {
		damage(&w, &im.db);
		whole = false;
	}
	*with_wal += im.wal.n > 32;
	*with_journal += im.journal.n > 512;

	struct buf ours = { 0 }, stock = { 0 }, alone = { 0 };
	bool wiped = read_ours(&im, &ours);
	if (whole && wiped)
		fail_msg("seed %llu: a sound page was called damaged", (unsigned long long)seed);
	read_stock(&im, &stock);
	if (!span_eq(buf_span(&ours), buf_span(&stock)))
		fail_msg("seed %llu: ours\n%.3000s\nstock\n%.3000s", (unsigned long long)seed,
			 ours.data, stock.data);
	struct image main_only = { .db = im.db };
	read_stock(&main_only, &alone);
	*differ += !span_eq(buf_span(&alone), buf_span(&stock));
	buf_free(&ours);
	buf_free(&stock);
	buf_free(&alone);
	image_free(&im);
}

static void test_random_crashes_read_as_stock(void **state)
{
	(void)state;
	unsigned wal = 0, journal = 0, differ = 0;
	for (uint64_t seed = 1; seed <= 300; seed++)
		one_case(seed, &wal, &journal, &differ);
	/* the cases are worth something only if the side files matter in many of them */
	print_message("of 300: %u with a -wal, %u with a -journal, %u where they change the rows\n",
		      wal, journal, differ);
	assert_true(wal > 80 && journal > 60 && differ > 80);
}

/* Both read the image the same; *ret gets what they read (buf_free it), if not NULL. */
static void same_as_stock(const struct image *im, const char *what, size_t n, struct buf *ret)
{
	struct buf ours = { 0 }, stock = { 0 };
	read_ours(im, &ours);
	read_stock(im, &stock);
	if (!span_eq(buf_span(&ours), buf_span(&stock)))
		fail_msg("%s %zu: ours\n%.3000s\nstock\n%.3000s", what, n, ours.data, stock.data);
	buf_free(&stock);
	if (ret)
		*ret = ours;
	else
		buf_free(&ours);
}

/* A database in the middle of a transaction: a hot journal, or a -wal with the last commit. */
static void crashed_db(const char *mode, struct image *ret)
{
	const char *live = in(folder, "live.db"), *copy = in(folder, "crash.db");
	sqlite3 *db = sql_open(live);
	char *sql = sqlite3_mprintf(
		"PRAGMA page_size=1024; PRAGMA journal_mode=%s; PRAGMA cache_size=4;"
		"CREATE TABLE t(a INTEGER PRIMARY KEY, b, c); CREATE INDEX tb ON t(b);"
		"CREATE TABLE u(k, v); INSERT INTO u VALUES(1, 'committed');"
		"WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 60)"
		"INSERT INTO t SELECT i, 'row ' || i, zeroblob(100) FROM n;"
		"BEGIN; UPDATE t SET b = 'unfinished', c = zeroblob(300); DELETE FROM u;",
		mode);
	sql_run(db, sql);
	sqlite3_free(sql);
	crash_copy(live, copy);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	*ret = image_load(copy);
}

static void test_unfinished_change_is_undone(void **state)
{
	(void)state;
	struct image im;
	crashed_db("delete", &im);
	assert_true(im.journal.n > 1024);
	struct ours o;
	assert_int_equal(ours_open(&o, &im), 0);
	struct buf b = { 0 };
	dump(evidence_db_handle(o.e), "SELECT sum(b = 'unfinished'), sum(1) FROM t", &b);
	dump(evidence_db_handle(o.e), "SELECT v FROM u", &b);
	assert_string_equal(b.data, "1:0|1:60\n= 101\n3:committed\n= 101\n");
	bool loss = true;
	assert_non_null(strstr(evidence_db_remark(o.e, 0, &loss), "undone"));
	assert_false(loss);
	assert_null(evidence_db_remark(o.e, 1, &loss));
	buf_free(&b);
	ours_close(&o);
	/* and without the journal the unfinished rows would be read: the test can fail */
	struct image bare = { .db = im.db };
	read_ours(&bare, &b);
	assert_non_null(strstr(b.data, "unfinished"));
	buf_free(&b);
	image_free(&im);
}

static void put32(char *p, uint32_t v)
{
	for (int i = 3; i >= 0; i--, v >>= 8)
		p[i] = (char)(unsigned char)(v & 255);
}

/* A journal that ends with the name of a super-journal. */
static span with_super_journal(span journal, const char *name)
{
	static const char magic[8] = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
	struct buf b = { 0 };
	char word[4];
	uint32_t sum = 0;
	for (const char *p = name; *p; p++)
		sum += (unsigned char)*p; /* names here are ASCII */
	buf_add(&b, journal);
	put32(word, 0x40000000 / 1024 + 1);
	buf_add(&b, (span){ word, 4 });
	buf_add(&b, span_z(name));
	put32(word, (uint32_t)strlen(name));
	buf_add(&b, (span){ word, 4 });
	put32(word, sum);
	buf_add(&b, (span){ word, 4 });
	buf_add(&b, (span){ magic, 8 });
	assert_false(b.failed);
	return buf_span(&b);
}

static void test_super_journal_deletes_nothing(void **state)
{
	(void)state;
	struct image im;
	crashed_db("delete", &im);
	char victim[128];
	snprintf(victim, sizeof victim, "%s/diary.txt", folder);
	span plain = im.journal;
	im.journal = with_super_journal(plain, victim);
	free((void *)plain.p);

	/* no such file: the journal is stale, as in stock SQLite */
	struct buf absent = { 0 }, b = { 0 };
	same_as_stock(&im, "super-journal", 0, &absent);
	assert_non_null(strstr(absent.data, "unfinished"));

	write_file(victim, SPAN("not a journal"));
	struct ours o;
	assert_int_equal(ours_open(&o, &im), 0);
	for (size_t i = 0; i < QUERIES; i++)
		dump(evidence_db_handle(o.e), queries[i], &b);
	bool loss = false;
	assert_non_null(strstr(evidence_db_remark(o.e, 0, &loss), "super-journal"));
	assert_true(loss);
	ours_close(&o);
	assert_string_equal(b.data, absent.data);
	assert_int_equal(access(victim, F_OK), 0);
	buf_free(&b);
	/* the trap is real: stock SQLite deletes the file */
	read_stock(&im, &b);
	assert_int_equal(access(victim, F_OK), -1);
	buf_free(&b);
	buf_free(&absent);
	image_free(&im);
}

static void test_cut_and_zeroed_at_every_page(void **state)
{
	(void)state;
	static const char *const modes[] = { "delete", "wal" };
	for (int m = 0; m < 2; m++) {
		struct image im;
		crashed_db(modes[m], &im);
		span *sides[3] = { &im.db, &im.wal, &im.journal };
		for (int k = 0; k < 3; k++) {
			span whole = *sides[k];
			for (size_t n = 0; n < whole.n; n += 1024) {
				sides[k]->n = n;
				same_as_stock(&im, "cut at", n, NULL);
			}
			*sides[k] = whole;
			if (!whole.p)
				continue;
			for (size_t n = 0; n + 1024 <= whole.n; n += 1024) {
				char keep[1024], *at = (char *)(uintptr_t)(whole.p + n);
				memcpy(keep, at, sizeof keep);
				memset(at, 0, sizeof keep);
				same_as_stock(&im, "zeroed at", n, NULL);
				memcpy(at, keep, sizeof keep);
			}
		}
		image_free(&im);
		remove_tree(folder);
		mkdir(folder, 0700);
	}
}

static void test_wal_of_another_database(void **state)
{
	(void)state;
	struct image a, b;
	crashed_db("wal", &a);
	remove_tree(in(folder, "live.db"));
	make_db(in(folder, "other.db"), "PRAGMA page_size=2048; CREATE TABLE t(x, b, c);"
					"INSERT INTO t VALUES(1, 'other', 3)");
	b = image_load(in(folder, "other.db"));
	struct image mixed = { .db = b.db, .wal = a.wal };
	same_as_stock(&mixed, "foreign wal", 0, NULL);
	struct image empty = { .db = SPAN(""), .wal = a.wal };
	same_as_stock(&empty, "wal without database", 0, NULL);
	struct ours o;
	bool loss = false;
	assert_int_equal(ours_open(&o, &empty), 0);
	assert_non_null(strstr(evidence_db_remark(o.e, 0, &loss), "-wal was ignored"));
	assert_true(loss);
	ours_close(&o);
	image_free(&a);
	image_free(&b);
}

/* ---- what a crafted schema could make SQLite do ---- */

static struct image made(const char *sql)
{
	make_db(in(folder, "made.db"), sql);
	return image_load(in(folder, "made.db"));
}

static void expect(struct ours *o, const char *sql, const char *want)
{
	struct buf b = { 0 };
	dump(evidence_db_handle(o->e), sql, &b);
	if (strcmp(b.data, want) != 0)
		fail_msg("%s gives %s, not %s", sql, b.data, want);
	buf_free(&b);
}

static void test_views_virtual_tables_and_generated_columns(void **state)
{
	(void)state;
	struct image im =
		made("CREATE VIEW message AS WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i+1 "
		     "FROM x)"
		     " SELECT i AS ROWID, i AS text FROM x;"
		     "CREATE VIEW narrow AS SELECT 1 AS a;"
		     "CREATE VIRTUAL TABLE v USING fts5(body);"
		     "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c AS (hex(zeroblob(900000))), "
		     "d TEXT GENERATED ALWAYS AS (b || '!') STORED);"
		     "INSERT INTO t(a, b) VALUES(1, 'x'), (2, 'y');"
		     "CREATE INDEX te ON t(length(b))");
	struct ours o;
	assert_int_equal(ours_open(&o, &im), 0);
	sqlite3 *db = evidence_db_handle(o.e);
	bool loss = false;
	assert_int_not_equal(
		sqlite3_table_column_metadata(db, "main", "message", "text", 0, 0, 0, 0, 0),
		SQLITE_OK);
	expect(&o, "SELECT text FROM message", "= 1\n");
	expect(&o, "SELECT a FROM narrow", "= 1\n");
	expect(&o, "SELECT * FROM v", "= 1\n");
	expect(&o, "SELECT * FROM json_each('[1]')", "= 1\n");
	expect(&o, "SELECT * FROM dbstat", "= 1\n");
	expect(&o, "SELECT a, b FROM t", "1:1|3:x\n1:2|3:y\n= 101\n");
	assert_null(evidence_db_remark(o.e, 0, &loss));
	expect(&o, "SELECT c, d FROM t WHERE a = 1", "5:|5:\n= 101\n");
	assert_non_null(strstr(evidence_db_remark(o.e, 0, &loss), "computes by itself"));
	assert_true(loss);
	ours_close(&o);
	image_free(&im);
}

static void test_nothing_but_reading(void **state)
{
	(void)state;
	struct image im = made("CREATE TABLE t(a, b); CREATE INDEX ta ON t(a); "
			       "INSERT INTO t VALUES(1, 2)");
	char outside[160];
	snprintf(outside, sizeof outside, "ATTACH '%s/out.db' AS o", folder);
	const char *const refused[] = {
		"INSERT INTO t VALUES(3, 4)",
		"DELETE FROM t",
		"UPDATE t SET a = 1",
		"CREATE TABLE n(a)",
		"CREATE TEMP TABLE n(a)",
		"DROP TABLE t",
		"PRAGMA journal_mode=DELETE",
		"PRAGMA writable_schema=ON",
		"PRAGMA locking_mode=NORMAL",
		"PRAGMA integrity_check",
		"PRAGMA wal_checkpoint",
		"BEGIN IMMEDIATE",
		"REINDEX",
		"ANALYZE",
		"SELECT load_extension('x')",
		"SELECT zeroblob(60000000)",
		outside,
	};
	struct ours o;
	assert_int_equal(ours_open(&o, &im), 0);
	sqlite3 *db = evidence_db_handle(o.e);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (sqlite3_exec(db, refused[i], NULL, NULL, NULL) == SQLITE_OK)
			fail_msg("'%s' was not refused", refused[i]);
	char into[160];
	snprintf(into, sizeof into, "VACUUM INTO '%s/out.db'", folder);
	assert_int_not_equal(sqlite3_exec(db, into, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(access(in(folder, "out.db"), F_OK), -1);
	expect(&o, "SELECT a, b FROM t", "1:1|1:2\n= 101\n");
	expect(&o, "SELECT count(*), count(a), count(NULL) FROM t", "1:1|1:1|1:0\n= 101\n");
	expect(&o, "SELECT count(*) FROM t WHERE a > 1", "1:0\n= 101\n");
	expect(&o,
	       "WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM x) "
	       "SELECT max(i) FROM x",
	       "= 9\n");
	assert_non_null(evidence_db_limit(o.e));
	ours_close(&o);
	image_free(&im);
}

/* An interior page of a table b-tree, all of whose n + 1 children are page `child`. */
static void dag_page(char *page, unsigned n, uint32_t child)
{
	memset(page, 0, 512);
	page[0] = 5;
	page[3] = (char)(n >> 8);
	page[4] = (char)n;
	unsigned at = 512 - n * 5;
	page[5] = (char)(at >> 8);
	page[6] = (char)at;
	put32(page + 8, child);
	for (unsigned i = 0; i < n; i++, at += 5) {
		page[12 + 2 * i] = (char)(at >> 8);
		page[13 + 2 * i] = (char)at;
		put32(page + at, child);
		page[at + 4] = (char)(i + 1); /* the key, a varint */
	}
}

static void test_endless_tree_ends(void **state)
{
	(void)state;
	struct image im = made("PRAGMA page_size=512; CREATE TABLE t(a);"
			       "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 900)"
			       "INSERT INTO t SELECT hex(zeroblob(8)) FROM n");
	assert_true(im.db.n > 512 * 30);
	char *p = (char *)(uintptr_t)im.db.p;
	/* page 3 is a leaf with rows; page 2, the root, begins a ladder of pages 10, 11 ... 24 */
	for (uint32_t i = 10; i < 24; i++)
		dag_page(p + 512 * (size_t)(i - 1), 60, i + 1);
	dag_page(p + 512 * (size_t)23, 60, 3);
	dag_page(p + 512, 60, 10);
	struct ours o;
	assert_int_equal(ours_open(&o, &im), 0);
	assert_null(evidence_db_limit(o.e));
	expect(&o, "SELECT count(*) FROM t", "= 9\n"); /* in one step, if it were SQLite's own */
	assert_non_null(evidence_db_limit(o.e));
	ours_close(&o);
	image_free(&im);
}

/* A leaf of rows that claim to be 2,032,039 bytes long, all in overflow page `circle`, which
 * follows itself. That length leaves 39 bytes of each row on the leaf. */
static void circle_leaf(char *page, uint32_t circle)
{
	static const char row[] = { '\xfc', '\x83', '\x27', /* 2,032,039 as a varint */
				    '\x01',                 /* rowid */
				    '\x05', '\x81', '\xf8', '\x86', '\x50' }; /* header: a blob */
	memset(page, 0, 512);
	page[0] = 13;
	page[4] = 9;
	unsigned at = 512 - 9 * 47;
	page[5] = (char)(at >> 8);
	page[6] = (char)at;
	for (unsigned i = 0; i < 9; i++, at += 47) {
		page[8 + 2 * i] = (char)(at >> 8);
		page[9 + 2 * i] = (char)at;
		memcpy(page + at, row, sizeof row);
		put32(page + at + 43, circle);
	}
}

static void test_overflow_in_a_circle_ends(void **state)
{
	(void)state;
	struct image im = made("PRAGMA page_size=512; CREATE TABLE t(a);"
			       "INSERT INTO t VALUES(zeroblob(2100000))");
	char *p = (char *)(uintptr_t)im.db.p;
	dag_page(p + 512, 60, 10);
	dag_page(p + (size_t)512 * 9, 60, 3);
	circle_leaf(p + (size_t)512 * 2, 20);
	put32(p + (size_t)512 * 19, 20);
	struct ours o;
	struct buf b = { 0 };
	assert_int_equal(ours_open(&o, &im), 0);
	dump(evidence_db_handle(o.e), "SELECT length(a) FROM t LIMIT 1", &b);
	assert_string_equal(b.data, "1:2032034\n= 101\n"); /* the crafting is right */
	expect(&o, "SELECT sum(length(a || 'x')) FROM t", "= 9\n");
	assert_non_null(strstr(evidence_db_limit(o.e), "over and over"));
	buf_free(&b);
	ours_close(&o);
	image_free(&im);
}

static void test_large_sort(void **state)
{
	(void)state;
	struct image im =
		made("CREATE TABLE t(a, b);"
		     "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 60000)"
		     "INSERT INTO t SELECT (i * 7919) % 60000, hex(zeroblob(150)) FROM n");
	struct ours o;
	assert_int_equal(ours_open(&o, &im), 0);
	sqlite3_stmt *st;
	assert_int_equal(sqlite3_prepare_v2(evidence_db_handle(o.e),
					    "SELECT a, b FROM t ORDER BY a, b", -1, &st, NULL),
			 SQLITE_OK);
	int n = 0, rc;
	for (; (rc = sqlite3_step(st)) == SQLITE_ROW; n++)
		assert_int_equal(sqlite3_column_int(st, 0), n);
	assert_int_equal(rc, SQLITE_DONE);
	assert_int_equal(n, 60000);
	sqlite3_finalize(st);
	assert_null(evidence_db_limit(o.e));
	ours_close(&o);
	image_free(&im);
}

/* A part of a page overwritten with zeros: where other rows are read, and no error ends the
 * reading, it is said. Bytes within one row are not judged. */
static void test_zeros_in_a_page_are_said(void **state)
{
	(void)state;
	static const char *const modes[] = { "NONE", "FULL" };
	unsigned silent = 0;
	for (size_t m = 0; m < 2; m++) {
		char sql[400];
		snprintf(sql, sizeof sql,
			 "PRAGMA page_size=1024; PRAGMA auto_vacuum=%s; CREATE TABLE t(a, b, c);"
			 "CREATE INDEX tb ON t(b); CREATE TABLE u(k, v);"
			 "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 400)"
			 "INSERT INTO t SELECT i, 'row ' || i, 'text of ' || i FROM n",
			 modes[m]);
		unlink(in(folder, "made.db"));
		struct image im = made(sql);
		struct buf sound = { 0 };
		assert_false(read_ours(&im, &sound));
		char *p = (char *)(uintptr_t)im.db.p, kept[1024];
		static const size_t starts[] = { 1, 3, 5, 8, 60, 300, 512, 700, 940 };
		for (size_t page = 1; page < im.db.n / 1024; page++)
			for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
				struct buf b = { 0 };
				char *at = p + page * 1024;
				memcpy(kept, at, 1024);
				size_t n = i % 2 ? 1024 - starts[i] : 80;
				memset(at + starts[i], 0,
				       n < 1024 - starts[i] ? n : 1024 - starts[i]);
				bool wiped = read_ours(&im, &b);
				silent += !span_eq(buf_span(&b), buf_span(&sound)) &&
					  !strstr(b.data, "= 11\n");
				if (!wiped && !span_eq(buf_span(&b), buf_span(&sound)) &&
				    !strstr(b.data, "= 11\n"))
					fail_msg("page %zu, %zu bytes of zeros from %zu: not said",
						 page, n, starts[i]);
				buf_free(&b);
				memcpy(at, kept, 1024);
			}
		buf_free(&sound);
		image_free(&im);
	}
	print_message("%u times SQLite gave other rows without an error\n", silent);
	assert_true(silent > 20);
}

static void test_not_databases(void **state)
{
	(void)state;
	static char zeros[8192];
	const struct image images[] = {
		{ .db = { zeros, sizeof zeros } },
		{ .db = SPAN("<?xml version='1.0'?><smses count='1'/>") },
		{ .db = SPAN("SQLite format 3") },
	};
	for (size_t i = 0; i < 3; i++) {
		struct ours o;
		assert_int_equal(ours_open(&o, &images[i]), E_FORMAT);
		assert_non_null(strstr(o.err.message, "not a SQLite database"));
		ours_close(&o);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_random_crashes_read_as_stock),
		TEST(test_unfinished_change_is_undone),
		TEST(test_super_journal_deletes_nothing),
		TEST(test_cut_and_zeroed_at_every_page),
		TEST(test_wal_of_another_database),
		TEST(test_views_virtual_tables_and_generated_columns),
		TEST(test_nothing_but_reading),
		TEST(test_endless_tree_ends),
		TEST(test_overflow_in_a_circle_ends),
		TEST(test_large_sort),
		TEST(test_zeros_in_a_page_are_said),
		TEST(test_not_databases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
