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

static void read_ours(const struct image *im, struct buf *out)
{
	struct ours o;
	int rc = ours_open(&o, im);
	if (rc)
		buf_addf(out, "open %d\n", rc);
	for (size_t i = 0; rc == 0 && i < QUERIES; i++)
		dump(evidence_db_handle(o.e), queries[i], out);
	ours_close(&o);
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
	if (below(&w, 3) == 0)
		damage(&w, below(&w, 2) ? &im.wal : &im.journal);
	if (below(&w, 12) == 0)
		damage(&w, &im.db);
	*with_wal += im.wal.n > 32;
	*with_journal += im.journal.n > 512;

	struct buf ours = { 0 }, stock = { 0 }, alone = { 0 };
	read_ours(&im, &ours);
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
	for (uint64_t seed = 1; seed <= 400; seed++)
		one_case(seed, &wal, &journal, &differ);
	/* the cases are worth something only if the side files matter in many of them */
	print_message("of 400: %u with a -wal, %u with a -journal, %u where they change the rows\n",
		      wal, journal, differ);
	assert_true(wal > 80 && journal > 60 && differ > 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_random_crashes_read_as_stock, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
