/*
 * ending_faults_test.c - seal, open, close and erase are killed at a call that changes the disk, or
 * find it full there: nothing is half done, nothing is lost, and the same command finishes the
 * work.
 */
#include "ending/case_seal.h"
#include "ending/certificate.h"
#include "ending/closing.h"
#include "ending/erasing.h"
#include "ending_case.h"
/* after those that declare what it replaces */
#include "faults.h"

static const struct sealed_progress quiet = { NULL, NULL };

static int do_seal(void)
{
	struct case_db *c;
	const struct sealed_to to = { .key = key_public(officer), .keys = 1 };
	int rc = case_seal_tidy(folder, NULL);
	if (rc || (!is_there(folder) && is_there(beside(".sealed"))))
		return rc;
	rc = case_open(&c, folder, CASE_WRITE, false, NULL);
	if (rc)
		return rc;
	case_act_as(c, officer, NULL);
	rc = case_seal(c, &to, &quiet, NULL);
	case_close(c);
	return rc;
}

static int do_open(void)
{
	const struct sealed_with with = { .key = officer };
	bool done;
	int rc = case_unseal(folder, &with, officer, &quiet, &done, NULL);
	return rc == E_ABSENT && is_there(folder) ? 0 : rc;
}

static int do_close(void)
{
	struct case_db *c;
	struct closing n;
	int rc = case_open(&c, folder, CASE_WRITE, false, NULL);
	if (rc)
		return rc;
	case_act_as(c, officer, NULL);
	rc = closing_run(c, "the work is done", NULL, &n, NULL);
	case_close(c);
	return rc == E_REFUSED ? 0 : rc; /* closed already */
}

static int do_erase(void)
{
	struct case_db *c;
	char path[200];
	int rc = 0;
	if (!erasing_begun(folder)) {
		if (!is_there(folder) && is_there(beside(".erased.txt")))
			return 0;
		rc = case_open(&c, folder, CASE_WRITE, false, NULL);
		if (rc)
			return rc;
		case_act_as(c, officer, NULL);
		rc = erasing_begin(c, "its time has come", NULL, NULL);
		case_close(c);
	}
	return rc ? rc : erasing_finish(folder, officer, 1700000000000, path, sizeof path, NULL);
}

static bool opens_whole(void)
{
	return is_there(folder) && case_is_right(1) && ask("SELECT count(*) FROM record") == 399;
}

/* Stopped: the folder is whole, or the sealed file is. */
static bool either_is_whole(void)
{
	struct sealed_peek p;
	if (is_there(folder))
		return opens_whole();
	return sealed_peek(beside(".sealed"), &p, NULL) == 0;
}

static bool sealed_is_whole(void)
{
	expect_only("case.sealed");
	return fault_run(FAULT_NONE, 0, do_open) == 0 && opens_whole();
}

static bool open_is_whole(void)
{
	expect_only("case");
	return opens_whole();
}

static bool closed_or_not(void)
{
	int64_t records = ask("SELECT count(*) FROM record");
	int64_t keys = ask("SELECT count(*) FROM vault_key");
	if (records == 399)
		return keys == 1 && case_is_right(1);
	/* verify says so while the vault's files are still there */
	return records == 1 && keys == 0 && (is_there(in(folder, "vault")) || case_is_right(0));
}

static bool is_closed(void)
{
	expect_only("case");
	return ask("SELECT count(*) FROM record") == 1 && case_is_right(0) &&
	       !is_there(in(folder, "vault")) && !is_there(in(folder, "view.html")) &&
	       !is_there(in(folder, "case.db-journal")) &&
	       !file_holds(in(folder, "case.db"), TOKEN) && file_holds(in(folder, "case.db"), KEPT);
}

static bool whole_or_going(void)
{
	return is_there(folder) ? opens_whole()
				: erasing_begun(folder) || is_there(beside(".erased.txt"));
}

static bool is_erased(void)
{
	span s = read_file(beside(".erased.txt"));
	struct err err = { 0 };
	expect_only("case.erased.txt");
	bool right = s.p && certificate_check(s, &err) == 0;
	free((void *)s.p);
	return right;
}

static const struct {
	const char *name;
	int (*before)(void), (*work)(void);
	bool (*stopped)(void), (*done)(void);
} works[] = {
	{ "seal", NULL, do_seal, either_is_whole, sealed_is_whole },
	{ "open", do_seal, do_open, either_is_whole, open_is_whole },
	{ "close", NULL, do_close, closed_or_not, is_closed },
	{ "erase", NULL, do_erase, whole_or_going, is_erased },
};

static void each(enum fault kind)
{
	for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
		long n = 1, tried = 0;
		for (int rc = -1; rc != 0; n = fault_next(n), tried++) {
			fresh_case();
			if (works[i].before && fault_run(FAULT_NONE, 0, works[i].before))
				fail_msg("%s: cannot begin", works[i].name);
			rc = fault_run(kind, n, works[i].work);
			if (rc > 1 && rc != FAULT_KILLED)
				fail_msg("%s crashed at step %ld", works[i].name, n);
			if (!works[i].stopped())
				fail_msg("%s, stopped at step %ld: not whole", works[i].name, n);
			if (fault_run(FAULT_NONE, 0, works[i].work) != 0)
				fail_msg("%s, stopped at step %ld: cannot be finished",
					 works[i].name, n);
			if (!works[i].done())
				fail_msg("%s, stopped at step %ld and finished: not right",
					 works[i].name, n);
			assert_true(n < 100000);
		}
		assert_true(tried > 3);
		print_message("%s: stopped %ld times, up to step %ld\n", works[i].name, tried, n);
	}
}

static void killed(void **state)
{
	(void)state;
	each(FAULT_KILL);
}

static void disk_full(void **state)
{
	(void)state;
	each(FAULT_FULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed),
		cmocka_unit_test(disk_full),
	};
	return cmocka_run_group_tests(tests, ending_setup, ending_teardown);
}
