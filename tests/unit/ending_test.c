/* ending_test.c - who is forgotten when a case is closed, what a certificate says, and what
 * refuses. */
#include "ending/case_seal.h"
#include "ending/certificate.h"
#include "ending/closing.h"
#include "ending/erasing.h"
#include "ending/retention.h"
#include "ending/volume.h"
#include "ending_case.h"
#include "trust_file.h"

static const struct sealed_progress quiet = { NULL, NULL };

static int set_up(void **state)
{
	(void)state;
	fresh_case();
	return 0;
}

static int close_it(struct closing *n, struct err *err)
{
	struct case_db *c = open_case();
	int rc = closing_run(c, "the work is done", supervisor, n, err);
	case_close(c);
	return rc;
}

static void closing_forgets(void **state)
{
	(void)state;
	struct closing n;
	struct err err = { 0 };
	/* what is not there cannot be missed: it is there before */
	assert_true(file_holds(in(folder, "case.db"), TOKEN));
	must(close_it(&n, &err), &err);
	assert_true(n.records == 398 && n.kept == 1 && n.parties == 1 && n.threads == 1);
	assert_true(n.vault_keys == 1 && n.vault_files == 1 && !n.resumed);
	assert_false(file_holds(in(folder, "case.db"), TOKEN));
	assert_true(file_holds(in(folder, "case.db"), KEPT));
	assert_false(is_there(in(folder, "case.db-journal")));
	assert_false(is_there(in(folder, "vault")));
	assert_false(is_there(in(folder, "view.html")));
	/* the hit, the people in it, hashes and counts stay */
	assert_int_equal(ask("SELECT count(*) FROM match m JOIN record r ON r.id=m.record"), 1);
	assert_int_equal(
		ask("SELECT group_concat(id,'')+0 FROM (SELECT id FROM party ORDER BY id)"), 12);
	assert_int_equal(ask("SELECT length(sha256) FROM evidence_file"), 64);
	assert_int_equal(ask("SELECT rows FROM outside WHERE reason='erased' AND kind='message'"),
			 392);
	assert_int_equal(ask("SELECT sum(rows) FROM outside"), 398);
	assert_int_equal(ask("SELECT count(*) FROM attachment"), 0);
	assert_int_equal(ask("SELECT count(*) FROM quoted"), 0);
	assert_int_equal(ask("SELECT count(*) FROM clock"), 0);
	assert_int_equal(ask("SELECT count(*) FROM mention"), 0);
	assert_int_equal(ask("SELECT count(*) FROM contact_id"), 0);
	assert_true(case_is_right(0));
	err = (struct err){ 0 };
	assert_int_equal(close_it(&n, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "closed already"));
	struct case_db *c = open_case();
	assert_int_equal(retention_open(c, NULL), E_REFUSED);
	case_close(c);
}

static void salt_of(const char *table, unsigned char ret[32])
{
	struct case_db *c = open_case();
	sqlite3_stmt *st;
	assert_int_equal(case_prepare(c, "SELECT value FROM salt WHERE name=?1", &st, NULL), 0);
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	memcpy(ret, sqlite3_column_blob(st, 0), 32);
	sqlite3_finalize(st);
	case_close(c);
}

/* The old digests stand in the log for ever: without the old salts they confirm no guess. */
static void closing_renews_salts(void **state)
{
	(void)state;
	static const char *const tables[] = { "record",     "party",   "thread",
					      "contact_id", "mention", "attachment" };
	unsigned char before[6][32], after[32];
	struct closing n;
	for (size_t i = 0; i < 6; i++)
		salt_of(tables[i], before[i]);
	assert_int_equal(close_it(&n, NULL), 0);
	span db = read_file(in(folder, "case.db"));
	for (size_t i = 0; i < 6; i++) {
		salt_of(tables[i], after);
		assert_memory_not_equal(before[i], after, 32);
		assert_null(memmem(db.p, db.n, before[i], 32));
	}
	free((void *)db.p);
}

static void a_hold_refuses(void **state)
{
	(void)state;
	struct closing n;
	struct err err = { 0 };
	struct retention r;
	struct case_db *c = open_case();
	must(retention_hold(c, true, "an investigation has begun", NULL, &err), &err);
	must(retention_load(c, &r, &err), &err);
	assert_true(r.hold && !r.closed && retention_due(&r) == 4070908800000);
	assert_string_equal(r.class, "missing");
	assert_int_equal(erasing_begin(c, "its time has come", NULL, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "legal hold"));
	case_close(c);
	assert_int_equal(close_it(&n, NULL), E_REFUSED);
	assert_int_equal(ask("SELECT count(*) FROM record"), 399);
	expect_only("case");
	c = open_case();
	err = (struct err){ 0 };
	must(retention_hold(c, false, "the investigation has ended", supervisor, &err), &err);
	must(retention_allows(c, "closed", &err), &err);
	case_close(c);
	/* nothing is edited: three decisions, each but the last superseded */
	assert_int_equal(ask("SELECT count(*) FROM decision WHERE kind='retention'"), 3);
	assert_int_equal(ask("SELECT count(*) FROM decision WHERE supersedes IS NOT NULL"), 2);
	assert_int_equal(close_it(&n, NULL), 0);
}

/* Not known is held. */
static void without_retention_it_is_held(void **state)
{
	(void)state;
	char other[128];
	struct case_db *c;
	struct retention r;
	struct err err = { 0 };
	snprintf(other, sizeof other, "%s/case2", root);
	must(case_create(&c, other, officer, &err), &err);
	must(retention_load(c, &r, &err), &err);
	assert_true(r.hold && !r.decision && retention_due(&r) == TIME_UNSET);
	assert_int_equal(retention_allows(c, "erased", &err), E_REFUSED);
	assert_non_null(strstr(err.message, "no retention is recorded"));
	must(retention_review(c, "2099-05-01", "reviewed with the supervisor", NULL, &err), &err);
	must(retention_load(c, &r, &err), &err);
	assert_true(r.hold);
	assert_string_equal(r.review_by, "2099-05-01");
	err = (struct err){ 0 };
	assert_int_equal(retention_review(c, "2099-02-29", "no such day", NULL, &err), E_USER);
	assert_int_equal(retention_review(c, "1999-01-01", "gone by", NULL, NULL), E_USER);
	case_close(c);
}

static void erase_it(char *path, size_t cap)
{
	struct err err = { 0 };
	struct case_db *c = open_case();
	must(erasing_begin(c, "its time\nhas come", supervisor, &err), &err);
	case_close(c);
	must(erasing_finish(folder, officer, 1700000000000, path, cap, &err), &err);
}

static void a_certificate(void **state)
{
	(void)state;
	char path[200], sha256[65];
	struct case_db *c = open_case();
	sqlite3_stmt *st;
	assert_int_equal(case_prepare(c, "SELECT sha256 FROM evidence_file", &st, NULL), 0);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	snprintf(sha256, sizeof sha256, "%s", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	case_close(c);
	erase_it(path, sizeof path);
	expect_only("case.erased.txt");
	assert_string_equal(path, beside(".erased.txt"));
	span s = read_file(path);
	const char *const words[] = { sha256,
				      "EX1 ",
				      "sealed copies of the vault key 1",
				      "records                      399",
				      "What is claimed",
				      "What is not claimed",
				      "Reason           its time has come\n",
				      "Finished         2023-11-14T22:13:20.000Z",
				      key_public(officer)->id,
				      key_public(supervisor)->id };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strstr(s.p, words[i]))
			fail_msg("the certificate does not say '%s':\n%s", words[i], s.p);
	assert_null(strstr(s.p, TOKEN));
	assert_null(strstr(s.p, KEPT));
	assert_int_equal(certificate_check(s, NULL), 0);
	char *p = (char *)(uintptr_t)s.p;
	for (size_t i = 0; i < s.n; i += 7) {
		p[i] ^= 1;
		assert_int_equal(certificate_check(s, NULL), E_FORMAT);
		p[i] ^= 1;
	}
	for (size_t n = 0; n < s.n; n += 13)
		assert_int_equal(certificate_check((span){ s.p, n }, NULL), E_FORMAT);
	free(p);
}

static void erasing_is_careful(void **state)
{
	(void)state;
	struct err err = { 0 };
	char path[200];
	write_file(beside(".erased.txt"), SPAN("of another case"));
	struct case_db *c = open_case();
	assert_int_equal(erasing_begin(c, "its time has come", NULL, &err), E_REFUSED);
	case_close(c);
	unlink(beside(".erased.txt"));
	/* a first part that was altered is not signed again */
	c = open_case();
	assert_int_equal(erasing_begin(c, "its time has come", NULL, NULL), 0);
	case_close(c);
	assert_false(erasing_begun(folder));
	assert_true(case_is_right(1));
	assert_int_equal(erasing_finish(folder, NULL, 0, path, sizeof path, NULL), E_REFUSED);
	assert_true(case_is_right(1));
	span s = read_file(beside(".erased.txt.part"));
	char *p = (char *)(uintptr_t)s.p;
	p[100] ^= 1;
	write_file(beside(".erased.txt.part"), s);
	err = (struct err){ 0 };
	assert_int_equal(erasing_finish(folder, officer, 0, path, sizeof path, &err), E_FORMAT);
	free(p);
}

static int seal_it(const struct key *k, struct err *err)
{
	struct case_db *c = open_case();
	const struct sealed_to to = { .key = key_public(k), .keys = 1 };
	int rc = case_seal(c, &to, &quiet, err);
	case_close(c);
	return rc;
}

static void sealing_is_careful(void **state)
{
	(void)state;
	struct err err = { 0 };
	bool done;
	const struct sealed_with with = { .key = officer }, wrong = { .key = supervisor };
	/* of another case */
	write_file(beside(".sealed"), SPAN("something else"));
	assert_int_equal(seal_it(officer, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "not overwritten"));
	assert_true(file_holds(beside(".sealed"), "something else"));
	unlink(beside(".sealed"));
	/* somebody is using it */
	struct case_db *other = open_case();
	must(case_begin(other, &err), &(struct err){ 0 });
	assert_int_not_equal(seal_it(officer, NULL), 0);
	case_close(other);
	assert_true(case_is_right(1));
	expect_only("case");
	assert_int_equal(seal_it(officer, NULL), 0);
	expect_only("case.sealed");
	err = (struct err){ 0 };
	assert_int_equal(case_unseal(folder, &wrong, supervisor, &quiet, &done, &err), E_ENCRYPTED);
	expect_only("case.sealed");
	assert_int_equal(case_unseal(folder, &with, NULL, &quiet, &done, NULL), E_REFUSED);
	expect_only("case.sealed");
	/* another case stands where it would go */
	struct case_db *c;
	must(case_create(&c, folder, officer, &err), &(struct err){ 0 });
	case_close(c);
	assert_int_equal(case_unseal(folder, &with, officer, &quiet, &done, NULL), E_REFUSED);
	assert_true(is_there(beside(".sealed")));
	remove_tree(folder);
	assert_int_equal(case_unseal(folder, &with, officer, &quiet, &done, NULL), 0);
	assert_false(done);
	assert_true(case_is_right(1));
	expect_only("case");
	assert_int_equal(ask("SELECT count(*) FROM log WHERE entry LIKE '%\"what\":\"open\"}'"), 1);
}

/* A tree as /sys shows block devices. */
static void volumes(void **state)
{
	(void)state;
	char sys[128];
	snprintf(sys, sizeof sys, "%s/sys", root);
	/* 8:1 is a plain partition; 253:0 is dm-crypt; 253:1 is LVM on it; 253:2 is LVM on both */
	write_file(in(sys, "devices/sda/sda1/partition"), SPAN("1\n"));
	write_file(in(sys, "devices/dm-0/dm/uuid"), SPAN("CRYPT-LUKS2-0123-luks\n"));
	write_file(in(sys, "devices/dm-1/dm/uuid"), SPAN("LVM-0123\n"));
	write_file(in(sys, "devices/dm-2/dm/uuid"), SPAN("LVM-4567\n"));
	write_file(in(sys, "dev/block/none"), SPAN(""));
	const char *const links[][2] = {
		{ "../../devices/sda/sda1", "dev/block/8:1" },
		{ "../../devices/dm-0", "dev/block/253:0" },
		{ "../../devices/dm-1", "dev/block/253:1" },
		{ "../../devices/dm-2", "dev/block/253:2" },
		{ "../../dm-0", "devices/dm-1/slaves/dm-0" },
		{ "../../dm-0", "devices/dm-2/slaves/dm-0" },
		{ "../../sda/sda1", "devices/dm-2/slaves/sda1" },
	};
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		make_parents(in(sys, links[i][1]));
		assert_int_equal(symlink(links[i][0], in(sys, links[i][1])), 0);
	}
	assert_int_equal(volume_of_device(sys, 8, 1), VOLUME_PLAIN);
	assert_int_equal(volume_of_device(sys, 253, 0), VOLUME_ENCRYPTED);
	assert_int_equal(volume_of_device(sys, 253, 1), VOLUME_ENCRYPTED);
	assert_int_equal(volume_of_device(sys, 253, 2), VOLUME_PLAIN);
	assert_int_equal(volume_of_device(sys, 9, 9), VOLUME_UNKNOWN);
	assert_int_equal(volume_of("/nowhere/at/all"), VOLUME_UNKNOWN);
	assert_int_equal(volume_of("/proc"), VOLUME_UNKNOWN);
	assert_null(volume_warning(VOLUME_ENCRYPTED));
	assert_non_null(strstr(volume_warning(VOLUME_PLAIN), "does not look encrypted"));
	assert_non_null(strstr(volume_warning(VOLUME_UNKNOWN), "cannot be seen"));
}

/* A policy with nobody in it but the force. */
static struct trust *make_trust(const struct key *force)
{
	struct trust *t = NULL;
	struct buf b = { 0 };
	json_t *none = json_array(),
	       *policy =
		       json_pack("{s:s,s:s,s:s,s:i,s:[],s:s,s:[]}", "format", "linecheck-policy-1",
				 "force", "Testshire", "issued", "2024-01-01", "number", 1,
				 "people", "training", "refused", "units");
	assert_int_equal(trust_file_write(policy, none, force, &b, NULL), 0);
	assert_int_equal(trust_file_parse(buf_span(&b), key_public(force)->sign, "s", &t, NULL), 0);
	json_decref(policy);
	json_decref(none);
	buf_free(&b);
	return t;
}

static bool opens(struct case_db *c, const struct key *k, int want)
{
	struct vault_key *found = NULL;
	int rc = case_key_open(c, k, &found, NULL);
	vault_key_free(found);
	return rc == want;
}

/* The vault: for the officer who read and for the force, for others only when it is shared. */
static void who_opens_the_vault(void **state)
{
	(void)state;
	static const struct log_entry done = { .act = LOG_ALTERATION, .what = "vault-key" };
	char other[128];
	struct key *force = make_key(root, "force");
	struct trust *t = make_trust(force);
	struct case_db *c;
	int64_t copies = 0;
	struct err err = { 0 };
	snprintf(other, sizeof other, "%s/case3", root);
	must(case_create(&c, other, officer, &err), &err);
	assert_true(opens(c, officer, E_ABSENT));
	must(case_begin(c, &err), &err);
	must(case_key_ensure(c, t, &err), &err);
	must(case_key_ensure(c, t, &err), &err); /* there is one by now */
	must(case_commit(c, &done, &err), &err);
	assert_true(opens(c, officer, 0) && opens(c, force, 0));
	assert_true(opens(c, supervisor, E_ENCRYPTED) && opens(c, NULL, E_ENCRYPTED));
	must(case_begin(c, &err), &err);
	must(case_key_share(c, key_public(supervisor), &err), &err);
	must(case_commit(c, &done, &err), &err);
	assert_true(opens(c, supervisor, 0));
	must(case_begin(c, &err), &err);
	must(case_key_destroy(c, &copies, &err), &err);
	must(case_commit(c, &done, &err), &err);
	assert_int_equal(copies, 3);
	assert_true(opens(c, officer, E_ABSENT) && opens(c, force, E_ABSENT));
	case_close(c);
	trust_free(t);
	key_free(force);
	unlink(in(root, "force"));
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(closing_forgets),
		TEST(closing_renews_salts),
		TEST(a_hold_refuses),
		TEST(without_retention_it_is_held),
		TEST(a_certificate),
		TEST(erasing_is_careful),
		TEST(sealing_is_careful),
		TEST(who_opens_the_vault),
		TEST(volumes),
	};
	return cmocka_run_group_tests(tests, ending_setup, ending_teardown);
}
