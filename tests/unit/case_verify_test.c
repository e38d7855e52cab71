/*
 * case_verify_test.c - whatever changes what a case says is found; what a rewrite of everything
 * hides is found with the head. VERIFY_CHANGES=10000 for the long form (tests/slow/verify.sh).
 */
#include "case_verify.h"
#include "caselog.h"
#include "decision.h"
#include "key_file.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/case_verify_test.XXXXXX";
static struct key *officer, *supervisor;

static void must(int rc, const struct err *err)
{
	if (rc)
		fail_msg("%s", err->message);
}

static struct key *make_key(const char *name)
{
	char path[64];
	struct err err = { 0 };
	struct key_public public;
	struct key *k;
	snprintf(path, sizeof path, "%s/%s.key", dir, name);
	must(key_create_at_cost(path, name, SPAN("correct horse battery"),
				(struct key_cost){ 1, KEY_KIB_MIN }, &public, &err),
	     &err);
	must(key_open(&k, path, SPAN("correct horse battery"), &err), &err);
	return k;
}

static int group_setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(dir));
	officer = make_key("officer");
	supervisor = make_key("supervisor");
	return 0;
}

static int group_teardown(void **state)
{
	char command[80];
	(void)state;
	key_free(officer);
	key_free(supervisor);
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

static const char *path_of(const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

/* Rows in every table of evidence and assessment, so that each column is one that a change can hit.
 */
static void fill_tables(struct case_db *c)
{
	static const char *const skip[] = { "meta",     "exhibit",       "evidence_file", "record",
					    "log",      "log_head",      "salt",          "signer",
					    "decision", "decision_text", "party" };
	struct err err = { 0 };
	sqlite3_stmt *tables, *columns;
	must(case_prepare(c, "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY 1",
			  &tables, &err),
	     &err);
	char *sql = sqlite3_mprintf("%s", "");
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(tables, 0);
		bool filled = false;
		for (size_t i = 0; i < sizeof skip / sizeof *skip; i++)
			filled |= strcmp(skip[i], table) == 0;
		if (filled)
			continue;
		char *values = sqlite3_mprintf("%s", "");
		char *ask = sqlite3_mprintf("PRAGMA table_info(\"%w\")", table);
		must(case_prepare(c, ask, &columns, &err), &err);
		sqlite3_free(ask);
		while (sqlite3_step(columns) == SQLITE_ROW) {
			const char *type = (const char *)sqlite3_column_text(columns, 2);
			values = sqlite3_mprintf("%z%s%s", values, *values ? "," : "",
						 strcmp(type, "INTEGER") == 0 ? "i"
						 : strcmp(type, "BLOB") == 0
							 ? "CAST('blob '||i AS BLOB)"
							 : "'text '||hex(i*7919)");
		}
		sqlite3_finalize(columns);
		/* one row where only one may be */
		sql = sqlite3_mprintf("%zWITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE "
				      "i<%d) INSERT INTO \"%w\" SELECT %s FROM n;",
				      sql, strcmp(table, "outcome") == 0 ? 1 : 9, table, values);
		sqlite3_free(values);
	}
	sqlite3_finalize(tables);
	must(case_exec(c, "filling", sql, &err), &err);
	sqlite3_free(sql);
}

/* A real case with rows of several kinds, two decisions and a dozen entries. */
static void make_case(const char *name)
{
	struct case_db *c;
	struct err err = { 0 };
	must(case_create(&c, path_of(name), officer, &err), &err);
	struct log_entry done = { LOG_COLLECTION, "scan-done", { { "exhibit", 1 } }, { { 0 } } };
	must(case_begin(c, &err), &err);
	must(case_exec(c, "filling",
		       "INSERT INTO exhibit (id,label,kind,platform,fingerprint,state) VALUES "
		       "(1,'phone','folder','ios','f','whole');"
		       "INSERT INTO evidence_file (id,exhibit,path,sha256,state,parser) VALUES "
		       "(1,1,'sms.db','00','read','ios-sms');"
		       "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<400) "
		       "INSERT INTO record (id,file,tbl,row,kind,time,direction,text,state) SELECT "
		       "i,1,'message',i,3,1600000000000+i*1000,1,'text '||i||hex(i*7919),0 FROM n;"
		       "INSERT INTO party (exhibit,role,raw,kind,e164,certainty,reason) VALUES "
		       "(1,'person','+447700900001','GB_MOBILE',447700900001,'certain','')",
		       &err),
	     &err);
	fill_tables(c);
	must(case_commit(c, &done, &err), &err);
	json_t *choices = json_pack("{s[ss]}", "kinds", "message", "call");
	const struct decision_text texts[] = { { "necessity", "It is needed because." },
					       { "proportionality", "Only so much." },
					       { NULL, NULL } };
	struct decision d = { .kind = DECISION_SCOPE, .choices = choices, .texts = texts };
	int64_t id;
	must(decision_record(c, &d, &id, &err), &err);
	d.supersedes = id;
	d.second = supervisor;
	must(decision_record(c, &d, &id, &err), &err);
	json_decref(choices);
	for (int i = 0; i < 5; i++) {
		struct log_entry looked = { .act = LOG_CONSULTATION, .what = "records" };
		must(caselog_note(c, &looked, &err), &err);
	}
	case_close(c);
}

static void count_bad(void *user, const char *what)
{
	print_message("%s\n", what);
	++*(int *)user;
}

/* 0: right; how many things are wrong; -1: it cannot be opened or checked at all. */
static int verify(const char *name, const char *head, struct verify_result *ret)
{
	struct case_db *c;
	struct verify_result own;
	int bad = 0;
	if (case_open(&c, path_of(name), CASE_READ, false, NULL))
		return -1;
	int rc = case_verify(c, head, NULL, count_bad, &bad, ret ? ret : &own, NULL);
	case_close(c);
	if (rc && !bad)
		return -1;
	assert_int_equal(rc == 0, bad == 0);
	return bad;
}

static char *slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "re");
	struct stat st;
	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	char *bytes = malloc((size_t)st.st_size + 1);
	*n = fread(bytes, 1, (size_t)st.st_size, f);
	fclose(f);
	return bytes;
}

static void mix(uint64_t *hash, const void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*hash = (*hash ^ ((const unsigned char *)p)[i]) * UINT64_C(1099511628211);
}

static bool dump_query(sqlite3 *db, const char *sql, uint64_t *hash)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(st);
		for (int i = 0; rc == SQLITE_ROW && i < sqlite3_column_count(st); i++) {
			int type = sqlite3_column_type(st, i);
			mix(hash, &type, sizeof type);
			const void *p = sqlite3_column_blob(st, i);
			int n = sqlite3_column_bytes(st, i);
			mix(hash, &n, sizeof n);
			mix(hash, p, (size_t)n);
		}
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE;
}

/* Every row of every table, by SQLite alone; 0 when it errors. */
static uint64_t dump(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	uint64_t hash = UINT64_C(14695981039346656037);
	bool whole = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		     dump_query(db, "SELECT name, sql FROM sqlite_schema", &hash) &&
		     sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type='table'", -1,
					&st, NULL) == SQLITE_OK;
	if (whole) {
		while (whole && sqlite3_step(st) == SQLITE_ROW) {
			char *sql =
				sqlite3_mprintf("SELECT * FROM \"%w\"", sqlite3_column_text(st, 0));
			whole = dump_query(db, sql, &hash);
			sqlite3_free(sql);
		}
		sqlite3_finalize(st);
	}
	sqlite3_close(db);
	return whole ? hash : 0;
}

static void every_change_is_found(void **state)
{
	(void)state;
	make_case("whole");
	assert_int_equal(verify("whole", NULL, NULL), 0);
	const char *most = getenv("VERIFY_CHANGES");
	long changes = most ? strtol(most, NULL, 10) : 300;
	size_t n;
	char copy[160], original[160];
	snprintf(original, sizeof original, "%s/case.db", path_of("whole"));
	char *bytes = slurp(original, &n);
	mkdir(path_of("changed"), 0700);
	snprintf(copy, sizeof copy, "%s/case.db", path_of("changed"));
	int fd = open(copy, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, bytes, n), n);
	uint64_t before = dump(copy), random = 88172645463325252u;
	assert_true(before != 0);
	long differing = 0;
	for (long i = 0; i < changes; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		size_t at = (size_t)(random % n);
		/* Half of the changes where there is something: most of a page is empty. */
		for (int tries = 0; i % 2 && !bytes[at] && tries < 5000; tries++)
			at = (at + 1) % n;
		char changed = (char)(bytes[at] ^ (char)(1 + (random >> 40) % 255));
		assert_int_equal(pwrite(fd, &changed, 1, (off_t)at), 1);
		if (dump(copy) != before) {
			differing++;
			if (verify("changed", NULL, NULL) == 0)
				fail_msg("a change of byte %zu is not found", at);
		}
		assert_int_equal(pwrite(fd, bytes + at, 1, (off_t)at), 1);
	}
	print_message("%ld changes, %ld of them change what the case says\n", changes, differing);
	assert_true(differing > changes / 10);
	assert_int_equal(verify("changed", NULL, NULL), 0);
	close(fd);
	free(bytes);
}

/* Somebody who holds a key writes a case's data and all of its log anew, so that each fits the
 * other: only the head from outside tells. */
static void rewrite(const char *name)
{
	static const struct log_entry anew = { .act = LOG_ALTERATION, .what = "case-made" };
	struct case_db *c;
	struct err err = { 0 };
	sqlite3_stmt *st, *touch;
	must(case_open(&c, path_of(name), CASE_WRITE, false, &err), &err);
	must(case_act_as(c, officer, &err), &err);
	must(case_begin(c, &err), &err);
	must(case_exec(c, "writing anew",
		       "UPDATE record SET text='nothing to see' WHERE id=7;"
		       "DELETE FROM log; DELETE FROM log_head",
		       &err),
	     &err);
	/* the digest of each table goes into the one entry: preparing to change it is enough */
	must(case_prepare(c, "SELECT name FROM sqlite_schema WHERE type='table'", &st, &err), &err);
	while (sqlite3_step(st) == SQLITE_ROW) {
		char *sql =
			sqlite3_mprintf("DELETE FROM \"%w\" WHERE 0", sqlite3_column_text(st, 0));
		must(case_prepare(c, sql, &touch, &err), &err);
		sqlite3_finalize(touch);
		sqlite3_free(sql);
	}
	sqlite3_finalize(st);
	must(case_exec(c, "writing anew", "CREATE INDEX i ON record(time); DROP INDEX i", &err),
	     &err);
	must(case_commit(c, &anew, &err), &err);
	case_close(c);
}

static void a_rewrite_needs_the_head(void **state)
{
	struct verify_result first = { 0 }, second = { 0 };
	(void)state;
	make_case("first");
	assert_int_equal(verify("first", NULL, &first), 0);
	assert_int_equal(verify("first", first.head, &second), 0);
	assert_int_equal(second.head_seq, second.entries);
	rewrite("first");
	assert_int_equal(verify("first", NULL, &second), 0);
	assert_int_equal(second.entries, 1);
	assert_string_not_equal(first.head, second.head);
	assert_int_equal(verify("first", first.head, NULL), 1);
	/* another case of the same person is not this one, either */
	make_case("second");
	assert_int_equal(verify("second", NULL, NULL), 0);
	assert_int_equal(verify("second", first.head, NULL), 1);
}

static void change(const char *name, const char *sql)
{
	char path[160];
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/case.db", path_of(name));
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void sql_changes_are_found(void **state)
{
	static const char *const sql[] = {
		"UPDATE record SET text='other' WHERE id=7",
		"DELETE FROM record WHERE id=400",
		"INSERT INTO party (exhibit,role,kind,certainty,reason) VALUES (1,'a','b','c','')",
		"UPDATE meta SET value='1' WHERE key='training'",
		"UPDATE decision_text SET text='another reason' WHERE field='necessity'",
		"UPDATE decision SET by='' WHERE id=1",
		"UPDATE decision SET second=NULL, second_signature=NULL",
		"DELETE FROM log WHERE seq=(SELECT max(seq) FROM log)",
		"DELETE FROM log WHERE seq=3",
		"UPDATE log SET signature=NULL",
		"UPDATE log_head SET seq=1",
		"UPDATE salt SET value=zeroblob(32) WHERE name='record'",
		"DROP TABLE warning",
		"CREATE TABLE another (a)",
		"CREATE INDEX i ON record (time)",
		"UPDATE signer SET name='Somebody'",
		"PRAGMA user_version=5",
	};
	(void)state;
	for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
		char name[16];
		snprintf(name, sizeof name, "sql%zu", i);
		make_case(name);
		assert_int_equal(verify(name, NULL, NULL), 0);
		change(name, sql[i]);
		if (verify(name, NULL, NULL) == 0)
			fail_msg("not found: %s", sql[i]);
	}
}

static void one_person_is_not_two(void **state)
{
	struct case_db *c;
	struct err err = { 0 };
	(void)state;
	make_case("alone");
	must(case_open(&c, path_of("alone"), CASE_WRITE, false, &err), &err);
	assert_int_equal(case_act_as(c, NULL, &err), E_REFUSED);
	err = (struct err){ 0 };
	must(case_act_as(c, officer, &err), &err);
	struct decision d = { .kind = DECISION_STAGE, .second = officer };
	assert_int_equal(decision_record(c, &d, NULL, &err), E_REFUSED);
	case_close(c);
	assert_int_equal(verify("alone", NULL, NULL), 0);
}

static void texts_can_be_erased(void **state)
{
	struct case_db *c;
	struct err err = { 0 };
	struct buf text = { 0 };
	struct log_entry erased = { .act = LOG_ERASURE, .what = "texts" };
	(void)state;
	make_case("erased");
	must(case_open(&c, path_of("erased"), CASE_WRITE, false, &err), &err);
	must(case_act_as(c, officer, &err), &err);
	must(decision_text(c, 1, "necessity", &text, &err), &err);
	assert_string_equal(text.data, "It is needed because.");
	buf_free(&text);
	must(case_begin(c, &err), &err);
	must(decision_erase_texts(c, &err), &err);
	must(case_commit(c, &erased, &err), &err);
	assert_int_equal(decision_text(c, 1, "necessity", &text, &err), E_REFUSED);
	case_close(c);
	assert_int_equal(verify("erased", NULL, NULL), 0);
}

/* Looking adds to the log and does not move the head that is printed. */
static void looking_keeps_the_head(void **state)
{
	struct case_db *c;
	struct err err = { 0 };
	char before[65], after[65];
	int64_t seq, later;
	struct log_entry looked = { .act = LOG_CONSULTATION, .what = "view" };
	(void)state;
	make_case("looked");
	must(case_open(&c, path_of("looked"), CASE_WRITE, false, &err), &err);
	must(case_act_as(c, officer, &err), &err);
	must(caselog_head(c, before, &seq, &err), &err);
	must(caselog_note(c, &looked, &err), &err);
	must(caselog_head(c, after, &later, &err), &err);
	case_close(c);
	assert_string_equal(before, after);
	assert_int_equal(seq, later);
	struct verify_result result = { 0 };
	assert_int_equal(verify("looked", before, &result), 0);
	assert_int_equal(result.head_seq, seq);
	assert_true(result.entries > seq);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_change_is_found), cmocka_unit_test(a_rewrite_needs_the_head),
		cmocka_unit_test(sql_changes_are_found), cmocka_unit_test(one_person_is_not_two),
		cmocka_unit_test(texts_can_be_erased),   cmocka_unit_test(looking_keeps_the_head),
	};
	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
