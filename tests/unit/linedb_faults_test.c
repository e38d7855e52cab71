/*
 * linedb_faults_test.c - a change of the line database, or the installation of a pack, is killed at
 * a call that changes the disk, or finds it full there: what counts is what counted before or all
 * of the change, the log is sound, and the same command finishes the work.
 */
#include "key_maker.h"
#include "linedb_export.h"
#include "linedb_issue.h"
#include "linedb_suggest.h"
#include "lines_installed.h"
#include "small_file.h"
#include "trust_edit.h"
#include <fcntl.h>
/* after those that declare what it replaces */
#include "faults.h"

#define DAY INT64_C(86400000)
#define WHY "for a test of faults"

static char folder[64];
static struct key *force, *ada, *bea, *desk;
static struct trust *trust;

static const char first[] = "line,identifier,from,to,status,grade\n"
			    "Deano,07700 900123,2024-01-15,2024-03-31,active,1AP\n"
			    "Deeno,07700 900124,2024-01-15,,active,2B\n"
			    "Ricky,deano_deals,,,suspected,2C\n";
static const char second[] = "line,identifier,from,to,status,grade\n"
			     "Deano,07700 900123,2024-01-15,2024-04-30,closed,1BP\n"
			     "Jay,07700 900125,2024-05-01,,active,2B\n";

static int with_db(const struct key *by, int (*work)(struct linedb *d))
{
	struct linedb *d;
	int rc = linedb_open(&d, in(folder, "unit.db"), by, NULL);
	if (rc)
		return rc;
	rc = work(d);
	linedb_close(d);
	return rc;
}

static int import_text(struct linedb *d, const char *csv)
{
	struct import_result r;
	return linedb_import_bytes(d, span_z(csv), "list.csv", true, false, WHY, NULL, NULL, &r,
				   NULL);
}

static int64_t ask(const char *sql)
{
	sqlite3 *db = sql_open(in(folder, "unit.db"));
	sqlite3_stmt *st;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	int64_t n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : -1;
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}

static int64_t entries(void)
{
	return ask("SELECT count(*) FROM log");
}

static int import_first(struct linedb *d)
{
	return import_text(d, first);
}
static int approve_first(struct linedb *d)
{
	return linedb_approve(d, 1, WHY, false, NULL);
}
static int import_second(struct linedb *d)
{
	return import_text(d, second);
}
static int approve_second(struct linedb *d)
{
	return linedb_approve(d, 2, WHY, false, NULL);
}
static int undo_second(struct linedb *d)
{
	int64_t id;
	return linedb_undo(d, 2, WHY, &id, NULL);
}
static int refuse_names(struct linedb *d)
{
	return linedb_suggest_refuse(d, "same:1:2", WHY, NULL);
}
static int search(struct linedb *d)
{
	const struct linedb_entry e = { .what = "search", .why = WHY, .query = "07700 900123" };
	return linedb_note(d, &e, NULL);
}

static int issue_as(struct linedb *d, bool full, const char *name)
{
	struct buf pack = { 0 };
	struct linepack_about about;
	uint64_t base;
	struct issue_options o = { .full = full,
				   .issued = linedb_now(),
				   .expires = linedb_now() + 30 * DAY,
				   .unit = desk,
				   .why = WHY };
	int rc = linedb_issue(d, &o, &pack, &about, &base, NULL);
	if (!rc && name)
		rc = small_file_new(AT_FDCWD, in(folder, name), buf_span(&pack), 0644, NULL);
	buf_free(&pack);
	return rc;
}
static int issue_full(struct linedb *d)
{
	return issue_as(d, true, NULL);
}
static int issue_first(struct linedb *d)
{
	return issue_as(d, true, "1.pack");
}
static int issue_second(struct linedb *d)
{
	return issue_as(d, false, "2.pack");
}

static int do_import_first(void)
{
	return with_db(ada, import_first);
}
static int do_approve_first(void)
{
	return with_db(bea, approve_first);
}
static int do_import(void)
{
	return with_db(ada, import_second);
}
static int do_approve(void)
{
	return with_db(bea, approve_second);
}
static int do_undo(void)
{
	return with_db(ada, undo_second);
}
static int do_refuse(void)
{
	return with_db(bea, refuse_names);
}
static int do_search(void)
{
	return with_db(bea, search);
}
static int do_issue(void)
{
	return with_db(ada, issue_full);
}

static void fresh(void)
{
	unlink(in(folder, "unit.db"));
	unlink(in(folder, "unit.db-journal"));
	assert_int_equal(linedb_create(in(folder, "unit.db"), ada, NULL), 0);
	assert_int_equal(do_import_first(), 0);
	assert_int_equal(do_approve_first(), 0);
}

static void is_sound(const char *name, long n)
{
	struct linedb *d;
	struct err err = { 0 };
	int64_t seen;
	if (linedb_open(&d, in(folder, "unit.db"), ada, &err) || linedb_check(d, &seen, &err))
		fail_msg("%s, stopped at step %ld: %s", name, n, err.message);
	linedb_close(d);
}

static const struct {
	const char *name;
	int (*before[2])(void), (*work)(void);
	const char *count; /* is 0 before, 1 after */
} works[] = {
	{ "import", { NULL }, do_import, "SELECT count(*) FROM proposal WHERE id=2" },
	{ "approve",
	  { do_import },
	  do_approve,
	  "SELECT count(*) FROM assertion WHERE current AND raw='07700 900125'" },
	{ "undo",
	  { do_import, do_approve },
	  do_undo,
	  "SELECT count(*) FROM proposal WHERE undoes=2" },
	{ "refuse a suggestion",
	  { NULL },
	  do_refuse,
	  "SELECT count(*) FROM link WHERE current AND kind='not'" },
	{ "search",
	  { NULL },
	  do_search,
	  "SELECT count(*) FROM log WHERE json_extract(entry,'$.what')='search'" },
	{ "pack", { NULL }, do_issue, "SELECT count(*) FROM issue" },
};

static void each(enum fault kind)
{
	for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
		long n = 1, tried = 0;
		for (int rc = -1; rc != 0; n = fault_next(n), tried++) {
			fresh();
			for (int k = 0; k < 2 && works[i].before[k]; k++)
				assert_int_equal(works[i].before[k](), 0);
			int64_t log = entries();
			rc = fault_run(kind, n, works[i].work);
			if (rc > 1 && rc != FAULT_KILLED)
				fail_msg("%s crashed at step %ld", works[i].name, n);
			is_sound(works[i].name, n);
			int64_t done = ask(works[i].count);
			if (done != entries() - log || done < 0 || done > 1 ||
			    (rc == 0 && done != 1))
				fail_msg("%s, stopped at step %ld: half of it counts",
					 works[i].name, n);
			if (!done && fault_run(FAULT_NONE, 0, works[i].work) != 0)
				fail_msg("%s, stopped at step %ld: cannot be finished",
					 works[i].name, n);
			is_sound(works[i].name, n);
			assert_int_equal(ask(works[i].count), 1);
			assert_true(n < 100000);
		}
		assert_true(tried > 1);
		print_message("%s: stopped %ld times, up to step %ld\n", works[i].name, tried, n);
	}
}

/* ---- installing ---- */

static int put(const char *name)
{
	span pack = read_file(in(folder, name));
	struct lines_install o = { .trust = trust, .by = ada, .now = linedb_now() };
	struct linepack_about about;
	bool same;
	int rc = lines_installed_put(in(folder, "machine"), pack, &o, &about, &same, NULL);
	free((void *)pack.p);
	return rc;
}
static int put_second(void)
{
	return put("2.pack");
}

static uint64_t installed(void)
{
	struct linepack_about a;
	struct err err = { 0 };
	if (lines_installed_about(in(folder, "machine"), trust, &a, &err))
		fail_msg("the installed list: %s", err.message);
	return a.number;
}

static int64_t installs(void)
{
	sqlite3 *db = sql_open(in(folder, "machine/log.db"));
	struct buf out = { 0 };
	dump(db, "SELECT entry FROM log", &out);
	int64_t n = 0;
	for (const char *p = out.data; p && (p = strstr(p, "\"what\":\"install\"")); p++)
		n++;
	buf_free(&out);
	sqlite3_close(db);
	return n;
}

static void each_install(enum fault kind)
{
	fresh();
	assert_int_equal(with_db(ada, issue_first), 0);
	assert_int_equal(do_import(), 0);
	assert_int_equal(do_approve(), 0);
	assert_int_equal(with_db(ada, issue_second), 0);
	long n = 1;
	for (int rc = -1; rc != 0; n = fault_next(n)) {
		remove_tree(in(folder, "machine"));
		assert_int_equal(put("1.pack"), 0);
		rc = fault_run(kind, n, put_second);
		if (rc > 1 && rc != FAULT_KILLED)
			fail_msg("install crashed at step %ld", n);
		uint64_t now = installed();
		if (now != 2 && (now != 1 || rc == 0))
			fail_msg("install, stopped at step %ld: pack %llu", n,
				 (unsigned long long)now);
		if (fault_run(FAULT_NONE, 0, put_second) != 0)
			fail_msg("install, stopped at step %ld: cannot be finished", n);
		assert_int_equal(installed(), 2);
		if (installs() != 2)
			fail_msg("install, stopped at step %ld: not in the log once", n);
		assert_true(n < 100000);
	}
	print_message("install: up to step %ld\n", n);
	unlink(in(folder, "1.pack"));
	unlink(in(folder, "2.pack"));
}

static void killed(void **state)
{
	(void)state;
	each(FAULT_KILL);
	each_install(FAULT_KILL);
}

static void disk_full(void **state)
{
	(void)state;
	each(FAULT_FULL);
	each_install(FAULT_FULL);
}

/* Two analysts at once: each change counts once and in full, or is refused; neither is lost. */
#define TOGETHER 8
static int add_some(void)
{
	char csv[200];
	int rc = 0;
	for (int i = 0; !rc && i < TOGETHER; i++) {
		struct linedb *d;
		snprintf(csv, sizeof csv, "line,identifier\nLine %d,handle%d.%d\n", (int)getpid(),
			 (int)getpid(), i);
		rc = linedb_open(&d, in(folder, "unit.db"), ada, NULL);
		if (rc)
			break;
		rc = import_text(d, csv);
		linedb_close(d);
	}
	return rc;
}

static void two_at_once(void **state)
{
	(void)state;
	pid_t child[3];
	fresh();
	int64_t before = entries();
	for (int i = 0; i < 3; i++)
		if ((child[i] = fork()) == 0)
			_exit(add_some() ? 1 : 0);
	for (int i = 0; i < 3; i++) {
		int status;
		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(entries() - before, 3 * TOGETHER);
	is_sound("three at once", 0);
	assert_int_equal(ask("SELECT count(*) FROM proposal WHERE state='open'"), 3 * TOGETHER);
	assert_int_equal(ask("SELECT count(DISTINCT id) FROM assertion"), 3 + 3 * TOGETHER);
}

static int set_up(void **state)
{
	(void)state;
	int64_t today = linedb_now();
	temp_folder(folder);
	setenv("HOME", folder, 1);
	force = make_key(folder, "Force");
	ada = make_key(folder, "Ada");
	bea = make_key(folder, "Bea");
	desk = make_key(folder, "Desk");
	assert_int_equal(
		trust_create(in(folder, "trust"), "Example Police", false, today, force, NULL), 0);
	struct trust_entry e = {
		.name = "Desk", .role = PERSON_ROLE_MAX, .from = today - DAY, .last = TIME_UNSET
	};
	memcpy(e.sign, key_public(desk)->sign, sizeof e.sign);
	assert_int_equal(trust_add(in(folder, "trust"), &e, today, force, NULL), 0);
	assert_int_equal(trust_open_dir(&trust, in(folder, "trust"), NULL), 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	trust_free(trust);
	key_free(force);
	key_free(ada);
	key_free(bea);
	key_free(desk);
	remove_tree(folder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed),
		cmocka_unit_test(disk_full),
		cmocka_unit_test(two_at_once),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
